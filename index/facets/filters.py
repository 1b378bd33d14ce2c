"""The facets there are, and how a filter is said: as text in an address, and in the reader's words."""

from kb.errors import KnowledgeBaseError
from kb.vocabulary import Vocabularies

FACETS = (
    "sector", "theme", "measure", "factor", "outcome", "evidence", "programme", "network", "county", "municipality",
    "country", "period", "size", "language", "status",
)
"""Every facet, in the order in which they are offered."""

Filter = tuple[str, str]
"""A facet and a value: ``("theme", "sykefravaer")``, ``("factor", "ledelse:promoted")``."""

VOCABULARY_OF = {
    "sector": "sectors", "theme": "themes", "measure": "measures", "factor": "factors", "evidence": "evidence",
    "programme": "programmes", "network": "networks",
}
"""Facet → the vocabulary that its values are terms of; of a factor, what stands before its polarity."""
_POLARITY = {
    "nb": {"promoted": "hjalp", "hindered": "hindret", "missing": "manglet"},
    "nn": {"promoted": "hjelpte", "hindered": "hindra", "missing": "mangla"},
    "sv": {"promoted": "hjälpte", "hindered": "hindrade", "missing": "saknades"},
    "da": {"promoted": "hjalp", "hindered": "hindrede", "missing": "manglede"},
    "en": {"promoted": "helped", "hindered": "hindered", "missing": "was missing"},
}


class InvalidFilter(KnowledgeBaseError):
    """A filter names no facet that there is, or has no value."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not a filter. Write a facet, a colon and a value, such as theme:sykefravaer. "
            f"The facets are {', '.join(FACETS)}."
        )


def parse_filter(text: str) -> Filter:
    """Read ``facet:value``, split at the first colon; raises InvalidFilter."""
    facet, _, value = text.partition(":")
    if facet not in FACETS or not value:
        raise InvalidFilter(text)
    return facet, value


def render_filter(chosen: Filter) -> str:
    """Write a filter as `parse_filter` reads it."""
    return ":".join(chosen)


def label_value(facet: str, value: str, vocabularies: Vocabularies, language: str) -> str:
    """Give a value in readers' words where it is a term, a factor with its polarity (``Ledelse: hjalp``).

    Values of other facets, and terms that the vocabulary no longer has, are given as they are; a language without
    words of its own gets bokmål.
    """
    vocabulary = VOCABULARY_OF.get(facet)
    if vocabulary is None:
        return value
    term, _, polarity = value.partition(":")
    label = vocabularies.label(vocabulary, term, language)
    words = _POLARITY.get(language, _POLARITY["nb"])
    return f"{label}: {words.get(polarity, polarity)}" if polarity else label
