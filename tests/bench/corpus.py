"""Passages, vectors and queries in files, so that every system is measured on the very same ones.

Only numpy is needed to read them: other systems run where nothing of ours is installed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

ANSWERS = 10
"""Nearest passages that are kept for each query, to compare with."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages that follow one another; `first` is the number of the first."""

    first: int
    texts: list[str]
    tags: list[list[str]]
    """``facet:value`` of the passage's case."""
    vectors: np.ndarray
    """``(n, d)`` float32, rows unit length."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its vector, and the exact answer of a search by vector alone."""

    text: str
    tags: tuple[str, ...]
    """All must hold."""
    vector: np.ndarray
    ids: tuple[int, ...]
    """Numbers of the nearest passages, best first; fewer than `ANSWERS` when the filters leave fewer."""
    keys: tuple[str, ...]
    """The same as ``case:start``."""


class Corpus:
    """A folder that `tests.bench.make_corpus` filled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.facts: dict[str, Any] = json.loads((folder / "facts.json").read_text())
        self.passages: int = self.facts["passages"]
        self.dimension: int = self.facts["dimension"]

    def batches(self, size: int = 5_000) -> Iterator[Batch]:
        """Read the passages in order; only one batch is in memory at a time."""
        first = 0
        with (self.folder / "passages.jsonl").open(encoding="utf-8") as lines, self.vectors_file.open("rb") as file:
            while rows := [json.loads(line) for line in islice(lines, size)]:
                vectors = np.fromfile(file, dtype=np.float32, count=len(rows) * self.dimension)
                yield Batch(
                    first,
                    [row["text"] for row in rows],
                    [row["tags"] for row in rows],
                    vectors.reshape(len(rows), self.dimension),
                )
                first += len(rows)

    @property
    def vectors_file(self) -> Path:
        """Float32, row after row, without a header."""
        return self.folder / "vectors.f32"

    def list_queries(self) -> list[Asked]:
        """List the queries in the order they are to be asked."""
        rows = json.loads((self.folder / "queries.json").read_text(encoding="utf-8"))
        vectors = np.load(self.folder / "query-vectors.npy")
        return [
            Asked(row["text"], tuple(row["tags"]), vector, tuple(row["ids"]), tuple(row["keys"]))
            for row, vector in zip(rows, vectors, strict=True)
        ]


class TagTable:
    """Which passages have which tag, for systems that take a list or a mask instead of a condition."""

    FILE = "tags.npz"

    def __init__(self, passages: int, ids: dict[str, np.ndarray]) -> None:
        self.passages, self._ids = passages, ids

    @classmethod
    def build(cls, corpus: Corpus) -> "TagTable":
        """Make the table of a corpus."""
        ids: dict[str, list[int]] = {}
        for batch in corpus.batches():
            for number, tags in enumerate(batch.tags, start=batch.first):
                for tag in tags:
                    ids.setdefault(tag, []).append(number)
        return cls(corpus.passages, {tag: np.array(numbers, dtype=np.int32) for tag, numbers in ids.items()})

    @classmethod
    def read(cls, folder: Path) -> "TagTable":
        """Read what `write` wrote."""
        with np.load(folder / cls.FILE) as file:
            names = file["names"].tolist()
            parts = np.split(file["ids"], file["ends"][:-1])
            return cls(int(file["passages"]), dict(zip(names, parts, strict=True)))

    def write(self, folder: Path) -> None:
        """Write the table to a file of the folder."""
        parts = list(self._ids.values())
        np.savez(
            folder / self.FILE,
            names=np.array(list(self._ids)),
            ids=np.concatenate(parts),
            ends=np.cumsum([len(part) for part in parts]),
            passages=self.passages,
        )

    def find_mask(self, tags: Sequence[str]) -> np.ndarray:
        """Give a mask of the passages that have all the tags."""
        counts = np.zeros(self.passages, dtype=np.int8)
        for tag in tags:
            counts[self._ids.get(tag, np.zeros(0, dtype=np.int32))] += 1
        return counts == len(tags)
