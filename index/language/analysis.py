"""What a text is searched by: its words with their places, their terms (stems, also of compound parts) and 4-grams.

The same steps are taken with a case and with a query, so only equal treatment matters, not whether a stem is a word.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.language.compounds import split_compound
from index.language.folding import APOSTROPHES, CACHE_SIZE, HYPHENS, INVISIBLE, fold_word
from index.language.stemming import find_stem
from kb.vocabulary import LANGUAGES

__all__ = ["Word", "fold_word", "list_grams", "list_query_terms", "list_terms", "read_words", "to_ascii"]

QUERY_LANGUAGES = ("nb", "sv", "da", "en")
"""How a query is analysed when nobody says its language; nynorsk is analysed as bokmål."""
GRAM_LENGTH = 4

# A single letter and a hyphen belong to the word they lead (e-læring, e-post); other hyphens part words.
_WORD = re.compile(
    rf"(?:(?<![\w-])[^\W\d_][{HYPHENS}](?=[^\W_]{{3}}))?[^\W_]+"
    rf"(?:(?:[{APOSTROPHES}]|[\u0300-\u036f{INVISIBLE}]+)[^\W_]+)*[\u0300-\u036f]*"
)
# Most texts have no combining marks and nothing invisible; then a plainer pattern finds the same words, faster.
_MARK = re.compile(f"[\u0300-\u036f{INVISIBLE}]")
_PLAIN_WORD = re.compile(rf"(?:(?<![\w-])[^\W\d_][{HYPHENS}](?=[^\W_]{{3}}))?[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and its place: ``text[start:end]`` is the word as written."""

    start: int
    end: int
    folded: str
    """The word as `index.language.folding.fold_word` writes it; never empty."""


def read_words(text: str) -> list[Word]:
    """List the words of a text in their order; hyphens part words, except after a single letter (e-post)."""
    return [Word(*place) for place in find_places(text)]


def find_places(text: str) -> list[tuple[int, int, str]]:
    """List start, end and folded form of each word, as `read_words` does but without making objects of them."""
    pattern = _WORD if _MARK.search(text) else _PLAIN_WORD
    found = [(match.start(), match.end(), fold_word(match.group())) for match in pattern.finditer(text)]
    return [place for place in found if place[2]]


@lru_cache(CACHE_SIZE)
def list_terms(folded: str, language: str) -> tuple[str, ...]:
    """List what a folded word is found by: its stem first, then the terms of its compound parts, if it has any.

    Parts that are compounds themselves give their parts too. Each term stands once. A word of a language that nothing
    is known about here (Northern Sámi) is found by itself only.
    """
    if language not in LANGUAGES:
        return (folded,)
    # An English word is never a Nordic compound, however its letters fall.
    parts = () if language == "en" else split_compound(folded)
    of_parts = (term for part in parts for term in list_terms(part, language))
    return tuple(dict.fromkeys((find_stem(folded, language), *of_parts)))


@lru_cache(CACHE_SIZE)
def list_query_terms(folded: str) -> tuple[tuple[str, ...], ...]:
    """List the different analyses of a folded word whose language is unknown, bokmål first."""
    return tuple(dict.fromkeys(list_terms(folded, language) for language in QUERY_LANGUAGES))


def list_grams(folded: str) -> list[str]:
    """List the character 4-grams of ``_word_`` in their order; the whole of it when it is shorter."""
    padded = f"_{folded}_"
    return [padded[at:at + GRAM_LENGTH] for at in range(max(1, len(padded) - GRAM_LENGTH + 1))]


def to_ascii(folded: str) -> str:
    """Write a folded word as an English keyboard does: Tromso, Alesund, Baerum."""
    return folded.translate(_ASCII)

