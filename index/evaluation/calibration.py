"""How the numbers of `index.fusion` are set: ``python -m index.evaluation.calibration tests/relevance/golden.yaml``.

Weights are those of the best nDCG@10 on the golden queries. The curve that tells whether anything answers is a logistic
regression in which answered and unanswered queries weigh alike; its middle is put where a small share of the relevant
cases among the first ten is lost. What is printed are the tables to choose from; the choice is written into the module.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index import fusion
from index.build import build_snapshot
from index.encoder_folder import open_encoder
from index.evaluation.figures import DEPTH, ndcg
from index.evaluation.golden import NO_ANSWER, RELEVANT, GoldenQuery, read_golden
from index.evaluation.report import read_documents
from index.fusion import COSINE_FLOOR, Ranked
from index.searcher import Searcher
from kb.reference import read_reference
from kb.settings import Settings
from kb.thesaurus import read_thesaurus

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A golden query, and all that any leg found for it."""

    query: GoldenQuery
    cases: list[str]
    ranked: Ranked

    @property
    def evidence(self) -> float:
        """How much there is on the matter."""
        return fusion.measure_evidence(self.ranked.cosines, self.ranked.keywords)

    def weigh(self, keywords: float, grams: float) -> list[str]:
        """List the cases in the order that other weights would give."""
        scores = self.ranked.cosines + keywords * self.ranked.keywords + grams * self.ranked.grams
        return [self.cases[place] for place in np.argsort(-scores, kind="stable")[:DEPTH]]

    def list_relevant_scores(self) -> list[float]:
        """List the scores of the relevant cases among the first ten."""
        top = zip(self.cases[:DEPTH], self.ranked.scores.tolist(), strict=False)
        return [score for case, score in top if self.query.grades.get(case, 0) >= RELEVANT]


def judge_all(searcher: Searcher, queries: Sequence[GoldenQuery]) -> list[Judged]:
    """Rank every query without a cut-off."""
    judged = []
    for query in queries:
        ranked, _ = searcher.rank(query.text)
        ids = [(segment.ids, place) for segment, place in map(searcher.snapshot.locate, ranked.rows.tolist())]
        judged.append(Judged(query, [column[place] for column, place in ids], ranked))
    return judged


def list_weights(judged: Sequence[Judged]) -> Iterator[tuple[float, float, float]]:
    """Yield (keywords, grams, mean nDCG@10) for a grid of weights."""
    answered = [one for one in judged if one.query.has_answer]
    for keywords, grams in product((0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0), (0.0, 0.1, 0.2, 0.3, 0.4)):
        yield keywords, grams, float(np.mean([ndcg(one.weigh(keywords, grams), one.query.grades) for one in answered]))


def fit_curve(evidence: Values, answered: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit slope and middle of a logistic curve in which both classes weigh alike."""
    weights = np.where(answered, 0.5 / answered.sum(), 0.5 / (~answered).sum())

    def loss(parameters: Values) -> float:
        logit = parameters[0] * (evidence - parameters[1])
        return float((weights * np.logaddexp(0, np.where(answered, -logit, logit))).sum())

    slope, middle = minimize(loss, np.array([20.0, float(evidence.mean())]), method="Nelder-Mead").x
    return float(slope), float(middle)


def list_cuts(judged: Sequence[Judged], middles: Sequence[float], floor: float) -> Iterator[tuple[float, float, float]]:
    """Yield (middle, share of unanswerable queries recognised, share of relevant hits lost)."""
    relevant = [(one.evidence, score) for one in judged for score in one.list_relevant_scores()]
    silent = [one for one in judged if one.query.kind == NO_ANSWER]
    for middle in middles:
        lost = np.mean([evidence < middle or score < floor for evidence, score in relevant])
        empty = np.mean([one.evidence < middle or one.ranked.scores.max(initial=0) < floor for one in silent])
        yield middle, float(empty), float(lost)


def list_precision(judged: Sequence[Judged], edges: Sequence[float]) -> Iterator[tuple[float, float, int]]:
    """Yield (least cosine, share relevant, number) of the cases among the first ten, by cosine."""
    rows = [(cosine, one.query.grades.get(case, 0) >= RELEVANT) for one in judged
            for case, cosine in zip(one.cases[:DEPTH], one.ranked.cosines.tolist(), strict=False)]
    for low, high in zip(edges, (*edges[1:], 2.0), strict=True):
        inside = [good for cosine, good in rows if low <= cosine < high]
        yield low, float(np.mean(inside)) if inside else 0.0, len(inside)


def main(golden: Path) -> None:
    """Print what the numbers are chosen from."""
    settings = Settings()
    documents, encoder = read_documents(settings.content_dir), open_encoder(settings.model)
    concepts = read_thesaurus(settings.content_dir).values()
    searcher = Searcher(build_snapshot(documents, encoder, read_reference(settings), concepts), encoder)
    judged = judge_all(searcher, read_golden(golden))
    say = sys.stdout.write
    for keywords, grams, value in sorted(list_weights(judged), key=lambda row: -row[2])[:12]:
        say(f"keywords {keywords:.1f}  grams {grams:.1f}  nDCG@10 {value:.4f}\n")
    clear = [one for one in judged if one.query.has_answer or one.query.kind == NO_ANSWER]
    evidence, answered = np.array([one.evidence for one in clear]), np.array([one.query.has_answer for one in clear])
    say("curve: slope {:.1f}, middle {:.3f}\n".format(*fit_curve(evidence, answered)))
    for floor in (0.0, 0.24, 0.26, 0.28, 0.3):
        for middle, empty, lost in list_cuts(judged, np.arange(0.24, 0.3, 0.004).round(3).tolist(), floor):
            say(f"floor {floor:.2f}  middle {middle:.2f}  recognised {empty:.2f}  relevant hits lost {lost:.3f}\n")
    for low, share, count in list_precision(judged, (COSINE_FLOOR, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)):
        say(f"cosine from {low:.2f}: {share:.2f} relevant of {count}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
