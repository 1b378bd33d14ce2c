"""Cases that are like a case, and what they share."""

import numpy as np
from numpy.typing import NDArray

from index.encoder import Matrix
from index.explanation import Explainer
from index.fusion import Ranked
from index.results import SearchResult, SimilarHit
from index.storage.snapshot import Snapshot

MIN_LIKENESS = 0.30
"""Below this cosine of their means two cases are not called similar."""
SHARED = ("measure", "factor", "theme")
"""Facets whose common values are told."""


class SimilarCases:
    """Compares the cases of a snapshot by the mean vectors of their passages."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._centres = np.concatenate([_centres(part.vectors.rows, part.first) for part in snapshot.segments.values()])

    def find(self, case_id: str, limit: int) -> SearchResult:
        """Find the published cases most like one of them, best first; raises CaseNotFound.

        The passage shown is the other's nearest.
        """
        own = self._snapshot.get_row(case_id)
        centre = self._centres[own][None, :]
        likeness = (self._centres @ centre[0]).astype(np.float64)
        likeness[~self._snapshot.alive] = -1
        likeness[own] = -1
        rows = np.flatnonzero(likeness >= MIN_LIKENESS)
        order = rows[np.argsort(-likeness[rows], kind="stable")]
        scores, none = likeness[order[:limit]], np.zeros(min(limit, len(order)))
        hits = Explainer(self._snapshot, centre, {}).explain(Ranked(order[:limit], scores, scores, none, none))
        shared = [self._list_shared(own, int(row)) for row in order[:limit]]
        found = [
            SimilarHit.model_validate({**hit.model_dump(), "shared": common})
            for hit, common in zip(hits, shared, strict=True)
        ]
        return SearchResult(query=case_id, total=len(order), hits=list(found))

    def _list_shared(self, one: int, other: int) -> dict[str, list[str]]:
        values, others = (self._snapshot.facets.list_values_of(row) for row in (one, other))
        common = {facet: [value for value in values[facet] if value in others[facet]] for facet in SHARED}
        return {facet: shared for facet, shared in common.items() if shared}


def _centres(rows: Matrix, first: NDArray[np.int64]) -> Matrix:
    """Give the unit mean of each case's vectors, ``(cases, d)``."""
    if not len(first) - 1:
        return np.zeros((0, rows.shape[1]), np.float32)
    sums = np.zeros((len(first) - 1, rows.shape[1]), np.float32)
    # A case without passages has no vectors to add up, which reduceat would take from the next.
    filled = np.flatnonzero(np.diff(first))
    if len(filled):
        sums[filled] = np.add.reduceat(rows, first[filled], axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    unit: Matrix = np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 0)
    return unit
