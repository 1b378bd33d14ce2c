"""``/api/v1``: search and cases as JSON, described at ``/api/v1/openapi.json``."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from index.searcher import SearchResult
from kb.database import read_session
from kb.parsing import parse_document
from kb.published import get_published
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
    q: Annotated[str, Query(description="What is looked for, in one's own words.")],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> SearchResult:
    """Find cases by meaning."""
    return site.searcher.get().search(q, limit)


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
