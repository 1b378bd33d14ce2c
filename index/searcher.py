"""Answering a query with cases: two legs, one ranking, and for each hit why it is there."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from index.balance import balance
from index.encoder import Encoder, Matrix, to_unit_length
from index.encoder_folder import open_encoder
from index.explanation import Explainer
from index.facets import Filter
from index.fusion import (
    BEST_WORDED,
    COSINE_FLOOR,
    Ranked,
    estimate_answered,
    find_matches,
    fuse,
    measure_evidence,
)
from index.keyword_query import Group, add_spellings, list_wanted, read_groups
from index.language.analysis import list_grams
from index.query import clean_query
from index.query_help.suggestions import Lexicon
from index.results import Hit, SearchResult, Widened
from index.similar import SimilarCases
from index.storage.manifest import get_current
from index.storage.snapshot import Snapshot, open_snapshot
from kb.errors import IndexDamaged, IndexMismatch, InvalidQuery
from kb.settings import Settings

LABEL_WEIGHT = 0.7
"""What the thesaurus calls the things in a query counts this much beside the query itself when it is embedded."""
NEAREST_SHOWN = 5
"""Cases offered when nothing answers."""
WIDENED_SHOWN = 6
"""Other words that are shown for a word of the query; all are searched for."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, read."""

    text: str
    correction: str | None
    groups: list[Group]
    vector: Matrix
    """``(1, d)``."""


class Searcher:
    """Searches one snapshot with the encoder it was built with."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        manifest = snapshot.manifest
        if manifest.model_hash != encoder.fingerprint:
            raise IndexMismatch(_model(manifest.model, manifest.model_hash), _model(encoder.name, encoder.fingerprint))
        self.snapshot, self.encoder = snapshot, encoder

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the collection and of the thesaurus."""
        return Lexicon(self.snapshot.keywords.list_words(), self.snapshot.words.known)

    def settle(self) -> None:
        """Tell the garbage collector that all there is now stays.

        Otherwise every tenth query or so waits a tenth of a second while it looks through the words in vain.
        """
        gc.collect()
        gc.freeze()

    def search(
        self, text: str, *, filters: Sequence[Filter] = (), limit: int = 10, offset: int = 0, balanced: bool = False
    ) -> SearchResult:
        """Find the cases that answer a text, best first; raises InvalidQuery, or InvalidFilter for an unknown facet.

        ``balanced`` puts mixed and negative experience among the first ten where there is any.
        """
        asked = self._read(clean_query(text))
        ranked, capped, probability = self._rank(asked, filters)
        matches = ranked.take(find_matches(ranked, probability))
        if balanced:
            matches = matches.take(balance(self.snapshot.facets, matches.rows))
        explainer = Explainer(self.snapshot, asked.vector, list_wanted(asked.groups))
        return SearchResult(
            query=asked.text, total=len(matches.rows), capped=capped and bool(len(matches.rows)),
            hits=explainer.explain(matches.take(np.arange(len(matches.rows))[offset : offset + limit])),
            nearest=[] if len(matches.rows) else self._find_nearest(asked, filters, explainer),
            facets=self.snapshot.facets.count(matches.rows),
            correction=asked.correction, widened=self._list_widened(asked.groups),
        )

    def browse(self, filters: Sequence[Filter]) -> tuple[list[str], dict[str, dict[str, int]]]:
        """List the ids of the cases for which all filters hold, in no order, and count their facet values.

        Raises InvalidFilter for an unknown facet.
        """
        mask = self.snapshot.find_mask(filters)
        ids = [case for case, row in self.snapshot.rows_by_id.items() if mask[row]]
        return ids, self.snapshot.facets.count(mask)

    def rank(self, text: str) -> tuple[Ranked, float]:
        """Rank all cases that any leg finds, without a cut-off, and estimate how probable it is that one answers."""
        ranked, _, probability = self._rank(self._read(clean_query(text)), ())
        return ranked, probability

    def find_similar(self, case_id: str, limit: int = 5) -> SearchResult:
        """Find the published cases most like one of them, best first; raises CaseNotFound."""
        return self._similar.find(case_id, limit)

    @cached_property
    def _similar(self) -> SimilarCases:
        return SimilarCases(self.snapshot)

    def _read(self, query: str) -> _Asked:
        groups = read_groups(query, self.snapshot.words.thesaurus)
        strange = [group.written for group in groups if not self._is_known(group)]
        near = {word: [other for other, _ in self.lexicon.list_near_words(word)] for word in strange}
        groups = add_spellings(groups, near)
        correction = self.lexicon.find_correction(query)
        return _Asked(query, correction, groups, self._embed(query, correction, groups))

    def _embed(self, query: str, correction: str | None, groups: Sequence[Group]) -> Matrix:
        """Give the vector of a query, drawn to what it may have been meant for and to what things in it are called."""
        vector = self.encoder.encode_query(query)
        if correction:
            vector = to_unit_length(vector + self.encoder.encode_query(correction))
            groups = read_groups(correction, self.snapshot.words.thesaurus)
        if labels := " ".join(dict.fromkeys(label for group in groups for label in group.labels)):
            vector = to_unit_length(vector + LABEL_WEIGHT * self.encoder.encode_query(labels))
        return vector

    def _is_known(self, group: Group) -> bool:
        return len(group.words) > 1 or bool(group.labels) or self.snapshot.keywords.knows(group)

    def _find_nearest(self, asked: _Asked, filters: Sequence[Filter], explainer: Explainer) -> list[Hit]:
        """List what comes nearest, however far off; that letters are alike is no reason to name there."""
        ranked, _, _ = self._rank(asked, filters, floor=-1.0)
        hits = explainer.explain(ranked.take(np.arange(min(NEAREST_SHOWN, len(ranked.rows)))))
        return [hit.model_copy(update={"legs": [leg for leg in hit.legs if leg != "letters"]}) for hit in hits]

    def _rank(
        self, asked: _Asked, filters: Sequence[Filter], floor: float = COSINE_FLOOR
    ) -> tuple[Ranked, bool, float]:
        """Rank what both legs find; tell whether there may be more, and how probable it is that anything answers."""
        snapshot = self.snapshot
        words = snapshot.keywords.search(asked.groups, filters)
        letters = [gram for group in asked.groups for word in group.words for gram in list_grams(word.folded)]
        grams = snapshot.keywords.search_grams(letters, filters)
        if not asked.vector.any() and not any(map(snapshot.keywords.knows, asked.groups)):
            raise InvalidQuery("unknown-words")
        rows, cosines, everywhere = snapshot.search_vectors(asked.vector, floor, snapshot.find_mask(filters))
        ranked = fuse((rows, cosines), snapshot.find_rows(words), snapshot.find_rows(grams), len(snapshot.keys))
        best = snapshot.keywords.search(asked.groups, limit=BEST_WORDED) if filters else words
        evidence = measure_evidence(everywhere, best.scores)
        return ranked, words.capped or grams.capped, estimate_answered(evidence)

    def _list_widened(self, groups: Sequence[Group]) -> list[Widened]:
        listed = []
        for group in groups:
            also = [a.shown for a in group.alternatives if a.why in ("synonym", "spelling")
                    and self.snapshot.keywords.knows(replace(group, alternatives=(a,)))]
            if also:
                listed.append(Widened(word=group.written, also=also[:WIDENED_SHOWN]))
        return listed


class LiveSearcher:
    """A Searcher that follows the index: when a new snapshot is put in use, the next query is answered from it."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self._index_dir = settings.index_dir
        self._encoder = encoder or open_encoder(settings.model)
        self._opened: tuple[Path, Searcher] | None = None

    def get(self) -> Searcher:
        """Get the searcher of the snapshot in use; raises IndexMissing, IndexDamaged or IndexMismatch."""
        current, opened = get_current(self._index_dir), self._opened
        if opened is None or opened[0] != current:
            opened = self._open(current, opened[1].snapshot if opened else None)
            self._opened = opened
        return opened[1]

    def _open(self, current: Path, known: Snapshot | None) -> tuple[Path, Searcher]:
        while True:
            try:
                searcher = Searcher(open_snapshot(current, known), self._encoder)
                searcher.settle()
                return current, searcher
            except IndexDamaged:
                # Builds that were quicker than this have removed it, or it is damaged.
                if (newer := get_current(self._index_dir)) == current:
                    raise
                current = newer


def open_searcher(settings: Settings) -> Searcher:
    """Open the index in use with the model of the settings; raises as `LiveSearcher.get` and EncoderNotFound."""
    return LiveSearcher(settings).get()


def _model(name: str, fingerprint: str) -> str:
    return f"{name} ({fingerprint[:12]})"
