"""Building the index from the published cases: what has not changed is kept, and the result is swapped in.

A few changed cases become a new segment, and the index before is shared by hard links. Otherwise all is built, in parts
that are kept when the build is stopped, so that the next goes on where it was.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index.embedding import Embedder
from index.encoder import Encoder
from index.encoder_folder import open_encoder
from index.entries import Entry, make_entry
from index.keywords import Keywords, write_entries
from index.query_help.known_words import read_known_words
from index.source import PublishedCases, Source
from index.storage.changes import Changes, find_changes, hash_content, hash_rules
from index.storage.columns import write_array
from index.storage.compaction import compact, is_worn
from index.storage.manifest import (
    BUILDING,
    FORMAT,
    KEYWORDS,
    REMOVED,
    Manifest,
    get_current,
    link_files,
    put_in_use,
    remove_leftovers,
    verify_files,
)
from index.storage.segment import Segment, merge_segments
from index.storage.snapshot import NO_WORDS, Snapshot, Words, open_snapshot, read_snapshot
from index.storage.versions import list_versions
from index.thesaurus_words import ThesaurusWords
from kb.checks import Reference
from kb.database import open_database
from kb.document import CaseDocument
from kb.errors import IndexBusy, IndexDamaged, IndexMissing
from kb.reference import read_reference
from kb.settings import Settings
from kb.store import hash_text
from kb.thesaurus import Concept, read_thesaurus

PART = 2_000
"""Cases that are built and put on disk at once."""
FEW_CHANGES = 0.2
"""Share of the cases that may have changed for an update to be worth while; with more all is built."""
Progress = Callable[[int], None]
"""Called with the number of cases indexed so far."""


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


def build_index(
    settings: Settings, encoder: Encoder | None = None, progress: Progress | None = None,
    reference: Reference | None = None, *, verify: bool = False, source: Source | None = None,
) -> Built:
    """Bring the index to what is published and put it in use; does nothing when it is up to date.

    With ``verify`` every file of the index is read first, and a damaged index is built anew. ``source`` gives the
    cases, those published in the database when left out. Raises IndexBusy when another process is building.
    """
    encoder = encoder or open_encoder(settings.model)
    settings.index_dir.mkdir(parents=True, exist_ok=True)
    source = source or PublishedCases(open_database(settings.database_path))
    try:
        with FileLock(settings.index_dir / ".lock", timeout=0):
            return _Build(settings, encoder, source, progress or (lambda count: None), reference).run(verify=verify)
    except Timeout as error:
        raise IndexBusy(settings.index_dir) from error


def verify_index(settings: Settings) -> str:
    """Check that the index is whole and holds exactly the published cases; give a sentence that says so.

    Raises IndexMissing, or IndexDamaged with what differs.
    """
    manifest = verify_files(settings.index_dir)
    snapshot = read_snapshot(settings.index_dir)
    if snapshot.keywords.list_keys() != snapshot.keys[snapshot.alive].tolist():
        raise IndexDamaged(settings.index_dir, "keywords and vectors are not of the same cases")
    changes = find_changes(PublishedCases(open_database(settings.database_path)).list_hashes(), snapshot)
    if changes:
        raise IndexDamaged(settings.index_dir, f"it is not what is published: {changes}")
    return f"index whole and up to date: {manifest.cases} cases, {manifest.passages} passages, model {manifest.model}"


def build_snapshot(
    documents: Sequence[CaseDocument], encoder: Encoder, reference: Reference, concepts: Collection[Concept]
) -> Snapshot:
    """Build an index of documents in memory, as `build_index` would on disk."""
    entries = [make_entry(one, hash_text(one.text), key, reference) for key, one in enumerate(documents)]
    segment = Embedder(encoder).make_segment(entries)
    manifest = _describe(encoder, "", "", {"memory": segment}, len(entries))
    keywords = Keywords.from_entries(entry.keywords for entry in entries)
    thesaurus = ThesaurusWords.from_concepts(concepts)
    known_words = read_known_words(reference, [concept.words for concept in concepts])
    return Snapshot(manifest, {"memory": segment}, np.zeros(0, np.int64), keywords, Words(thesaurus, known_words))


class _Build:
    """One run, under the lock."""

    def __init__(
        self, settings: Settings, encoder: Encoder, source: Source, progress: Progress, reference: Reference | None
    ) -> None:
        self.settings, self.encoder, self.progress = settings, encoder, progress
        self.index_dir = settings.index_dir
        self.stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
        self.rules_hash = hash_rules(settings)
        self.source, self.published = source, source.list_hashes()
        self.content_hash = hash_content(self.published.items())
        self._given = reference

    def run(self, *, verify: bool) -> Built:
        """Update, build all, or leave as it is."""
        target = f"{BUILDING}{self.content_hash[:16]}-{self.rules_hash[:8]}-{_short(self.encoder.fingerprint)}"
        remove_leftovers(self.index_dir, spare=[target])
        current = self._open_current(verify=verify)
        if current is None or not self._has_same_rules(current.manifest):
            return self._build_all(self.index_dir / target, current)
        changes = find_changes(self.published, current)
        if not changes:
            return Built(current.manifest, 0, changed=False)
        removed, added = len(current.removed) + len(changes.outdated), len(changes.new) + len(changes.changed)
        many = added + len(changes.gone) > FEW_CHANGES * max(50, len(current.keys))
        if many or is_worn(current.segments, removed, added):
            return self._build_all(self.index_dir / target, current)
        return self._update(current, changes)

    def _update(self, current: Snapshot, changes: Changes) -> Built:
        """Add a segment of what is new and changed; everything else is shared with the index in use."""
        building = self.index_dir / f"{BUILDING}{self.stamp}"
        link_files(get_current(self.index_dir), building)
        embedder = Embedder(self.encoder, current, only=changes.changed)
        entries = list(self._entries([*changes.new, *changes.changed], current.manifest.next_key))
        segments = dict(current.segments)
        if entries:
            segments[f"segment-{self.stamp}"] = segment = embedder.make_segment(entries)
            segment.write(building / f"segment-{self.stamp}")
        gone = [int(current.keys[current.get_row(case)]) for case in changes.outdated]
        removed = np.array(sorted({*current.removed.tolist(), *gone}), np.int64)
        write_entries(building / KEYWORDS, [entry.keywords for entry in entries], changes.outdated)
        segments, removed = compact(segments, removed, building, self.stamp)
        next_key = current.manifest.next_key + len(entries)
        return self._finish(building, segments, removed, next_key, embedder.embedded, current.manifest.files)

    def _build_all(self, building: Path, current: Snapshot | None) -> Built:
        """Build every case in parts; parts that an earlier run left are used."""
        building.mkdir(parents=True, exist_ok=True)
        (building / KEYWORDS).mkdir(exist_ok=True)
        embedder = Embedder(self.encoder, current)
        ids = list(self.published)
        parts = [self._make_part(building, ids[first : first + PART], first, embedder)
                 for first in range(0, len(ids), PART)] or [embedder.make_segment([])]
        if not ids:
            write_entries(building / KEYWORDS, [])
        name = f"segment-{self.stamp}"
        whole = parts[0] if len(parts) == 1 else merge_segments(parts, [np.ones(len(p), np.bool_) for p in parts])
        shutil.rmtree(building / name, ignore_errors=True)
        whole.write(building / name)
        shutil.rmtree(building / "parts", ignore_errors=True)
        concepts = read_thesaurus(self.settings.content_dir).values()
        ThesaurusWords.from_concepts(concepts).write(building)
        read_known_words(self._reference, [concept.words for concept in concepts]).write(building)
        return self._finish(building, {name: whole}, np.zeros(0, np.int64), len(ids), embedder.embedded, {})

    def _make_part(self, building: Path, ids: list[str], first: int, embedder: Embedder) -> Segment:
        folder, done = building / "parts" / f"{first}", building / "parts" / f"{first}.done"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            entries = list(self._entries(ids, first))
            embedder.make_segment(entries).write(folder)
            # A run that was stopped may have added these words already.
            write_entries(building / KEYWORDS, [entry.keywords for entry in entries], removed=ids)
            done.touch()
        self.progress(first + len(ids))
        return Segment.read(folder)

    def _entries(self, ids: Sequence[str], first_key: int) -> Iterator[Entry]:
        for key, document in enumerate(self.source.read_documents(ids), start=first_key):
            # Of the text that was read: it may have been edited since the hashes were listed.
            yield make_entry(document, hash_text(document.text), key, self._reference)

    def _finish(
        self, building: Path, segments: dict[str, Segment], removed: np.ndarray, next_key: int, embedded: int,
        known: dict[str, str],
    ) -> Built:
        write_array(building, REMOVED, removed)
        manifest = _describe(self.encoder, self.content_hash, self.rules_hash, segments, next_key, removed)
        manifest = put_in_use(self.index_dir, building, f"{self.stamp}-{self.content_hash[:8]}", manifest, known)
        remove_leftovers(self.index_dir)
        return Built(manifest, embedded)

    def _open_current(self, *, verify: bool) -> Snapshot | None:
        try:
            if verify:
                verify_files(self.index_dir)
            return open_snapshot(get_current(self.index_dir), words=NO_WORDS)
        except (IndexMissing, IndexDamaged):
            return None

    @cached_property
    def _reference(self) -> Reference:
        return self._given or read_reference(self.settings)

    def _has_same_rules(self, manifest: Manifest) -> bool:
        return (manifest.model_hash, manifest.rules_hash) == (self.encoder.fingerprint, self.rules_hash)


def _describe(
    encoder: Encoder, content_hash: str, rules_hash: str, segments: dict[str, Segment], next_key: int,
    removed: Sequence[int] | np.ndarray = (),
) -> Manifest:
    alive = {name: ~np.isin(segment.keys, np.asarray(removed)) for name, segment in segments.items()}
    return Manifest(
        format=FORMAT, model=encoder.name, model_hash=encoder.fingerprint, rules_hash=rules_hash,
        dimension=next(iter(segments.values())).vectors.dimension,
        cases=sum(int(mask.sum()) for mask in alive.values()),
        passages=sum(int(np.diff(segments[name].first)[mask].sum()) for name, mask in alive.items()),
        segments=tuple(segments), next_key=next_key, content_hash=content_hash, built_at=datetime.now(UTC),
        versions=list_versions(), files={},
    )


def _short(fingerprint: str) -> str:
    return "".join(char for char in fingerprint if char.isalnum())[:16]
