from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from importers.files import read_files
from importers.markdown import Action, ImportPlan, apply_plan, describe_plan, plan_import
from kb.checks import Reference
from kb.database import make_database, read_session, write_session
from kb.derived import archive_case
from kb.models import CaseState, Origin
from kb.settings import Settings
from kb.store import Store
from tests.cases import case_text, write_case


def run(
    engine: Engine, reference: Reference, *paths: Path, publish: bool = True, keep_going: bool = False
) -> ImportPlan:
    with write_session(engine) as session:
        store = Store(session)
        plan = plan_import(read_files(paths), store, reference, publish=publish)
        apply_plan(plan, store, reference, author="kari", keep_going=keep_going)
    return plan


def actions(plan: ImportPlan) -> dict[str, Action]:
    return {file.case_id: file.action for file in plan.files}


def state(engine: Engine, case_id: str) -> tuple[str, int, int | None] | None:
    with read_session(engine) as session:
        case = Store(session).find_case(case_id)
        return (case.state, case.head, case.published) if case else None


def test_importing_twice_changes_nothing_the_second_time(engine: Engine, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path, "en-sak")
    assert actions(run(engine, reference, tmp_path)) == {"en-sak": Action.NEW}
    plan = run(engine, reference, tmp_path)
    assert actions(plan) == {"en-sak": Action.UNCHANGED}
    assert not any(file.publish for file in plan.files)
    assert state(engine, "en-sak") == (CaseState.PUBLISHED, 1, 1)


def test_a_changed_file_becomes_a_new_revision(engine: Engine, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path, "en-sak")
    run(engine, reference, tmp_path)
    write_case(tmp_path, "en-sak", title="Ny tittel")
    assert actions(run(engine, reference, tmp_path)) == {"en-sak": Action.CHANGED}
    assert state(engine, "en-sak") == (CaseState.PUBLISHED, 2, 2)


def test_without_publish_a_new_case_is_a_draft_and_can_be_published_later(
    engine: Engine, reference: Reference, tmp_path: Path
) -> None:
    write_case(tmp_path, "en-sak")
    run(engine, reference, tmp_path, publish=False)
    assert state(engine, "en-sak") == (CaseState.DRAFT, 1, None)
    run(engine, reference, tmp_path)
    assert state(engine, "en-sak") == (CaseState.PUBLISHED, 1, 1)


def test_a_warning_lets_a_document_in_as_a_draft_only(engine: Engine, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path, "en-sak", ukjent="x")
    plan = run(engine, reference, tmp_path)
    assert actions(plan) == {"en-sak": Action.NEW}
    assert state(engine, "en-sak") == (CaseState.DRAFT, 1, None)


def test_a_case_edited_here_since_its_last_import_is_a_conflict_and_is_not_overwritten(
    engine: Engine, reference: Reference, tmp_path: Path
) -> None:
    write_case(tmp_path, "en-sak")
    run(engine, reference, tmp_path)
    with write_session(engine) as session:
        Store(session).add_revision("en-sak", case_text(id="en-sak", title="Endret her"), Origin.EDIT, "ola")
    assert actions(run(engine, reference, tmp_path)) == {"en-sak": Action.UNCHANGED}
    write_case(tmp_path, "en-sak", title="Endret i fila")
    plan = run(engine, reference, tmp_path, keep_going=True)
    assert actions(plan) == {"en-sak": Action.CONFLICT}
    with read_session(engine) as session:
        assert "Endret her" in Store(session).get_revision("en-sak", 2).text
    assert state(engine, "en-sak") == (CaseState.PUBLISHED, 2, 1)


def test_a_batch_with_one_refused_file_changes_nothing(engine: Engine, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path, "god-sak")
    write_case(tmp_path, "feil-sak", themes="[finnes-ikke]")
    plan = run(engine, reference, tmp_path)
    assert not plan.applied
    assert actions(plan) == {"god-sak": Action.NEW, "feil-sak": Action.REFUSED}
    assert state(engine, "god-sak") is None
    (refused,) = plan.blocked
    assert [problem.code for problem in refused.problems] == ["unknown-term"]


def test_keep_going_applies_the_good_files_and_lists_the_refused(
    engine: Engine, reference: Reference, tmp_path: Path
) -> None:
    write_case(tmp_path, "god-sak")
    write_case(tmp_path, "feil-sak", themes="[finnes-ikke]")
    plan = run(engine, reference, tmp_path, keep_going=True)
    assert plan.applied
    assert state(engine, "god-sak") == (CaseState.PUBLISHED, 1, 1)
    assert state(engine, "feil-sak") is None
    assert [file.case_id for file in plan.blocked] == ["feil-sak"]


def test_an_archived_case_is_not_brought_back_by_an_unchanged_file(
    engine: Engine, reference: Reference, tmp_path: Path
) -> None:
    write_case(tmp_path, "en-sak")
    run(engine, reference, tmp_path)
    with write_session(engine) as session:
        archive_case(Store(session), "en-sak")
    run(engine, reference, tmp_path)
    assert state(engine, "en-sak") == (CaseState.ARCHIVED, 1, 1)


def test_a_relation_to_a_case_already_here_is_known(engine: Engine, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path / "a", "en-sak")
    run(engine, reference, tmp_path / "a")
    write_case(tmp_path / "b", "to-sak", related="[{case: en-sak, relation: part-of}]")
    assert run(engine, reference, tmp_path / "b").files[0].problems == []


def test_files_that_cannot_be_read_are_refused_and_reported(
    engine: Engine, reference: Reference, tmp_path: Path
) -> None:
    (tmp_path / "latin.md").write_bytes(case_text().encode("latin-1"))
    plan = run(engine, reference, tmp_path, tmp_path / "borte.md")
    assert [(f.action, f.problems[0].code) for f in plan.files] == [
        (Action.REFUSED, "not-utf8"),
        (Action.REFUSED, "unreadable"),
    ]


def test_the_report_tells_every_file_with_its_problems(engine: Engine, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path, "feil-sak", municipalities="[Larvig]")
    report = describe_plan(run(engine, reference, tmp_path))
    assert (report["applied"], report["refused"], report["new"]) == (False, 1, 0)
    (problem,) = report["files"][0]["problems"]
    assert (problem["line"], problem["severity"]) == (6, "error")
    assert "Larvik" in problem["hint"]


@settings(max_examples=25)
@given(edits=st.lists(st.sampled_from(["import", "edit", "file"]), max_size=6))
def test_whatever_the_history_a_second_import_changes_nothing(
    edits: list[str], reference: Reference, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("history")
    engine = make_database(Settings(data_dir=folder / "data").database_path)
    path = write_case(folder / "files", "en-sak")
    run(engine, reference, path)
    for number, step in enumerate(edits):
        if step == "file":
            write_case(folder / "files", "en-sak", title=f"Fil {number}")
        elif step == "edit":
            with write_session(engine) as session:
                text = case_text(id="en-sak", title=f"Her {number}")
                Store(session).add_revision("en-sak", text, Origin.EDIT, "ola")
        else:
            run(engine, reference, path)
    run(engine, reference, path)
    before = state(engine, "en-sak")
    assert actions(run(engine, reference, path))["en-sak"] in (Action.UNCHANGED, Action.CONFLICT)
    assert state(engine, "en-sak") == before
    engine.dispose()
