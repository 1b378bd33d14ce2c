"""Processes of their own for `test_kills`: builds that die at a given moment, and a reader that never stops looking.

``build DATA CONTENT`` takes lines from its input, «fingerprint what number»: each is one build in a process that is
killed before its number-th step in the index folder (``step``) or after a number of seconds (``second``); it answers
with the signal that ended it and the steps that were taken. ``read DATA CONTENT`` searches until a file ``stop`` is
there and tells how many snapshots it saw.
"""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import index.build
import index.storage.compaction
from index.build import build_index
from index.searcher import LiveSearcher
from kb.reference import read_reference
from kb.settings import Settings
from tests.index.encoders import WordCountEncoder

TOUCHING = {"open", "os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


def build_and_die(settings: Settings) -> None:
    reference = read_reference(settings)
    for line in sys.stdin:
        fingerprint, what, number = line.split()
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            if what == "second":
                # Nobody handles the alarm: the process ends wherever it is, in tantivy too.
                signal.setitimer(signal.ITIMER_REAL, float(number))
            _die_at(settings.index_dir, int(number) if what == "step" else 0, writing)
            build_index(settings, WordCountEncoder(fingerprint), reference=reference)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.close(writing)
        with os.fdopen(reading, "rb") as steps:
            sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0} {len(steps.read())}\n")
        sys.stdout.flush()


def _die_at(index_dir: Path, last: int, steps: int) -> None:
    taken = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal taken
        if event in TOUCHING and str(arguments[0]).startswith(str(index_dir)):
            taken += 1
            if taken == last:
                os.kill(os.getpid(), signal.SIGKILL)
            os.write(steps, b".")

    sys.addaudithook(hook)


def read_on(settings: Settings) -> None:
    live, seen = LiveSearcher(settings, WordCountEncoder()), set()
    while not (settings.data_dir / "stop").exists():
        snapshot = live.get().snapshot
        # Opening has compared the cases of words and vectors with the manifest; an answer must be of the same ones.
        assert len(snapshot.keywords.list_keys()) == snapshot.case_count == snapshot.manifest.cases
        hits = live.get().search("ordning", limit=1000).hits
        assert len({hit.case for hit in hits}) == len(hits) > 0
        seen.add(snapshot.manifest.built_at)
        time.sleep(0.03)
    sys.stdout.write(f"{len(seen)} {live.get().snapshot.manifest.cases}\n")


if __name__ == "__main__":
    role, data_dir, content_dir, part, most_segments = sys.argv[1:]
    index.build.PART, index.storage.compaction.MOST_SEGMENTS = int(part), int(most_segments)
    roles = {"build": build_and_die, "read": read_on}
    roles[role](Settings(data_dir=Path(data_dir), content_dir=Path(content_dir)))
