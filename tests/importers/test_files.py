import zipfile
from pathlib import Path

import pytest

from importers import files
from importers.files import read_files
from kb.errors import UnreadableArchive
from tests.cases import case_text, write_case


def names(paths: list[Path]) -> list[str]:
    return [Path(found.path).name for found in read_files(paths)]


def make_zip(path: Path, entries: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return path


def test_a_folder_gives_its_markdown_files_in_order_and_not_its_readme(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "README.md", "c.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "d.md").write_text("x")
    assert names([tmp_path]) == ["a.md", "b.md", "d.md"]


def test_a_folder_with_cases_gives_only_those(tmp_path: Path) -> None:
    write_case(tmp_path / "cases", "en-sak")
    (tmp_path / "veiledning.md").write_text("x")
    assert names([tmp_path]) == ["en-sak.md"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write_case(tmp_path, "en-sak")
    assert names([path, tmp_path, path]) == ["en-sak.md"]


def test_a_zip_gives_the_bytes_of_its_files(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", {"cases/en-sak.md": case_text(), "README.md": "x", "bilde.png": "x"})
    (found,) = read_files([path])
    assert found.raw.decode("utf-8") == case_text()
    assert found.path.endswith("x.zip/cases/en-sak.md")


def test_a_file_that_is_not_there_is_a_problem_with_its_name(tmp_path: Path) -> None:
    (found,) = read_files([tmp_path / "borte.md"])
    assert found.problem is not None
    assert "No such file" in found.problem.sentence


def test_a_file_of_20_megabytes_is_a_problem_and_is_not_kept_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "stor.md"
    path.write_bytes(b"x" * 20_000_000)
    (found,) = read_files([path])
    assert found.problem is not None
    assert found.problem.code == "too-large"
    assert len(found.raw) < 2_000_000


@pytest.mark.parametrize("name", ["../ute.md", "/etc/ute.md", "a/../../ute.md", "..\\ute.md"])
def test_a_zip_that_leads_outside_itself_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableArchive, match="outside"):
        list(read_files([make_zip(tmp_path / "x.zip", {name: "x"})]))


def test_a_zip_bomb_is_refused_by_what_it_says_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_zip(tmp_path / "x.zip", {f"{i}.md": "0" * 500_000 for i in range(5)})
    monkeypatch.setattr(files, "MAX_ARCHIVE_BYTES", 1_000_000)
    with pytest.raises(UnreadableArchive, match="unpack to more"):
        list(read_files([path]))
    monkeypatch.setattr(files, "MAX_ARCHIVE_FILES", 4)
    with pytest.raises(UnreadableArchive, match="5 files"):
        list(read_files([path]))


def test_a_broken_zip_is_an_error_by_name(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", {"a.md": case_text()})
    raw = bytearray(path.read_bytes())
    raw[45:60] = b"\xff" * 15
    path.write_bytes(raw)
    with pytest.raises(UnreadableArchive, match=r"x\.zip"):
        list(read_files([path]))
