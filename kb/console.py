"""What the command line says: problems, hits, progress, and failures that were not foreseen."""

import json
import logging
import sys
from contextlib import nullcontext
from typing import Any

import typer

from kb.problems import Problem, Severity, render_problem
from kb.settings import Settings


def print_problems(problems: list[Problem]) -> None:
    """Print each problem on a line."""
    for problem in problems:
        typer.echo(render_problem(problem))


def count_problems(problems: list[Problem]) -> str:
    """Give the number of problems of each severity in words."""
    counts = [(sum(p.severity == severity for p in problems), severity) for severity in Severity]
    return ", ".join(f"{n} {severity}{'' if n == 1 else 's'}" for n, severity in counts)


def print_hits(result: dict[str, Any], as_json: bool) -> None:
    """Print a search result, as one JSON object or for a person."""
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    for hit in result["hits"]:
        passage = " ".join(hit["passage"].split())
        typer.echo(f"{hit['score']:.3f}  {hit['title']}  [{hit['case']}]\n       {passage[:160]}")
    if not result["hits"]:
        typer.echo("No good match.")


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
