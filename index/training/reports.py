"""Read hard-wrapped or Markdown-like report texts into headings and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[.!?»\"])\s+(?=[«\"–A-ZÆØÅÄÖÉ0-9])")
_MARKUP = re.compile(r"<sup>.*?</sup>|</?\w+/?>|[*_`]+|^[-•]\s+")
_NOTE = re.compile(r"^\s*<sup>|^\s*\|")
_HEADING = re.compile(r"^#+\s|^\*\*[^*]+\*\*$|^\d+(\.\d+)+\s")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a report."""

    heading: str
    """The nearest heading above; empty before the first."""
    text: str
    """The paragraph on one line, without markup."""
    line: int
    """Its first line in the file, 1-based."""


def parse_report(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a report: blocks between blank lines, joined over hyphens at a page break."""
    heading, held, start = "", "", 0
    for line, block in _blocks(text):
        if _is_heading(block):
            heading, held = _plain(block), ""
            continue
        start = start if held else line
        held = _join(held, _plain(block))
        if held.endswith("-"):
            continue
        if len(held.split()) >= 4:
            yield Paragraph(heading, held, start)
        held = ""


def split_sentences(text: str, fewest_words: int = 5) -> list[str]:
    """Return the sentences of ``text`` with at least ``fewest_words`` words."""
    return [part for part in _SENTENCE_END.split(text) if len(part.split()) >= fewest_words]


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line number, block) for runs of lines that are neither blank, tables nor footnotes."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        kept = "" if _NOTE.match(line) else line.strip()
        if kept and not _is_heading(kept):
            start = start if lines else number
            lines.append(kept)
            continue
        if lines:
            yield start, _unwrap(lines)
            lines = []
        if kept:
            yield number, kept


def _unwrap(lines: list[str]) -> str:
    joined = ""
    for line in lines:
        joined = _join(joined, line)
    return joined


def _join(left: str, right: str) -> str:
    """Join two lines; a word cut by a hyphen is made whole."""
    if left.endswith("-") and right[:1].islower():
        return left[:-1] + right
    return f"{left} {right}".strip()


def _is_heading(block: str) -> bool:
    return bool(_HEADING.match(block)) and len(block) < 150 and "...." not in block


def _plain(block: str) -> str:
    return " ".join(_MARKUP.sub("", block.lstrip("# ")).split())
