"""Showing why a passage was found: which of its words match, and the stretch of it that has most of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.language.analysis import find_places, list_terms

REASONS = ("word", "part", "spelling", "synonym")
"""Why a word matches, nearest to what the reader typed first.

``word`` the reader's own, ``part`` half of a compound on either side, ``spelling`` a likely spelling of it, ``synonym``
another word for the same thing.
"""
WINDOW = 400
"""Characters: three or four lines of a page, so that ten hits can be looked over."""

_SENTENCE_GAP = re.compile(
    # after a full stop that ends no abbreviation (bl.a., f.eks.), or before a block or list item of Markdown
    r"(?<=[.!?…])(?<!\.\w\.)(?<!\.eks\.)[\"»”)*_]*(\s+)(?=[\W_]*[A-ZÆØÅÄÖÜÉ])|(\s*\n\s*)(?=\n|[-*+>|#]|\d+[.)])"
)
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of a text that matches: ``text[start:end]``, and why."""

    start: int
    end: int
    why: str
    """One of `REASONS`."""


class Marker:
    """Finds the words that match one query; what it found out of a word it remembers."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        """Take the terms that are looked for, as `index.language.analysis` gives them, each with one of `REASONS`."""
        self._wanted = wanted
        self._known: dict[tuple[str, str], str] = {}

    def find_marks(self, text: str, language: str) -> list[Mark]:
        """List the words that match, in order of place and none over another; a compound is marked whole.

        The reader's own word that is only half of a compound in the text is marked as ``part``.
        """
        marks = []
        for start, end, folded in find_places(text):
            key = (folded, language)
            why = self._known.get(key)
            if why is None:
                why = self._known[key] = self._find_reason(*key)
            if why:
                marks.append(Mark(start, end, why))
        return marks

    def _find_reason(self, folded: str, language: str) -> str:
        """Give the reason nearest to what the reader typed, empty when the word does not match."""
        wanted, terms = self._wanted, list_terms(folded, language)
        if wanted.keys().isdisjoint(terms):
            return ""
        whole, *parts = terms
        reasons = {wanted[whole]} if whole in wanted else set()
        reasons |= {"part" if wanted[part] == "word" else wanted[part] for part in parts if part in wanted}
        return min(reasons, key=REASONS.index)


def find_marks(text: str, language: str, wanted: Mapping[str, str]) -> list[Mark]:
    """List the words of one text that match, see `Marker`."""
    return Marker(wanted).find_marks(text, language)


def split_marked(text: str, marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Cut a text into (piece, why or empty), in order; the pieces join to the text, and none is empty.

    Nothing is escaped: whoever shows the pieces escapes each of them. Marks come in order, none over another.
    """
    pieces, at = [], 0
    for mark in marks:
        pieces += [(text[at : mark.start], ""), (text[mark.start : mark.end], mark.why)]
        at = mark.end
    return [(piece, why) for piece, why in [*pieces, (text[at:], "")] if piece]


def choose_window(text: str, marks: Sequence[Mark], longest: int = WINDOW) -> tuple[int, int]:
    """Give start and end of the stretch of at most `longest` characters that has most marks.

    Among equals one that is half full or more is chosen, then whole sentences, then marks in the middle, then the
    first. It is cut between words, but for a word longer than the window. A text that is short enough is given whole.
    """
    if len(text) <= longest:
        return 0, len(text)
    starts, ends = _list_sentence_edges(text)
    opened, closed = [mark.start for mark in marks], [mark.end for mark in marks]

    def worth(window: tuple[int, int]) -> tuple[int, bool, bool, bool, int, int]:
        start, end = window
        first, after = bisect_left(opened, start), bisect_right(closed, end)
        lean = abs((opened[first] - start) - (end - closed[after - 1])) if after > first else 0
        return max(after - first, 0), end - start >= longest // 2, start in starts, end in ends, -lean, -start

    return max(_list_windows(text, ends, longest), key=worth)


def _list_windows(text: str, sentence_ends: set[int], longest: int) -> Iterator[tuple[int, int]]:
    """List, from the start of each word, the window to the last word and the one to the last sentence with room."""
    tokens = [match.span() for match in _TOKEN.finditer(text)] or [(0, len(text))]
    word_ends = [end for _, end in tokens]
    for i, (start, _) in enumerate(tokens):
        room = word_ends[i : bisect_right(word_ends, start + longest)]
        yield start, room[-1] if room else start + longest
        yield from ((start, end) for end in [end for end in room if end in sentence_ends][-1:])


def _list_sentence_edges(text: str) -> tuple[set[int], set[int]]:
    """List where sentences, paragraphs and list items start, and where they end."""
    gaps = [match.span(1) if match[1] else match.span(2) for match in _SENTENCE_GAP.finditer(text)]
    first = len(text) - len(text.lstrip())
    return {first, *(end for _, end in gaps)}, {len(text.rstrip()), *(start for start, _ in gaps)}
