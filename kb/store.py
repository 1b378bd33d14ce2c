"""Keeping cases: revisions are added, never changed; a case moves between states.

A `Store` works in a session that its caller opened, so that several steps are kept together or not at all.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from kb.errors import BrokenChain, CaseNotFound
from kb.models import Case, CaseState, Origin, PublishedCase, Revision

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the time, in UTC."""
    return datetime.now(UTC)


def hash_text(text: str) -> str:
    """Give the SHA-256 of the text's UTF-8 bytes, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def chain(previous: str, revision: Revision) -> str:
    """Give the chain hash of a revision: it covers the one before it and all that this one says of itself."""
    parts = (previous, revision.case_id, str(revision.number), revision.content_hash, revision.origin,
             revision.author, revision.created_at)
    return hash_text("\n".join(parts))


class Store:
    """The cases of one database, within one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self.session, self._clock = session, clock

    def find_case(self, case_id: str) -> Case | None:
        """Find a case by id."""
        return self.session.get(Case, case_id)

    def get_case(self, case_id: str) -> Case:
        """Get a case by id; raises CaseNotFound."""
        case = self.find_case(case_id)
        if case is None:
            raise CaseNotFound(case_id)
        return case

    def list_cases(self, state: CaseState | None = None) -> list[Case]:
        """List the cases by id, all or those in a state."""
        query = select(Case).order_by(col(Case.id))
        return list(self.session.exec(query if state is None else query.where(Case.state == state)))

    def get_revision(self, case_id: str, number: int) -> Revision:
        """Get one revision of a case; raises CaseNotFound."""
        revision = self.session.get(Revision, (case_id, number))
        if revision is None:
            raise CaseNotFound(f"{case_id} (revision {number})")
        return revision

    def list_revisions(self, case_id: str) -> list[Revision]:
        """List the revisions of a case, oldest first."""
        query = select(Revision).where(Revision.case_id == case_id).order_by(col(Revision.number))
        return list(self.session.exec(query))

    def list_published_hashes(self) -> list[tuple[str, str]]:
        """List id and content hash of every published case, by id, from the derived rows: the texts are not read."""
        query = select(PublishedCase.case_id, PublishedCase.content_hash).order_by(col(PublishedCase.case_id))
        return list(self.session.exec(query))

    def list_texts(self, case_ids: Sequence[str]) -> list[Revision]:
        """List the published revisions of some cases, by id; those that are not published are left out."""
        query = (
            select(Revision)
            .join(Case, (col(Case.id) == Revision.case_id) & (col(Case.published) == Revision.number))
            .where(Case.state == CaseState.PUBLISHED, col(Case.id).in_(case_ids))
            .order_by(col(Case.id))
        )
        return list(self.session.exec(query))

    def add_revision(self, case_id: str, text: str, origin: Origin, author: str) -> Revision:
        """Add a version of a case's text; the case is made when it is new, else keeps its state."""
        now = self._clock().isoformat(timespec="seconds")
        case = self.find_case(case_id) or Case(id=case_id, created_at=now, updated_at=now)
        previous = self.get_revision(case_id, case.head).chain_hash if case.head else ""
        case.head, case.updated_at = case.head + 1, now
        revision = Revision(
            case_id=case_id, number=case.head, text=text, content_hash=hash_text(text), chain_hash="",
            origin=origin, author=author, created_at=now,
        )
        revision.chain_hash = chain(previous, revision)
        if origin == Origin.IMPORT:
            case.imported_hash = revision.content_hash
        self.session.add(case)
        self.session.flush()
        self.session.add(revision)
        self.session.flush()
        return revision

    def note_import(self, case_id: str, content_hash: str) -> None:
        """Note that a file with this content was seen; when it is the newest revision, the two are in step again."""
        case = self.get_case(case_id)
        if self.get_revision(case_id, case.head).content_hash == content_hash:
            case.imported_hash = content_hash
            self.session.add(case)

    def check_chains(self) -> int:
        """Recompute the hashes of every revision and give their number; raises BrokenChain at the first wrong one."""
        count = 0
        for case in self.list_cases():
            count += _check_chain(self.list_revisions(case.id), case)
        return count


def _check_chain(revisions: Iterable[Revision], case: Case) -> int:
    previous, number = "", 0
    for number, revision in enumerate(revisions, start=1):
        expected = (number, hash_text(revision.text), chain(previous, revision))
        if (revision.number, revision.content_hash, revision.chain_hash) != expected:
            raise BrokenChain(case.id, number)
        previous = revision.chain_hash
    if number != case.head:
        raise BrokenChain(case.id, number + 1)
    return number
