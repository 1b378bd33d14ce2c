from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from importers.export import export_cases
from importers.files import read_files
from importers.markdown import Action, apply_plan, plan_import
from kb.checks import Reference
from kb.database import make_database, read_session, write_session
from kb.settings import Settings
from kb.store import Store
from tests.cases import case_text


def import_bytes(engine: Engine, reference: Reference, folder: Path, raw: bytes) -> list[Action]:
    folder.mkdir(exist_ok=True)
    (folder / "prove-noe-nytt.md").write_bytes(raw)
    return import_folder(engine, reference, folder)


def import_folder(engine: Engine, reference: Reference, folder: Path) -> list[Action]:
    with write_session(engine) as session:
        store = Store(session)
        plan = plan_import(read_files([folder]), store, reference, publish=True)
        apply_plan(plan, store, reference, author="kari")
    return [file.action for file in plan.files]


def export(engine: Engine, folder: Path) -> int:
    with read_session(engine) as session:
        return export_cases(Store(session), folder)


@pytest.mark.parametrize(
    "text",
    [
        case_text(),
        case_text().replace("\n", "\r\n"),
        "\ufeff" + case_text(),
        case_text().rstrip("\n"),
        case_text(body="## Tiltak\n\nvedtatt av kommunestyret \t \n\n\n<b>æøå</b> 🙂 e\u0301\n", factors=None),
    ],
    ids=["plain", "windows", "byte-order-mark", "no-last-line-end", "odd-characters"],
)
def test_what_goes_in_comes_out_byte_for_byte(engine: Engine, reference: Reference, tmp_path: Path, text: str) -> None:
    raw = text.encode("utf-8")
    assert import_bytes(engine, reference, tmp_path / "in", raw) == [Action.NEW]
    assert export(engine, tmp_path / "out") == 1
    assert (tmp_path / "out" / "cases" / "prove-noe-nytt.md").read_bytes() == raw


@settings(max_examples=50)
@given(body=st.text())
def test_any_body_survives_the_database_byte_for_byte(
    body: str, reference: Reference, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("roundtrip")
    engine = make_database(Settings(data_dir=folder / "data").database_path)
    raw = case_text(body=body, factors=None).encode("utf-8", errors="replace")
    action = import_bytes(engine, reference, folder / "in", raw)
    if "\0" in body:
        assert action == [Action.REFUSED]
    else:
        export(engine, folder / "out")
        assert (folder / "out" / "cases" / "prove-noe-nytt.md").read_bytes() == raw
    engine.dispose()


def test_the_real_collection_is_exported_and_imported_without_a_change(
    library: Settings, engine: Engine, reference: Reference, tmp_path: Path
) -> None:
    source = make_database(library.database_path)
    count = export(source, tmp_path)
    originals = {path.name: path.read_bytes() for path in (library.content_dir / "cases").glob("*.md")}
    assert {path.name: path.read_bytes() for path in (tmp_path / "cases").glob("*.md")} == originals
    assert count == len(originals)
    with write_session(source) as session:
        plan = plan_import(read_files([tmp_path]), Store(session), reference, publish=True)
    assert {file.action for file in plan.files} == {Action.UNCHANGED}
    source.dispose()


def test_a_file_that_is_already_the_same_is_left_alone(engine: Engine, reference: Reference, tmp_path: Path) -> None:
    import_bytes(engine, reference, tmp_path / "in", case_text().encode())
    export(engine, tmp_path)
    path = tmp_path / "cases" / "prove-noe-nytt.md"
    before = path.stat().st_mtime_ns
    export(engine, tmp_path)
    assert path.stat().st_mtime_ns == before
    assert list((tmp_path / "cases").iterdir()) == [path]
