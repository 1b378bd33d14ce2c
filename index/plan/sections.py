"""Cutting a pasted plan into sections: by its headings, or by what its paragraphs are about."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, Field

from index.language.stop_words import STOP_WORDS
from index.plan.cues import read_cues
from index.plan.headings import Heading, list_headings
from index.plan.reading import Reading, list_sentences
from index.query import list_words
from kb.errors import InvalidQuery
from kb.headings import SECTIONS, find_section_kind

MAX_CHARACTERS = 20_000
"""Of a plan: about eight pages."""
PIECE_WORDS = 150
"""A long stretch is cut into pieces of about this size, so that each is about one thing."""
LONGEST_WORDS = 225
"""A section of up to this many words is left whole."""
SHORT_PARAGRAPH = 30
"""Characters; a shorter one says too little to stand alone."""
MOST_SECTIONS = 100
"""A text with more is no plan with sections, but a list of short lines or a table."""
LONG_LINE = 200
"""Characters; a longer line is a whole paragraph, as word processors give them."""
TITLE, OTHER = "title", "other"
KINDS = (*SECTIONS, "participation", "evaluation", "economy", "schedule", TITLE, OTHER)
"""What a section may be about."""

_BLANK_LINES = re.compile(r"(?:\r\n?|\n)[ \t]{0,20}(?:\r\n?|\n)\s*")
_LINE_END = re.compile(r"(?:\r\n?|\n)\s*")
_BULLET = re.compile(r"\s*(?:[-*+•–][ \t]|\d{1,2}[.)][ \t])")


class PlanSection(BaseModel):
    """A stretch of a pasted plan that is about one thing."""

    model_config = ConfigDict(frozen=True)

    kind: str = Field(description="What it is about, such as goals or measures; `other` when that is not seen.")
    heading: str = Field(description="As written; empty when there is none.")
    start: int = Field(description="First character of its text in the plan, heading left out.")
    end: int = Field(description="Character after the last.")


def parse_plan(text: str) -> list[PlanSection]:
    """Cut a plan into sections, in order of their place; every word is in one of them or in a heading.

    The first may have the kind `title`: then its text is the plan's name. Raises InvalidQuery when the text is empty,
    too long, without letters or digits, or of function words only.
    """
    _check_text(text)
    sections = _cut_by_headings(text, list_headings(text))
    if len(sections) <= MOST_SECTIONS:
        return sections
    pieces = _list_pieces(text, 0, len(text))
    return [_make_section(text, _find_kind(text[at:after]) or OTHER, "", at, after) for at, after in pieces]


def _cut_by_headings(text: str, headings: Sequence[Heading]) -> list[PlanSection]:
    edges = [*(heading.start for heading in headings), len(text)]
    sections = _cut_unheaded(text, 0, edges[0])
    for heading, kind, end in zip(headings, _list_kinds(text, headings, edges), edges[1:], strict=True):
        if kind == TITLE:
            sections += [_make_section(text, TITLE, heading.text, heading.start, heading.end)]
            sections += _cut_unheaded(text, heading.end, end)
        else:
            pieces = _list_pieces(text, heading.end, end)
            sections += [_make_section(text, kind, heading.text, at, after) for at, after in pieces]
    return sections


def find_title(sections: Sequence[PlanSection]) -> str:
    """Find the name of a plan; empty when it has none."""
    return next((section.heading for section in sections if section.kind == TITLE), "")


def list_stretches(text: str, sections: Sequence[PlanSection]) -> list[tuple[int, int]]:
    """List where a plan says something: its sections, and headings that say more than the kind of what follows."""
    bodies = [(section.start, section.end) for section in sections if section.kind != TITLE]
    inside = {at for start, end in bodies for at in range(start, end)}
    headings = (heading for heading in list_headings(text) if heading.start not in inside)
    return sorted([*bodies, *((one.start, one.end) for one in headings if not _names_only_kind(one.text))])


def _check_text(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InvalidQuery("too-long", MAX_CHARACTERS)
    if not text.strip():
        raise InvalidQuery("empty")
    words = list_words(text)
    if not words:
        raise InvalidQuery("no-words")
    if all(word in STOP_WORDS for word in words):
        raise InvalidQuery("stop-words")


def _list_kinds(text: str, headings: Sequence[Heading], edges: Sequence[int]) -> list[str]:
    """List the kind of each heading: its own, that of the heading it stands under, or what its text is about."""
    kinds: list[str] = []
    above: list[tuple[int, str]] = []
    for number, heading in enumerate(headings):
        body = text[heading.end : edges[number + 1]]
        above = [(level, kind) for level, kind in above if level < heading.level]
        if number == 0 and not text[: heading.start].strip() and _is_title(heading, headings[1:], body):
            kinds.append(TITLE)
            continue
        own = find_section_kind(heading.text) or _find_kind(heading.text, by_first=True)
        kind = own or (above[-1][1] if above else "") or _find_kind(body) or OTHER
        above.append((heading.level, own or (above[-1][1] if above else "")))
        kinds.append(kind)
    return kinds


def _names_only_kind(heading: str) -> bool:
    """Tell whether a heading says nothing but what kind of section follows."""
    return find_section_kind(heading) is not None or (len(heading.split()) <= 2 and _find_kind(heading) is not None)


def _is_title(first: Heading, others: Sequence[Heading], body: str) -> bool:
    if _names_only_kind(first.text):
        return False
    alone_on_top = all(other.level > first.level for other in others)
    return alone_on_top or not body.strip() or not _find_kind(first.text)


def _find_kind(text: str, by_first: bool = False) -> str | None:
    """Find what a text is about: the kind with most words in it, or whose word comes first."""
    reading, cues = Reading(text), read_cues()
    places = {kind: reading.find_any(words) for kind, words in cues.kinds.items()}
    found = {kind: (0 if by_first else -len(at), min(at)) for kind, at in places.items() if at}
    return min(found, key=lambda kind: found[kind]) if found else None


def _cut_unheaded(text: str, start: int, end: int) -> list[PlanSection]:
    """Cut text without headings into its paragraphs, those about the same thing together."""
    joined: list[tuple[str, int, int]] = []
    for span in _list_paragraphs(text, start, end):
        for at, after in _list_pieces(text, *span):
            kind = _find_kind(text[at:after]) or OTHER
            if joined and _belongs(text, joined[-1], kind, at, after):
                joined[-1] = (joined[-1][0], joined[-1][1], after)
            else:
                joined.append((kind, at, after))
    return [_make_section(text, kind, "", at, after) for kind, at, after in joined]


def _belongs(text: str, before: tuple[str, int, int], kind: str, start: int, end: int) -> bool:
    """Tell whether a paragraph goes on with what the one before it began."""
    in_a_list = _BULLET.match(text, start) or text.endswith(":", 0, before[2])
    room = LONGEST_WORDS if in_a_list else PIECE_WORDS
    goes_on = kind == before[0] or in_a_list or end - start < SHORT_PARAGRAPH
    return bool(goes_on) and len(text[before[1] : end].split()) <= room


def _list_paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """List paragraphs: parted by blank lines or, where lines are as long as only paragraphs are, by line ends."""
    stretch = text[start:end]
    gap = _LINE_END if max(map(len, stretch.splitlines()), default=0) > LONG_LINE else _BLANK_LINES
    edges = [start, *(start + edge for match in gap.finditer(stretch) for edge in match.span()), end]
    for at, after in zip(edges[::2], edges[1::2], strict=True):
        if text[at:after].strip():
            yield at, after


def _list_pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """List a stretch as one piece or, when it is long, as several of like size that end where sentences end."""
    words = len(text[start:end].split())
    pieces = 1 if words <= LONGEST_WORDS else -(-words // PIECE_WORDS)
    opened, count = start, 0
    spans: list[tuple[int, int]] = []
    for at, after in _list_units(text, start, end) if pieces > 1 else ():
        count += len(text[at:after].split())
        if count >= words * (len(spans) + 1) / pieces:
            spans.append((opened, after))
            opened = after
    return [*spans, (opened, end)] if text[opened:end].strip() else spans


def _list_units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """List what is not cut: sentences, and stretches of words where there are no sentences, as in a table."""
    for at, after in list_sentences(text, start, end):
        words = [at + match.end() for match in re.finditer(r"\S+", text[at:after])]
        edges = [at, *words[PIECE_WORDS - 1 : -1 : PIECE_WORDS], after]
        yield from pairwise(edges)


def _make_section(text: str, kind: str, heading: str, start: int, end: int) -> PlanSection:
    stretch = text[start:end]
    at = start + len(stretch) - len(stretch.lstrip())
    return PlanSection(kind=kind, heading=heading, start=at, end=at + len(stretch.strip()))
