"""The one door to faiss: nearest vectors by inner product, which on unit vectors is the cosine.

Few vectors are searched exactly. Many are searched among the cells nearest to the query (an inverted file, Jégou,
Douze & Schmid 2011) in eight bits, and what is found is scored anew with the whole vectors: scores are always exact,
only a far-off vector may be missed.
"""

from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Matrix

Positions = NDArray[np.int64]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

EXACT_MOST = 150_000
"""Vectors up to which all are compared; the measurements behind this and the next are in ARCHITECTURE.md."""
CELLS_PER_ROOT = 2.0
"""Cells of the inverted file, times the square root of the number of vectors."""
PROBES = 96
"""Cells that are looked into; on a million passages that finds 0.96 of the ten nearest."""
FEW = 20_000
"""Vectors that a filter may leave so that just those are compared, one by one."""
_GATHERED = 16
"""Scanning all vectors is this much faster, one by one, than fetching some of them."""
_TRAINED_PER_CELL = 40
_SLACK = 0.01
"""Most that eight bits change a cosine here."""
_RESCORED = 200
"""Vectors found among the cells that are scored anew with all bits; those below keep their score in eight bits."""
_ROWS, _CELLS = "vectors.npy", "cells.faiss"


class Vectors:
    """Unit vectors, each known by its position."""

    def __init__(self, rows: Matrix, cells: faiss.Index | None) -> None:
        self._cells = cells
        self.rows = rows
        """``(n, d)`` float32, perhaps read from disk as they are asked for."""

    @classmethod
    def from_matrix(cls, rows: Matrix) -> "Vectors":
        """Make an index of an ``(n, d)`` float32 array of unit rows."""
        rows = np.ascontiguousarray(rows, dtype=np.float32)
        return cls(rows, _build_cells(rows) if len(rows) > EXACT_MOST else None)

    @classmethod
    def read(cls, folder: Path) -> "Vectors":
        """Read from a folder that `write` filled; raises OSError, ValueError or RuntimeError."""
        cells = folder / _CELLS
        rows = np.asarray(np.load(folder / _ROWS, mmap_mode="r", allow_pickle=False))
        return cls(rows, faiss.read_index(str(cells)) if cells.exists() else None)

    def write(self, folder: Path) -> None:
        """Write to files of the folder."""
        np.save(folder / _ROWS, self.rows)
        if self._cells is not None:
            faiss.write_index(self._cells, str(folder / _CELLS))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_exact(self) -> bool:
        """Tell whether every vector is compared."""
        return self._cells is None

    @cached_property
    def _flat(self) -> faiss.IndexFlatIP:
        """All vectors in memory, taken in at the first search; those are from then on the only copy."""
        flat = _wrap(self.rows)
        self.rows = _view(flat)
        return flat

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        return int(self.rows.shape[1])

    def search_above(self, query: Matrix, floor: float, allowed: Mask | None = None) -> tuple[Positions, Scores]:
        """Give positions and cosines of the vectors with at least ``floor`` to a ``(1, d)`` query, in no order.

        ``allowed``, ``(n,)``, tells which vectors may be found at all; it is asked before, not after.
        """
        if not len(self) or (allowed is not None and not allowed.any()):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if allowed is not None and np.count_nonzero(allowed) <= min(FEW, len(self) // _GATHERED):
            positions = np.flatnonzero(allowed)
            return _keep(positions, self.rows[positions] @ query[0], floor)
        selector = _select(allowed)
        if self._cells is None:
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
            _, scores, positions = self._flat.range_search(query, floor, params=parameters)
            return positions, scores
        return self._search_cells(self._cells, query, floor, selector)

    def _search_cells(
        self, cells: faiss.Index, query: Matrix, floor: float, selector: faiss.IDSelector | None
    ) -> tuple[Positions, Scores]:
        parameters = faiss.SearchParametersIVF(sel=selector, nprobe=PROBES)  # type: ignore[call-arg]
        _, rough, positions = cells.range_search(query, floor - _SLACK, params=parameters)
        if len(positions) > _RESCORED:
            best = np.argpartition(-rough, _RESCORED)[:_RESCORED]
            rough[best] = self.rows[positions[best]] @ query[0]
            return _keep(positions, rough, floor)
        return _keep(positions, self.rows[positions] @ query[0], floor)


def _select(allowed: Mask | None) -> faiss.IDSelector | None:
    """Give faiss the mask as a bitmap; the selector keeps the bits alive."""
    if allowed is None:
        return None
    return faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg,arg-type]


def _wrap(rows: Matrix) -> faiss.IndexFlatIP:
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(np.ascontiguousarray(rows, dtype=np.float32))
    return index


def _view(index: faiss.IndexFlatIP) -> Matrix:
    """Give the vectors of a flat index without a copy."""
    if not index.ntotal:
        return np.zeros((0, index.d), dtype=np.float32)
    rows: Matrix = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(index.ntotal, index.d)
    return rows


def _build_cells(rows: Matrix) -> faiss.Index:
    count = int(CELLS_PER_ROOT * len(rows) ** 0.5)
    quantizer = faiss.IndexFlatIP(rows.shape[1])
    index = faiss.IndexIVFScalarQuantizer(
        quantizer, rows.shape[1], count, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.seed = 7
    step = max(1, len(rows) // (count * _TRAINED_PER_CELL))
    index.train(np.ascontiguousarray(rows[::step]))
    for begin in range(0, len(rows), 100_000):
        index.add(np.ascontiguousarray(rows[begin : begin + 100_000]))
    return index


def _keep(positions: Positions, scores: Scores, floor: float) -> tuple[Positions, Scores]:
    kept = scores >= floor
    return positions[kept], scores[kept]
