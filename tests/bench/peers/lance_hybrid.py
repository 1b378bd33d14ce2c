"""LanceDB: vectors and its own full-text index, fused by reciprocal ranks, conditions first.

From its documentation: up to about 100,000 rows no vector index is needed, a scan is fast and exact; beyond that
IVF_PQ, advised where queries have conditions, with as many partitions as it chooses itself, dimension/8 sub-vectors and
a refine factor (10 in its examples) that reads the whole vectors of the best candidates. A list column is asked with
``array_has_all`` over a LABEL_LIST index; the full-text index has stemming for one language. Reciprocal rank fusion is
the default of a hybrid query; conditions are applied before the search.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import FTS, IvfPq, LabelList

from tests.bench.corpus import Corpus
from tests.bench.peers import Peer

NAME = "passages"
SCANNED = 100_000
REFINE_FACTOR = 10


class LanceHybrid(Peer):
    """Hybrid with conditions."""

    legs = "hybrid"
    packages = ("lancedb",)

    def build(self, corpus: Corpus, folder: Path) -> None:
        schema = pa.schema(
            [
                ("number", pa.int64()),
                ("text", pa.string()),
                ("tags", pa.list_(pa.string())),
                ("vector", pa.list_(pa.float32(), corpus.dimension)),
            ]
        )
        table = lancedb.connect(folder / "lance").create_table(NAME, _read_batches(corpus, schema), schema=schema)
        table.create_index("text", config=FTS(language="Norwegian"))
        table.create_index("tags", config=LabelList())
        if corpus.passages > SCANNED:
            settings = IvfPq(distance_type="dot", num_sub_vectors=corpus.dimension // 8)
            table.create_index("vector", config=settings)
        table.optimize()

    def open(self, folder: Path) -> None:
        self._table = lancedb.connect(folder / "lance").open_table(NAME)
        self._is_indexed = self._table.count_rows() > SCANNED

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        return self._run(self._table.search(query_type="hybrid").vector(vector).text(text), tags, limit)

    def search_vectors(self, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        return self._run(self._table.search(vector), tags, limit)

    def _run(self, query: Any, tags: Sequence[str], limit: int) -> list[int | str]:
        query = query.distance_type("dot").select(["number"]).limit(limit)
        if self._is_indexed:
            query = query.refine_factor(REFINE_FACTOR)
        if tags:
            wanted = ", ".join("'" + tag.replace("'", "''") + "'" for tag in tags)
            query = query.where(f"array_has_all(tags, [{wanted}])", prefilter=True)
        return [row["number"] for row in query.to_list()]


def _read_batches(corpus: Corpus, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in corpus.batches():
        flat = pa.FixedSizeListArray.from_arrays(pa.array(batch.vectors.ravel()), corpus.dimension)
        numbers = np.arange(batch.first, batch.first + len(batch.texts))
        yield pa.record_batch([pa.array(numbers), pa.array(batch.texts), pa.array(batch.tags), flat], schema=schema)
