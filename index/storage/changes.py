"""What has changed since a snapshot was built: cases by their hashes, and the rules that entries are made by."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.language.lexicon import FOLDER as CONSTITUENTS
from index.passages import RULES
from index.query_help.known_words import FOLDER as EVERYDAY
from index.storage.snapshot import Snapshot
from kb.settings import Settings

ENTRY_RULES = 1
"""Raise this when words are analysed or weighed, or facet values given, otherwise than before."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of published cases that the snapshot has not, has in another text, or has though they are gone."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    @property
    def outdated(self) -> tuple[str, ...]:
        """Ids whose entries are no longer right."""
        return self.changed + self.gone

    def __str__(self) -> str:
        named = (("not in the index", self.new), ("in it in an older text", self.changed),
                 ("in it though not published", self.gone))
        return "; ".join(f"{len(ids)} {what} ({_name(ids)})" for what, ids in named if ids)


def find_changes(published: Mapping[str, str], snapshot: Snapshot) -> Changes:
    """Compare what is published, id → content hash, with what a snapshot holds."""
    held = snapshot.hashes_by_id
    return Changes(
        new=tuple(case for case in published if case not in held),
        changed=tuple(case for case, found in published.items() if held.get(case, found) != found),
        gone=tuple(case for case in held if case not in published),
    )


def hash_content(published: Iterable[tuple[str, str]]) -> str:
    """Give one hash for a set of published cases, (id, content hash)."""
    lines = sorted(f"{case} {found}\n" for case, found in published)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def hash_rules(settings: Settings) -> str:
    """Give one hash for all that entries depend on besides case and encoder: rules, words, register."""
    digest = hashlib.sha256(f"{RULES} {ENTRY_RULES}".encode())
    for folder in (settings.vocabulary_dir, CONSTITUENTS, EVERYDAY):
        for path in sorted(folder.iterdir()):
            if path.suffix in (".yaml", ".csv", ".txt"):
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _name(ids: tuple[str, ...], most: int = 5) -> str:
    return ", ".join(ids[:most]) + (", …" if len(ids) > most else "")
