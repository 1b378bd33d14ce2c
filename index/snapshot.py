"""One built index on disk: a folder with vectors, passages and a manifest, never changed once it is in place.

``CURRENT`` names the folder in use. A new snapshot is written beside the old one and takes its place by renaming one
small file, so a reader sees the old index or the new one and nothing between.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.encoder import Matrix
from index.vectors import Vectors
from kb.errors import IndexDamaged, IndexMissing

FORMAT = 1
_CURRENT, _MANIFEST, _VECTORS, _PASSAGES = "CURRENT", "manifest.json", "vectors.faiss", "passages.jsonl"
_BUILDING = ".building-"


class IndexedPassage(BaseModel):
    """A passage as the index keeps it."""

    model_config = ConfigDict(frozen=True)

    case: str
    title: str
    section: str
    start: int
    end: int
    text: str
    embedded_hash: str
    """SHA-256 of the text that was embedded; the same text is never embedded twice."""


class Manifest(BaseModel):
    """The passport of a snapshot: what it was built from and with."""

    model_config = ConfigDict(frozen=True)

    format: int
    model: str
    model_hash: str
    """Fingerprint of the encoder."""
    passage_rules: int
    """Version of the rules that cases were cut by."""
    dimension: int
    cases: int
    passages: int
    content_hash: str
    """Hash of the published revisions, see `index.build.hash_content`."""
    built_at: datetime
    versions: dict[str, str]
    files: dict[str, str]
    """Name → SHA-256 of its bytes."""


class Snapshot:
    """An index in memory: passages, and the vector of each at the same position."""

    def __init__(self, manifest: Manifest, passages: list[IndexedPassage], vectors: Vectors) -> None:
        self.manifest, self.passages, self.vectors = manifest, passages, vectors


def find_current(index_dir: Path) -> Path | None:
    """Find the folder of the snapshot in use."""
    try:
        name = (index_dir / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return index_dir / name


def read_manifest(index_dir: Path) -> Manifest:
    """Read the manifest of the snapshot in use; raises IndexMissing or IndexDamaged."""
    folder = find_current(index_dir)
    if folder is None:
        raise IndexMissing(index_dir)
    try:
        manifest = Manifest.model_validate_json((folder / _MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexDamaged(index_dir, f"{folder.name}/{_MANIFEST} cannot be read") from error
    if manifest.format != FORMAT:
        raise IndexDamaged(index_dir, f"it has format {manifest.format}, this program reads {FORMAT}")
    return manifest


def read_snapshot(index_dir: Path) -> Snapshot:
    """Read the snapshot in use; raises IndexMissing or IndexDamaged."""
    manifest = read_manifest(index_dir)
    folder = find_current(index_dir)
    if folder is None:
        raise IndexMissing(index_dir)
    try:
        vectors = Vectors.read(folder / _VECTORS)
        lines = (folder / _PASSAGES).read_text(encoding="utf-8").splitlines()
        passages = [IndexedPassage.model_validate_json(line) for line in lines]
    except (OSError, RuntimeError, ValidationError) as error:
        raise IndexDamaged(index_dir, f"files in {folder.name} cannot be read") from error
    if not len(vectors) == len(passages) == manifest.passages:
        raise IndexDamaged(index_dir, f"{len(vectors)} vectors, {len(passages)} passages, "
                                      f"and the manifest says {manifest.passages}")
    return Snapshot(manifest, passages, vectors)


def verify_files(index_dir: Path) -> Manifest:
    """Check that every file of the snapshot in use is as it was written; raises IndexMissing or IndexDamaged."""
    manifest = read_manifest(index_dir)
    folder = find_current(index_dir) or index_dir
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or _hash_file(path) != expected:
            raise IndexDamaged(index_dir, f"{folder.name}/{name} is missing or was changed")
    return manifest


def write_snapshot(
    index_dir: Path, name: str, manifest: Manifest, passages: Iterable[IndexedPassage], vectors: Matrix
) -> None:
    """Write a snapshot and put it in use; `manifest.files` is filled in here.

    Whoever calls holds the lock on the folder. Stopping half-way leaves the former snapshot in use.
    """
    building = index_dir / f"{_BUILDING}{name}"
    building.mkdir(parents=True)
    Vectors.from_matrix(vectors).write(building / _VECTORS)
    lines = (passage.model_dump_json() for passage in passages)
    (building / _PASSAGES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    files = {file: _hash_file(building / file) for file in (_VECTORS, _PASSAGES)}
    whole = manifest.model_copy(update={"files": files})
    (building / _MANIFEST).write_text(whole.model_dump_json(indent=2), encoding="utf-8")
    for path in [*building.iterdir(), building]:
        _flush(path)
    building.rename(index_dir / name)
    pointer = index_dir / f"{_CURRENT}.new"
    pointer.write_text(name, encoding="utf-8")
    _flush(pointer)
    pointer.replace(index_dir / _CURRENT)
    _flush(index_dir)


def remove_leftovers(index_dir: Path, keep: int = 2) -> None:
    """Remove half-built folders and all but the newest snapshots; the one in use always stays."""
    current = find_current(index_dir)
    folders = sorted((path for path in index_dir.iterdir() if path.is_dir()), key=lambda path: path.name)
    whole = [path for path in folders if not path.name.startswith(_BUILDING)]
    for path in folders:
        if path != current and path not in whole[-keep:]:
            shutil.rmtree(path, ignore_errors=True)


def describe_manifest(manifest: Manifest) -> str:
    """Give a manifest as lines for a person."""
    return "\n".join(f"{key}: {value if isinstance(value, str) else json.dumps(value)}"
                     for key, value in manifest.model_dump(mode="json").items())


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
