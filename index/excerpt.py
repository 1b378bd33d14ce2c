"""What is shown of a passage: its words without Markdown, cut to the stretch that matches best, the matches marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.marking import REASONS, WINDOW, Mark, choose_window, split_marked
from index.results import MarkedWord
from kb.markdown import render_plain

# Private characters go through Markdown as letters do, so a mark stays at its word when the syntax around it goes.
_OPENING = {reason: chr(0xE000 + number) for number, reason in enumerate(REASONS)}
_REASON_OF = {char: reason for reason, char in _OPENING.items()}
_CLOSING = "\uE00F"
_PRIVATE = re.compile("[\uE000-\uE00F]")
_MARKED = re.compile(f"([\uE000-{chr(0xE000 + len(REASONS) - 1)}])([^\uE000-\uE00F]*){_CLOSING}")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a passage as (piece, why it is marked or empty), in order; nothing is escaped."""

    pieces: tuple[tuple[str, str], ...]
    cut_before: bool
    """Whether the passage has more before it."""
    cut_after: bool


def cut_excerpt(passage: str, marks: Sequence[MarkedWord], longest: int = WINDOW) -> Excerpt:
    """Cut at most `longest` characters with most marks from a passage; the marks are in characters of the passage."""
    text, moved = _read_plain(passage, marks)
    start, end = choose_window(text, moved, longest)
    within = [Mark(m.start - start, m.end - start, m.why) for m in moved if start <= m.start and m.end <= end]
    return Excerpt(tuple(split_marked(text[start:end], within)), start > 0, end < len(text))


def _read_plain(passage: str, marks: Sequence[MarkedWord]) -> tuple[str, list[Mark]]:
    """Give the passage without Markdown, and where the marked words stand in it."""
    plain = render_plain("".join(_write_marked(_PRIVATE.sub(" ", passage), marks)))
    pieces, moved, at, length = [], [], 0, 0
    for match in _MARKED.finditer(plain):
        before = _PRIVATE.sub("", plain[at : match.start()])
        start = length + len(before)
        pieces += [before, match[2]]
        length, at = start + len(match[2]), match.end()
        moved.append(Mark(start, length, _REASON_OF[match[1]]))
    return "".join([*pieces, _PRIVATE.sub("", plain[at:])]), moved


def _write_marked(passage: str, marks: Sequence[MarkedWord]) -> Iterator[str]:
    at = 0
    for mark in marks:
        yield passage[at : mark.start]
        yield f"{_OPENING[mark.why]}{passage[mark.start : mark.end]}{_CLOSING}"
        at = mark.end
    yield passage[at:]
