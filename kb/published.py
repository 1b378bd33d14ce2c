"""Reading what is published: summaries of cases for lists, in the order asked for, and counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from kb.errors import CaseNotFound
from kb.models import Case, CaseState, PublishedCase, PublishedMunicipality, Revision
from kb.store import Store


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What a list shows of a published case."""

    case_id: str
    title: str
    language: str
    summary: str
    municipalities: tuple[str, ...]
    """Names as they were in the case's period; empty when the source names none."""
    period_from: str | None
    period_to: str | None


def list_summaries(session: Session, case_ids: Sequence[str]) -> list[CaseSummary]:
    """List the summaries of the published cases with those ids, in the order of the ids; others are left out."""
    rows = {row.case_id: row for row in session.exec(
        select(PublishedCase).where(col(PublishedCase.case_id).in_(case_ids))
    )}
    places: dict[str, list[str]] = {case_id: [] for case_id in rows}
    for place in session.exec(
        select(PublishedMunicipality)
        .where(col(PublishedMunicipality.case_id).in_(case_ids))
        .order_by(col(PublishedMunicipality.case_id), col(PublishedMunicipality.position))
    ):
        places[place.case_id].append(place.name)
    return [_summary(rows[case_id], places[case_id]) for case_id in case_ids if case_id in rows]


def list_newest(
    session: Session, limit: int, offset: int = 0, among: Collection[str] | None = None
) -> list[CaseSummary]:
    """List the cases that changed last, newest first; of all, or only among those with the given ids."""
    query = (
        select(PublishedCase.case_id).join(Case, col(Case.id) == PublishedCase.case_id)
        .order_by(col(Case.updated_at).desc(), col(Case.id))
    )
    if among is None:
        return list_summaries(session, list(session.exec(query.offset(offset).limit(limit))))
    # Chosen here, since a statement takes only so many ids.
    wanted = frozenset(among)
    chosen = [case_id for case_id in session.exec(query) if case_id in wanted]
    return list_summaries(session, chosen[offset : offset + limit])


def count_published(session: Session) -> int:
    """Count the published cases."""
    return session.exec(select(func.count()).select_from(PublishedCase)).one()


def count_municipalities(session: Session) -> int:
    """Count the municipalities with at least one published case."""
    return session.exec(select(func.count(func.distinct(PublishedMunicipality.municipality)))).one()


def get_published(session: Session, case_id: str) -> Revision:
    """Get the published revision of a case; raises CaseNotFound, also when the case is not published."""
    store = Store(session)
    case = store.get_case(case_id)
    if case.state != CaseState.PUBLISHED or case.published is None:
        raise CaseNotFound(case_id)
    return store.get_revision(case_id, case.published)


def _summary(row: PublishedCase, places: list[str]) -> CaseSummary:
    return CaseSummary(row.case_id, row.title, row.language, row.summary, tuple(places), row.period_from, row.period_to)
