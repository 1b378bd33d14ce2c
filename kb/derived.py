"""Rows made from published revisions: what lists and filters read. They can be thrown away and made again."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, SQLModel, col, delete

from kb.checks import Reference, days_of_period
from kb.document import FrontMatter
from kb.models import (
    DERIVED,
    Case,
    CaseState,
    PublishedCase,
    PublishedFactor,
    PublishedMunicipality,
    PublishedOutcome,
    PublishedTerm,
    Revision,
)
from kb.parsing import parse_document
from kb.register import Municipality
from kb.store import Store


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What making the rows again showed."""

    cases: int
    before: str
    """Digest of all derived rows as they were."""
    after: str

    @property
    def identical(self) -> bool:
        """Tell whether the rows were what they should be."""
        return self.before == self.after


def publish_case(store: Store, case_id: str, reference: Reference) -> Case:
    """Make the newest revision of a case the one that readers see; raises CaseNotFound."""
    case = store.get_case(case_id)
    case.state, case.published = CaseState.PUBLISHED, case.head
    store.session.add(case)
    _replace_rows(store, case, reference)
    return case


def archive_case(store: Store, case_id: str) -> Case:
    """Take a case from the readers; its revisions stay. Raises CaseNotFound."""
    case = store.get_case(case_id)
    case.state = CaseState.ARCHIVED
    store.session.add(case)
    _delete_rows(store.session, case_id)
    return case


def rebuild_rows(store: Store, reference: Reference) -> Rebuild:
    """Throw all derived rows away, make them again, and tell whether they came out identical."""
    before = digest_rows(store.session)
    for model in reversed(DERIVED):
        store.session.exec(delete(model))
    cases = store.list_cases(CaseState.PUBLISHED)
    for case in cases:
        _replace_rows(store, case, reference)
    return Rebuild(len(cases), before, digest_rows(store.session))


def digest_rows(session: Session) -> str:
    """Give a SHA-256 over every derived row in order of its key."""
    digest = hashlib.sha256()
    for model in DERIVED:
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        for row in session.connection().execute(table.select().order_by(*table.primary_key)):
            line = json.dumps([table.name, *row], ensure_ascii=False)
            digest.update(line.encode("utf-8") + b"\n")
    return digest.hexdigest()


def resolve_municipalities(front: FrontMatter, reference: Reference) -> list[Municipality]:
    """List the municipalities of a case as they were in its period; those that cannot be resolved are left out."""
    if front.period is None or front.period.start is None:
        return []
    days = days_of_period(front.period.start, front.period.to)
    found = (reference.register.resolve(name, *days) for name in front.municipalities)
    return [municipality for municipality in found if isinstance(municipality, Municipality)]


def _replace_rows(store: Store, case: Case, reference: Reference) -> None:
    _delete_rows(store.session, case.id)
    revision = store.get_revision(case.id, case.published or 0)
    for row in _rows(revision, reference):
        store.session.add(row)
        if isinstance(row, PublishedCase):
            store.session.flush()
    store.session.flush()


def _delete_rows(session: Session, case_id: str) -> None:
    session.exec(delete(PublishedCase).where(col(PublishedCase.case_id) == case_id))
    session.expire_all()


def _rows(revision: Revision, reference: Reference) -> Iterator[SQLModel]:
    front = parse_document(revision.text).document.front
    case_id = revision.case_id
    period = front.period
    yield PublishedCase(
        case_id=case_id, revision=revision.number, content_hash=revision.content_hash, title=front.title,
        language=front.language, summary=front.summary, anonymous=front.anonymous,
        period_from=period.start if period else None, period_to=period.to if period else None,
    )
    for i, place in enumerate(resolve_municipalities(front, reference)):
        yield PublishedMunicipality(case_id=case_id, position=i, municipality=place.id, name=place.name,
                                    county=place.county)
    for vocabulary, term in dict.fromkeys(_terms(front)):
        yield PublishedTerm(case_id=case_id, vocabulary=vocabulary, term=term)
    for i, factor in enumerate(front.factors):
        yield PublishedFactor(case_id=case_id, position=i, factor=factor.factor, polarity=factor.polarity)
    for i, outcome in enumerate(front.outcomes):
        yield PublishedOutcome(case_id=case_id, position=i, kind=outcome.kind, direction=outcome.direction,
                               evidence=outcome.evidence)


def _terms(front: FrontMatter) -> Iterator[tuple[str, str]]:
    for vocabulary, ids in (
        ("sectors", front.sector), ("themes", front.themes),
        ("measures", [measure.measure for measure in front.measures]),
        ("programmes", [front.programme] if front.programme else []),
        ("networks", [front.network] if front.network else []),
    ):
        for term in ids:
            yield vocabulary, term
