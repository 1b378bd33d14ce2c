"""Text to document: decode, split, read the front matter key by key, and find the sections.

Nothing here stops at the first fault. Whatever can be read is read; each thing that cannot becomes a Problem with
its line. What the values mean (does the municipality exist? is the quote in the body?) is for `kb.checks`.
"""

import re
from dataclasses import dataclass, field

from kb.document import CaseDocument, FrontMatter, Section
from kb.front_matter import read_front_matter
from kb.headings import find_section_kind, suggest_heading
from kb.markdown import find_html, list_blocks
from kb.problems import Problem
from kb.yaml_reader import Location, Span, YamlError, parse_yaml

MAX_BYTES = 1_000_000
"""A case is a few thousand words; a file larger than this is something else."""

_OPENING = re.compile(r"\ufeff?---[ \t]*(\r\n?|\n)")
_CLOSING = re.compile(r"^(---|\.\.\.)[ \t]*(\r\n?|\n|\Z)", re.MULTILINE)


@dataclass(slots=True)
class ParsedCase:
    """A document as far as it could be read, and what was wrong."""

    path: str
    document: CaseDocument
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: str, **values: str) -> None:
        """Note a problem at a 1-based line."""
        self.problems.append(Problem(self.path, line, code, values))


def decode_document(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    """Decode the bytes of a file; the text is empty when they are too many or not UTF-8."""
    if len(raw) > MAX_BYTES:
        return "", [Problem(path, 1, "too-large", {"size": f"{len(raw):,}", "limit": f"{MAX_BYTES:,}"})]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        values = {"byte": f"0x{raw[error.start]:02x}", "position": str(error.start)}
        return "", [Problem(path, line, "not-utf8", values)]


def parse_bytes(raw: bytes, path: str) -> ParsedCase:
    """Parse the bytes of a case file; `path` is only used in problems."""
    text, problems = decode_document(raw, path)
    if problems:
        return ParsedCase(path, CaseDocument("", FrontMatter()), problems)
    return parse_document(text, path)


def parse_document(text: str, path: str = "") -> ParsedCase:
    """Parse the text of a case file, whole, with every problem that reading it shows."""
    parsed = ParsedCase(path, CaseDocument(text, FrontMatter()))
    if (nul := text.find("\0")) >= 0:
        parsed.add(text.count("\n", 0, nul) + 1, "nul-byte")
        return parsed
    if text.startswith("\ufeff"):
        parsed.add(1, "byte-order-mark")
    if "\r" in text:
        parsed.add(1, "windows-line-ends")
    bounds = _find_front_matter(parsed)
    if bounds is None:
        return parsed
    yaml_start, yaml_end, body_start = bounds
    front, spans = _read_front(parsed, yaml_start, yaml_end)
    sections = _list_sections(parsed, body_start)
    parsed.document = CaseDocument(text, front, tuple(sections), body_start, spans)
    return parsed


def _find_front_matter(parsed: ParsedCase) -> tuple[int, int, int] | None:
    text = parsed.document.text
    opening = _OPENING.match(text)
    if opening is None:
        parsed.add(1, "no-front-matter")
        return None
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        parsed.add(1, "front-matter-open")
        return None
    return opening.end(), closing.start(), closing.end()


def _read_front(parsed: ParsedCase, start: int, end: int) -> tuple[FrontMatter, dict[Location, Span]]:
    try:
        yaml = parse_yaml(parsed.document.text[start:end])
    except YamlError as error:
        parsed.add(error.line + 2, error.code, **error.values)
        return FrontMatter(), {}
    # The opening line is line 0 of the file, so the YAML begins on line 1.
    spans = {at: Span(s.line + 1, s.start + start, s.end + start) for at, s in yaml.spans.items()}
    if not isinstance(yaml.value, dict):
        parsed.add(2, "yaml-not-mapping")
        return FrontMatter(), spans
    front, problems, spans = read_front_matter(yaml.value, spans, parsed.path)
    parsed.problems += problems
    return front, spans


def _list_sections(parsed: ParsedCase, body_start: int) -> list[Section]:
    text = parsed.document.text
    body = text[body_start:]
    first_line = _count_lines(text[:body_start])
    if not body.strip():
        parsed.add(first_line + 1, "empty-body")
        return []
    if (html_line := find_html(body)) is not None:
        parsed.add(first_line + html_line + 1, "html-in-body")
    sections = []
    opened = Section(None, "", first_line + 1, body_start, body_start)
    for block in list_blocks(body):
        if block.kind == "heading" and block.level <= 2:
            sections.append(_close(opened, block.start + body_start, text))
            line = first_line + block.line + 1
            opened = Section(find_section_kind(block.content), block.content, line, block.end + body_start, 0)
            if opened.kind is None:
                parsed.add(line, "unknown-heading", heading=block.content, suggestion=suggest_heading(block.content))
    sections.append(_close(opened, len(text), text))
    return [section for section in sections if section.heading or section.start < section.end]


def _close(opened: Section, end: int, text: str) -> Section:
    content = text[opened.start : end]
    start = opened.start + len(content) - len(content.lstrip())
    return Section(opened.kind, opened.heading, opened.line, min(start, end), opened.start + len(content.rstrip()))


def _count_lines(text: str) -> int:
    return len(re.findall(r"\r\n?|\n", text))
