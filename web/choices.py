"""What a search can be narrowed by, in the reader's words, and the addresses that choose it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.facets import FACETS, Filter, label_value
from kb.checks import Reference
from kb.register import Municipality
from web.addresses import SearchAddress

SHOWN_VALUES = 8
"""Values of a facet that are offered; those that most cases have."""
LONGEST_QUERY = 600
"""Characters of a query that stands in every address on the page; with a longer one no values are offered."""
_LANGUAGE = "nb"
_ORDERED = ("period", "size")
"""Facets whose values have an order of their own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet that can be chosen, or given up."""

    facet: str
    value: str
    label: str
    """A term's or place's name; of facets that have a few fixed values, the value: the template has the words."""
    address: SearchAddress
    """Where choosing it, or giving it up, leads."""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet with the values that narrow what is shown."""

    facet: str
    choices: tuple[Choice, ...]
    left_out: int
    """Values that are not offered since fewer cases have them."""


class Labels:
    """The names of terms and places."""

    def __init__(self, reference: Reference) -> None:
        self._vocabularies = reference.vocabularies
        self._places = {place.id: place.name for place in reference.register.municipalities}
        self._places |= {p.id: p.name_with_county for p in _list_mistakable(reference.register.municipalities)}

    def label(self, facet: str, value: str) -> str:
        """Name a value; of a factor without its polarity."""
        match facet:
            case "municipality":
                return self._places.get(value, value)
            case "county":
                return value.partition("-")[2] or value
            case "period":
                return value.replace("-", "–")
            case "factor":
                return label_value(facet, value.partition(":")[0], self._vocabularies, _LANGUAGE)
            case _:
                return label_value(facet, value, self._vocabularies, _LANGUAGE)

    def list_chosen(self, address: SearchAddress) -> tuple[Choice, ...]:
        """List what is chosen, each with the address without it."""
        return tuple(self._choice(chosen, address.remove(chosen)) for chosen in address.filters)

    def list_panels(
        self, facets: Mapping[str, Mapping[str, int]], total: int, address: SearchAddress
    ) -> tuple[Panel, ...]:
        """List the facets with more than one value, and of each the values that some but not all of the cases have."""
        if len(address.query) > LONGEST_QUERY:
            return ()
        shown = (facet for facet in FACETS if len(facets.get(facet, ())) > 1)
        panels = (self._panel(facet, facets[facet], total, address) for facet in shown)
        return tuple(panel for panel in panels if panel.choices)

    def offer(
        self, filters: Iterable[Filter], facets: Mapping[str, Mapping[str, int]], address: SearchAddress
    ) -> tuple[Choice, ...]:
        """List those filters as choices that are not chosen yet and that some of the counted cases have."""
        counted = ((one, facets.get(one[0], {}).get(one[1], 0)) for one in filters if one not in address.filters)
        return tuple(self._choice(one, address.add(one), count) for one, count in counted if count)

    def _panel(self, facet: str, counts: Mapping[str, int], total: int, address: SearchAddress) -> Panel:
        narrowing = [(value, count) for value, count in counts.items() if count < total]
        shown = narrowing[:SHOWN_VALUES]
        if facet in _ORDERED:
            shown.sort(key=lambda one: int(one[0].partition("-")[0]))
        choices = (self._choice((facet, value), address.add((facet, value)), count) for value, count in shown)
        return Panel(facet, tuple(choices), len(narrowing) - len(shown))

    def _choice(self, chosen: Filter, address: SearchAddress, count: int = 0) -> Choice:
        return Choice(*chosen, self.label(*chosen), address, count)


def _list_mistakable(municipalities: Iterable[Municipality]) -> list[Municipality]:
    """List those that had a namesake in their time."""
    named: dict[str, list[Municipality]] = defaultdict(list)
    for place in municipalities:
        named[place.name].append(place)
    return [
        one for same in named.values() for one in same
        if any(two.id != one.id and two.valid_from < one.valid_to and one.valid_from < two.valid_to for two in same)
    ]
