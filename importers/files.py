"""What a person means by a path: one file, every Markdown file in a folder, or those in a zip."""

import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb.errors import UnreadableArchive
from kb.parsing import MAX_BYTES
from kb.problems import Problem

MAX_ARCHIVE_FILES = 10_000
MAX_ARCHIVE_BYTES = 200_000_000
"""Unpacked, all files together."""
CASES_FOLDER = "cases"
"""When a folder or zip has this folder, only what lies in it are cases; a README beside it is not."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that should be a case: its bytes, or why they could not be read."""

    path: str
    raw: bytes
    problem: Problem | None = None


def read_files(paths: Iterable[Path]) -> Iterator[FoundFile]:
    """Read every Markdown file that the paths mean, in order of path; each file once.

    Raises UnreadableArchive for a zip that is broken or would unpack outside its place or beyond the limits.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_file() and zipfile.is_zipfile(path):
            yield from _read_archive(path)
            continue
        for file in _list_markdown(path) if path.is_dir() else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield _read_file(file)


def _list_markdown(folder: Path) -> list[Path]:
    root = folder / CASES_FOLDER if (folder / CASES_FOLDER).is_dir() else folder
    return sorted(path for path in root.rglob("*.md") if path.is_file() and path.name != "README.md")


def _read_file(path: Path) -> FoundFile:
    try:
        with path.open("rb") as file:
            # One byte more than is allowed is enough to tell that there are too many.
            raw = file.read(MAX_BYTES + 1)
            size = path.stat().st_size
    except OSError as error:
        return FoundFile(str(path), b"", Problem(str(path), 1, "unreadable", {"why": error.strerror or str(error)}))
    return FoundFile(str(path), raw, _too_large(str(path), size))


def _too_large(path: str, size: int) -> Problem | None:
    if size <= MAX_BYTES:
        return None
    return Problem(path, 1, "too-large", {"size": f"{size:,}", "limit": f"{MAX_BYTES:,}"})


def _read_archive(path: Path) -> Iterator[FoundFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _list_entries(path, archive.infolist())
            for entry in entries:
                shown = f"{path}/{entry.filename}"
                problem = _too_large(shown, entry.file_size)
                yield FoundFile(shown, b"" if problem else archive.read(entry), problem)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableArchive(path, str(error)) from error


def _list_entries(path: Path, entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    if len(entries) > MAX_ARCHIVE_FILES:
        raise UnreadableArchive(path, f"it has {len(entries)} files; at most {MAX_ARCHIVE_FILES} are read.")
    if sum(entry.file_size for entry in entries) > MAX_ARCHIVE_BYTES:
        raise UnreadableArchive(path, f"it would unpack to more than {MAX_ARCHIVE_BYTES:,} bytes.")
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or stat.S_ISLNK(entry.external_attr >> 16):
            raise UnreadableArchive(path, f"the name {entry.filename!r} leads outside it.")
    files = [e for e in entries if e.filename.endswith(".md") and PurePosixPath(e.filename).name != "README.md"]
    cases = [e for e in files if CASES_FOLDER in PurePosixPath(e.filename).parts[:-1]]
    return sorted(cases or files, key=lambda entry: entry.filename)
