"""``/``: the search box, cases that answer as one types, and what they can be narrowed by."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.responses import Response

from index.excerpt import Excerpt, cut_excerpt
from index.facets import parse_filter
from index.query import MAX_CHARACTERS
from index.results import Hit, SearchResult, Widened
from index.storage.snapshot import Snapshot
from kb.database import read_session
from kb.errors import InvalidQuery
from kb.published import CaseSummary, count_municipalities, count_published, list_newest, list_summaries
from web.addresses import SearchAddress
from web.choices import Choice, Panel
from web.errors import HEALTHY, status_of
from web.gaps import count_unanswered
from web.htmx import is_keystroke, replace_address
from web.site import Site, SiteDep

router = APIRouter(include_in_schema=False)
SHOWN = 20
"""Cases on a page."""
NEWEST = 12
"""Cases shown before anything is asked."""
MOST_FILTERS = 20
FARTHEST = 1_000_000
"""Bound on the offset."""


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case as the page shows it, with why it is there if it was searched for."""

    summary: CaseSummary
    hit: Hit | None = None
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What ``search.html`` receives."""

    address: SearchAddress
    chosen: tuple[Choice, ...] = ()
    cases: tuple[FoundCase, ...] = ()
    nearest: tuple[FoundCase, ...] = ()
    """When nothing answers: what comes nearest."""
    total: int = 0
    capped: bool = False
    correction: str | None = None
    widened: tuple[Widened, ...] = ()
    recognised: tuple[Choice, ...] = ()
    """Places and terms that the query names."""
    panels: tuple[Panel, ...] = ()
    problem: str = ""
    """Why the query could not be searched: a reason of InvalidQuery, or empty."""
    limit: int = MAX_CHARACTERS
    newest: tuple[CaseSummary, ...] = ()
    case_count: int = 0
    municipality_count: int = 0

    @property
    def query(self) -> str:
        """The query as typed."""
        return self.address.query

    @property
    def state(self) -> str:
        """Which of its faces the page shows: start, problem, hits, none, listed (by filters alone) or empty."""
        if self.problem:
            return "problem"
        if not self.query and not self.chosen:
            return "start"
        if self.query:
            return "hits" if self.total else "none"
        return "listed" if self.total else "empty"

    @property
    def last(self) -> int:
        """Number in the list of the last case shown."""
        return self.address.offset + len(self.cases)

    @property
    def before(self) -> SearchAddress | None:
        """The page before this one."""
        offset = min(self.address.offset - SHOWN, (self.total - 1) // SHOWN * SHOWN)
        return self.address.move(max(0, offset)) if self.address.offset else None

    @property
    def after(self) -> SearchAddress | None:
        """The page after this one."""
        return self.address.move(self.address.offset + SHOWN) if self.address.offset + SHOWN < self.total else None


@router.api_route("/", methods=["GET", "HEAD"])
def show_search(
    request: Request,
    site: SiteDep,
    q: Annotated[str, Query()] = "",
    f: Annotated[tuple[str, ...], Query(max_length=MOST_FILTERS)] = (),
    balanced: Annotated[bool, Query()] = False,
    offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
) -> Response:
    """Show the search page, or only its results when htmx asks."""
    filters = tuple(dict.fromkeys(map(parse_filter, f)))
    view = _view(site, SearchAddress(q, filters, balanced, offset))
    headers = {} if q else replace_address(str(view.address))
    response = site.templates.respond(
        request, "search.html", view, fragment="live", headers=headers,
        status=status_of(InvalidQuery("too-long")) if view.problem == "too-long" else HEALTHY,
    )
    if _is_gap(view) and request.method == "GET" and not is_keystroke(request):
        response.background = BackgroundTask(count_unanswered, site.engine, q)
    return response


def _is_gap(view: SearchPage) -> bool:
    """Tell whether the collection as a whole has no answer; what a filter shuts out is no gap."""
    return not view.chosen and (view.state == "none" or view.problem == "unknown-words")


def _view(site: Site, address: SearchAddress) -> SearchPage:
    chosen = site.labels.list_chosen(address)
    try:
        if address.query.strip():
            return _search(site, address, chosen)
    except InvalidQuery as error:
        if error.reason != "empty":
            return SearchPage(address.ask(address.query[:MAX_CHARACTERS]), chosen, problem=error.reason)
    plain = address.ask("").move(address.offset)
    return _list(site, plain, chosen) if chosen else _start(site)


def _search(site: Site, address: SearchAddress, chosen: tuple[Choice, ...]) -> SearchPage:
    searcher = site.searcher.get()
    result = searcher.search(
        address.query, filters=address.filters, limit=SHOWN, offset=address.offset, balanced=address.balanced
    )
    with read_session(site.engine) as session:
        cases, nearest = _find_cases(session, result.hits), _find_cases(session, result.nearest)
    return SearchPage(
        address, chosen, cases, nearest, total=_count(result, cases), capped=result.capped,
        correction=result.correction, widened=tuple(result.widened),
        recognised=_recognise(site, searcher.snapshot, address, result),
        panels=site.labels.list_panels(result.facets, result.total, address),
    )


def _count(result: SearchResult, cases: tuple[FoundCase, ...]) -> int:
    # A case that was archived after the index was built is in the index but no longer published.
    return result.total - len(result.hits) + len(cases)


def _recognise(
    site: Site, snapshot: Snapshot, address: SearchAddress, result: SearchResult
) -> tuple[Choice, ...]:
    """List what the query names: to narrow the hits by, or where nothing answers, to see instead of them."""
    names = site.help.get_names(snapshot).list_recognised(address.query)
    filters = dict.fromkeys((name.facet, name.value) for name in names)
    if result.total:
        return site.labels.offer(filters, result.facets, address)
    return site.labels.offer(filters, snapshot.facets.count(snapshot.alive), SearchAddress())


def _find_cases(session: Session, hits: list[Hit]) -> tuple[FoundCase, ...]:
    summaries = {summary.case_id: summary for summary in list_summaries(session, [hit.case for hit in hits])}
    return tuple(FoundCase(summaries[hit.case], hit, cut_excerpt(hit.passage, hit.marks))
                 for hit in hits if hit.case in summaries)


def _list(site: Site, address: SearchAddress, chosen: tuple[Choice, ...]) -> SearchPage:
    """List all cases with what is chosen, newest first."""
    ids, facets = site.searcher.get().browse(address.filters)
    with read_session(site.engine) as session:
        cases = tuple(FoundCase(summary) for summary in list_newest(session, SHOWN, address.offset, among=ids))
    return SearchPage(address, chosen, cases, total=len(ids), panels=site.labels.list_panels(facets, len(ids), address))


def _start(site: Site) -> SearchPage:
    with read_session(site.engine) as session:
        return SearchPage(
            SearchAddress(), newest=tuple(list_newest(session, NEWEST)), case_count=count_published(session),
            municipality_count=count_municipalities(session),
        )
