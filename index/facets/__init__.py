"""What readers narrow a search by, with counts that keep their word.

A *Facet* is a kind of value that a case can have (its themes, its county); a *Filter* is a facet and one value. All
filters that are chosen must hold, also two of one facet. So a value that is shown with the count n leaves exactly n
cases when it is chosen: every count is over the very cases that are shown, and a case counts once for each value.

Read in this order: ``filters`` (the facets, and filters as text and in readers' words), ``values`` (what one case
has), ``table`` (many cases: masks and counts).
"""

from index.facets.filters import (
    FACETS,
    VOCABULARY_OF,
    Filter,
    InvalidFilter,
    label_value,
    parse_filter,
    render_filter,
)
from index.facets.table import FacetTable
from index.facets.values import list_values

__all__ = [
    "FACETS", "VOCABULARY_OF", "FacetTable", "Filter", "InvalidFilter", "label_value", "list_values",
    "parse_filter", "render_filter",
]
