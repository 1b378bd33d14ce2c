"""What two cases have in common, in readers' words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.facets import VOCABULARY_OF, label_value
from kb.vocabulary import Vocabularies, list_broader

MOST = 4
"""Things of one kind that are told."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A measure, factor or theme that two cases share."""

    facet: str
    value: str
    """A factor has its polarity when both say the same of it."""
    label: str
    """Of a factor without its polarity."""


def list_shared(shared: Mapping[str, list[str]], vocabularies: Vocabularies) -> Iterator[Shared]:
    """List what two cases share, at most `MOST` of each facet.

    What another shared thing says more precisely is left out: broader terms, and factors without their polarity.
    """
    for facet, values in shared.items():
        terms = vocabularies.terms[VOCABULARY_OF[facet]]
        named = {value: value.partition(":")[0] for value in values}
        broader = {one for term_id in named.values() for one in list_broader(term_id, terms)}
        polar = {term_id for value, term_id in named.items() if value != term_id}
        narrow = [v for v, term_id in named.items() if term_id not in broader and (v != term_id or v not in polar)]
        for value in narrow[:MOST]:
            yield Shared(facet, value, label_value(facet, named[value], vocabularies, "nb"))
