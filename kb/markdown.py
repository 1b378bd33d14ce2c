"""The one door to markdown-it: where headings and blocks stand, and safe HTML.

HTML in a document is text, never markup. Pictures are not shown, since nothing may load from another host.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_LINE_END = re.compile(r"\r\n?|\n")
_LINK_REL = "nofollow noopener noreferrer"


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of a text: heading, paragraph, list, table … in characters of the text."""

    kind: str
    """As markdown-it names it, without ``_open``."""
    level: int
    """1–6 for a heading, else 0."""
    content: str
    """The heading's text, else empty."""
    line: int
    """0-based."""
    start: int
    end: int


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}).disable("image")
    parser.add_render_rule("link_open", _render_link_open)
    parser.add_render_rule("heading_open", _render_heading)
    parser.add_render_rule("heading_close", _render_heading)
    parser.add_render_rule("table_open", _render_table_open)
    parser.add_render_rule("table_close", _render_table_close)
    return parser


@cache
def _html_finder() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": True})


def _render_link_open(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[index].attrSet("rel", _LINK_REL)
    return renderer.renderToken(tokens, index, options, env)


def _render_heading(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    # The page has its title as h1 and the section as h2, so what stands inside begins at h3.
    tokens[index].tag = f"h{max(3, int(tokens[index].tag[1]))}"
    return renderer.renderToken(tokens, index, options, env)


def _render_table_open(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    # A wide table scrolls in its own frame, which can be reached by keyboard.
    return '<div class="frame" tabindex="0">\n' + renderer.renderToken(tokens, index, options, env)


def _render_table_close(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return renderer.renderToken(tokens, index, options, env) + "</div>\n"


def list_blocks(text: str) -> list[Block]:
    """List the top-level blocks of a Markdown text in order; their spans never overlap."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    return list(_blocks(_parser().parse(text), starts, text))


def _blocks(tokens: list[Token], starts: list[int], text: str) -> Iterator[Block]:
    for index, token in enumerate(tokens):
        if token.level != 0 or token.map is None or token.nesting < 0:
            continue
        first, last = token.map
        start, end = starts[first], starts[min(last, len(starts) - 1)]
        is_heading = token.type == "heading_open"
        yield Block(
            kind=token.type.removesuffix("_open"),
            level=int(token.tag[1]) if is_heading else 0,
            content=tokens[index + 1].content if is_heading else "",
            line=first,
            start=start,
            end=start + len(text[start:end].rstrip()),
        )


def render_html(text: str) -> str:
    """Render Markdown as HTML that is safe to show: no raw HTML, no pictures, links with ``rel``."""
    return str(_parser().render(text))


def find_html(text: str) -> int | None:
    """Find the 0-based line of the first raw HTML in a Markdown text, or None."""
    for token in _html_finder().parse(text):
        if token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ()):
            return token.map[0] if token.map else 0
    return None


def render_plain(text: str) -> str:
    """Give the words of a Markdown text on one line, without marks."""
    return " ".join(word for token in _parser().parse(text) for word in _plain_words(token))


def _plain_words(token: Token) -> list[str]:
    if token.type in ("fence", "code_block"):
        return token.content.split()
    texts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ())
    return "".join(texts).split()
