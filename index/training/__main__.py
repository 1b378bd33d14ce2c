"""``python -m index.training``: make the bundled sentence encoder."""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from index.training.corpus import Folders
from index.training.errors import TrainingDataError
from index.training.own_texts import PAIRS
from index.training.settings import Settings, change_settings


def main(arguments: list[str] | None = None) -> int:
    """Run the recipe; returns 0, or 1 after one sentence on stderr when the data are wrong."""
    chosen = _parse(arguments)
    content = chosen.content if chosen.content.is_dir() else None
    folders = Folders(chosen.data, chosen.seeds, content, PAIRS)
    console = Console(stderr=True)
    started = time.monotonic()
    try:
        folders.list_files()
        out = _run(folders, chosen, console)
    except TrainingDataError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    console.print(f"{out} is ready after {time.monotonic() - started:.0f} s: {size / 1e6:.1f} MB")
    return 0


def _run(folders: Folders, chosen: argparse.Namespace, console: Console) -> Path:
    from index.training.recipe import Recipe
    from index.training.stages import Stages

    bars = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*bars, console=console) as progress:
        stages = Stages(chosen.work, lambda line: progress.console.print(line, highlight=False))
        settings = change_settings(replace(Settings(), seed=chosen.seed), chosen.set)
        return Recipe(folders, settings, stages, _Bars(progress)).run(chosen.out)


class _Bars:
    """One bar for each stage that tells how far it is."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, share: float) -> None:
        if stage not in self.tasks:
            self.tasks[stage] = self.progress.add_task(stage, total=1.0)
        self.progress.update(self.tasks[stage], completed=share)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m index.training", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, default=Path("../shared/training"), help="folder with text/ and pairs/")
    add("--seeds", type=Path, default=Path("../shared/seeds"), help="folder with reports as *.txt")
    add("--content", type=Path, default=Path("content"), help="vocabularies as *.yaml; may be missing")
    add("--out", type=Path, default=Path("index/model"), help="where the model folder is put")
    add("--work", type=Path, default=Path(".kb/training"), help="where stages are kept")
    add("--seed", type=int, default=Settings().seed, help="start of every random choice")
    add("--set", action="append", default=[], metavar="NAME=JSON", help="a setting to try, such as vocabulary=32000")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
