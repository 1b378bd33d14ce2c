"""A snapshot on disk: a folder that never changes, its passport, and the file CURRENT that names the one in use.

A new snapshot shares the unchanged files of the one before by hard links, so an update costs what has changed. It is
written beside, flushed, and put in use by renaming one small file: a reader sees the old index or the new one.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kb.errors import IndexDamaged, IndexMissing

FORMAT = 2
KEYWORDS, REMOVED = "keywords", "removed"
BUILDING = ".building-"
_CURRENT, _MANIFEST = "CURRENT", "manifest.json"
_FLUSHED_AT_ONCE = 16


class Manifest(BaseModel):
    """What a snapshot was built from and with."""

    model_config = ConfigDict(frozen=True)

    format: int
    model: str
    model_hash: str
    """Fingerprint of the encoder."""
    rules_hash: str
    """Hash of all else that a case's entry depends on: rules of cutting and analysis, vocabularies, register."""
    dimension: int
    cases: int
    passages: int
    segments: tuple[str, ...]
    """Folders, in the order of the keys they hold."""
    next_key: int
    """The first number that no case has had."""
    content_hash: str
    """Hash of the published revisions, see `index.storage.changes.hash_content`."""
    built_at: datetime
    versions: dict[str, str]
    files: dict[str, str]
    """Path in the folder → SHA-256 of its bytes."""


def find_current(index_dir: Path) -> Path | None:
    """Find the folder of the snapshot in use."""
    try:
        name = (index_dir / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return index_dir / name


def get_current(index_dir: Path) -> Path:
    """Get the folder of the snapshot in use; raises IndexMissing."""
    folder = find_current(index_dir)
    if folder is None:
        raise IndexMissing(index_dir)
    return folder


def read_manifest(index_dir: Path) -> Manifest:
    """Read the manifest of the snapshot in use; raises IndexMissing or IndexDamaged."""
    return read_manifest_of(get_current(index_dir))


def read_manifest_of(folder: Path) -> Manifest:
    """Read the manifest of one snapshot; raises IndexDamaged."""
    try:
        content = json.loads((folder / _MANIFEST).read_bytes())
        if isinstance(content, dict) and content.get("format") != FORMAT:
            found = content.get("format")
            raise IndexDamaged(folder.parent, f"it has format {found}, this program reads {FORMAT}")
        return Manifest.model_validate(content)
    except (OSError, ValueError, ValidationError) as error:
        raise IndexDamaged(folder.parent, f"{folder.name}/{_MANIFEST} cannot be read") from error


def verify_files(index_dir: Path) -> Manifest:
    """Check that every file of the snapshot in use is as it was written; raises IndexMissing or IndexDamaged."""
    folder = get_current(index_dir)
    manifest = read_manifest_of(folder)
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or _hash_file(path) != expected:
            raise IndexDamaged(index_dir, f"{folder.name}/{name} is missing or was changed")
    return manifest


def link_files(source: Path, target: Path) -> None:
    """Give a new folder the files of another by hard links, copies where the disk has none.

    What every snapshot writes anew, and locks, are left out.
    """
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.is_dir():
            link_files(path, target / path.name)
        elif path.suffix != ".lock" and path.name not in (_MANIFEST, f"{REMOVED}.npy"):
            try:
                os.link(path, target / path.name)
            except OSError:
                shutil.copy2(path, target / path.name)


def put_in_use(index_dir: Path, building: Path, name: str, manifest: Manifest, known: dict[str, str]) -> Manifest:
    """Finish a snapshot: list its files, flush them, and make it the one in use.

    ``known`` are the hashes of files that are shared with the former snapshot. Whoever calls holds the lock on the
    index. Stopping half-way leaves the former snapshot in use.
    """
    paths = sorted(path for path in building.rglob("*") if path.is_file() and path.suffix != ".lock")
    names = {path.relative_to(building).as_posix(): path for path in paths}
    shared = {name for name, path in names.items() if name in known and path.stat().st_nlink > 1}
    files = {name: known[name] if name in shared else _hash_file(path) for name, path in names.items()}
    whole = manifest.model_copy(update={"files": files})
    (building / _MANIFEST).write_text(whole.model_dump_json(indent=2), encoding="utf-8")
    folders = [building, *(path for path in building.rglob("*") if path.is_dir())]
    written = [path for name, path in names.items() if name not in shared]
    # Side by side, since the disk can make several files safe in one go.
    with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:
        list(pool.map(_flush, [building / _MANIFEST, *written, *folders]))
    building.rename(index_dir / name)
    pointer = index_dir / f"{_CURRENT}.new"
    pointer.write_text(name, encoding="utf-8")
    _flush(pointer)
    pointer.replace(index_dir / _CURRENT)
    _flush(index_dir)
    return whole


def remove_leftovers(index_dir: Path, keep: int = 2, spare: Iterable[str] = ()) -> None:
    """Remove half-built folders and all but the newest snapshots; the one in use and those to ``spare`` stay."""
    current, spared = find_current(index_dir), set(spare)
    folders = sorted((path for path in index_dir.iterdir() if path.is_dir()), key=lambda path: path.name)
    whole = [path for path in folders if not path.name.startswith(BUILDING)]
    for path in folders:
        if path != current and path not in whole[-keep:] and path.name not in spared:
            shutil.rmtree(path, ignore_errors=True)


def describe_manifest(manifest: Manifest) -> str:
    """Give a manifest as lines for a person; of the files only how many."""
    shown = {**manifest.model_dump(mode="json"), "files": len(manifest.files)}
    return "\n".join(f"{key}: {value if isinstance(value, str) else json.dumps(value)}" for key, value in shown.items())


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    """Make sure that a file or folder is on disk before the next step."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
