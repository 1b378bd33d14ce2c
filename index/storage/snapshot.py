"""A snapshot in memory: the segments of an index seen as one, with the cases that have been removed left out."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import Matrix
from index.facets import FacetTable, Filter
from index.keywords import Found, Keywords
from index.query_help.known_words import KnownWords
from index.storage.columns import read_array
from index.storage.manifest import KEYWORDS, REMOVED, Manifest, get_current, read_manifest_of
from index.storage.segment import Segment
from index.thesaurus_words import ThesaurusWords
from kb.errors import CaseNotFound, IndexDamaged

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Words(NamedTuple):
    """Words that queries are read with; they change only with the vocabularies."""

    thesaurus: ThesaurusWords
    known: KnownWords


NO_WORDS = Words(ThesaurusWords([], {}), KnownWords({}, {}, frozenset()))
"""For one who does not search."""


class Snapshot:
    """One built index. A case is known by its row, a passage by its position; both run on through the segments."""

    def __init__(
        self, manifest: Manifest, segments: Mapping[str, Segment], removed: Rows, keywords: Keywords, words: Words
    ) -> None:
        self.manifest, self.segments, self.keywords, self.words = manifest, segments, keywords, words
        self._parts = list(segments.values())
        self._case_offsets = _offsets([len(part) for part in self._parts])
        self.keys: Rows = np.concatenate([np.zeros(0, np.int64), *(part.keys for part in self._parts)])
        self.removed: Rows = removed
        """Keys of cases that segments still hold though they are gone."""
        self.alive: Mask = ~np.isin(self.keys, removed)
        """``(cases,)``: those that have not been removed or replaced."""

    @property
    def case_count(self) -> int:
        """Cases that can be found."""
        return int(np.count_nonzero(self.alive))

    @cached_property
    def facets(self) -> FacetTable:
        """Values of every row, removed ones too."""
        return FacetTable.join([part.facets for part in self._parts])

    @cached_property
    def rows_by_id(self) -> dict[str, int]:
        """Id of each case that can be found → its row."""
        ids = [case for part in self._parts for case in part.ids.to_list()]
        return {ids[row]: row for row in np.flatnonzero(self.alive).tolist()}

    @property
    def hashes_by_id(self) -> dict[str, str]:
        """Id of each case that can be found → SHA-256 of its document, hexadecimal."""
        hashes = "".join(part.case_hashes.tobytes().hex() for part in self._parts)
        return {case: hashes[64 * row : 64 * row + 64] for case, row in self.rows_by_id.items()}

    def get_row(self, case_id: str) -> int:
        """Get the row of a case; raises CaseNotFound."""
        row = self.rows_by_id.get(case_id)
        if row is None:
            raise CaseNotFound(case_id)
        return row

    def locate(self, row: int) -> tuple[Segment, int]:
        """Give the segment of a case and its place there."""
        part = int(np.searchsorted(self._case_offsets, row, side="right")) - 1
        return self._parts[part], row - int(self._case_offsets[part])

    def list_passages(self, row: int) -> tuple[Segment, range]:
        """Give the segment of a case and the places of its passages there."""
        segment, place = self.locate(row)
        return segment, range(int(segment.first[place]), int(segment.first[place + 1]))

    def find_mask(self, filters: Sequence[Filter]) -> Mask:
        """Give the cases that can be found and for which all filters hold, ``(cases,)``."""
        return self.alive & self.facets.find_mask(filters) if filters else self.alive

    def search_vectors(self, query: Matrix, floor: float, mask: Mask) -> tuple[Rows, Scores, Scores]:
        """Give the rows in the mask with a passage of at least that cosine to a ``(1, d)`` query, and the best cosines.

        In the order of the rows. Last come the best cosines of all cases that can be found, in the mask or not.
        """
        best = np.full(len(self.keys), -np.inf, np.float32)
        everywhere = best.copy()
        for part, offset in zip(self._parts, self._case_offsets, strict=True):
            own, here = slice(offset, offset + len(part)), mask[offset : offset + len(part)]
            allowed = self._allow(part, self.alive[own])
            _raise_to(everywhere[own], part, part.vectors.search_above(query, floor, allowed))
            if part.vectors.is_exact or np.array_equal(here, self.alive[own]):
                best[own] = np.where(here, everywhere[own], -np.inf)
            else:
                # Among cells, what is left out beforehand makes room for more of what is let in.
                _raise_to(best[own], part, part.vectors.search_above(query, floor, self._allow(part, here)))
        rows = np.flatnonzero(best > -np.inf)
        return rows, best[rows].astype(np.float64), everywhere[everywhere > -np.inf].astype(np.float64)

    def _allow(self, part: Segment, mask: Mask) -> Mask | None:
        return None if mask.all() else mask[part.case_of_passage]

    def find_rows(self, found: Found) -> tuple[Rows, Scores]:
        """Give the rows of what keyword search found, with the scores, leaving out what the index no longer has."""
        rows = self._row_of_key[found.keys]
        known = rows >= 0
        return rows[known], found.scores[known]

    @cached_property
    def _row_of_key(self) -> Rows:
        """The row of each key, −1 for those that are gone."""
        rows = np.full(self.manifest.next_key, -1, np.int64)
        rows[self.keys[self.alive]] = np.flatnonzero(self.alive)
        return rows


def read_snapshot(index_dir: Path) -> Snapshot:
    """Open the snapshot in use; raises IndexMissing or IndexDamaged."""
    return open_snapshot(get_current(index_dir))


def open_snapshot(folder: Path, known: Snapshot | None = None, words: Words | None = None) -> Snapshot:
    """Open one snapshot; what it shares with a ``known`` one is not read again, nor are ``words`` that are given.

    Raises IndexDamaged.
    """
    manifest = read_manifest_of(folder)
    held = known.segments if known else {}
    if known and known.manifest.rules_hash == manifest.rules_hash:
        words = known.words
    try:
        segments = {name: held[name] if name in held else Segment.read(folder / name) for name in manifest.segments}
        removed = np.array(read_array(folder, REMOVED))
        words = words or Words(ThesaurusWords.read(folder), KnownWords.read(folder))
        snapshot = Snapshot(manifest, segments, removed, Keywords.open(folder / KEYWORDS), words)
    except (OSError, EOFError, ValueError, RuntimeError, KeyError) as error:
        raise IndexDamaged(folder.parent, f"files in {folder.name} cannot be read ({error})") from error
    counted = (snapshot.case_count, len(snapshot.keywords))
    if set(counted) != {manifest.cases}:
        raise IndexDamaged(folder.parent, f"{counted[0]} cases with vectors, {counted[1]} with keywords, "
                                          f"and the manifest says {manifest.cases}")
    return snapshot


def _raise_to(best: NDArray[np.float32], part: Segment, found: tuple[Rows, NDArray[np.float32]]) -> None:
    """Raise the best cosine of each case of a segment to those of its passages."""
    positions, cosines = found
    np.maximum.at(best, part.case_of_passage[positions], cosines)


def _offsets(sizes: Sequence[int]) -> Rows:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)[: len(sizes)]
