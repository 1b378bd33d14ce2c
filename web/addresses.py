"""Addresses of the search page: what is asked, what is chosen, and where in the list one is."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from index.facets import Filter, render_filter

BALANCED, OFFSET, FILTER, QUERY = "balanced", "offset", "f", "q"
"""Names in the address."""


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """What the search page is asked for; as text, its address."""

    query: str = ""
    filters: tuple[Filter, ...] = ()
    balanced: bool = False
    offset: int = 0

    def __str__(self) -> str:
        pairs = [(QUERY, self.query)] if self.query else []
        pairs += [(FILTER, render_filter(chosen)) for chosen in self.filters]
        pairs += [(BALANCED, "1")] if self.balanced else []
        pairs += [(OFFSET, str(self.offset))] if self.offset else []
        return f"/?{urlencode(pairs)}" if pairs else "/"

    @property
    def filter_texts(self) -> list[str]:
        """The filters as they stand in the address."""
        return [render_filter(chosen) for chosen in self.filters]

    def ask(self, query: str) -> "SearchAddress":
        """Give the address of another query with the same choices, from its first case."""
        return replace(self, query=query, offset=0)

    def add(self, chosen: Filter) -> "SearchAddress":
        """Give the address with one filter more, from the first case."""
        return replace(self, filters=(*self.filters, chosen), offset=0)

    def remove(self, chosen: Filter) -> "SearchAddress":
        """Give the address without a filter, from the first case."""
        return replace(self, filters=tuple(one for one in self.filters if one != chosen), offset=0)

    def clear(self) -> "SearchAddress":
        """Give the address without filters, from the first case."""
        return replace(self, filters=(), offset=0)

    def switch_balance(self) -> "SearchAddress":
        """Give the address with the other side shown, or no longer shown."""
        return replace(self, balanced=not self.balanced, offset=0)

    def move(self, offset: int) -> "SearchAddress":
        """Give the address of another stretch of the same list."""
        return replace(self, offset=offset)
