"""Rendering templates: escaped by default, words from the catalogue, a page or one block of it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kb.checks import first_day
from kb.markdown import render_html, render_plain
from web.htmx import VARY, wants_fragment
from web.texts import DEFAULT_LANGUAGE, read_catalogue

_HERE = Path(__file__).parent
STATIC_DIR = _HERE / "static"


class Templates:
    """The templates of the site."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
        )
        catalogue = read_catalogue(DEFAULT_LANGUAGE)
        self._environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
        self._environment.globals.update(static_url=_static_url, ui_language=DEFAULT_LANGUAGE)
        self._environment.filters.update(
            markdown=lambda text: Markup(render_html(text)),  # noqa: S704  # render_html escapes all markup in the text
            plain=render_plain, number=format_number, date=format_date_words,
            period=lambda start, end: format_period(start, end, catalogue.gettext),
            years=lambda start, end: format_period(start and start[:4], end and end[:4], catalogue.gettext),
        )

    def respond(
        self, request: Request, template: str, view: Any, *, fragment: str | None = None, status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> HTMLResponse:
        """Answer with a page, or with the block named `fragment` when htmx asked for a part."""
        if fragment is not None and wants_fragment(request):
            content = self.render_block(template, fragment, view)
        else:
            content = self._environment.get_template(template).render(view=view)
        return HTMLResponse(content, status_code=status, headers={**VARY, **(headers or {})})

    def render_block(self, template: str, block: str, view: Any) -> str:
        """Render one block of a template; raises KeyError when the template has no such block."""
        loaded = self._environment.get_template(template)
        return "".join(loaded.blocks[block](loaded.new_context({"view": view})))


def format_date_words(partial: str) -> str:
    """Give ``2007``, ``2007-03`` or ``2007-03-15`` in words: 2007, mars 2007, 15. mars 2007."""
    patterns = {4: "y", 7: "LLLL y", 10: "d. MMMM y"}
    return str(format_date(first_day(partial), patterns[len(partial)], locale=DEFAULT_LANGUAGE))


def format_period(start: str | None, end: str | None, gettext: Callable[[str], str]) -> str:
    """Give a period in words: «2007–2010», «fra 2007» when no end is known, «2007» when start and end are the same."""
    if start is None:
        return format_date_words(end) if end else ""
    if end is None:
        return gettext("from %(date)s") % {"date": format_date_words(start)}
    return format_date_words(start) if start == end else f"{format_date_words(start)}–{format_date_words(end)}"


def format_number(value: float) -> str:
    """Give a number as Norwegians write it: spaces between thousands, decimal comma."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def _static_url(name: str) -> str:
    """Give the address of a static file; it changes when the file does, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
