"""A query as keyword search reads it: one group for each thing asked for, with all the ways of saying it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.language.analysis import Word, list_query_terms, list_terms
from index.language.folding import CACHE_SIZE
from index.language.stop_words import read_content_words
from index.thesaurus_words import Synonym, ThesaurusWords, list_synonyms

PART_WEIGHT = 0.6
"""Of a compound whose parts all stand in a case, though not joined."""
SYNONYM_WEIGHT = 0.4
"""Of another word for the same thing, in any language."""
SPELLING_WEIGHT = 0.5
"""Of a word that is spelt nearly as what was typed, when that is not known."""
MOST_WIDENED = 12
"""Words up to which a query is widened by synonyms: longer ones say in themselves what they are about."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way of saying what a group asks for."""

    words: tuple[tuple[str, ...], ...]
    """For each word the terms any of which stands for it; all words must stand in a case."""
    weight: float
    why: str
    """One of `index.marking.REASONS`."""
    shown: str
    """As a reader sees it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A word, or a thing that the thesaurus knows, of the query; the best alternative counts."""

    words: tuple[Word, ...]
    alternatives: tuple[Alternative, ...]
    labels: tuple[str, ...] = ()
    """What the thesaurus calls it in bokmål, one for each meaning."""

    @property
    def written(self) -> str:
        """The words it stands for, folded."""
        return " ".join(word.folded for word in self.words)


def read_groups(query: str, thesaurus: ThesaurusWords | None = None) -> list[Group]:
    """List the groups of a query in their order; function words are left out."""
    words = list({word.folded: word for word in reversed(read_content_words(query))}.values())[::-1]
    groups = [Group((word,), tuple(_own(word.folded))) for word in words]
    if thesaurus is None or len(words) > MOST_WIDENED:
        return groups
    return list(_widen(groups, thesaurus, thesaurus.guess_languages(query)))


def add_spellings(groups: Iterable[Group], spellings: Mapping[str, Sequence[str]]) -> list[Group]:
    """Add likely spellings, by folded word, to the groups of words that are not known."""
    return [
        replace(group, alternatives=(*group.alternatives, *(
            Alternative((_variants(other),), SPELLING_WEIGHT, "spelling", other)
            for other in spellings.get(group.written, ())
        )))
        for group in groups
    ]


def list_wanted(groups: Iterable[Group]) -> dict[str, str]:
    """Give each term that is looked for and why, the reason nearest to the reader's own word first."""
    wanted: dict[str, str] = {}
    for why in ("word", "part", "spelling", "synonym"):
        for group in groups:
            for alternative in group.alternatives:
                if alternative.why == why:
                    for term in (term for word in alternative.words for term in word):
                        wanted.setdefault(term, why)
    return wanted


def _own(folded: str) -> Iterator[Alternative]:
    analyses = list_query_terms(folded)
    yield Alternative((tuple(dict.fromkeys(terms[0] for terms in analyses)),), 1.0, "word", folded)
    for parts in dict.fromkeys(terms[1:] for terms in analyses if len(terms) > 2):
        yield Alternative(tuple((part,) for part in parts), PART_WEIGHT, "part", folded)


def _widen(groups: Sequence[Group], thesaurus: ThesaurusWords, languages: Sequence[str]) -> Iterator[Group]:
    """Add other words for what neighbouring words name together, the longest run first."""
    at = 0
    while at < len(groups):
        words = [group.words[0] for group in groups[at:]]
        length, concepts = thesaurus.find_longest([word.folded for word in words], languages)
        joined = groups[at : at + max(1, length)]
        synonyms = list_synonyms(concepts, " ".join(word.folded for word in words[:length]))
        labels = tuple(concept["nb"][0] for concept in concepts)
        if length > 1:
            # Each word still counts alone; what they name together is a group of its own.
            yield from joined
            yield Group(tuple(words[:length]), tuple(_synonyms(synonyms)), labels)
        else:
            yield replace(joined[0], alternatives=(*joined[0].alternatives, *_synonyms(synonyms)), labels=labels)
        at += len(joined)


def _synonyms(synonyms: Iterable[Synonym]) -> Iterator[Alternative]:
    return (found for found in map(_read_synonym, synonyms) if found.words)


@lru_cache(CACHE_SIZE)
def _read_synonym(synonym: Synonym) -> Alternative:
    words = tuple(list_terms(word.folded, synonym.language)[:1] for word in read_content_words(synonym.text))
    return Alternative(words, SYNONYM_WEIGHT, "synonym", synonym.text)


def _variants(folded: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms[0] for terms in list_query_terms(folded)))
