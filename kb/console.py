"""What the command line says: problems, hits, progress, and failures that were not foreseen."""

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import typer

from kb.problems import Problem, Severity, render_problem
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.vocabulary import Vocabularies


def print_problems(problems: list[Problem]) -> None:
    """Print each problem on a line."""
    for problem in problems:
        typer.echo(render_problem(problem))


def count_problems(problems: list[Problem]) -> str:
    """Give the number of problems of each severity in words."""
    counts = [(sum(p.severity == severity for p in problems), severity) for severity in Severity]
    return ", ".join(f"{n} {severity}{'' if n == 1 else 's'}" for n, severity in counts)


def print_json(content: dict[str, Any]) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps(content, ensure_ascii=False))


def print_hits(hits: Sequence[Mapping[str, Any]]) -> None:
    """Print hits for a person: title, how near and why, and the passage with its matching words bold on a terminal.

    Each is a Hit as a mapping, with the passage as `pieces`, (text, why it matches or empty).
    """
    for hit in hits:
        shared = [value for values in hit.get("shared", {}).values() for value in values]
        said = [hit["nearness"].replace("-", " "), " and ".join(hit["legs"]), ", ".join(shared[:8])]
        words = "".join(typer.style(piece, bold=True) if why else piece for piece, why in hit["pieces"])
        typer.echo(f"{typer.style(hit['title'], bold=True)}  [{hit['case']}]")
        typer.echo("\n".join(f"    {line}" for line in ("; ".join(filter(None, said)), words) if line))


def print_gaps(gaps: Sequence[Mapping[str, Any]]) -> None:
    """Print how often each query went unanswered, and the month it last did."""
    for gap in gaps:
        typer.echo(f"{gap['count']:>5}  {gap['last_month']}  {gap['query'] or '(words not kept)'}")
    if not gaps:
        typer.echo("No query has gone unanswered.")


def print_plan_match(match: Mapping[str, Any], vocabularies: "Vocabularies") -> None:
    """Print the comparable cases for each section of a plan, and what they had that it does not speak of."""
    for one in match["sections"]:
        section = one["section"]
        typer.echo(typer.style(section["heading"] or section["kind"], bold=True))
        for hit in one["hits"]:
            typer.echo(f"    {hit['title']}  [{hit['case']}]")
        if not one["hits"]:
            typer.echo("    No good match.")
    for key, said in (("measures", "did"), ("factors", "were helped by"), ("missed", "missed")):
        if match[key]:
            typer.echo(typer.style(f"What comparable cases {said}, and the plan does not mention", bold=True))
        for lacking in match[key]:
            label = vocabularies.label(lacking["vocabulary"], lacking["term"], "nb")
            typer.echo(f"    {label}  ({', '.join(lacking['cases'])})")
    lacks = [aspect["code"].replace("-", " ") for aspect in match["aspects"] if not aspect["found"]]
    if lacks:
        typer.echo(f"{typer.style('Not found in the plan', bold=True)}: {', '.join(lacks)}")


def progress_bar(what: str, total: int | None, *, shown: bool = True) -> Any:
    """Give a context in which progress is shown on a terminal, and not elsewhere."""
    if not shown or not sys.stderr.isatty():
        return nullcontext(lambda done: None)
    from kb.progress import show_progress

    return show_progress(what, total)


def log_unforeseen(error: Exception) -> str:
    """Write the stack trace to a file in the data folder and tell where; the error itself when that fails."""
    log = Settings().data_dir / "error.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(filename=log, format="%(asctime)s %(message)s")
    except OSError:
        return f"{type(error).__name__}: {error}"
    logging.error("kb %s", " ".join(sys.argv[1:]), exc_info=error)
    return f"the details are in {log}"
