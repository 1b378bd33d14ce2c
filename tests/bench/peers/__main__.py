"""One step of one system in a process of its own: ``prepare``, ``build`` or ``query``; prints JSON as its last line."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.corpus import ANSWERS, Asked, Corpus
from tests.bench.peers import SYSTEMS, Peer, make_peer

WARM_UP = 10
ROUNDS = 3
"""Times that every query is asked."""


def build(peer: Peer, corpus: Corpus, store: Path) -> dict[str, Any]:
    """Build, and tell how long it took and how much memory and disk."""
    started = time.perf_counter()
    peer.build(corpus, store)
    seconds = time.perf_counter() - started
    return {
        "build_s": round(seconds, 2),
        "build_peak_mb": read_peak_mb(),
        "disk_mb": measure_disk_mb(peer.measure_disk(store)),
        "versions": {package: version(package) for package in peer.packages},
    }


def query(peer: Peer, corpus: Corpus, store: Path, born: float) -> dict[str, Any]:
    """Open, ask every query, and tell how long each took and how exact the vector leg is.

    `born` is when the process was started, in seconds since 1970: the first answer is counted from there.
    """
    queries = corpus.list_queries()
    peer.open(store)
    ask(peer, queries[0])
    measured: dict[str, Any] = {"cold_s": round(time.time() - born, 2)}
    for asked in queries[:WARM_UP]:
        ask(peer, asked)
    kinds = {"plain": [q for q in queries if not q.tags], "filtered": [q for q in queries if q.tags]}
    for name, chosen in kinds.items():
        used = time.process_time()
        times, empty = _time(peer, chosen)
        # What others do on the machine meanwhile shows in the waiting, hardly in this.
        cpu = round((time.process_time() - used) / max(1, len(times)) * 1000, 2)
        measured[name] = {**percentiles(times), "cpu_ms": cpu, "queries": len(chosen), "empty": empty}
    measured["serving_peak_mb"] = read_peak_mb()
    # Last, since it may do work that no reader asks for.
    for name, chosen in kinds.items():
        measured[name]["recall"] = measure_recall(peer, chosen)
    peer.close()
    return measured


def ask(peer: Peer, asked: Asked) -> list[int | str]:
    """Ask one query for ten answers."""
    return peer.search(asked.text, asked.vector, asked.tags, ANSWERS)


def measure_recall(peer: Peer, queries: Iterable[Asked]) -> float | None:
    """Give the mean share of the exact nearest passages that the vector leg finds; None without a vector leg.

    Queries whose filters leave nothing are left out.
    """
    shares = []
    for asked in queries:
        found = peer.search_vectors(asked.vector, asked.tags, ANSWERS)
        if found is None:
            return None
        if asked.ids:
            exact = {*asked.ids, *asked.keys}
            shares.append(len(exact & set(found)) / len(asked.ids))
    return round(float(np.mean(shares)), 4) if shares else None


def percentiles(seconds: list[float]) -> dict[str, float]:
    """Give p50, p95 and p99 in milliseconds; empty for no times."""
    if not seconds:
        return {}
    cuts = np.percentile(np.array(seconds) * 1000, (50, 95, 99))
    return {name: round(float(cut), 2) for name, cut in zip(("p50_ms", "p95_ms", "p99_ms"), cuts, strict=True)}


def read_peak_mb(pid: int | str = "self") -> float:
    """Give the most memory that a process held at once, in MB.

    From /proc, since ru_maxrss of a young process can be that of the one that started it.
    """
    status = Path(f"/proc/{pid}/status").read_text()
    return round(int(status.split("VmHWM:")[1].split()[0]) / 1024, 1)


def measure_disk_mb(folder: Path) -> float:
    """Give the size of all files under a folder, in MB."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def _time(peer: Peer, queries: list[Asked]) -> tuple[list[float], int]:
    """Give the seconds of every asking, and how many queries had no answer."""
    times, empty = [], 0
    for turn in range(ROUNDS):
        for asked in queries:
            started = time.perf_counter()
            found = ask(peer, asked)
            times.append(time.perf_counter() - started)
            empty += turn == 0 and not found
    return times, empty


def main() -> None:
    """Do the step that the command line asks for."""
    # Nothing may be fetched or reported while we measure.
    os.environ |= {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "LANCEDB_LOG": "error"}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("prepare", "build", "query"))
    parser.add_argument("name", choices=sorted(SYSTEMS))
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--born", type=float, default=time.time())
    asked = parser.parse_args()
    asked.store.mkdir(parents=True, exist_ok=True)
    peer, corpus = make_peer(asked.name), Corpus(asked.corpus)
    measured: dict[str, Any] = {}
    if asked.step == "prepare":
        peer.prepare(corpus, asked.store)
    elif asked.step == "build":
        measured = build(peer, corpus, asked.store)
    else:
        measured = query(peer, corpus, asked.store, asked.born)
    sys.stdout.write(f"\n{json.dumps({'system': asked.name, 'legs': peer.legs, **measured})}\n")


if __name__ == "__main__":
    main()
