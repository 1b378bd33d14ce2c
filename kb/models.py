"""The tables. `Case` and `Revision` are what the database is for; all that begins with `Published` is derived.

`SearchGap` is a count of its own, of queries and of nobody.

Times are text in ISO 8601, UTC. Rows are checked before they come here: these classes do not validate.
"""

from enum import StrEnum

from sqlmodel import CheckConstraint, Field, ForeignKeyConstraint, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class CaseState(StrEnum):
    """Where a case is on its way."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Origin(StrEnum):
    """How a revision came in."""

    IMPORT = "import"
    EDIT = "edit"


class Case(SQLModel, table=True):
    """A case: its id for ever, and which of its revisions is newest and which is published."""

    id: str = Field(primary_key=True)
    state: str = CaseState.DRAFT
    head: int = 0
    """Number of the newest revision."""
    published: int | None = None
    """Number of the revision that readers see."""
    imported_hash: str | None = None
    """Content hash of the file that was last imported."""
    created_at: str
    updated_at: str


class Revision(SQLModel, table=True):
    """One version of a case's text, word for word; never changed, never deleted."""

    case_id: str = Field(primary_key=True, foreign_key="case.id")
    number: int = Field(primary_key=True)
    """1 for the first."""
    text: str
    content_hash: str
    """SHA-256 of the text's UTF-8 bytes, hexadecimal."""
    chain_hash: str
    """SHA-256 over the chain hash before it and what this revision is; see `kb.store.chain`."""
    origin: str
    author: str
    created_at: str


class PublishedCase(SQLModel, table=True):
    """What lists of cases show and sort by."""

    __tablename__ = "published_case"

    case_id: str = Field(primary_key=True, foreign_key="case.id")
    revision: int
    content_hash: str
    title: str
    language: str
    summary: str
    period_from: str | None = None
    period_to: str | None = None
    anonymous: bool = False

    __table_args__ = (ForeignKeyConstraint(["case_id", "revision"], ["revision.case_id", "revision.number"]),)


class PublishedMunicipality(SQLModel, table=True):
    """A municipality of a published case, as it was in the case's period."""

    __tablename__ = "published_municipality"

    case_id: str = Field(primary_key=True, foreign_key="published_case.case_id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    municipality: str = Field(index=True)
    """Country and code then, such as ``NO-0722``."""
    name: str
    county: str


class PublishedTerm(SQLModel, table=True):
    """A term that a published case is filed under."""

    __tablename__ = "published_term"

    case_id: str = Field(primary_key=True, foreign_key="published_case.case_id", ondelete="CASCADE")
    vocabulary: str = Field(primary_key=True)
    term: str = Field(primary_key=True, index=True)


class PublishedFactor(SQLModel, table=True):
    """What a published case says helped or hindered."""

    __tablename__ = "published_factor"

    case_id: str = Field(primary_key=True, foreign_key="published_case.case_id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    factor: str = Field(index=True)
    polarity: str


class PublishedOutcome(SQLModel, table=True):
    """What came of a published case, for counting."""

    __tablename__ = "published_outcome"

    case_id: str = Field(primary_key=True, foreign_key="published_case.case_id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    kind: str
    direction: str
    evidence: str


DERIVED = (PublishedCase, PublishedMunicipality, PublishedTerm, PublishedFactor, PublishedOutcome)
"""Tables that are made from published revisions, in the order in which rows may be added."""


class SearchGap(SQLModel, table=True):
    """How often in a month nothing in the collection answered a query; who asked, and when, is nowhere."""

    __tablename__ = "search_gap"

    month: str = Field(primary_key=True)
    """Such as ``2026-11``."""
    query: str = Field(primary_key=True)
    """As `kb.gaps.fold_query` gives it; empty for those that were counted without their words."""
    count: int

    # Without row ids, since they would tell in which order the queries came.
    __table_args__ = (
        CheckConstraint("length(query) <= 200", name="ck_search_gap_query"),
        CheckConstraint("month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'", name="ck_search_gap_month"),
        {"sqlite_with_rowid": False},
    )
