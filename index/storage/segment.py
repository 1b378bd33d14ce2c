"""A segment: some cases with their passages, vectors and facet values, written once and never changed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Matrix
from index.entries import Entry
from index.facets import FacetTable
from index.storage.columns import Texts, read_array, write_array
from index.vectors import Vectors

Array = NDArray[Any]
Numbers = NDArray[np.int64]
_ARRAYS = ("keys", "first", "case-hashes", "starts", "stops", "passage-hashes")
_TEXTS = ("ids", "titles", "languages", "sections", "texts")


class Segment:
    """Cases in order of their keys; the passages of a case stand together, in order of place."""

    def __init__(
        self, arrays: Mapping[str, Array], texts: dict[str, Texts], vectors: Vectors, facets: FacetTable
    ) -> None:
        self.keys: Numbers = arrays["keys"]
        """``(cases,)``, rising: numbers in the index, see `index.entries.make_entry`."""
        self.first: Numbers = arrays["first"]
        """``(cases + 1,)``: passages of case i are ``first[i]`` to ``first[i + 1]``."""
        self.case_hashes = arrays["case-hashes"]
        """``(cases, 32) uint8``: SHA-256 of each document."""
        self.starts, self.stops = arrays["starts"], arrays["stops"]
        """``(passages,)``: places in the document, in characters."""
        self.passage_hashes = arrays["passage-hashes"]
        """``(passages, 32) uint8``: SHA-256 of what was embedded."""
        self.ids, self.titles, self.languages = texts["ids"], texts["titles"], texts["languages"]
        self.sections, self.texts = texts["sections"], texts["texts"]
        self.vectors, self.facets = vectors, facets
        self._arrays, self.columns = arrays, texts

    @classmethod
    def from_entries(cls, entries: Sequence[Entry], rows: Matrix, passage_hashes: Sequence[bytes]) -> "Segment":
        """Put entries together; ``rows``, ``(passages, d)``, and the hashes are in order of entry and passage."""
        passages = [passage for entry in entries for passage in entry.passages]
        arrays: dict[str, Array] = {
            "keys": np.array([entry.keywords.key for entry in entries], np.int64),
            "first": np.cumsum([0, *(len(entry.passages) for entry in entries)], dtype=np.int64),
            "case-hashes": _hashes([bytes.fromhex(entry.content_hash) for entry in entries]),
            "starts": np.array([passage.start for passage in passages], np.int64),
            "stops": np.array([passage.end for passage in passages], np.int64),
            "passage-hashes": _hashes(passage_hashes),
        }
        texts = {
            "ids": Texts.of([entry.case for entry in entries]),
            "titles": Texts.of([entry.title for entry in entries]),
            "languages": Texts.of([entry.language for entry in entries]),
            "sections": Texts.of([passage.section for passage in passages]),
            "texts": Texts.of([passage.text for passage in passages]),
        }
        return cls(arrays, texts, Vectors.from_matrix(rows), FacetTable.from_rows([entry.values for entry in entries]))

    @classmethod
    def read(cls, folder: Path) -> "Segment":
        """Read what `write` wrote; raises OSError, ValueError or RuntimeError."""
        arrays = {name: read_array(folder, name) for name in _ARRAYS}
        texts = {name: Texts.read(folder, name) for name in _TEXTS}
        segment = cls(arrays, texts, Vectors.read(folder), FacetTable.read(folder))
        cases, passages = len(segment.keys), len(segment.starts)
        sizes = (len(segment.ids), len(segment.facets), len(segment.first) - 1)
        if set(sizes) != {cases} or len(segment.texts) != passages or len(segment.vectors) != passages:
            raise ValueError(f"{folder}: the columns do not have one length")
        return segment

    def write(self, folder: Path) -> None:
        """Write to a new folder."""
        folder.mkdir(parents=True)
        for name, array in self._arrays.items():
            write_array(folder, name, array)
        for name, texts in self.columns.items():
            texts.write(folder, name)
        self.vectors.write(folder)
        self.facets.write(folder)

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def case_of_passage(self) -> Numbers:
        """``(passages,)``: the case of each passage, by its place in the segment."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))


def merge_segments(segments: Sequence[Segment], kept: Sequence[NDArray[np.bool_]]) -> Segment:
    """Put the kept cases of several segments into one, in their order; ``kept`` has a mask of cases for each."""
    cases = [np.flatnonzero(mask) for mask in kept]
    passages = [np.flatnonzero(mask[s.case_of_passage]) for s, mask in zip(segments, kept, strict=True)]
    counts = [np.diff(s.first)[rows] for s, rows in zip(segments, cases, strict=True)]
    arrays = {
        "keys": _join([s.keys for s in segments], cases),
        "first": np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int64),
        "case-hashes": _join([s.case_hashes for s in segments], cases),
        "starts": _join([s.starts for s in segments], passages),
        "stops": _join([s.stops for s in segments], passages),
        "passage-hashes": _join([s.passage_hashes for s in segments], passages),
    }
    by_case = {"ids", "titles", "languages"}
    texts = {
        name: Texts.join([s.columns[name] for s in segments], cases if name in by_case else passages) for name in _TEXTS
    }
    vectors = Vectors.from_matrix(_join([s.vectors.rows for s in segments], passages))
    facets = FacetTable.join([s.facets for s in segments])
    if not all(mask.all() for mask in kept):
        facets = facets.take(np.flatnonzero(np.concatenate(kept)))
    return Segment(arrays, texts, vectors, facets)


def _join(columns: Sequence[Array], places: Sequence[Numbers]) -> Array:
    return np.concatenate([column[rows] for column, rows in zip(columns, places, strict=True)])


def _hashes(digests: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, 32)
