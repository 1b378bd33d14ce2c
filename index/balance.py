"""Showing the other side: mixed and negative experience among the first ten, where there is any."""

import numpy as np
from numpy.typing import NDArray

from index.facets import FacetTable

OTHER_SIDE = ("mixed", "worse", "unchanged")
"""Directions of an outcome that say it did not simply go well."""
FIRST = 10
LEAST = 3
"""Cases of the other side among the first ten, if so many answer."""
_PLACES = (3, 6, 9)


def balance(facets: FacetTable, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the places of ``rows``, best first, in an order with at least three of the other side among the first ten.

    When fewer answer, all of them are. Within each side the order stays.
    """
    mask = np.zeros(len(facets), np.bool_)
    for direction in OTHER_SIDE:
        mask |= facets.find_mask([("outcome", direction)])
    other = mask[rows]
    missing = min(LEAST, int(other.sum())) - int(other[:FIRST].sum())
    places = np.arange(len(rows))
    if missing <= 0:
        return places
    raised = FIRST + np.flatnonzero(other[FIRST:])[:missing]
    # Those of the other side that are among the first already stay; the last of the rest give way.
    lowered = np.flatnonzero(~other[:FIRST])[-missing:]
    first = [place for place in range(FIRST) if place not in lowered]
    for at, place in zip(_PLACES[-missing:], raised.tolist(), strict=True):
        first.insert(at, place)
    # A better one of the other side stands before a lesser.
    slots = [at for at, place in enumerate(first) if other[place]]
    for at, place in zip(slots, sorted(first[at] for at in slots), strict=True):
        first[at] = place
    return np.concatenate([first, np.setdiff1d(places, first)]).astype(np.int64)
