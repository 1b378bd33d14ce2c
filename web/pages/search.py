"""``/``: the search box, and cases that answer as one types."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from index.query import MAX_CHARACTERS
from kb.database import read_session
from kb.errors import InvalidQuery
from kb.published import CaseSummary, count_municipalities, count_published, list_newest, list_summaries
from web.errors import status_of
from web.htmx import replace_address
from web.site import Site, SiteDep

router = APIRouter(include_in_schema=False)
SHOWN = 20
"""Hits on the page."""
NEWEST = 12
"""Cases shown before anything is asked."""


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A hit as the page shows it."""

    summary: CaseSummary
    section: str
    passage: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What ``search.html`` receives."""

    query: str
    hits: tuple[FoundCase, ...] = ()
    total: int = 0
    problem: str = ""
    """Why the query could not be searched: a reason of InvalidQuery, or empty."""
    limit: int = MAX_CHARACTERS
    newest: tuple[CaseSummary, ...] = ()
    case_count: int = 0
    municipality_count: int = 0

    @property
    def state(self) -> str:
        """Which of its faces the page shows."""
        if not self.query.strip() or self.problem == "empty":
            return "start"
        return "problem" if self.problem else "hits" if self.hits else "none"


@router.api_route("/", methods=["GET", "HEAD"])
def show_search(request: Request, site: SiteDep, q: Annotated[str, Query()] = "") -> Response:
    """Show the search page, or only its results when htmx asks."""
    status = 200
    try:
        view = _search(site, q) if q.strip() else _start(site)
    except InvalidQuery as error:
        view = SearchPage(query=q[:MAX_CHARACTERS], problem=error.reason)
        status = status_of(error) if error.reason == "too-long" else status
    headers = {} if q else replace_address("/")
    return site.templates.respond(request, "search.html", view, fragment="live", status=status, headers=headers)


def _search(site: Site, query: str) -> SearchPage:
    result = site.searcher.get().search(query, limit=SHOWN)
    with read_session(site.engine) as session:
        summaries = {s.case_id: s for s in list_summaries(session, [hit.case for hit in result.hits])}
    # A case that was archived after the index was built is in the index but no longer published.
    hits = tuple(FoundCase(summaries[h.case], h.section, h.passage) for h in result.hits if h.case in summaries)
    return SearchPage(query=query, hits=hits, total=result.total - len(result.hits) + len(hits))


def _start(site: Site) -> SearchPage:
    with read_session(site.engine) as session:
        return SearchPage(
            query="", newest=tuple(list_newest(session, NEWEST)), case_count=count_published(session),
            municipality_count=count_municipalities(session),
        )
