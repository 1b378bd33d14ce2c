"""Keeping an index small: the segments that updates have left are put together.

When too much is outside the first segment or removed, all is built anew instead (`is_worn`): only so do the words of
removed cases leave the keyword index too. Vectors are reused then.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.segment import Segment, merge_segments

MOST_SEGMENTS = 8
"""Segments that a search goes through; with more the small ones are put together."""
MOST_TAIL = 0.25
"""Share of the cases that may be outside the first segment, or removed, before all is built anew."""


def is_worn(segments: Mapping[str, Segment], removed: int, added: int) -> bool:
    """Tell whether too much would be removed, or outside the first segment, once ``added`` more cases are."""
    sizes = list(map(len, segments.values()))
    total = sum(sizes) + added
    tail = total - (sizes[0] if sizes else 0)
    return max(tail, removed) > MOST_TAIL * total and tail + removed > MOST_SEGMENTS


def compact(
    segments: Mapping[str, Segment], removed: NDArray[np.int64], building: Path, stamp: str
) -> tuple[dict[str, Segment], NDArray[np.int64]]:
    """Put the small segments together when there are too many; give the segments then, and the keys still removed.

    ``building`` holds a folder for each segment; those that are no longer used are removed from it.
    """
    names = list(segments)
    if len(names) <= MOST_SEGMENTS:
        return dict(segments), removed
    joined = names[1:]
    kept = [~np.isin(segments[name].keys, removed) for name in joined]
    merged = merge_segments([segments[name] for name in joined], kept)
    name = f"segment-{stamp}-merged"
    merged.write(building / name)
    for old in joined:
        shutil.rmtree(building / old, ignore_errors=True)
    left = {names[0]: segments[names[0]], name: merged}
    return left, removed[np.isin(removed, np.concatenate([segment.keys for segment in left.values()]))]
