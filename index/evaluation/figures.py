"""The arithmetic of how good a ranking is, and how sure the mean over queries."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from index.evaluation.golden import RELEVANT

DEPTH = 10
Grades = Mapping[str, int]
Ranking = Sequence[str]
"""Case ids, best first."""


def ndcg(ranking: Ranking, grades: Grades) -> float:
    """Give nDCG at 10, 0–1: gain 2^grade − 1, discount log2(rank + 1) (Järvelin & Kekäläinen 2002; Burges 2005)."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(case, 0) for case in ranking]) / best if best else 0.0


def reciprocal_rank(ranking: Ranking, grades: Grades) -> float:
    """Give 1 / rank of the first relevant case, 0 when none is ranked."""
    ranks = (rank for rank, case in enumerate(ranking, start=1) if grades.get(case, 0) >= RELEVANT)
    return 1 / next(ranks, math.inf)


def recall(ranking: Ranking, grades: Grades) -> float:
    """Give the share of relevant cases that are among the first 10; of more than 10, the share of 10."""
    relevant = {case for case, grade in grades.items() if grade >= RELEVANT}
    return len(relevant & set(ranking[:DEPTH])) / min(len(relevant), DEPTH) if relevant else 0.0


def success(ranking: Ranking, grades: Grades) -> float:
    """Give 1 when a relevant case is among the first 3, else 0."""
    return float(any(grades.get(case, 0) >= RELEVANT for case in ranking[:3]))


FIGURES: dict[str, Callable[[Ranking, Grades], float]] = {
    "nDCG@10": ndcg, "MRR": reciprocal_rank, "recall@10": recall, "success@3": success,
}


def bootstrap_interval(values: Sequence[float], seed: int = 7, rounds: int = 2000) -> tuple[float, float]:
    """Give the 95 % percentile interval of the mean when queries are drawn anew with replacement (Efron 1979)."""
    array = np.asarray(values, dtype=float)
    if not len(array):
        return 0.0, 0.0
    drawn = np.random.default_rng(seed).integers(0, len(array), size=(rounds, len(array)))
    low, high = np.percentile(array[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], start=1))
