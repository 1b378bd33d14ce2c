"""The facet values of many cases as numbers: which cases have a value, and how many of some cases have each."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.facets.filters import FACETS, Filter, InvalidFilter

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]
_VALUES, _BOUNDS, _CODES = "facets.json", "facets-bounds.npy", "facets-codes.npy"


@dataclass(frozen=True, eq=False)
class _Column:
    """One facet of all cases: the codes of case i are ``codes[bounds[i]:bounds[i + 1]]``, none twice."""

    values: list[str]
    """Sorted; a code is a position here."""
    bounds: Numbers
    codes: Numbers

    @cached_property
    def totals(self) -> NDArray[np.intp]:
        """Cases with each value."""
        return np.bincount(self.codes, minlength=len(self.values))

    def count(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Count the cases at these rows with each value."""
        starts = self.bounds[rows]
        lengths = self.bounds[rows + 1] - starts
        ends = np.cumsum(lengths)
        # Each case's codes lie side by side: count on from its first, wherever the case before it stopped.
        places = np.arange(ends[-1] if len(rows) else 0) + np.repeat(starts - (ends - lengths), lengths)
        return np.bincount(self.codes[places], minlength=len(self.values))

    def find_mask(self, value: str) -> Mask:
        mask = np.zeros(len(self.bounds) - 1, dtype=np.bool_)
        code = bisect_left(self.values, value)
        if code < len(self.values) and self.values[code] == value:
            places = np.flatnonzero(self.codes == code)
            mask[np.searchsorted(self.bounds, places, side="right") - 1] = True
        return mask


class FacetTable:
    """The values of n cases for every facet; a case is known by its row. It never changes."""

    def __init__(self, columns: Mapping[str, _Column], cases: int) -> None:
        self._columns, self._cases = columns, cases

    def __len__(self) -> int:
        return self._cases

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, Sequence[str]]]) -> "FacetTable":
        """Make a table of one mapping for each case, as `list_values` gives it; a facet left out has no values.

        A value that a case has twice is kept once. Raises ValueError for a facet that does not exist.
        """
        if strange := set().union(*rows) - set(FACETS):
            raise ValueError(f"no such facet: {', '.join(sorted(strange))}")
        columns = {facet: _make_column([row.get(facet, ()) for row in rows]) for facet in FACETS}
        return cls(columns, len(rows))

    @classmethod
    def join(cls, tables: Sequence["FacetTable"]) -> "FacetTable":
        """Make one table of the cases of several, in order."""
        if not tables:
            return cls.from_rows([])
        columns = {facet: _join_columns([table._columns[facet] for table in tables]) for facet in FACETS}
        return cls(columns, sum(map(len, tables)))

    def take(self, rows: Iterable[int]) -> "FacetTable":
        """Make a table of only some cases, in the order given."""
        return FacetTable.from_rows([self.list_values_of(row) for row in rows])

    @classmethod
    def read(cls, folder: Path) -> "FacetTable":
        """Read a table that `write` wrote; its arrays stay on disk until they are used.

        Raises OSError or ValueError when the files cannot be read or do not fit each other.
        """
        values = json.loads((folder / _VALUES).read_bytes())
        bounds, codes = (np.asarray(np.load(folder / name, mmap_mode="r")) for name in (_BOUNDS, _CODES))
        if not isinstance(values, dict) or tuple(values) != FACETS or bounds.ndim != 2 or len(bounds) != len(FACETS):
            raise ValueError(f"the facets in {folder} are not those of this program")
        ends = np.cumsum(bounds[:, -1], dtype=np.int64)
        if ends[-1] != len(codes):
            raise ValueError(f"{_BOUNDS} and {_CODES} in {folder} do not belong together")
        parts = zip(values.items(), bounds, np.split(codes, ends[:-1]), strict=True)
        return cls({facet: _Column(words, row, part) for (facet, words), row, part in parts}, bounds.shape[1] - 1)

    def write(self, folder: Path) -> None:
        """Write the table as three files into a folder that is there."""
        columns = self._columns.values()
        values = {facet: column.values for facet, column in self._columns.items()}
        (folder / _VALUES).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _BOUNDS, np.stack([column.bounds for column in columns]), allow_pickle=False)
        np.save(folder / _CODES, np.concatenate([column.codes for column in columns]), allow_pickle=False)

    def find_mask(self, filters: Iterable[Filter]) -> Mask:
        """Find the cases for which all filters hold, ``(n,)``: every case when there are no filters.

        No case has a value that is nowhere in the table. Raises InvalidFilter for a facet that does not exist.
        """
        mask = np.ones(len(self), dtype=np.bool_)
        for facet, value in filters:
            if facet not in self._columns:
                raise InvalidFilter(f"{facet}:{value}")
            mask &= self._columns[facet].find_mask(value)
        return mask

    def count(self, chosen: NDArray[Any] | Sequence[int]) -> dict[str, dict[str, int]]:
        """Count for every facet how many of the chosen cases have each value: most first, then by value.

        The cases are given as a mask, ``(n,)`` bool, or as rows, each counted once; values that none has are left out.
        """
        mask = self._as_mask(chosen)
        # Of many cases it is quicker to count those that are left out.
        most = bool(2 * np.count_nonzero(mask) > len(self))
        rows = np.flatnonzero(mask ^ most)
        return {facet: _rank(column.values, column.totals - column.count(rows) if most else column.count(rows))
                for facet, column in self._columns.items()}

    def list_values_of(self, row: int) -> dict[str, list[str]]:
        """List the values of one case for every facet, in the order they were given."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        return {facet: [column.values[code] for code in column.codes[column.bounds[row] : column.bounds[row + 1]]]
                for facet, column in self._columns.items()}

    def _as_mask(self, chosen: NDArray[Any] | Sequence[int]) -> Mask:
        given = np.asarray(chosen)
        if given.dtype == np.bool_:
            if given.shape != (len(self),):
                raise ValueError(f"a mask of {given.shape} does not fit {len(self)} cases")
            return given
        mask = np.zeros(len(self), dtype=np.bool_)
        if given.size:
            if given.min() < 0:
                raise IndexError(f"there is no row {given.min()}")
            mask[given] = True
        return mask


def _make_column(rows: Sequence[Sequence[str]]) -> _Column:
    values = sorted(set().union(*rows))
    code_of = {value: code for code, value in enumerate(values)}
    codes = [[code_of[value] for value in dict.fromkeys(row)] for row in rows]
    lengths = np.fromiter(map(len, codes), dtype=np.int32, count=len(codes))
    flat = np.fromiter((code for row in codes for code in row), dtype=np.int32, count=int(lengths.sum()))
    return _freeze(values, np.concatenate([[0], np.cumsum(lengths)]), flat)


def _join_columns(parts: Sequence[_Column]) -> _Column:
    values = sorted(set().union(*(part.values for part in parts)))
    code_of = {value: code for code, value in enumerate(values)}
    bounds, codes, end = [np.zeros(1, dtype=np.int32)], [], 0
    for part in parts:
        new_codes = np.fromiter((code_of[value] for value in part.values), dtype=np.int32, count=len(part.values))
        codes.append(part.codes if part.values == values else new_codes[part.codes])
        bounds.append(part.bounds[1:] + np.int32(end))
        end += len(part.codes)
    return _freeze(values, np.concatenate(bounds), np.concatenate(codes))


def _freeze(values: list[str], bounds: NDArray[Any], codes: Numbers) -> _Column:
    column = _Column(values, bounds.astype(np.int32, copy=False), codes)
    column.bounds.flags.writeable = column.codes.flags.writeable = False
    return column


def _rank(values: Sequence[str], counts: NDArray[np.intp]) -> dict[str, int]:
    order = np.argsort(-counts, kind="stable")
    return {values[code]: int(counts[code]) for code in order[: np.count_nonzero(counts)]}
