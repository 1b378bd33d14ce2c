from pathlib import Path

import pytest
from filelock import FileLock

from index.build import build_index, verify_index
from index.passages import cut_passages
from index.snapshot import find_current, read_manifest, read_snapshot, verify_files
from kb.checks import Reference
from kb.database import open_database, write_session
from kb.derived import archive_case
from kb.errors import DatabaseMissing, IndexBusy, IndexDamaged, IndexMissing
from kb.parsing import parse_document
from kb.settings import Settings
from kb.store import Store
from tests.cases import case_text, write_case
from tests.conftest import fill
from tests.index.encoders import WordCountEncoder


@pytest.fixture
def filled(settings: Settings, reference: Reference, tmp_path: Path) -> Settings:
    write_case(tmp_path / "files", "en-sak")
    write_case(tmp_path / "files", "to-saker", title="En annen tittel", body="## Tiltak\n\nAnnet.\n", factors=None)
    fill(settings, reference, [tmp_path / "files"])
    return settings


def test_the_manifest_is_a_passport_of_what_was_built(filled: Settings) -> None:
    encoder = WordCountEncoder()
    built = build_index(filled, encoder)
    manifest = read_manifest(filled.index_dir)
    assert (manifest.cases, manifest.passages, manifest.dimension) == (2, 5, 64)
    assert (manifest.model, manifest.model_hash) == ("words", "words-1")
    assert {"faiss-cpu", "python", "sentence-transformers"} <= set(manifest.versions)
    assert manifest.passages == len(read_snapshot(filled.index_dir).passages)
    assert "2 cases" in built.sentence
    assert "index whole" in verify_index(filled)


def test_an_index_that_is_up_to_date_is_left_as_it_is(filled: Settings) -> None:
    build_index(filled, WordCountEncoder())
    before = find_current(filled.index_dir)
    again = WordCountEncoder()
    assert not build_index(filled, again).changed
    assert again.asked == []
    assert find_current(filled.index_dir) == before


def test_only_new_texts_are_embedded_and_the_same_text_never_twice(
    filled: Settings, reference: Reference, tmp_path: Path
) -> None:
    first = WordCountEncoder()
    build_index(filled, first)
    assert len(first.asked) == len(set(first.asked))
    body = "## Tiltak\n\nAnnet.\n\n## Læring\n\nNytt.\n"
    write_case(tmp_path / "files", "to-saker", title="En annen tittel", body=body, factors=None)
    fill(filled, reference, [tmp_path / "files"])
    second = WordCountEncoder()
    built = build_index(filled, second)
    assert second.asked == ["En annen tittel. Nytt."]
    assert (built.embedded, built.manifest.passages) == (1, 6)


def test_vectors_that_were_reused_are_the_same_as_new_ones(
    filled: Settings, reference: Reference, tmp_path: Path
) -> None:
    build_index(filled, WordCountEncoder())
    write_case(tmp_path / "files", "tre-saker", title="En tredje")
    fill(filled, reference, [tmp_path / "files"])
    build_index(filled, WordCountEncoder())
    snapshot = read_snapshot(filled.index_dir)
    texts = {
        passage.embedded
        for text in (case_text(id="tre-saker", title="En tredje"),)
        for passage in cut_passages(parse_document(text).document)
    }
    rows = [i for i, passage in enumerate(snapshot.passages) if passage.case == "tre-saker"]
    expected = WordCountEncoder().encode_documents(
        sorted(texts, key=lambda t: [snapshot.passages[i].text in t for i in rows], reverse=True)
    )
    assert sorted(map(tuple, snapshot.vectors.get_matrix()[rows].tolist())) == sorted(map(tuple, expected.tolist()))


def test_another_model_embeds_everything_anew(filled: Settings) -> None:
    build_index(filled, WordCountEncoder("words-1"))
    other = WordCountEncoder("words-2")
    assert build_index(filled, other).embedded == len(other.asked) > 0


def test_a_case_that_is_archived_leaves_no_ghost(filled: Settings) -> None:
    build_index(filled, WordCountEncoder())
    with write_session(open_database(filled.database_path)) as session:
        archive_case(Store(session), "en-sak")
    with pytest.raises(IndexDamaged, match="published or changed"):
        verify_index(filled)
    build_index(filled, WordCountEncoder())
    assert {passage.case for passage in read_snapshot(filled.index_dir).passages} == {"to-saker"}


def test_an_empty_collection_has_an_index_too(settings: Settings, reference: Reference, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    fill(settings, reference, [tmp_path / "empty"])
    assert build_index(settings, WordCountEncoder()).manifest.passages == 0
    assert len(read_snapshot(settings.index_dir).vectors) == 0


def test_two_builds_at_once_are_refused(filled: Settings) -> None:
    filled.index_dir.mkdir(parents=True)
    with FileLock(filled.index_dir / ".lock"), pytest.raises(IndexBusy):
        build_index(filled, WordCountEncoder())


def test_old_snapshots_and_half_built_ones_are_removed(filled: Settings) -> None:
    for number in range(4):
        build_index(filled, WordCountEncoder(f"words-{number}"))
    (filled.index_dir / ".building-old").mkdir()
    build_index(filled, WordCountEncoder("words-9"))
    folders = [path for path in filled.index_dir.iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert find_current(filled.index_dir) in folders


@pytest.mark.parametrize("name", ["vectors.faiss", "passages.jsonl", "manifest.json"])
@pytest.mark.parametrize("damage", ["remove", "change", "empty"])
def test_damage_to_any_file_is_discovered_and_mended_by_a_build(filled: Settings, name: str, damage: str) -> None:
    build_index(filled, WordCountEncoder())
    current = find_current(filled.index_dir)
    assert current is not None
    path = current / name
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:-9] + b"123456789")
    with pytest.raises(IndexDamaged, match="kb index build"):
        verify_files(filled.index_dir)
    build_index(filled, WordCountEncoder())
    assert "index whole" in verify_index(filled)


def test_what_is_missing_is_an_error_by_name(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match="kb index build"):
        read_manifest(settings.index_dir)
    with pytest.raises(DatabaseMissing):
        build_index(settings, WordCountEncoder())
