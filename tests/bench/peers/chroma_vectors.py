"""Chroma: HNSW with conditions on metadata.

Its documentation says that the defaults of the index (ef_construction 100, ef_search 100, max_neighbors 16) suit most
uses, that records are added in batches of at most ``get_max_batch_size()``, and that a list in the metadata is asked
with ``$contains``. Inner product, as the vectors have unit length. Texts are not stored, which spares it work.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from tests.bench.corpus import Corpus
from tests.bench.peers import Peer

NAME = "passages"


class ChromaVectors(Peer):
    """Vectors with conditions."""

    legs = "vectors"
    packages = ("chromadb",)

    def build(self, corpus: Corpus, folder: Path) -> None:
        client = _open(folder)
        collection = client.create_collection(NAME, configuration={"hnsw": {"space": "ip"}}, embedding_function=None)
        for batch in corpus.batches(min(5_000, client.get_max_batch_size())):
            collection.add(
                ids=[str(batch.first + n) for n in range(len(batch.texts))],
                embeddings=batch.vectors,
                metadatas=[{"tags": tags} for tags in batch.tags],
            )

    def open(self, folder: Path) -> None:
        self._client = _open(folder)
        self._collection = self._client.get_collection(NAME, embedding_function=None)

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        return self.search_vectors(vector, tags, limit)

    def search_vectors(self, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        found = self._collection.query(
            query_embeddings=[vector], n_results=limit, where=_condition(tags), include=["distances"]
        )
        return [int(number) for number in found["ids"][0]]


def _open(folder: Path) -> Any:
    return chromadb.PersistentClient(path=str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))


def _condition(tags: Sequence[str]) -> dict[str, Any] | None:
    wanted = [{"tags": {"$contains": tag}} for tag in tags]
    return {"$and": wanted} if len(wanted) > 1 else wanted[0] if wanted else None
