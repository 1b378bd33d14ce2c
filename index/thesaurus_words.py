"""The thesaurus as search uses it: which run of words is a known thing, and what else it is called."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from index.language.analysis import list_terms, read_words
from index.language.folding import CACHE_SIZE
from index.language.stop_words import is_stop_word, read_content_words
from kb.thesaurus import Concept
from kb.vocabulary import LANGUAGES

LONGEST = 4
"""Words of the longest run that is looked up."""
MOST_MEANINGS = 3
"""Concepts that a run of words may have; one with more is too vague to widen by."""
FILE = "thesaurus.json"

Words = dict[str, list[str]]
"""Language → the words of a concept, the preferred one first."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another word or phrase for a thing."""

    language: str
    text: str


class ThesaurusWords:
    """Concepts by the stems of their words; words of several concepts lead to all of them."""

    def __init__(self, concepts: Sequence[Words], stems: Mapping[str, list[int]]) -> None:
        self._concepts, self._stems = concepts, stems

    @cached_property
    def _singles(self) -> set[tuple[str, str]]:
        """Language and stem of every word that stands in any phrase."""
        return {(key[:2], stem) for key in self._stems for stem in key[3:].split(" ")}

    @classmethod
    def from_concepts(cls, concepts: Iterable[Concept]) -> "ThesaurusWords":
        """Take the words of all concepts in all languages."""
        rows: list[Words] = [{lang: list(texts) for lang, texts in one.words.items()} for one in concepts]
        stems: dict[str, list[int]] = {}
        for place, words in enumerate(rows):
            keys = [_key(_content_words(text), lang) for lang, texts in words.items() for text in texts]
            for key in dict.fromkeys(keys):
                stems.setdefault(key, []).append(place)
        return cls(rows, {key: places for key, places in stems.items() if key[3:]})

    @classmethod
    def read(cls, folder: Path) -> "ThesaurusWords":
        """Read what `write` wrote; raises OSError or ValueError."""
        stored = json.loads((folder / FILE).read_bytes())
        return cls(stored["concepts"], stored["stems"])

    def write(self, folder: Path) -> None:
        """Write to a file of the folder, stems too, since making them takes longer than reading them."""
        stored = {"concepts": self._concepts, "stems": self._stems}
        (folder / FILE).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")

    def find_longest(self, words: Sequence[str], languages: Sequence[str]) -> tuple[int, list[Words]]:
        """Give how many of the first words name a known thing in one of the languages, and the concepts they name.

        The words are folded, without function words. 0 and nothing when they name none.
        """
        for length in range(min(LONGEST, len(words)), 0, -1):
            keys = [_key(words[:length], language) for language in languages]
            found = list(dict.fromkeys(place for key in keys for place in self._stems.get(key, ())))
            if found:
                return length, [self._concepts[place] for place in found] if len(found) <= MOST_MEANINGS else []
        return 0, []

    def guess_languages(self, query: str) -> list[str]:
        """List the languages that a query may be in: those that know most of its words, function words among them."""
        words = [word.folded for word in read_words(query)]
        known = {language: sum(self._knows(word, language) for word in words) for language in LANGUAGES}
        return [language for language in LANGUAGES if known[language] == max(known.values())]

    def knows(self, folded: str) -> bool:
        """Tell whether a folded word stands in the thesaurus in any language, alone or in a phrase."""
        return any(self._knows(folded, language) for language in LANGUAGES)

    def _knows(self, folded: str, language: str) -> bool:
        return is_stop_word(folded, language) or (language, list_terms(folded, language)[0]) in self._singles


def list_synonyms(concepts: Iterable[Words], own: str) -> list[Synonym]:
    """List the words of concepts, each once, without the folded words that are there already."""
    found: dict[str, Synonym] = {}
    for concept in concepts:
        for language, texts in concept.items():
            for text in texts:
                found.setdefault(_fold(text), Synonym(language, text))
    found.pop(own, None)
    return list(found.values())


def _key(words: Iterable[str], language: str) -> str:
    """Give the key of a run of folded words: the language, and their stems."""
    return f"{language} " + " ".join(list_terms(word, language)[0] for word in words)


def _content_words(text: str) -> list[str]:
    return [word.folded for word in read_content_words(text)]


@lru_cache(CACHE_SIZE)
def _fold(text: str) -> str:
    return " ".join(word.folded for word in read_words(text))
