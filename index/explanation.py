"""Saying why a case was found: its best passage, the words in it that match, how near it is, and what found it."""

from collections.abc import Mapping

import numpy as np

from index.encoder import Matrix
from index.fusion import COSINE_FLOOR, Ranked, name_nearness
from index.marking import Mark, Marker
from index.results import Hit, MarkedWord
from index.storage.segment import Segment
from index.storage.snapshot import Snapshot


class Explainer:
    """Explains the hits of one query."""

    def __init__(self, snapshot: Snapshot, vector: Matrix, wanted: Mapping[str, str]) -> None:
        """``vector``, ``(1, d)``, is the query's; ``wanted`` are its terms and why, see `Marker`."""
        self._snapshot, self._vector, self._marker = snapshot, vector, Marker(wanted)

    def explain(self, ranked: Ranked) -> list[Hit]:
        """List a hit for each case, in order."""
        listed = (ranked.rows, ranked.scores, ranked.cosines, ranked.keywords, ranked.grams)
        columns = zip(*(column.tolist() for column in listed), strict=True)
        return [self._explain(*column) for column in columns]

    def _explain(self, row: int, score: float, cosine: float, words: float, grams: float) -> Hit:
        segment, place = self._snapshot.locate(row)
        passage, marks = self._choose(segment, range(int(segment.first[place]), int(segment.first[place + 1])),
                                      segment.languages[place], look_further=words > 0)
        legs = ["meaning"] * (cosine > COSINE_FLOOR) + ["words"] * (words > 0)
        legs = legs or ["letters"] * (grams > 0)
        return Hit(
            case=segment.ids[place], title=segment.titles[place], score=round(score, 6),
            nearness=name_nearness(cosine), legs=legs, section=segment.sections[passage],
            passage=segment.texts[passage], start=int(segment.starts[passage]), end=int(segment.stops[passage]),
            marks=[MarkedWord(start=mark.start, end=mark.end, why=mark.why) for mark in marks],
        )

    def _choose(
        self, segment: Segment, places: range, language: str, *, look_further: bool
    ) -> tuple[int, list[Mark]]:
        """Choose the nearest passage, or when it has no matching word, the nearest that has one."""
        cosines = segment.vectors.rows[places.start : places.stop] @ self._vector[0]
        order = [places[i] for i in np.argsort(-cosines, kind="stable")]
        for passage in order if look_further else order[:1]:
            if marks := self._marker.find_marks(segment.texts[passage], language):
                return passage, marks
        return order[0], []
