"""Start the rows from the text: which tokens keep the same company."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from index.training.settings import Settings

Ids = NDArray[np.int32]
Rows = NDArray[np.float32]
_CHUNK = 4_000_000


def build_word_vectors(
    ids: Ids,
    places: Ids,
    size: int,
    settings: Settings,
    progress: Callable[[float], None] = lambda share: None,
) -> Rows:
    """Return ``(size, settings.dimensions) float32`` rows U·√S of the truncated SVD of the PPMI matrix.

    ``ids`` are the tokens of the whole text in order, ``places`` the line each stands on; neighbours are
    counted within a line. Levy, Goldberg & Dagan (2015), «Improving distributional similarity …».
    A token without neighbours gets a row of zeros.
    """
    counts = count_neighbours(ids, places, size, settings.window, progress)
    matrix = ppmi(counts, settings.smoothing)
    k = min(settings.dimensions, size - 1)
    start = np.random.default_rng(settings.seed).standard_normal(size).astype(np.float32)
    left, strength, _ = svds(matrix, k=k, v0=start, tol=1e-2)
    order = np.argsort(-strength)
    rows = np.zeros((size, settings.dimensions), dtype=np.float32)
    rows[:, :k] = _same_signs(left[:, order]) * np.sqrt(strength[order])
    return rows


def build_random_vectors(size: int, settings: Settings) -> Rows:
    """Return ``(size, settings.dimensions) float32`` random rows."""
    return np.random.default_rng(settings.seed).standard_normal((size, settings.dimensions)).astype(np.float32)


def count_neighbours(
    ids: Ids, places: Ids, size: int, window: int, progress: Callable[[float], None] = lambda share: None
) -> sparse.csr_matrix:
    """Return the symmetric ``(size, size)`` counts of tokens at most ``window`` apart on one line."""
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for begin in range(0, len(ids), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        total = total + _count_chunk(ids[part], places[part], size, window)
        progress(min(1.0, (begin + _CHUNK) / len(ids)))
    return (total + total.T).tocsr()


def _count_chunk(ids: Ids, places: Ids, size: int, window: int) -> sparse.csr_matrix:
    keys = []
    for distance in range(1, window + 1):
        near = places[:-distance] == places[distance:]
        left, right = ids[:-distance][near], ids[distance:][near]
        keys.append(left.astype(np.int64) * size + right)
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    where = (found // size, found % size)
    return sparse.coo_matrix((np.asarray(counts, np.float32), where), shape=(size, size)).tocsr()


def ppmi(counts: sparse.csr_matrix, smoothing: float) -> sparse.csr_matrix:
    """Return max(0, log p(w,c) / (p(w) p(c)^smoothing)) for the pairs seen twice or more."""
    table = counts.tocoo()
    keep = table.data >= 2
    row, column, data = table.row[keep], table.col[keep], table.data[keep].astype(np.float64)
    word = np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1e-12)
    context = word**smoothing
    value = np.log(data * context.sum() / (word[row] * context[column]))
    positive = value > 0
    where = (row[positive], column[positive])
    return sparse.coo_matrix((value[positive].astype(np.float32), where), shape=counts.shape).tocsr()


def _same_signs(vectors: Rows) -> Rows:
    """Turn each column so that its largest entry is positive: the SVD leaves the sign open."""
    largest = np.abs(vectors).argmax(axis=0)
    return np.asarray(vectors * np.sign(vectors[largest, np.arange(vectors.shape[1])]), dtype=np.float32)
