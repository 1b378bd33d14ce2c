"""Answering a query with cases: the nearest passages, folded into one hit for each case."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, Field

from index.encoder import Encoder, Matrix
from index.encoder_folder import open_encoder
from index.query import clean_query
from index.snapshot import Snapshot, find_current, read_snapshot
from kb.errors import CaseNotFound, IndexMismatch, InvalidQuery
from kb.settings import Settings

MIN_SCORE = 0.25
"""Below this cosine a passage is not taken as an answer."""
NEAR_BEST = 0.5
"""Nor is one that scores less than this share of the best: when something answers well, the merely related does not.
Both were set on the golden queries: of the floors from 0.24 to 0.36, 0.25 keeps most of the ranking and tells two in
three of the queries that nothing answers. A cosine alone does not tell better; that takes a calibrated probability."""
MIN_LIKENESS = 0.30
"""Below this cosine two cases are not called similar."""


class Hit(BaseModel):
    """A case that answers a query, with the passage that answers it best."""

    case: str = Field(description="Id of the case.")
    title: str
    score: float = Field(description="Cosine of query and passage, −1 to 1; higher is closer.")
    section: str = Field(description="Kind of section that the passage is from.")
    passage: str
    start: int = Field(description="First character of the passage in the case document.")
    end: int = Field(description="Character after the passage's last.")


class SearchResult(BaseModel):
    """The answer to a query."""

    query: str
    total: int = Field(description="Cases that answer the query, of which `hits` are the first.")
    hits: list[Hit]


class Searcher:
    """Searches one snapshot with the encoder it was built with."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        manifest = snapshot.manifest
        if manifest.model_hash != encoder.fingerprint:
            raise IndexMismatch(_model(manifest.model, manifest.model_hash), _model(encoder.name, encoder.fingerprint))
        self.snapshot, self._encoder = snapshot, encoder
        self._cases, self._centres = _centres(snapshot)

    def search(self, text: str, limit: int = 10) -> SearchResult:
        """Find the cases nearest in meaning to a text, best first; raises InvalidQuery."""
        query = clean_query(text)
        vector = self._encoder.encode_query(query)
        if not vector.any():
            raise InvalidQuery("unknown-words")
        found = self.snapshot.vectors.search(vector, len(self.snapshot.vectors))
        best = found[0][1] if found else 0.0
        hits = self._fold(found, floor=max(MIN_SCORE, NEAR_BEST * best))
        return SearchResult(query=query, total=len(hits), hits=hits[:limit])

    def find_similar(self, case_id: str, limit: int = 5) -> SearchResult:
        """Find the published cases most like one of them, best first; raises CaseNotFound.

        Two cases are as alike as the mean vectors of their passages; the passage shown is the other's nearest.
        """
        if case_id not in self._cases:
            raise CaseNotFound(case_id)
        centre = self._centres[self._cases.index(case_id)][None, :]
        likeness = dict(zip(self._cases, (self._centres @ centre[0]).tolist(), strict=True))
        found = self.snapshot.vectors.search(centre, len(self.snapshot.vectors))
        nearest = {hit.case: hit for hit in self._fold(found, floor=-1.0)}
        hits = [
            nearest[case].model_copy(update={"score": round(score, 6)})
            for case, score in sorted(likeness.items(), key=lambda item: (-item[1], item[0]))
            if case != case_id and score >= MIN_LIKENESS
        ]
        return SearchResult(query=case_id, total=len(hits), hits=hits[:limit])

    def _fold(self, found: Sequence[tuple[int, float]], floor: float) -> list[Hit]:
        """Keep the best passage of each case; `found` is best first."""
        hits: dict[str, Hit] = {}
        for position, score in found:
            if score < floor:
                break
            passage = self.snapshot.passages[position]
            if passage.case not in hits:
                hits[passage.case] = Hit(
                    case=passage.case, title=passage.title, score=round(score, 6), section=passage.section,
                    passage=passage.text, start=passage.start, end=passage.end,
                )
        return list(hits.values())


class LiveSearcher:
    """A Searcher that follows the index: when a new snapshot is put in use, the next query is answered from it."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self._index_dir = settings.index_dir
        self._encoder = encoder or open_encoder(settings.model)
        self._opened: tuple[Path, Searcher] | None = None

    def get(self) -> Searcher:
        """Get the searcher of the snapshot in use; raises IndexMissing, IndexDamaged or IndexMismatch."""
        current = find_current(self._index_dir)
        opened = self._opened
        if opened is None or opened[0] != current:
            opened = (current or self._index_dir, Searcher(read_snapshot(self._index_dir), self._encoder))
            self._opened = opened
        return opened[1]


def open_searcher(settings: Settings) -> Searcher:
    """Open the index in use with the model of the settings; raises as `LiveSearcher.get` and EncoderNotFound."""
    return LiveSearcher(settings).get()


def _model(name: str, fingerprint: str) -> str:
    return f"{name} ({fingerprint[:12]})"


def _centres(snapshot: Snapshot) -> tuple[list[str], Matrix]:
    """Give the case ids, and the unit mean of each case's vectors in the same order, ``(cases, d)``."""
    rows: dict[str, list[int]] = defaultdict(list)
    for position, passage in enumerate(snapshot.passages):
        rows[passage.case].append(position)
    if not rows:
        return [], np.zeros((0, snapshot.vectors.dimension), dtype=np.float32)
    matrix = snapshot.vectors.get_matrix()
    means = np.stack([matrix[positions].mean(axis=0) for positions in rows.values()])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return list(rows), np.divide(means, lengths, out=np.zeros_like(means), where=lengths > 0)
