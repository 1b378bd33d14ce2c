"""Importing case documents: first a plan of what would happen to each file, then all of it or nothing.

A file is compared by content hash with the newest revision of the case that has its id. A case that was edited in the
database since its last import is a conflict, and stays as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from importers.files import FoundFile
from kb.checks import Reference, check_cases
from kb.derived import publish_case
from kb.models import CaseState, Origin
from kb.parsing import ParsedCase, parse_bytes
from kb.problems import Problem, Severity, has_severity
from kb.store import Store, hash_text

Progress = Callable[[int], None]
"""Called with the number of files done so far."""


class Action(StrEnum):
    """What importing a file means."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(slots=True)
class PlannedFile:
    """One file of an import, and what is to happen to it."""

    path: str
    case_id: str
    action: Action
    text: str
    problems: list[Problem]
    publish: bool = False
    """Whether the case will be published after this."""

    @property
    def stands_in_the_way(self) -> bool:
        """Tell whether a batch with this file is not applied as a whole."""
        return self.action in (Action.CONFLICT, Action.REFUSED)


@dataclass(slots=True)
class ImportPlan:
    """All files of an import."""

    files: list[PlannedFile] = field(default_factory=list)
    applied: bool = False

    @property
    def blocked(self) -> list[PlannedFile]:
        """List the files that keep the batch from being applied whole."""
        return [file for file in self.files if file.stands_in_the_way]

    def count(self, action: Action) -> int:
        """Count the files with an action."""
        return sum(file.action == action for file in self.files)


def plan_import(
    found: Iterable[FoundFile], store: Store, reference: Reference, *, publish: bool, progress: Progress | None = None
) -> ImportPlan:
    """Tell what importing the files would do; changes nothing."""
    parsed: list[ParsedCase] = []
    for file in found:
        case = parse_bytes(file.raw, file.path) if file.problem is None else ParsedCase(
            file.path, parse_bytes(b"", file.path).document, [file.problem]
        )
        parsed.append(case)
        if progress:
            progress(len(parsed))
    known = reference.known_cases | {case.id for case in store.list_cases()}
    problems: dict[str, list[Problem]] = {}
    for problem in check_cases(parsed, Reference(reference.vocabularies, reference.register, known)):
        problems.setdefault(problem.path, []).append(problem)
    return ImportPlan([_plan(case, problems.get(case.path, []), store, publish) for case in parsed])


def apply_plan(plan: ImportPlan, store: Store, reference: Reference, *, author: str, keep_going: bool = False) -> bool:
    """Carry a plan out, in the store's transaction; tell whether it was.

    Nothing is changed when a file stands in the way, unless `keep_going` says to apply the others.
    """
    if plan.blocked and not keep_going:
        return False
    for file in plan.files:
        if file.action in (Action.NEW, Action.CHANGED):
            store.add_revision(file.case_id, file.text, Origin.IMPORT, author)
        elif file.action == Action.UNCHANGED:
            store.note_import(file.case_id, hash_text(file.text))
        if file.publish:
            publish_case(store, file.case_id, reference)
    plan.applied = True
    return True


def describe_plan(plan: ImportPlan) -> dict[str, Any]:
    """Give a plan as data for JSON."""
    return {
        "applied": plan.applied,
        **{str(action): plan.count(action) for action in Action},
        "published": sum(file.publish for file in plan.files),
        "files": [
            {"path": file.path, "case": file.case_id, "action": str(file.action), "publish": file.publish,
             "problems": [describe_problem(problem) for problem in file.problems]}
            for file in plan.files
        ],
    }


def describe_problem(problem: Problem) -> dict[str, Any]:
    """Give a problem as data for JSON."""
    return {"path": problem.path, "line": problem.line, "severity": str(problem.severity), "code": problem.code,
            "sentence": problem.sentence, "hint": problem.hint}


def _plan(case: ParsedCase, problems: list[Problem], store: Store, publish: bool) -> PlannedFile:
    text, case_id = case.document.text, case.document.front.id
    file = PlannedFile(case.path, case_id, Action.REFUSED, text, problems)
    if has_severity(problems, Severity.ERROR):
        return file
    file.action = _compare(case_id, text, store)
    # A warning lets a document in as a draft only.
    clean = not has_severity(problems, Severity.WARNING)
    file.publish = publish and clean and _may_publish(file, store)
    return file


def _compare(case_id: str, text: str, store: Store) -> Action:
    stored = store.find_case(case_id)
    if stored is None:
        return Action.NEW
    head = store.get_revision(case_id, stored.head)
    content_hash = hash_text(text)
    if content_hash == head.content_hash:
        return Action.UNCHANGED
    if head.content_hash != stored.imported_hash:
        # Edited in the database; a file that is the same as at the last import has nothing new to say.
        return Action.UNCHANGED if content_hash == stored.imported_hash else Action.CONFLICT
    return Action.CHANGED


def _may_publish(file: PlannedFile, store: Store) -> bool:
    """Tell whether publishing puts this very text before readers, who do not have it yet.

    It never publishes an edit that the file does not hold, and never brings back a case that somebody archived.
    """
    if file.action in (Action.NEW, Action.CHANGED):
        return True
    stored = store.find_case(file.case_id)
    if file.action != Action.UNCHANGED or stored is None or stored.state == CaseState.ARCHIVED:
        return False
    is_head = store.get_revision(stored.id, stored.head).content_hash == hash_text(file.text)
    return is_head and stored.published != stored.head
