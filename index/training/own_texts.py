"""Read what the project has written itself: query → passage pairs for training, and the case documents."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.passages import cut_passages
from index.training.errors import PairsUnreadable
from kb.parsing import parse_document

PAIRS = Path(__file__).parent / "pairs"
"""The pairs that come with the recipe: ``*.jsonl``, one passage a line with a query in each language."""


class WrittenPair(NamedTuple):
    """A query that somebody may type, and a passage that answers it."""

    passage_language: str
    query: str
    passage: str


def list_written(folder: Path) -> list[Path]:
    """Return the pair files of a folder, in a fixed order."""
    return sorted(folder.glob("*.jsonl"))


def read_written_pairs(folder: Path) -> Iterator[WrittenPair]:
    """Yield every query with its passage; raises PairsUnreadable at the first line that cannot be read."""
    for path in list_written(folder):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                item = json.loads(line)
                for query in item["queries"].values():
                    yield WrittenPair(item["passage_language"], query, item["passage"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise PairsUnreadable(path, number) from error


def list_cases(content: Path) -> list[Path]:
    """Return the case documents of a content folder, in a fixed order."""
    return sorted((content / "cases").glob("*.md"))


def read_case_pairs(content: Path) -> Iterator[tuple[str, str]]:
    """Yield the title, and the summary, with each passage of the same case."""
    for path in list_cases(content):
        document = parse_document(path.read_text(encoding="utf-8"), str(path)).document
        for passage in cut_passages(document):
            text = " ".join(passage.text.split())
            yield document.front.title, text
            if passage.section != "summary":
                yield document.front.summary, text
