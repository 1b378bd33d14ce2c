"""``/api/v1``: search, cases and plans as JSON, described at ``/api/v1/openapi.json``."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import BaseModel, Field

from index.facets import parse_filter
from index.plan.library import SnapshotLibrary
from index.plan.match import PlanMatch, match_plan
from index.plan.sections import MAX_CHARACTERS as LONGEST_PLAN
from index.results import SearchResult, SimilarHit
from kb.database import read_session
from kb.errors import InvalidQuery
from kb.parsing import parse_document
from kb.published import get_published
from web.gaps import count_unanswered
from web.site import SiteDep

router = APIRouter(prefix="/api/v1", tags=["v1"])


class CaseSection(BaseModel):
    """A headed part of a case."""

    kind: str | None = Field(description="Kind of section; null when the heading is not one of the format's.")
    heading: str
    text: str = Field(description="Markdown.")
    start: int = Field(description="First character in the case document.")
    end: int = Field(description="Character after the last.")


class CaseResource(BaseModel):
    """A published case."""

    id: str
    revision: int
    content_hash: str = Field(description="SHA-256 of the document's UTF-8 bytes.")
    updated_at: str
    front: dict[str, Any] = Field(description="The document's front matter; only public contacts are included.")
    sections: list[CaseSection]


class CompletionResource(BaseModel):
    """A way to go on from what has been typed."""

    kind: str = Field(description="municipality, theme, measure or title.")
    text: str
    value: str = Field(description="Value of the facet that `kind` names; id of the case for a title.")
    cases: int = Field(description="Published cases behind it.")


class PlanText(BaseModel):
    """A plan to compare."""

    text: str = Field(max_length=LONGEST_PLAN, description="Plain text or Markdown.")


class ProblemDetails(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


_ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {"model": ProblemDetails, "content": {"application/problem+json": {}}, "description": "What is wrong."}
}


@router.get("/search", responses=_ERRORS)
def search(
    site: SiteDep,
    tasks: BackgroundTasks,
    q: Annotated[str, Query(description="What is looked for, in one's own words.")],
    filter: Annotated[
        tuple[str, ...],
        Query(max_length=20, description="facet:value, such as theme:sykefravaer; repeated, all must hold."),
    ] = (),
    limit: Annotated[int, Query(ge=1, le=100, description="Cases at most.")] = 20,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Cases left out before the first.")] = 0,
    balanced: Annotated[
        bool, Query(description="Put mixed and negative experience among the first ten, where there is any.")
    ] = False,
) -> SearchResult:
    """Find the cases that answer a text; when none does, `hits` is empty and `nearest` has what comes nearest."""
    filters = [parse_filter(text) for text in filter]
    try:
        result = site.searcher.get().search(q, filters=filters, limit=limit, offset=offset, balanced=balanced)
    except InvalidQuery as error:
        if error.reason == "unknown-words" and not filters:
            count_unanswered(site.engine, q)
        raise
    if not result.total and not filters:
        tasks.add_task(count_unanswered, site.engine, q)
    return result


@router.get("/completions", responses=_ERRORS)
def complete(
    site: SiteDep,
    q: Annotated[str, Query(description="What has been typed so far.", max_length=200)],
    limit: Annotated[int, Query(ge=1, le=50, description="Completions at most.")] = 8,
) -> list[CompletionResource]:
    """List municipalities, themes, measures and titles of which a word goes on as typed; from two letters on."""
    completer = site.help.get_completer(site.searcher.get().snapshot)
    found = completer.list_completions(q, limit)
    return [CompletionResource(kind=c.kind, text=c.text, value=c.value, cases=c.cases) for c in found]


@router.post("/plan", responses=_ERRORS)
def compare_plan(
    site: SiteDep,
    plan: PlanText,
    limit: Annotated[int, Query(ge=1, le=20, description="Cases at most for each section.")] = 5,
) -> PlanMatch:
    """Match a plan section by section with comparable cases, and list what they had that it lacks.

    The text is not stored.
    """
    searcher = site.searcher.get()
    return match_plan(
        plan.text, searcher, SnapshotLibrary(searcher.snapshot), site.help.get_mentions(searcher.encoder), limit
    )


@router.get("/cases/{case_id}/similar", responses=_ERRORS)
def list_similar(
    site: SiteDep, case_id: str, limit: Annotated[int, Query(ge=1, le=100, description="Cases at most.")] = 5
) -> list[SimilarHit]:
    """List the cases most like a case, with what they share."""
    hits = site.searcher.get().find_similar(case_id, limit).hits
    return [hit for hit in hits if isinstance(hit, SimilarHit)]


@router.get("/cases/{case_id}", responses=_ERRORS)
def get_case(site: SiteDep, case_id: str) -> CaseResource:
    """Get a published case."""
    with read_session(site.engine) as session:
        revision = get_published(session, case_id)
    document = parse_document(revision.text).document
    front = document.front.model_dump(mode="json", by_alias=True)
    front["contacts"] = [contact for contact in front["contacts"] if contact["visibility"] == "public"]
    return CaseResource(
        id=case_id, revision=revision.number, content_hash=revision.content_hash, updated_at=revision.created_at,
        front=front,
        sections=[
            CaseSection(kind=s.kind, heading=s.heading, text=document.text[s.start : s.end], start=s.start, end=s.end)
            for s in document.sections
        ],
    )
