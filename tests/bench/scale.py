"""Everything at one or more sizes: ``python -m tests.bench.scale --cases 1000 10000 --peers txtai lancedb --out FILE``.

Prints tables and asserts nothing. Every step of every system runs in a process of its own, one at a time, on the same
passages, vectors and queries. The peers are run by ``--python``, where they are installed; nothing of ours needs to be
there. What was made is kept in ``--work`` and used again, so that a run can be repeated or go on.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.settings import PROJECT_ROOT
from tests.bench import site
from tests.bench.load import CLIENTS
from tests.bench.peers import SYSTEMS
from tests.bench.tables import Row, render_markdown, render_text

PEERS = tuple(name for name in SYSTEMS if name != "ours")
_PREPARED = "prepared"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured at one size, and where."""

    cases: int
    systems: tuple[str, ...]
    python: str
    """Interpreter that has the peers."""
    work: Path
    queries: int
    seed: int
    requests: int

    @property
    def corpus(self) -> Path:
        """The folder of the corpus."""
        return self.work / f"corpus-{self.cases}-{self.queries}-{self.seed}"

    def store(self, system: str) -> Path:
        """The folder of a system's index."""
        return self.work / f"{system}-{self.cases}-{self.seed}"


def measure(plan: Plan) -> Iterator[tuple[str, list[Row]]]:
    """Measure one size; gives (heading, rows) of each table as soon as it is there."""
    facts = make_corpus(plan)
    yield f"{plan.cases:,} cases: the collection", [facts]
    yield f"{plan.cases:,} cases: in process, one client", [measure_system(plan, name) for name in plan.systems]
    if "ours" in plan.systems:
        store, corpus = plan.store("ours"), plan.corpus
        yield f"{plan.cases:,} cases: over HTTP", site.measure_load(store, corpus, plan.requests)
        yield f"{plan.cases:,} cases: the site", [site.measure_life(store, corpus)]


def make_corpus(plan: Plan) -> dict[str, Any]:
    """Make the corpus, or use the one that is there; gives its facts."""
    facts = plan.corpus / "facts.json"
    if not (plan.corpus / "queries.json").exists():
        run(
            [
                sys.executable,
                "-m",
                "tests.bench.make_corpus",
                "--cases",
                str(plan.cases),
                "--queries",
                str(plan.queries),
                "--seed",
                str(plan.seed),
                "--folder",
                str(plan.corpus),
            ]
        )
    made: dict[str, Any] = json.loads(facts.read_text())
    return made


def measure_system(plan: Plan, name: str) -> Row:
    """Build and query one system; a step that fails is told of in the row."""
    python = sys.executable if name == "ours" else plan.python
    store = plan.store(name)
    row: dict[str, Any] = {"system": name}

    def step(what: str) -> dict[str, Any]:
        return run(
            [
                python,
                "-m",
                "tests.bench.peers",
                what,
                name,
                "--corpus",
                str(plan.corpus),
                "--store",
                str(store),
                "--born",
                str(time.time()),
            ]
        )

    try:
        if not (store / "built.json").exists():
            if not (store / _PREPARED).exists():
                step("prepare")
                (store / _PREPARED).touch()
            (store / "built.json").write_text(json.dumps(step("build")))
        row |= flatten(json.loads((store / "built.json").read_text()) | step("query"))
    except subprocess.CalledProcessError as error:
        row["failed"] = error.stderr.strip().splitlines()[-1] if error.stderr.strip() else f"exit {error.returncode}"
    return row


def flatten(measured: dict[str, Any]) -> Row:
    """Give the columns of the table, in its order, from what the two steps of a system printed."""
    plain, filtered = measured["plain"], measured["filtered"]
    return {
        "legs": measured["legs"],
        "build s": measured["build_s"],
        "build MB": measured["build_peak_mb"],
        "disk MB": measured["disk_mb"],
        "first answer s": measured["cold_s"],
        "serving MB": measured["serving_peak_mb"],
        "p50 ms": plain.get("p50_ms"),
        "p95 ms": plain.get("p95_ms"),
        "p99 ms": plain.get("p99_ms"),
        "CPU ms": plain["cpu_ms"],
        "recall@10": plain["recall"],
        "filtered p50": filtered.get("p50_ms"),
        "filtered p95": filtered.get("p95_ms"),
        "filtered p99": filtered.get("p99_ms"),
        "filtered CPU": filtered["cpu_ms"],
        "filtered recall@10": filtered["recall"],
        "no answer": plain["empty"] + filtered["empty"],
        "versions": " ".join(f"{name} {version}" for name, version in measured["versions"].items()),
    }


def run(command: list[str]) -> dict[str, Any]:
    """Run a step and give the JSON of its last line; raises CalledProcessError with what it wrote."""
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=PROJECT_ROOT)
    last: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return last


def describe_machine() -> str:
    """Name what it was measured on."""
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    chip = models[0].partition(":")[2].strip() if models else platform.machine()
    return (
        f"{len(os.sched_getaffinity(0))} cores of {chip}, {memory:.0f} GB, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}; load before the run {os.getloadavg()[0]:.1f}"
    )


NOTES = """Recall@10 is that of the vector leg alone against exact search over the same vectors, filters included; a
keyword system has none. Ours answers with cases, with counts of all facets and the reasons of each hit; the others with
ten passages. «First answer» counts from the start of the process; «MB» is the most that the process held at once; «CPU»
is processor time for one query, mean, all threads together."""


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000])
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--without-ours", action="store_true")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--work", type=Path, default=Path(".kb/bench"), help="folder for what is made; kept")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--requests", type=int, default=600, help=f"over HTTP, for each of {CLIENTS}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="Markdown file to write as well")
    asked = parser.parse_args()
    systems = (*(() if asked.without_ours else ("ours",)), *asked.peers)
    written = [describe_machine(), NOTES]
    print(f"{written[0]}\n\n{NOTES}")  # noqa: T201
    for cases in asked.cases:
        plan = Plan(cases, systems, asked.python, asked.work.resolve(), asked.queries, asked.seed, asked.requests)
        for heading, rows in measure(plan):
            print(f"\n{heading}\n\n{render_text(rows)}", flush=True)  # noqa: T201
            written.append(f"### {heading}\n\n{render_markdown(rows)}")
            if asked.out:
                asked.out.write_text("\n\n".join(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
