"""From two legs to one ranking: how the scores of meaning and keywords are put together, and when nothing answers.

A case's score is a sum of scores that do not depend on the other cases: the cosine of its best passage, and the shares
that its words and its runs of four characters give of what the query could at best give. Such a convex combination of
theoretically bounded scores beats reciprocal ranks where a few judgements can be had (Bruch, Gai & Ingber 2023, «An
analysis of fusion functions for hybrid retrieval»). So a filter never changes the score of a case.

The numbers are set on `tests/relevance/golden.yaml`; ``python -m index.evaluation.calibration`` shows how.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Rows = NDArray[np.int64]

COSINE_FLOOR = 0.2
"""A passage further off than this is not looked at; a case without a nearer one counts as if it had this cosine."""
KEYWORDS, GRAMS = 0.5, 0.1
"""What the keyword scores count for beside the cosine, which counts for one."""
NEAREST, BEST_WORDED, EVIDENCE_KEYWORDS = 10, 3, 0.2
"""Cases that tell by cosine and by keywords whether anything answers, and what the keywords count for there."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Cases with their scores, best first; all arrays have one entry per case."""

    rows: Rows
    scores: Scores
    cosines: Scores
    keywords: Scores
    """Share of what the query's words could give, 0 when none of them matched."""
    grams: Scores

    def take(self, places: Rows) -> "Ranked":
        """Give only the cases at some places, in that order."""
        return Ranked(*(getattr(self, name)[places] for name in ("rows", "scores", "cosines", "keywords", "grams")))


def fuse(
    vectors: tuple[Rows, Scores], words: tuple[Rows, Scores], grams: tuple[Rows, Scores], count: int
) -> Ranked:
    """Put three lists of (rows, scores) into one ranking of ``count`` cases; of equal ones the lower row is first."""
    found_by_any = np.zeros(count, np.bool_)
    for found, _ in (vectors, words, grams):
        found_by_any[found] = True
    rows = np.flatnonzero(found_by_any)
    columns = []
    for (found, scores), missing in ((vectors, COSINE_FLOOR), (words, 0.0), (grams, 0.0)):
        column = np.full(count, missing)
        column[found] = scores
        columns.append(column[rows])
    total = columns[0] + KEYWORDS * columns[1] + GRAMS * columns[2]
    order = np.argsort(-total, kind="stable")
    return Ranked(rows[order], total[order], *(column[order] for column in columns))


HIT_FLOOR = 0.26
"""A case that scores less is not shown as a match, however well others answer."""
ANSWER_SLOPE, ANSWER_MIDDLE = 33.0, 0.268
"""Of the logistic curve from the evidence to the probability that something answers."""
LEAST_PROBABILITY = 0.5
"""Below this only cases that hold the query's words are matches."""
SAID_OUTRIGHT = 0.4
"""Share of what the query's words could give from which a case is a match however far off it is in meaning: names of
places mean little to the encoder. No golden query without an answer reaches 0.34; the names of all but one of the
collection's municipalities give the cases that are about them 0.45 and more."""


def find_matches(ranked: Ranked, probability: float) -> Rows:
    """Give the places in a ranking of the cases that are matches, best first, if an answer is that probable."""
    said = ranked.keywords >= SAID_OUTRIGHT
    return np.flatnonzero(said | (ranked.scores >= HIT_FLOOR) if probability >= LEAST_PROBABILITY else said)


def measure_evidence(cosines: Scores, keywords: Scores) -> float:
    """Tell how much the collection has on a matter, from the scores of all cases found, unfiltered.

    The mean cosine of the nearest ten, since what is known of comes in numbers, and a little of the best three shares
    of the query's words.
    """
    return _mean_best(cosines, NEAREST, COSINE_FLOOR) + EVIDENCE_KEYWORDS * _mean_best(keywords, BEST_WORDED, 0.0)


def estimate_answered(evidence: float) -> float:
    """Estimate how probable it is that any case answers, 0–1.

    A logistic curve, fitted on the golden queries (Platt 1999, «Probabilistic outputs for support vector machines»).
    """
    return 1 / (1 + math.exp(-ANSWER_SLOPE * (evidence - ANSWER_MIDDLE)))


def _mean_best(scores: Scores, count: int, missing: float) -> float:
    best = np.full(count, missing)
    top = np.sort(scores)[::-1][:count]
    best[: len(top)] = top
    return float(best.mean())


NEARNESS = (("very-near", 0.5), ("near", 0.4), ("related", 0.3))
"""Least cosine for each word that is said of it. Among the first ten for the golden queries three in five, two in five
and one in four are relevant there."""


def name_nearness(cosine: float) -> str:
    """Say how near in meaning a cosine is; empty when it is not near."""
    return next((name for name, least in NEARNESS if cosine >= least), "")
