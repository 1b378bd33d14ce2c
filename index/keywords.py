"""The one door to tantivy: cases by the words they hold.

All that a case says is one field, in which a word of the title counts as several of the body: BM25F in its simple form
(Robertson, Zaragoza & Taylor 2004, «Simple BM25 extension to multiple weighted fields»). A second field holds runs of
four characters, which find what stemming and the compound splitter miss. Texts come analysed; tantivy splits at spaces.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from index.facets import Filter, render_filter
from index.keyword_query import Alternative, Group

K1 = 1.2
"""tantivy's own; with it a word can at most give idf × (K1 + 1)."""
MOST_FOUND, MOST_FOUND_OF_MANY = 10_000, 3_000
"""Cases that a search gives at most, best first: all where the collection is no larger, else the second number."""
MOST_GROUPS = 60
"""Groups of a query that are looked for, the rarest first: a pasted plan has hundreds."""
MOST_GRAMS = 250
LEAST_IDF, LEAST_GRAM_IDF = 1.2, 2.0
"""What is commoner, in half and in three of ten cases, says too little to look through all those cases for."""
_HEAP = 64_000_000
_REMEMBERED = 1 << 16
"""Terms whose frequency is kept."""


@dataclass(frozen=True, slots=True)
class KeywordEntry:
    """What keyword search keeps of a case."""

    key: int
    case: str
    terms: str
    grams: str
    words: str
    """Folded words as they stand, each once: what spellings are suggested from."""
    filters: tuple[str, ...]
    """As `index.facets.render_filter` writes them."""


@dataclass(frozen=True, slots=True)
class Found:
    """Cases that a leg of the search found."""

    keys: NDArray[np.int64]
    scores: NDArray[np.float64]
    """0–1: the share of what the query could at best give."""
    capped: bool = False
    """Whether there may be more than were looked at."""


def write_entries(folder: Path, entries: Iterable[KeywordEntry], removed: Iterable[str] = ()) -> None:
    """Add entries to the index in a folder, which is made when empty; cases ``removed`` go first, in one commit.

    Files that are there are never written to, so a folder may share them with another by hard links.
    """
    _write(tantivy.Index(_schema(), path=str(folder)), entries, removed)


def _write(index: tantivy.Index, entries: Iterable[KeywordEntry], removed: Iterable[str]) -> None:
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for case in removed:
        writer.delete_documents_by_term("case", case)
    for entry in entries:
        document = tantivy.Document()
        document.add_integer("key", entry.key)
        for field in ("case", "terms", "grams", "words"):
            document.add_text(field, getattr(entry, field))
        for value in entry.filters:
            document.add_text("filters", value)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Keywords:
    """Reads an index as it was when opened."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = _schema()
        self._searcher = index.searcher()
        # A plain mapping: a cached method would tie the reader to itself, and it would never be let go of.
        self._idf: dict[tuple[str, str], float] = {}

    @classmethod
    def open(cls, folder: Path) -> "Keywords":
        """Open the index in a folder; raises ValueError."""
        return cls(tantivy.Index.open(str(folder)))

    @classmethod
    def from_entries(cls, entries: Iterable[KeywordEntry]) -> "Keywords":
        """Make an index in memory."""
        index = tantivy.Index(_schema())
        _write(index, entries, ())
        index.reload()
        return cls(index)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, groups: Sequence[Group], filters: Sequence[Filter] = (), limit: int | None = None) -> Found:
        """Find the cases that hold what the groups ask for, at most ``limit``; none for no groups."""
        ranked = sorted(groups, key=lambda group: -self._worth(group))[:MOST_GROUPS]
        ranked = [group for group in ranked if group.labels or self._worth(group) >= LEAST_IDF] or ranked
        most = sum(self._most(group) for group in ranked)
        parts = [(Occur.Should, self._query(group)) for group in ranked if group.alternatives]
        return self._search(parts, most, filters, limit)

    def search_grams(self, grams: Sequence[str], filters: Sequence[Filter] = ()) -> Found:
        """Find the cases that hold runs of four characters."""
        ranked = sorted(dict.fromkeys(grams), key=lambda gram: -self.idf("grams", gram))[:MOST_GRAMS]
        ranked = [gram for gram in ranked if self.idf("grams", gram) >= LEAST_GRAM_IDF] or ranked
        parts = [(Occur.Should, self._term("grams", gram)) for gram in ranked]
        return self._search(parts, (K1 + 1) * sum(self.idf("grams", gram) for gram in ranked), filters, None)

    def idf(self, field: str, term: str) -> float:
        """Give the inverse document frequency of a term, as in BM25."""
        found = self._idf.get((field, term))
        if found is None:
            if len(self._idf) >= _REMEMBERED:
                self._idf.clear()
            total, having = len(self), self._searcher.doc_freq(field, term)
            found = math.log(1 + (max(0, total - having) + 0.5) / (having + 0.5))
            self._idf[field, term] = found
        return found

    def list_words(self, prefix: str = "") -> dict[str, int]:
        """Give the folded words of the collection that begin so, with the number of cases that have them."""
        return dict(self._searcher.terms_with_prefix("words", prefix))

    def knows(self, group: Group) -> bool:
        """Tell whether any case has what a group asks for, said in one of its ways."""
        unknown = self.idf("terms", "")
        return any(all(any(self.idf("terms", term) < unknown for term in variants) for variants in way.words)
                   for way in group.alternatives)

    def list_keys(self) -> list[int]:
        """List the keys of all cases, in order."""
        found = self._searcher.search(Query.all_query(), max(1, len(self)), count=False)
        return sorted(int(key or 0) for key in self._searcher.fast_field_values("key", [hit[1] for hit in found.hits]))

    def _search(
        self, parts: list[tuple[Occur, Query]], most: float, filters: Sequence[Filter], limit: int | None
    ) -> Found:
        if not parts or not len(self):
            return Found(np.zeros(0, np.int64), np.zeros(0))
        query = Query.boolean_query(parts)
        if filters:
            must = [(Occur.Must, Query.const_score_query(self._term("filters", render_filter(one)), 0.0))
                    for one in filters]
            query = Query.boolean_query([(Occur.Must, query), *must])
        limit = limit or (MOST_FOUND if len(self) <= MOST_FOUND else MOST_FOUND_OF_MANY)
        hits = self._searcher.search(query, limit, count=False).hits
        if not hits:
            return Found(np.zeros(0, np.int64), np.zeros(0))
        scores = [score for score, _ in hits]
        keys = self._searcher.fast_field_values("key", [place for _, place in hits])
        # What several words name together comes on top of what they can give alone.
        shares = np.minimum(np.array(scores) / max(most, 1e-9), 1.0)
        return Found(np.array(keys, np.int64), shares, len(hits) == limit)

    def _query(self, group: Group) -> Query:
        ways = [self._way(alternative) for alternative in group.alternatives]
        return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways)

    def _way(self, alternative: Alternative) -> Query:
        words = [self._any(variants) for variants in alternative.words]
        query = words[0] if len(words) == 1 else Query.boolean_query([(Occur.Must, word) for word in words])
        weight = alternative.weight / len(words)
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _any(self, variants: Sequence[str]) -> Query:
        terms = [self._term("terms", term) for term in variants]
        return terms[0] if len(terms) == 1 else Query.disjunction_max_query(terms)

    def _term(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, "freq")

    def _most(self, group: Group) -> float:
        """Give what a group can add to a score at best."""
        return (K1 + 1) * self._worth(group)

    def _worth(self, group: Group) -> float:
        own = [self._alternative_idf(a) for a in group.alternatives if a.why == "word"]
        return max(own, default=0.0)

    def _alternative_idf(self, alternative: Alternative) -> float:
        known = [self._best_idf(variants) for variants in alternative.words]
        return alternative.weight * sum(known) / max(1, len(known))

    def _best_idf(self, variants: Sequence[str]) -> float:
        """Give the most that one of several terms can count for; those that no case has only when none is known."""
        unknown = self.idf("terms", "")
        known = [term for term in variants if self.idf("terms", term) < unknown]
        return max(self.idf("terms", term) for term in known or variants)


@lru_cache(1)
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", fast=True, indexed=True)
    builder.add_text_field("case", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("filters", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
