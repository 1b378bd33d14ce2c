"""The command line, as a person uses it: in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kb.settings import Settings
from tests.cases import case_text, write_case


def kb(*words: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "kb", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(env or {})},
    )


def test_check_prints_each_problem_on_a_line_and_exits_with_1_on_errors(tmp_path: Path) -> None:
    path = write_case(tmp_path, "en-sak", municipalities="[Nøtterøy]", period="{from: 2024}")
    done = kb("check", path)
    assert done.returncode == 1
    line = done.stdout.strip()
    assert line.startswith(f"{path}:6: error: Nøtterøy was not a municipality in 2024–. — write Færder")


def test_check_exits_with_0_when_there_are_only_hints(tmp_path: Path) -> None:
    done = kb("check", write_case(tmp_path, "en-sak", tittel="x", title=None))
    assert done.returncode == 0
    assert ":13: hint: " in done.stdout


def test_import_reports_one_json_object_and_is_idempotent(tmp_path: Path) -> None:
    write_case(tmp_path / "files", "en-sak")
    first = json.loads(kb("import", tmp_path / "files", "--publish", "--json").stdout)
    second = json.loads(kb("import", tmp_path / "files", "--publish", "--json").stdout)
    assert (first["new"], first["published"], first["applied"]) == (1, 1, True)
    assert (second["new"], second["unchanged"], second["published"]) == (0, 1, 0)


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    write_case(tmp_path / "files", "en-sak")
    assert "nothing was changed" in kb("import", tmp_path / "files", "--dry-run").stdout
    assert json.loads(kb("import", tmp_path / "files", "--dry-run", "--json").stdout)["new"] == 1


def test_a_refused_batch_exits_with_1_and_says_what_to_do(tmp_path: Path) -> None:
    write_case(tmp_path / "files", "god-sak")
    write_case(tmp_path / "files", "feil-sak", themes="[x]")
    done = kb("import", tmp_path / "files")
    assert done.returncode == 1
    assert "feil-sak.md: refused" in done.stdout
    assert "--keep-going" in done.stdout
    assert json.loads(kb("import", tmp_path / "files", "--keep-going", "--json").stdout)["applied"] is True


def test_a_conflict_is_settled_by_a_person_with_revise(tmp_path: Path) -> None:
    path = write_case(tmp_path / "files", "en-sak")
    kb("import", path)
    edited = tmp_path / "edited" / "en-sak.md"
    edited.parent.mkdir()
    edited.write_text(case_text(id="en-sak", title="Endret her"), encoding="utf-8")
    assert "revision 2 stored" in kb("revise", edited, "--author", "ola").stdout
    write_case(tmp_path / "files", "en-sak", title="Endret i fila")
    done = kb("import", path)
    assert done.returncode == 1
    assert "nothing was overwritten" in done.stdout
    assert "revision 3 stored" in kb("revise", path, "--author", "ola").stdout
    assert "1 unchanged; 1 published" in kb("import", path, "--publish").stdout
    write_case(tmp_path / "files", "en-sak", title="Endret igjen i fila")
    assert "1 changed" in kb("import", path).stdout


def test_revise_refuses_a_document_with_errors(tmp_path: Path) -> None:
    path = write_case(tmp_path, "en-sak")
    kb("import", path)
    done = kb("revise", write_case(tmp_path, "en-sak", themes="[x]"), "--author", "ola")
    assert done.returncode == 1
    assert "was not stored" in done.stderr


def test_export_writes_the_files_back(tmp_path: Path) -> None:
    path = write_case(tmp_path / "files", "en-sak")
    kb("import", path)
    assert "1 cases written" in kb("export", tmp_path / "out").stdout
    assert (tmp_path / "out" / "cases" / "en-sak.md").read_bytes() == path.read_bytes()


def test_rebuild_says_that_the_rows_came_out_identical(library: Settings) -> None:
    done = kb("rebuild", env={"KB_DATA_DIR": str(library.data_dir)})
    assert done.returncode == 0, done.stderr
    assert "identical" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rebuild",), "There is no database"),
        (("export", "x"), "There is no database"),
        (("index", "info"), "There is no search index"),
        (("index", "verify"), "There is no search index"),
        (("search", "noe"), "There is no search index"),
        (("import", "finnes-ikke.zip"), "refused"),
        (("check", "."), "no Markdown files"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence_never_in_a_stack_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kb(*words)
    assert done.returncode != 0
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr + done.stdout


def test_a_content_folder_that_is_not_there_is_an_error_by_name(tmp_path: Path) -> None:
    done = kb("check", write_case(tmp_path, "en-sak"), env={"KB_CONTENT_DIR": str(tmp_path / "borte")})
    assert done.returncode == 1
    assert "borte" in done.stderr
    assert "KB_CONTENT_DIR" in done.stderr


def test_what_was_not_foreseen_is_logged_and_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    done = kb("migrate", env={"KB_DATA_DIR": str(tmp_path / "data")})
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_search_finds_trygghetsnett_first(library: Settings) -> None:
    done = kb("search", "støtte til pårørende over nett", "--json", env={"KB_DATA_DIR": str(library.data_dir)})
    result = json.loads(done.stdout)
    assert list(result) == ["query", "total", "hits"]
    hit = result["hits"][0]
    assert list(hit) == ["case", "title", "score", "section", "passage", "start", "end"]
    assert hit["case"] == "trygghetsnett"
    text = (library.content_dir / "cases" / "trygghetsnett.md").read_text(encoding="utf-8")
    assert text[hit["start"] : hit["end"]] == hit["passage"]


def test_help_of_every_command_is_a_sentence() -> None:
    from typer.main import get_command

    from kb.__main__ import app

    def walk(command: object, name: str) -> None:
        for sub, inner in getattr(command, "commands", {}).items():
            assert inner.help and inner.help.strip().endswith("."), f"{name} {sub}"
            walk(inner, f"{name} {sub}")

    walk(get_command(app), "kb")


def test_help_and_check_start_without_loading_the_model() -> None:
    code = "import sys, kb.__main__; assert not {'torch', 'faiss', 'fastapi', 'sqlalchemy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_single_file_may_name_any_case_of_the_collection(tmp_path: Path) -> None:
    done = kb("check", write_case(tmp_path, "en-sak", related="[{case: trygghetsnett, relation: grew-from}]"))
    assert (done.returncode, done.stdout) == (0, "")
