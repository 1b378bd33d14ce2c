"""What may be searched: a query as typed becomes a query that can be embedded, or an InvalidQuery that says why not."""

import unicodedata

from index.language.stop_words import STOP_WORDS
from kb.errors import InvalidQuery

MAX_CHARACTERS = 10_000
"""Enough for several pages of pasted plan text."""


def clean_query(text: str) -> str:
    """Give the query with Unicode composed, control characters and runs of spaces turned into one space.

    Raises InvalidQuery when it is empty, too long, without letters or digits, or of stop words only.
    """
    if len(text) > MAX_CHARACTERS:
        raise InvalidQuery("too-long", MAX_CHARACTERS)
    composed = unicodedata.normalize("NFC", text)
    query = " ".join("".join(map(_visible, composed)).split())
    if not query:
        raise InvalidQuery("empty")
    words = list_words(query)
    if not words:
        raise InvalidQuery("no-words")
    if all(word in STOP_WORDS for word in words):
        raise InvalidQuery("stop-words")
    return query


def list_words(text: str) -> list[str]:
    """List the runs of letters and digits of a text, folded to lower case."""
    spaced = "".join(char if char.isalnum() else " " for char in text.casefold())
    return spaced.split()


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    # Soft hyphens and joiners stand inside words; other control characters stand between them.
    return "" if category == "Cf" else " " if category.startswith("C") else char
