"""Finding the headings of a pasted plan: of Markdown, numbered, in capitals, or a short line over a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.headings import find_section_kind

MOST_WORDS, MOST_CHARACTERS = 10, 90
"""A longer line is text."""

LEAST_CAPITALS = 4
"""Letters of a line in capitals that is no abbreviation."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_MARKDOWN = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_UNDERLINE = re.compile(r"(=+|-{3,})$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?[ \t]+(?=[^\W\d_])(.+)$")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
_LABEL = re.compile(r"[*_]{0,2}([^\W\d_][^.:!?*_]{1,40})(?::[*_]{0,2}|[*_]{2}:?)[ \t]+(?=\S)")
_BULLET = re.compile(r"[-*+•–][ \t]|\d{1,2}[.)][ \t]")
_TEXT_END = re.compile(r"[.!?:;][\"»”)*_]*$")
_INNER_END = re.compile(r"[^\W\d_][.!?]\s")
_NO_END = (".", ",", ";", "!", "?")
_PLAIN_LEVEL = 2
"""Of a heading that does not show its level, as the sections of a Markdown document have it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and where it stands; the text under it begins at `end`."""

    text: str
    level: int
    """1 for the highest."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    """After the line's end mark."""
    text: str
    """Without spaces around."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A line among others; those that are not there are empty."""

    before: _Line
    """The nearest before it that is not blank."""
    line: _Line
    after: _Line
    """The nearest after it that is not blank."""
    above: _Line
    below: _Line


def list_headings(text: str) -> list[Heading]:
    """List the headings of a text, in their order."""
    lines = [_Line(match.start(), match.end(), match[0].strip()) for match in _LINE.finditer(text)]
    nothing = _Line(len(text), len(text), "")
    before, after = _list_nearest(lines, nothing), _list_nearest(lines[::-1], nothing)[::-1]
    above, below = [nothing, *lines], [*lines[1:], nothing]
    places = map(_Place, before, lines, after, above, below)
    return [heading for place in places if (heading := _find_heading(place))]


def _list_nearest(lines: Sequence[_Line], nothing: _Line) -> list[_Line]:
    """List for each line the nearest before it that is not blank."""
    nearest = []
    for line in lines:
        nearest.append(nothing)
        nothing = line if line.text else nothing
    return nearest


def _find_heading(place: _Place) -> Heading | None:
    line, text = place.line, place.line.text
    if match := _MARKDOWN.match(text):
        return Heading(_strip_marks(match[2]), len(match[1]), line.start, line.end) if match[2] else None
    if not _can_be_heading(text):
        return _find_label(line)
    if _UNDERLINE.match(place.below.text):
        return Heading(_strip_marks(text), 1 if place.below.text[0] == "=" else 2, line.start, place.below.end)
    level = _find_level(place) if place.after.text else None
    return Heading(_strip_marks(text), level, line.start, line.end) if level else _find_label(line)


def _find_level(place: _Place) -> int | None:
    """Find the level of a line that may be a heading, by its looks and its neighbours'."""
    text, after = place.line.text, place.after.text
    if match := _NUMBERED.match(text):
        in_a_list = _follows(match[1], place.before.text) or _follows(after, match[1])
        return None if in_a_list or not match[2][0].isupper() else match[1].count(".") + 1
    words = _strip_marks(text)
    if sum(char.isalpha() for char in words) >= LEAST_CAPITALS and words.isupper():
        return 1
    if find_section_kind(words) and words[0].isupper():
        return _PLAIN_LEVEL
    if words.endswith(":") or not (words[0].isupper() or words[0].isdigit()):
        return None
    # A word processor gives each paragraph as one long line, and no blank lines between.
    above, is_over_paragraph = place.above.text, len(after) > MOST_CHARACTERS
    apart = not above or (is_over_paragraph and (_TEXT_END.search(above) or _can_be_heading(above)))
    over_text = len(after) > MOST_CHARACTERS // 2 or _TEXT_END.search(after) or _BULLET.match(after)
    is_first = not place.before.text
    return _PLAIN_LEVEL if apart and (over_text or is_first) and not after[0].islower() else None


def _follows(later: str, earlier: str) -> bool:
    """Tell whether two lines or numbers are neighbours in one list: 2 and 3, 1.1 and 1.2."""
    one, other = (_NUMBER.match(text) for text in (earlier, later))
    if not one or not other:
        return False
    first, second = ([int(part) for part in match[0].split(".")] for match in (one, other))
    return first[:-1] == second[:-1] and first[-1] + 1 == second[-1]


def _find_label(line: _Line) -> Heading | None:
    """Find a known heading that stands on the line of its text: «Mål: Fraværet skal ned.»."""
    match = _LABEL.match(line.text)
    if not match or find_section_kind(match[1]) is None or not match[1][0].isupper():
        return None
    return Heading(match[1].strip(), _PLAIN_LEVEL, line.start, line.start + match.end())


def _can_be_heading(text: str) -> bool:
    if len(text) > MOST_CHARACTERS or len(text.split()) > MOST_WORDS or "|" in text:
        return False
    words = _strip_marks(text)
    # «2. Mål» is also how a list item looks; its neighbours tell.
    is_item = _BULLET.match(text) and not _NUMBERED.match(text)
    return bool(words) and not is_item and not words.endswith(_NO_END) and not _INNER_END.search(words)


def _strip_marks(text: str) -> str:
    return text.strip("*_ \t")
