"""Keep the result of each stage in a folder, named by a hash of all that went into it."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path


class Stages:
    """The work folder; a stage whose inputs and settings are unchanged is not made again."""

    def __init__(self, work: Path, say: Callable[[str], None]) -> None:
        """Use the folder ``work``, which is made if missing; ``say`` gets one line per stage."""
        work.mkdir(parents=True, exist_ok=True)
        self.work = work
        self.say = say

    def make(self, name: str, key: str, suffix: str, build: Callable[[Path], None]) -> Path:
        """Return ``<name>-<key><suffix>``, written by ``build`` unless it is there; half a file never is."""
        path = self.work / f"{name}-{key}{suffix}"
        if path.exists():
            self.say(f"{name}: reused {path.name}")
            return path
        self.say(f"{name}: making {path.name}")
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        _remove(part)
        build(part)
        part.replace(path)
        return path


def hash_files(files: Iterable[Path]) -> str:
    """Return a short hash of the names and bytes of the files."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def hash_of(*parts: object) -> str:
    """Return a short hash of values that JSON can write."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=dict).encode()).hexdigest()[:16]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
