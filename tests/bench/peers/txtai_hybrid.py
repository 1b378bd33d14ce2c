"""txtai: Faiss and its own BM25, fused, over content in SQLite.

From its documentation: ``hybrid: true`` is BM25 and vectors half and half; Faiss is "IDMap,Flat" up to 5,000 vectors
and "IVFx,Flat" beyond, x = min(4·√n, n/39), searched with nprobe = x/16; conditions are SQL on stored content, with
ten times the limit as candidates of ``similar()`` when there is any. These are the defaults and are left so. Vectors
of one's own come in by ``method: external`` with a ``transform`` function.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from txtai import Embeddings

from tests.bench.corpus import Corpus
from tests.bench.peers import Peer


class TxtaiHybrid(Peer):
    """Hybrid; conditions are applied to the candidates, after the search."""

    legs = "hybrid"
    packages = ("txtai", "faiss-cpu")

    def build(self, corpus: Corpus, folder: Path) -> None:
        vectors: list[np.ndarray] = []

        def documents() -> Iterator[tuple[int, str, str]]:
            for batch in corpus.batches():
                vectors.extend(batch.vectors)
                for number, (text, tags) in enumerate(zip(batch.texts, batch.tags, strict=True), start=batch.first):
                    yield number, text, f"|{'|'.join(tags)}|"

        def transform(texts: Sequence[str]) -> np.ndarray:
            # Texts come in the order of the documents, a batch at a time.
            taken = np.stack(vectors[: len(texts)])
            del vectors[: len(texts)]
            return taken

        embeddings = Embeddings({"method": "external", "transform": transform, "content": True, "hybrid": True})
        embeddings.index(documents())
        # A function cannot be saved; it is given anew when the index is opened.
        embeddings.config.pop("transform")
        embeddings.save(str(folder / "index"))
        embeddings.close()

    def open(self, folder: Path) -> None:
        self._vector = np.zeros(0)

        def transform(texts: Sequence[str]) -> np.ndarray:
            return self._vector[None, :].repeat(len(texts), axis=0)

        self._embeddings = Embeddings()
        self._embeddings.load(str(folder / "index"), config={"transform": transform})

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        return self._ask(text, vector, tags, limit, None)

    def search_vectors(self, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        # All the weight on the vectors; the words are searched too, but count for nothing.
        return self._ask("x", vector, tags, limit, 1.0)

    def _ask(
        self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int, weight: float | None
    ) -> list[int | str]:
        self._vector = vector
        conditions = "".join(f" and tags like :tag{n}" for n in range(len(tags)))
        values: dict[str, Any] = {"query": text, **{f"tag{n}": f"%|{tag}|%" for n, tag in enumerate(tags)}}
        sql = f"select id, score from txtai where similar(:query){conditions}"  # noqa: S608
        rows = self._embeddings.search(sql, limit, weights=weight, parameters=values)
        return [int(row["id"]) for row in rows]

    def close(self) -> None:
        self._embeddings.close()
