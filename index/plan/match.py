"""Matching a pasted plan with the collection: comparable cases, and what they had that the plan does not speak of.

Nothing of the text is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set
from typing import Protocol

from pydantic import BaseModel, Field

from index.plan.aspects import Aspect, list_aspects
from index.plan.cues import Key
from index.plan.mentions import Mentions
from index.plan.reading import Reading
from index.plan.sections import TITLE, PlanSection, find_title, list_stretches, parse_plan
from index.query import MAX_CHARACTERS, clean_query
from index.results import Hit, SearchResult
from kb.errors import InvalidQuery

LEAST_CASES = 2
"""What only one comparable case had is chance."""
MOST_LACKING = 8
"""Of each list, so that it can be read."""
_WITHOUT_MATTER = ("no-words", "stop-words", "unknown-words")


class PlanSearcher(Protocol):
    """What is needed of `index.searcher.Searcher`."""

    def search(self, text: str, *, limit: int) -> SearchResult:
        """Find the cases nearest to a text, best first."""


class PlanLibrary(Protocol):
    """What is needed of the published cases; nothing is known of a case that is not published."""

    def list_measures(self, case: str) -> Collection[str]:
        """List the measures that a case took, by id."""

    def list_factors(self, case: str) -> Collection[tuple[str, str]]:
        """List what helped or hindered in a case: id of the factor, and polarity."""


class SectionMatch(BaseModel):
    """A section of the plan and the cases that are comparable with it."""

    section: PlanSection
    hits: list[Hit] = Field(description="Best first; empty when nothing in the collection is comparable.")


class Lacking(BaseModel):
    """A term that comparable cases are filed under and that the plan does not mention."""

    vocabulary: str = Field(description="measures or factors.")
    term: str
    cases: list[str] = Field(description="Ids of the cases, the most comparable first.")


class PlanMatch(BaseModel):
    """What the collection has to say to a plan."""

    title: str = Field(description="Name of the plan as written; empty when it has none.")
    sections: list[SectionMatch]
    cases: list[str] = Field(description="All comparable cases, the most comparable first.")
    measures: list[Lacking] = Field(description="What the cases did; most cases first.")
    factors: list[Lacking] = Field(description="What helped the cases; most cases first.")
    missed: list[Lacking] = Field(description="Factors that the cases say were missing there; most cases first.")
    aspects: list[Aspect]


def match_plan(
    text: str, searcher: PlanSearcher, library: PlanLibrary, mentions: Mentions, limit: int = 5
) -> PlanMatch:
    """Match a plan section by section, with at most `limit` cases for each; raises InvalidQuery as `parse_plan`."""
    sections = parse_plan(text)
    title = find_title(sections)
    matches = [
        SectionMatch(section=section, hits=_search(text, title, section, searcher, limit))
        for section in sections
        if section.kind != TITLE
    ]
    cases = _rank_cases(matches)
    reading = Reading(text, list_stretches(text, sections))
    mentioned = mentions.list_mentioned(reading)
    measures = ((case, ("measures", term)) for case in cases for term in library.list_measures(case))
    factors = [(case, ("factors", term), how) for case in cases for term, how in library.list_factors(case)]
    return PlanMatch(
        title=title,
        sections=matches,
        cases=cases,
        measures=_list_lacking(measures, mentions, mentioned),
        factors=_list_lacking(_with_polarity(factors, "promoted"), mentions, mentioned),
        missed=_list_lacking(_with_polarity(factors, "missing"), mentions, mentioned),
        aspects=list_aspects(sections, reading),
    )


def _with_polarity(factors: Iterable[tuple[str, Key, str]], polarity: str) -> Iterator[tuple[str, Key]]:
    return ((case, key) for case, key, how in factors if how == polarity)


def _search(text: str, title: str, section: PlanSection, searcher: PlanSearcher, limit: int) -> list[Hit]:
    """Search for a section, led by the plan's name, since «vi evaluerer etter et år» says nothing alone."""
    own = text[section.start : section.end]
    query = ". ".join(part for part in (title, section.heading, own) if part)[:MAX_CHARACTERS]
    try:
        clean_query(own[:MAX_CHARACTERS])  # a name and a heading over nothing are no section
        return searcher.search(query, limit=limit).hits
    except InvalidQuery as error:
        if error.reason not in _WITHOUT_MATTER:
            raise
        return []


def _rank_cases(matches: Iterable[SectionMatch]) -> list[str]:
    """List all cases, each once: those of most sections first, then by their best place in one.

    Scores are comparable within the answer for one section only.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for match in matches:
        for place, hit in enumerate(match.hits):
            places[hit.case].append(place)
    return sorted(places, key=lambda case: (-len(places[case]), min(places[case]), case))


def _list_lacking(had: Iterable[tuple[str, Key]], mentions: Mentions, mentioned: Set[Key]) -> list[Lacking]:
    """List the terms that enough cases have and the plan does not mention; `had` is in order of the cases."""
    having: dict[Key, dict[str, None]] = defaultdict(dict)
    for case, key in had:
        having[key][case] = None
    found = {key: list(cases) for key, cases in having.items() if len(cases) >= LEAST_CASES and key not in mentioned}
    # A broader term says nothing more when all its cases stand under one that is narrower.
    said = {above for key in found for above in mentions.list_broader(key) if found.get(above) == found[key]}
    most = sorted((key for key in found if key not in said), key=lambda key: -len(found[key]))[:MOST_LACKING]
    return [Lacking(vocabulary=key[0], term=key[1], cases=found[key]) for key in most]
