"""Cutting a case into passages: stretches of one section, each with its place in the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.document import CaseDocument, Section
from kb.markdown import Block, list_blocks
from kb.yaml_reader import Span

RULES = 1
"""Raise this when cases are cut, or passages led in, otherwise than before: indexes made by older rules are rebuilt."""
MAX_WORDS = 120
"""A passage grows paragraph by paragraph up to this, so that it is about one thing and can be shown whole."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅÄÖ«\"(])")
_BLOCK_SCALAR = re.compile(r"[>|][-+0-9]*[ \t]*(\r\n?|\n)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a case document."""

    section: str
    """Kind of section as in `kb.headings.SECTIONS`, ``summary``, or ``other`` for a heading that is not known."""
    start: int
    end: int
    """Characters of the document: ``document.text[start:end] == text``."""
    text: str
    embedded: str
    """What is embedded: the passage led by the case's title, so that it is understood on its own."""


def cut_passages(document: CaseDocument) -> list[Passage]:
    """Cut a document into passages, in order of their place: the summary, then the body, each word of it in just one.

    The lists of the front matter are left out: their short texts say what the body tells, and read poorly alone.
    """
    spans = list(_body_spans(document))
    if summary := document.spans.get(("summary",)):
        spans.insert(0, ("summary", *_trim_scalar(document.text, summary)))
    return [_passage(document, section, start, end) for section, start, end in spans if start < end]


def _passage(document: CaseDocument, section: str, start: int, end: int) -> Passage:
    text = document.text[start:end]
    title = document.front.title
    return Passage(section, start, end, text, " ".join(f"{title}. {text}".split()))


def _trim_scalar(text: str, span: Span) -> tuple[int, int]:
    """Leave out YAML's quotes or block sign, so that only the words remain."""
    start, end = span.start, span.end
    if block := _BLOCK_SCALAR.match(text, start, end):
        start = block.end()
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    end = start + len(content.strip())
    if end - start >= 2 and text[start] == text[end - 1] and text[start] in "\"'":
        return start + 1, end - 1
    return start, end


def _body_spans(document: CaseDocument) -> Iterator[tuple[str, int, int]]:
    for section in document.sections:
        for start, end in _group(document.text, section):
            yield section.kind or "other", start, end


def _group(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Join blocks of a section while they are short; cut a long block between sentences."""
    opened: tuple[int, int] | None = None
    for start, end, heads in _pieces(text, section):
        if opened and not heads and _words(text, opened[0], end) <= MAX_WORDS:
            opened = (opened[0], end)
            continue
        if opened:
            yield opened
        opened = (start, end)
    if opened:
        yield opened


def _pieces(text: str, section: Section) -> Iterator[tuple[int, int, bool]]:
    for block in list_blocks(text[section.start : section.end]):
        start, end = block.start + section.start, block.end + section.start
        if _words(text, start, end) <= MAX_WORDS:
            yield start, end, block.kind == "heading"
        else:
            yield from ((a, b, False) for a, b in _sentences(text, start, end, block))


def _sentences(text: str, start: int, end: int, block: Block) -> Iterator[tuple[int, int]]:
    at = start
    for gap in _SENTENCE_END.finditer(text, start, end):
        yield at, gap.start()
        at = gap.end()
    yield at, end


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
