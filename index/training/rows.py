"""Finish the rows: weigh by rarity, take out what all texts share, store in eight bits."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


def weigh_by_rarity(rows: Rows, counts: NDArray[np.int64], rarity: float) -> Rows:
    """Return unit rows times a / (a + p), p the share of the token in the text (Arora, Liang & Ma 2017)."""
    share = counts / max(1, counts.sum())
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    weight = (rarity / (rarity + share))[:, None]
    return np.asarray(rows / np.maximum(length, 1e-9) * weight, dtype=np.float32)


def common_directions(texts: Rows, count: int) -> Rows:
    """Return ``(count, d)``, the strongest directions of ``texts``, ``(n, d)`` unit vectors.

    Arora, Liang & Ma (2017), «A simple but tough-to-beat baseline for sentence embeddings».
    """
    return _strongest(texts, count)


def language_directions(differences: Sequence[Rows], count: int) -> Rows:
    """Return ``(count, d)``, the directions that tell languages apart.

    Each of ``differences`` is ``(n, d)``, texts in one language less their translations into another: what is
    left in its mean is the languages, not the matter (after Yang et al. 2021, «A simple and effective method
    to eliminate the self language bias in multilingual representations»).
    """
    return _strongest(np.array([some.mean(axis=0) for some in differences], dtype=np.float32), count)


def remove_directions(rows: Rows, directions: Rows) -> Rows:
    """Return the rows without orthonormal ``directions``, ``(k, d)``.

    Taking a direction out of every row takes it out of every mean of rows, so plain pooling is enough after.
    """
    return np.asarray(rows - rows @ directions.T @ directions, dtype=np.float32)


def _strongest(vectors: Rows, count: int) -> Rows:
    """Return the first right singular vectors, ``(at most count, d)``; none for no vectors."""
    if count == 0 or len(vectors) == 0:
        return np.zeros((0, vectors.shape[-1] if vectors.ndim == 2 else 0), dtype=np.float32)
    _, found = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return np.asarray(found[:, ::-1][:, : min(count, len(vectors))].T, dtype=np.float32)


def quantize(rows: Rows) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return ``(n, d) int8`` and ``(n,) float32``, whose product is the rows to half a step of 127."""
    scale = np.abs(rows).max(axis=1) / 127
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    return np.rint(rows / scale[:, None]).astype(np.int8), scale
