"""Columns on disk that are read only where they are looked at: arrays, and many texts end to end."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HEADER = 128
"""Bytes of a file of no elements."""


class Texts(Sequence[str]):
    """Many texts in one file; each is decoded when asked for."""

    def __init__(self, data: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self._data, self._ends = data, ends

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        """Hold texts in memory."""
        encoded = [text.encode("utf-8") for text in texts]
        ends = np.cumsum([len(one) for one in encoded], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    @classmethod
    def join(cls, parts: Sequence["Texts"], places: Sequence[NDArray[np.intp]]) -> "Texts":
        """Put the texts at some places of each part end to end."""
        data, lengths = [np.zeros(0, np.uint8)], [np.zeros(0, np.int64)]
        for part, rows in zip(parts, places, strict=True):
            begins = np.concatenate([[0], part._ends[:-1]])[: len(part)]
            sizes = (part._ends - begins)[rows]
            if len(rows) == len(part):
                data.append(part._data)
            else:
                data += [part._data[begins[row] : part._ends[row]] for row in rows]
            lengths.append(sizes)
        return cls(np.concatenate(data), np.cumsum(np.concatenate(lengths)))

    @classmethod
    def read(cls, folder: Path, name: str) -> "Texts":
        """Read what `write` wrote; raises OSError or ValueError."""
        texts = cls(read_array(folder, f"{name}-utf8"), read_array(folder, f"{name}-ends"))
        if len(texts) and int(texts._ends[-1]) != len(texts._data):
            raise ValueError(f"{folder / name}: the texts are cut short")
        return texts

    def write(self, folder: Path, name: str) -> None:
        """Write two arrays, ``<name>-utf8.npy`` and ``<name>-ends.npy``."""
        write_array(folder, f"{name}-utf8", self._data)
        write_array(folder, f"{name}-ends", self._ends)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # no slices
        if not 0 <= place < len(self):
            raise IndexError(place)
        begin = int(self._ends[place - 1]) if place else 0
        return self._data[begin : int(self._ends[place])].tobytes().decode("utf-8")

    def to_list(self) -> list[str]:
        """List all texts."""
        data, ends = self._data.tobytes(), self._ends.tolist()
        return [data[begin:end].decode("utf-8") for begin, end in zip([0, *ends], ends, strict=False)]


def write_array(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write ``<name>.npy``."""
    np.save(folder / f"{name}.npy", array, allow_pickle=False)


def read_array(folder: Path, name: str) -> NDArray[Any]:
    """Open ``<name>.npy`` without reading it; raises OSError or ValueError."""
    path = folder / f"{name}.npy"
    # A file of no elements cannot be mapped.
    mapped = path.stat().st_size > _HEADER
    # A plain view of the mapping: numpy's own class for it makes every small step slow.
    return np.asarray(np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False))
