"""Keeping an index small: segments that updates have left are put together, and removed cases leave the disk."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.segment import Segment, merge_segments

MOST_SEGMENTS = 8
"""Segments that a search goes through; with more the small ones are put together."""
MOST_TAIL = 0.25
"""Share of the cases that may be outside the first segment, or removed, before all is put together."""


def compact(
    segments: Mapping[str, Segment], removed: NDArray[np.int64], building: Path, stamp: str
) -> tuple[dict[str, Segment], NDArray[np.int64]]:
    """Put segments together when there are too many; give the segments there are then, and the keys still removed.

    ``building`` holds a folder for each segment; those that are no longer used are removed from it.
    """
    names = list(segments)
    total = sum(map(len, segments.values()))
    tail = total - (len(segments[names[0]]) if names else 0)
    if max(tail, len(removed)) > MOST_TAIL * total and tail + len(removed) > MOST_SEGMENTS:
        joined = names
    elif len(names) > MOST_SEGMENTS:
        joined = names[1:]
    else:
        return dict(segments), removed
    kept = [~np.isin(segments[name].keys, removed) for name in joined]
    merged = merge_segments([segments[name] for name in joined], kept)
    name = f"segment-{stamp}-merged"
    merged.write(building / name)
    for old in joined:
        shutil.rmtree(building / old, ignore_errors=True)
    left = {old: segments[old] for old in names if old not in joined}
    left[name] = merged
    still = [segment.keys for segment in left.values()]
    return left, removed[np.isin(removed, np.concatenate(still))] if still else removed[:0]
