import json
import os
from pathlib import Path

import pytest

from index.storage.manifest import (
    BUILDING,
    describe_manifest,
    find_current,
    get_current,
    link_files,
    put_in_use,
    read_manifest,
    remove_leftovers,
    verify_files,
)
from kb.errors import IndexDamaged, IndexMissing
from tests.index.conftest import Shelf


@pytest.fixture
def built(shelf: Shelf) -> Shelf:
    shelf.publish("en-sak")
    shelf.build()
    return shelf


def test_there_is_no_current_index_before_one_is_built(tmp_path: Path) -> None:
    assert find_current(tmp_path) is None
    with pytest.raises(IndexMissing, match="kb index build"):
        get_current(tmp_path)


def test_an_index_of_another_format_says_so_and_is_built_anew(built: Shelf) -> None:
    path = built.folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 1}), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="it has format 1, this program reads 2"):
        read_manifest(built.index_dir)
    assert built.build().changed
    assert read_manifest(built.index_dir).format == 2


def test_an_index_that_names_a_folder_that_is_gone_is_built_anew(built: Shelf) -> None:
    (built.index_dir / "CURRENT").write_text("borte", encoding="utf-8")
    with pytest.raises(IndexDamaged):
        read_manifest(built.index_dir)
    assert built.build().changed
    assert verify_files(built.index_dir).cases == 1


def test_every_file_of_a_snapshot_is_in_its_manifest(built: Shelf) -> None:
    files = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()}
    listed = {*read_manifest(built.index_dir).files}
    assert {name for name in files - listed if not name.endswith(".lock")} == {"manifest.json"}
    assert listed <= files


def test_linked_files_are_the_same_and_what_is_written_anew_is_left_out(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "keywords").mkdir(parents=True)
    for name in ("manifest.json", "removed.npy", "thesaurus.json", "keywords/meta.json", "keywords/.tantivy.lock"):
        (source / name).write_text(name, encoding="utf-8")
    link_files(source, tmp_path / "target")
    found = {path.relative_to(tmp_path / "target").as_posix() for path in (tmp_path / "target").rglob("*.*")}
    assert found == {"thesaurus.json", "keywords/meta.json"}
    assert (source / "thesaurus.json").samefile(tmp_path / "target" / "thesaurus.json")


def test_where_the_disk_has_no_links_files_are_copied_and_told_of_as_they_are(
    built: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*paths: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    for number in range(3):
        built.publish(f"ny-{number}", title=f"Ny {number}")
        built.build()
    assert verify_files(built.index_dir).cases == 4


def test_nothing_changes_until_the_pointer_does(built: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    before, manifest = built.folder, read_manifest(built.index_dir)
    building = built.index_dir / f"{BUILDING}x"
    building.mkdir()
    monkeypatch.setattr(Path, "replace", lambda path, target: (_ for _ in ()).throw(OSError("no room")))
    with pytest.raises(OSError, match="no room"):
        put_in_use(built.index_dir, building, "zz-new", manifest, {})
    assert get_current(built.index_dir) == before
    verify_files(built.index_dir)


def test_the_snapshot_in_use_and_what_is_spared_are_never_removed(built: Shelf) -> None:
    current = built.folder
    for name in ("zz-1", "zz-2", "zz-3", f"{BUILDING}a", f"{BUILDING}b"):
        (built.index_dir / name).mkdir()
    remove_leftovers(built.index_dir, spare=[f"{BUILDING}b"])
    left = {path.name for path in built.index_dir.iterdir() if path.is_dir()}
    assert left == {current.name, "zz-2", "zz-3", f"{BUILDING}b"}


def test_a_manifest_is_told_in_lines_with_the_number_of_files(built: Shelf) -> None:
    lines = describe_manifest(read_manifest(built.index_dir)).splitlines()
    assert "cases: 1" in lines
    assert "model: words" in lines
    assert any(line.startswith("files: ") and line[7:].isdigit() for line in lines)
