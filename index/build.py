"""Building the index from the published cases: embed what is new, reuse what is not, and swap the result in."""

import hashlib
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index.encoder import Encoder, Matrix
from index.encoder_folder import open_encoder
from index.passages import RULES, cut_passages
from index.snapshot import (
    FORMAT,
    IndexedPassage,
    Manifest,
    Snapshot,
    read_manifest,
    read_snapshot,
    remove_leftovers,
    verify_files,
    write_snapshot,
)
from index.vectors import Vectors
from kb.database import open_database, read_session
from kb.document import CaseDocument
from kb.errors import IndexBusy, IndexDamaged, IndexMissing
from kb.models import Revision
from kb.parsing import parse_document
from kb.settings import Settings
from kb.store import Store, hash_text

BATCH = 256
Progress = Callable[[int], None]
"""Called with the number of texts embedded so far."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    manifest: Manifest
    embedded: int
    """Texts that had to be embedded."""
    changed: bool = True

    @property
    def sentence(self) -> str:
        """Tell it in one line."""
        size = f"{self.manifest.cases} cases, {self.manifest.passages} passages"
        return f"index built: {size}, {self.embedded} texts embedded" if self.changed else f"index up to date: {size}"


def build_index(settings: Settings, encoder: Encoder | None = None, progress: Progress | None = None) -> Built:
    """Build the index of all published cases and put it in use; does nothing when it is up to date.

    Raises IndexBusy when another process is building.
    """
    encoder = encoder or open_encoder(settings.model)
    with read_session(open_database(settings.database_path)) as session:
        revisions = Store(session).list_published()
    settings.index_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.index_dir / ".lock", timeout=0):
            return _build(settings.index_dir, revisions, encoder, progress)
    except Timeout as error:
        raise IndexBusy(settings.index_dir) from error


def hash_content(revisions: Iterable[Revision]) -> str:
    """Give one hash for a set of published revisions, in order of case id."""
    lines = sorted(f"{revision.case_id} {revision.content_hash}\n" for revision in revisions)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def verify_index(settings: Settings) -> str:
    """Check that the index is whole and holds exactly the published cases; give a sentence that says so.

    Raises IndexMissing, or IndexDamaged with what is wrong.
    """
    manifest = verify_files(settings.index_dir)
    read_snapshot(settings.index_dir)
    with read_session(open_database(settings.database_path)) as session:
        revisions = Store(session).list_published()
    if manifest.content_hash != hash_content(revisions):
        raise IndexDamaged(settings.index_dir, "cases were published or changed since it was built")
    return f"index whole and up to date: {manifest.cases} cases, {manifest.passages} passages, model {manifest.model}"


def _build(index_dir: Path, revisions: list[Revision], encoder: Encoder, progress: Progress | None) -> Built:
    remove_leftovers(index_dir)
    content_hash = hash_content(revisions)
    current = _find_usable(index_dir)
    made_of = (content_hash, encoder.fingerprint, RULES)
    if current and (current.content_hash, current.model_hash, current.passage_rules) == made_of:
        return Built(current, 0, changed=False)
    passages, texts = _cut(parse_document(revision.text).document for revision in revisions)
    known = _known_vectors(index_dir, encoder.fingerprint)
    vectors, embedded = _embed(passages, texts, known, encoder, progress)
    manifest = _describe(passages, vectors, encoder, content_hash)
    write_snapshot(index_dir, f"{manifest.built_at:%Y%m%dT%H%M%S.%f}-{content_hash[:8]}", manifest, passages, vectors)
    remove_leftovers(index_dir)
    return Built(manifest, embedded)


def build_snapshot(documents: Sequence[CaseDocument], encoder: Encoder) -> Snapshot:
    """Build an index of documents in memory, as `build_index` would on disk."""
    passages, texts = _cut(documents)
    vectors, _ = _embed(passages, texts, {}, encoder, None)
    return Snapshot(_describe(passages, vectors, encoder, ""), passages, Vectors.from_matrix(vectors))


def _describe(passages: list[IndexedPassage], vectors: Matrix, encoder: Encoder, content_hash: str) -> Manifest:
    return Manifest(
        format=FORMAT, model=encoder.name, model_hash=encoder.fingerprint, passage_rules=RULES,
        dimension=vectors.shape[1], cases=len({passage.case for passage in passages}), passages=len(passages),
        content_hash=content_hash, built_at=datetime.now(UTC), versions=_versions(), files={},
    )


def _find_usable(index_dir: Path) -> Manifest | None:
    try:
        return verify_files(index_dir)
    except (IndexMissing, IndexDamaged):
        return None


def _cut(documents: Iterable[CaseDocument]) -> tuple[list[IndexedPassage], dict[str, str]]:
    """Cut all cases; give the passages, and text by hash for what is to be embedded."""
    passages: list[IndexedPassage] = []
    texts: dict[str, str] = {}
    for document in documents:
        front = document.front
        for passage in cut_passages(document):
            embedded_hash = hash_text(passage.embedded)
            texts[embedded_hash] = passage.embedded
            passages.append(IndexedPassage(
                case=front.id, title=front.title, section=passage.section, start=passage.start, end=passage.end,
                text=passage.text, embedded_hash=embedded_hash,
            ))
    return passages, texts


def _embed(
    passages: list[IndexedPassage], texts: dict[str, str], known: dict[str, Matrix], encoder: Encoder,
    progress: Progress | None,
) -> tuple[Matrix, int]:
    """Give the vector of each passage, ``(n, d)``, and how many texts had to be embedded; `known` is added to."""
    missing = [key for key in texts if key not in known]
    for first in range(0, len(missing), BATCH):
        keys = missing[first : first + BATCH]
        known.update(zip(keys, encoder.encode_documents([texts[key] for key in keys]), strict=True))
        if progress:
            progress(first + len(keys))
    if not passages:
        return np.zeros((0, encoder.encode_query("x").shape[1]), dtype=np.float32), 0
    return np.stack([known[passage.embedded_hash] for passage in passages]), len(missing)


def _known_vectors(index_dir: Path, model_hash: str) -> dict[str, Matrix]:
    """Give the vectors of the snapshot in use by hash of their text, if the same model made them."""
    try:
        if read_manifest(index_dir).model_hash != model_hash:
            return {}
        snapshot = read_snapshot(index_dir)
    except (IndexMissing, IndexDamaged):
        return {}
    return {p.embedded_hash: row for p, row in zip(snapshot.passages, snapshot.vectors.get_matrix(), strict=True)}


def _versions() -> dict[str, str]:
    packages = ("faiss-cpu", "numpy", "sentence-transformers", "torch", "kb-municipal-experience")
    return {"python": platform.python_version(), **{package: version(package) for package in packages}}
