"""Making a corpus: cut, tag and embed a made collection, and find the exact answers to its queries.

``python -m tests.bench.make_corpus --cases 1000 --folder FOLDER`` does it as a process of its own, so that what it
needs does not count as anybody's memory.
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Encoder
from index.encoder_folder import open_encoder
from index.facets import FacetTable, list_values
from index.passages import cut_passages
from kb.document import CaseDocument
from kb.reference import read_reference
from kb.settings import Settings
from tests.bench.collections import make_collection
from tests.bench.corpus import ANSWERS, Corpus
from tests.bench.queries import BenchQuery, make_queries

BATCH = 2_048
BLOCK = 100_000
"""Vectors that are compared with all queries at once."""


class _Writer:
    """Writes passages and their vectors, and remembers which case each is of."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.reference = read_reference(Settings())
        self.rows: list[dict[str, tuple[str, ...]]] = []
        self.cases: list[int] = []
        self.keys: list[str] = []
        self.embedding = 0.0
        self._folder, self._encoder = folder, encoder

    def write(self, documents: Iterator[CaseDocument]) -> None:
        waiting: list[str] = []
        with (
            (self._folder / "passages.jsonl").open("w", encoding="utf-8") as lines,
            (self._folder / "vectors.f32").open("wb") as vectors,
        ):
            for document in documents:
                values = list_values(document.front, self.reference)
                tags = [f"{facet}:{value}" for facet, listed in values.items() for value in listed]
                for passage in cut_passages(document):
                    lines.write(json.dumps({"text": passage.embedded, "tags": tags}, ensure_ascii=False) + "\n")
                    waiting.append(passage.embedded)
                    self.cases.append(len(self.rows))
                    self.keys.append(f"{document.front.id}:{passage.start}")
                self.rows.append(values)
                if len(waiting) >= BATCH:
                    self._embed(waiting, vectors)
            self._embed(waiting, vectors)

    def _embed(self, texts: list[str], file: Any) -> None:
        if texts:
            started = time.perf_counter()
            file.write(self._encoder.encode_documents(texts).tobytes())
            self.embedding += time.perf_counter() - started
            texts.clear()


def make_corpus(folder: Path, cases: int, queries: int, seed: int) -> Corpus:
    """Write a corpus to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder = open_encoder()
    started = time.perf_counter()
    writer = _Writer(folder, encoder)
    writer.write(make_collection(cases, seed))
    asked = make_queries(queries, seed)
    vectors = np.vstack([encoder.encode_query(query.text) for query in asked])
    facts = {
        "cases": cases,
        "seed": seed,
        "passages": len(writer.keys),
        "dimension": vectors.shape[1],
        "embedding_s": round(writer.embedding, 2),
        "making_s": round(time.perf_counter() - started, 2),
    }
    (folder / "facts.json").write_text(json.dumps(facts))
    np.save(folder / "query-vectors.npy", vectors)
    nearest = _find_nearest(Corpus(folder), vectors, _masks(writer, asked))
    rows = [
        {
            "text": query.text,
            "tags": [f"{facet}:{value}" for facet, value in query.filters],
            "ids": ids,
            "keys": [writer.keys[n] for n in ids],
        }
        for query, ids in zip(asked, nearest, strict=True)
    ]
    (folder / "queries.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return Corpus(folder)


def _masks(writer: _Writer, queries: list[BenchQuery]) -> list[np.ndarray | None]:
    """Give which passages each query may find; None for all."""
    table, case_of = FacetTable.from_rows(writer.rows), np.array(writer.cases)
    return [table.find_mask(query.filters)[case_of] if query.filters else None for query in queries]


def _find_nearest(corpus: Corpus, queries: np.ndarray, masks: list[np.ndarray | None]) -> list[list[int]]:
    """Compare every query with every vector that it may find."""
    best: list[list[tuple[float, int]]] = [[] for _ in masks]
    for batch in corpus.batches(BLOCK):
        scores = queries @ batch.vectors.T
        for row, mask, found in zip(scores, masks, best, strict=True):
            if mask is not None:
                row[~mask[batch.first : batch.first + len(row)]] = -np.inf
            top = np.argpartition(-row, min(ANSWERS, len(row) - 1))[:ANSWERS]
            found += [(-float(row[n]), batch.first + int(n)) for n in top if row[n] > -np.inf]
    return [[number for _, number in sorted(found)[:ANSWERS]] for found in best]


def main() -> None:
    """Make the corpus that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    print(json.dumps(make_corpus(asked.folder, asked.cases, asked.queries, asked.seed).facts))  # noqa: T201


if __name__ == "__main__":
    main()
