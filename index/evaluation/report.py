"""One run of the yardstick: every system on every query, as one table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from index.evaluation.figures import FIGURES, bootstrap_interval, recall
from index.evaluation.golden import NO_ANSWER, RELEVANT, GoldenQuery
from index.evaluation.stem_sharing import StemSharing
from index.evaluation.systems import System
from kb.document import CaseDocument
from kb.errors import KnowledgeBaseError
from kb.parsing import parse_document

START, END = "<!-- evaluation: written by kb evaluate -->", "<!-- /evaluation -->"


class Figure(BaseModel):
    """A mean over queries."""

    mean: float
    low: float
    """Lower end of the 95 % interval."""
    high: float
    queries: int


class SystemReport(BaseModel):
    """How one system did."""

    name: str
    overall: dict[str, Figure]
    """Name of the figure → over all queries that have an answer."""
    languages: dict[str, Figure]
    """nDCG@10 by language, over the needs that are put in all five."""
    kinds: dict[str, Figure]
    """nDCG@10 by kind of query."""
    answered_nothing: Figure
    """Share of the queries without an answer for which nothing was ranked."""
    no_shared_stem: Figure
    """Recall@10 when only those relevant cases count that have no content stem of the query."""


class Report(BaseModel):
    """One run."""

    model: str
    cases: int
    systems: list[SystemReport]


class NoPlaceForTable(KnowledgeBaseError, ValueError):
    """The file that a table is to be put into has no marks for it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} has no place for the table: {START} … {END}")


@dataclass(frozen=True, slots=True)
class _Run:
    query: GoldenQuery
    ranking: list[str]


def read_documents(content: Path) -> list[CaseDocument]:
    """Read the case documents of a content folder, in order of id."""
    paths = sorted((content / "cases").glob("*.md"))
    return [parse_document(path.read_bytes().decode("utf-8"), str(path)).document for path in paths]


def evaluate(
    systems: Sequence[System], queries: Sequence[GoldenQuery], documents: Sequence[CaseDocument], *, model: str
) -> Report:
    """Rank every query with every system and compare with the judgements."""
    stems = StemSharing(documents)
    reports = [_evaluate(system, queries, stems) for system in systems]
    return Report(model=model, cases=len(documents), systems=reports)


def render_table(report: Report) -> str:
    """Give a report as Markdown tables."""
    names = list(FIGURES)
    lines = [f"{report.cases} cases, model {report.model}. Means over queries, with bootstrap 95 % intervals.", ""]
    lines += _table(["system", *names, "no answer recognised"], [
        [s.name, *(_cell(s.overall[name]) for name in names), f"{s.answered_nothing.mean:.0%}"] for s in report.systems
    ])
    for title, key in (("nDCG@10 by language, the same needs", "languages"), ("nDCG@10 by kind of query", "kinds")):
        columns = list(getattr(report.systems[0], key))
        head = [f"{column} ({getattr(report.systems[0], key)[column].queries})" for column in columns]
        rows = [[s.name, *(_cell(getattr(s, key)[column]) for column in columns)] for s in report.systems]
        lines += ["", f"{title} (number of queries):", "", *_table(["system", *head], rows)]
    return "\n".join([*lines, *_table_of_unshared(report)])


def _table_of_unshared(report: Report) -> list[str]:
    """Compare on what no keyword can find; the last column is how many times the better BM25."""
    best = max((s.no_shared_stem.mean for s in report.systems if s.name.startswith("BM25")), default=0.0)
    rows = [[s.name, _cell(s.no_shared_stem), f"{s.no_shared_stem.mean / best:.1f}" if best else "–"]
            for s in report.systems]
    count = report.systems[0].no_shared_stem.queries if report.systems else 0
    title = "recall@10 of relevant cases that have no content stem of the query"
    return ["", f"{title} ({count} queries):", "", *_table(["system", "recall@10", "times the better BM25"], rows)]


def write_table(table: str, path: Path) -> None:
    """Put a table between the marks in a Markdown file; raises NoPlaceForTable."""
    text = path.read_text(encoding="utf-8")
    if START not in text or END not in text:
        raise NoPlaceForTable(path)
    pattern = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)
    path.write_text(pattern.sub(lambda _: f"{START}\n{table}\n{END}", text), encoding="utf-8")


def list_pool(systems: Sequence[System], query: GoldenQuery, depth: int = 10) -> list[str]:
    """List the cases that any system ranks among the first for a query, in order of id: blind to who found them."""
    return sorted({case for system in systems for case in system.rank(query.text)[:depth]})


def _evaluate(system: System, queries: Sequence[GoldenQuery], stems: StemSharing) -> SystemReport:
    runs = [_Run(query, system.rank(query.text)) for query in queries]
    answered = [run for run in runs if run.query.has_answer]
    needs = [run for run in answered if run.query.kind == "need"]
    empty = [float(not run.ranking) for run in runs if run.query.kind == NO_ANSWER]
    return SystemReport(
        name=system.name,
        overall={name: _figure([of(r.ranking, r.query.grades) for r in answered]) for name, of in FIGURES.items()},
        languages={language: _ndcg([r for r in needs if r.query.language == language])
                   for language in dict.fromkeys(run.query.language for run in needs)},
        kinds={kind: _ndcg([r for r in answered if r.query.kind == kind])
               for kind in dict.fromkeys(run.query.kind for run in answered)},
        answered_nothing=_figure(empty),
        no_shared_stem=_figure(list(_recall_unshared(answered, stems))),
    )


def _recall_unshared(runs: Sequence[_Run], stems: StemSharing) -> Iterator[float]:
    for run in runs:
        far = {case: grade for case, grade in run.query.grades.items() if not stems.share(run.query.text, case)}
        if any(grade >= RELEVANT for grade in far.values()):
            yield recall(run.ranking, far)


def _ndcg(runs: Sequence[_Run]) -> Figure:
    return _figure([FIGURES["nDCG@10"](run.ranking, run.query.grades) for run in runs])


def _figure(values: Sequence[float]) -> Figure:
    low, high = bootstrap_interval(values)
    return Figure(mean=float(np.mean(values)) if values else 0.0, low=low, high=high, queries=len(values))


def _cell(figure: Figure) -> str:
    return f"{figure.mean:.3f} ({figure.low:.3f}–{figure.high:.3f})"


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
