"""What the index takes of a case: its passages, its facet values, and the words it is found by."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.facets import VOCABULARY_OF, list_values, render_filter
from index.keywords import KeywordEntry
from index.language.analysis import list_grams, list_terms, to_ascii
from index.language.folding import CACHE_SIZE
from index.language.stop_words import read_content_words
from index.passages import Passage, cut_passages
from kb.checks import Reference
from kb.derived import resolve_municipalities
from kb.document import CaseDocument
from kb.vocabulary import LANGUAGES

TITLE, SUMMARY, NAME, BODY = 4, 2, 2, 1
"""How many words of the body a word counts for, by where it stands; a label of a term that a case has counts as one."""

_LABELLED = ("sector", "theme", "measure", "factor", "programme", "network")
"""Facets whose terms a case is found by."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A case as the index takes it."""

    case: str
    title: str
    language: str
    content_hash: str
    passages: list[Passage]
    values: dict[str, tuple[str, ...]]
    """Facet → values."""
    keywords: KeywordEntry


def make_entry(document: CaseDocument, content_hash: str, key: int, reference: Reference) -> Entry:
    """Make the entry of a published case; ``key`` is its number in the index, never used again for another text."""
    front = document.front
    values = list_values(front, reference)
    told = [(_words(front.title), TITLE), (_words(front.summary), SUMMARY), (_words(_prose(document)), BODY)]
    names = [word for name in list_names(document, reference) for word in _words(name)]
    names += [to_ascii(word) for word in names if to_ascii(word) != word]
    terms = [_write_terms(word, front.language) for words, times in [*told, (names, NAME)] for word in words * times]
    terms += [_write_terms(word, language) for language, label in _labels(reference, values) for word in _words(label)]
    own = [word for words, _ in told for word in words]
    keywords = KeywordEntry(
        key=key, case=front.id, terms=" ".join(terms), grams=" ".join(map(_write_grams, [*own, *names])),
        words=" ".join(sorted(set(own))),
        filters=tuple(render_filter((facet, value)) for facet, listed in values.items() for value in listed),
    )
    return Entry(
        front.id, front.title, front.language, content_hash, cut_passages(document), values, keywords,
    )


def list_names(document: CaseDocument, reference: Reference) -> list[str]:
    """List what the municipalities of a case are and were called: as written, officially, and in other languages."""
    places = resolve_municipalities(document.front, reference)
    names = [*document.front.municipalities]
    for place in places:
        names += reference.register.list_names(place)
    return list(dict.fromkeys(names))


def _labels(reference: Reference, values: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield language and label of each term that a case is filed under, in all languages."""
    for facet in _LABELLED:
        for term_id in values.get(facet, ()):
            if term := reference.vocabularies.find_term(VOCABULARY_OF[facet], term_id):
                yield from ((language, term.label_in(language)) for language in LANGUAGES)


def _prose(document: CaseDocument) -> str:
    """Give the body, and what only the lists of the front matter say."""
    front = document.front
    claims = [goal.text for goal in front.goals] + [outcome.text for outcome in front.outcomes]
    return "\n".join([document.body, *(measure.text or "" for measure in front.measures), *claims])


@lru_cache(CACHE_SIZE)
def _write_terms(word: str, language: str) -> str:
    return " ".join(list_terms(word, language))


@lru_cache(CACHE_SIZE)
def _write_grams(word: str) -> str:
    return " ".join(list_grams(word))


def _words(text: str) -> list[str]:
    return [word.folded for word in read_content_words(text)]
