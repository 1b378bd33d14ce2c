"""The one door to faiss: nearest vectors by inner product, which on unit vectors is the cosine."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np

from index.encoder import Matrix


class Vectors:
    """An exact index over unit vectors; a vector's id is its position."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def from_matrix(cls, vectors: Matrix) -> "Vectors":
        """Make an index of an ``(n, d)`` float32 array."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> "Vectors":
        """Read an index from a file; raises RuntimeError when faiss cannot."""
        return cls(faiss.read_index(str(path)))

    def write(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        return int(self._index.d)

    def get_matrix(self) -> Matrix:
        """Give all vectors, ``(n, d)`` float32, in order of id."""
        return np.asarray(self._index.reconstruct_n(0, len(self)), dtype=np.float32)

    def search(self, query: Matrix, limit: int) -> Sequence[tuple[int, float]]:
        """List (id, score) of the vectors nearest to a ``(1, d)`` query; fewer than `limit` when there are fewer.

        Best first, and of equal ones the lower id first, so that the same query always has the same answer.
        """
        if not len(self):
            return []
        scores, ids = self._index.search(query, min(limit, len(self)))
        # faiss pads with id -1 when it finds fewer than asked for.
        found = [(int(i), float(score)) for i, score in zip(ids[0], scores[0], strict=True) if i >= 0]
        return sorted(found, key=lambda item: (-item[1], item[0]))
