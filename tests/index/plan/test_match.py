from collections.abc import Collection, Sequence

import pytest

from index.plan.aspects import ASPECTS
from index.plan.match import LEAST_CASES, MOST_LACKING, Lacking, PlanMatch, match_plan
from index.plan.mentions import Mentions
from index.searcher import Searcher, open_searcher
from kb.checks import Reference
from kb.document import CaseDocument
from kb.errors import InvalidQuery
from kb.settings import Settings
from tests.index.plan.plans import ALL, MARKDOWN, NUMBERED, NYNORSK


class Documents:
    """A `PlanLibrary` of the documents themselves."""

    def __init__(self, documents: Sequence[CaseDocument]) -> None:
        self._fronts = {document.front.id: document.front for document in documents}

    def list_measures(self, case: str) -> Collection[str]:
        return {taken.measure for taken in self._fronts[case].measures}

    def list_factors(self, case: str) -> Collection[tuple[str, str]]:
        return {(claim.factor, claim.polarity) for claim in self._fronts[case].factors}


@pytest.fixture(scope="module")
def searcher(library: Settings) -> Searcher:
    return open_searcher(library)


@pytest.fixture(scope="module")
def documents(library_documents: list[CaseDocument]) -> Documents:
    return Documents(library_documents)


@pytest.fixture(scope="module")
def sick_leave(searcher: Searcher, documents: Documents, mentions: Mentions) -> PlanMatch:
    return match_plan(NUMBERED, searcher, documents, mentions)


def all_lacking(match: PlanMatch) -> list[Lacking]:
    return [*match.measures, *match.factors, *match.missed]


def test_each_section_of_a_plan_finds_cases_on_its_matter(
    searcher: Searcher, documents: Documents, mentions: Mentions, sick_leave: PlanMatch
) -> None:
    found = {one.section.heading: [hit.case for hit in one.hits] for one in sick_leave.sections}
    assert "innsatskommuner-sykefravaer" in found["3. Tiltak"]
    assert "sykefravaersmal-i-82-kommuner" in found["2.1 Hovedmål"]
    other = match_plan(MARKDOWN, searcher, documents, mentions)
    assert {"ufrivillig-deltid", "heltidskultur-som-ikke-spres"} <= set(other.cases[:6])


def test_the_name_of_the_plan_leads_each_section_and_is_not_searched_itself(
    searcher: Searcher, documents: Documents, mentions: Mentions
) -> None:
    match = match_plan(NYNORSK, searcher, documents, mentions)
    assert match.title == "Etikkplan for sjukeheimen"
    assert [one.section.kind for one in match.sections] == ["background", "goals", "measures", "evaluation"]
    evaluation = match.sections[-1].hits
    assert any("etikk" in hit.case or "etisk" in hit.case or "etikk" in hit.title.lower() for hit in evaluation)


def test_the_limit_is_for_each_section(searcher: Searcher, documents: Documents, mentions: Mentions) -> None:
    match = match_plan(NUMBERED, searcher, documents, mentions, limit=2)
    assert max(len(one.hits) for one in match.sections) == 2
    assert set(match.cases) == {hit.case for one in match.sections for hit in one.hits}
    assert len(match.cases) == len(set(match.cases)) > 2


def test_the_case_of_most_sections_comes_first(sick_leave: PlanMatch) -> None:
    sections = [sum(case in [hit.case for hit in one.hits] for one in sick_leave.sections) for case in sick_leave.cases]
    assert sections == sorted(sections, reverse=True)


def test_what_is_lacking_is_what_several_comparable_cases_had(sick_leave: PlanMatch, documents: Documents) -> None:
    assert sick_leave.measures
    assert sick_leave.factors
    for lacking in all_lacking(sick_leave):
        assert LEAST_CASES <= len(lacking.cases) == len(set(lacking.cases))
        assert lacking.cases == [case for case in sick_leave.cases if case in lacking.cases]
    for lacking in sick_leave.measures:
        assert all(lacking.term in documents.list_measures(case) for case in lacking.cases)
    for polarity, listed in (("promoted", sick_leave.factors), ("missing", sick_leave.missed)):
        for lacking in listed:
            assert all((lacking.term, polarity) in documents.list_factors(case) for case in lacking.cases)


def test_the_lists_are_short_and_begin_with_what_most_cases_had(
    searcher: Searcher, documents: Documents, mentions: Mentions
) -> None:
    for plan in ALL:
        match = match_plan(plan, searcher, documents, mentions, limit=10)
        for listed in (match.measures, match.factors, match.missed):
            counts = [len(lacking.cases) for lacking in listed]
            assert counts == sorted(counts, reverse=True)
            assert len(counts) <= MOST_LACKING


def test_what_a_plan_mentions_is_not_lacking(
    searcher: Searcher, documents: Documents, mentions: Mentions, sick_leave: PlanMatch, reference: Reference
) -> None:
    lacking = {(one.vocabulary, one.term) for one in all_lacking(sick_leave)}
    assert not lacking & {("measures", "jobbrotasjon"), ("measures", "fysisk-aktivitet-for-ansatte")}
    for vocabulary, term in sorted(lacking):
        label = reference.vocabularies.label(vocabulary, term, "nb")
        longer = f"{NUMBERED}\nDessuten: {label}.\n"
        match = match_plan(longer, searcher, documents, mentions)
        assert (vocabulary, term) not in {(one.vocabulary, one.term) for one in all_lacking(match)}, term


class Trained:
    """A `PlanLibrary` in which a case has what is broader than its measure too, as facets have it."""

    def __init__(self, only_broader: Collection[str] = ()) -> None:
        self._only_broader = only_broader

    def list_measures(self, case: str) -> Collection[str]:
        return ["kurs-og-opplaering"] if case in self._only_broader else ["kurs-og-opplaering", "e-laering"]

    def list_factors(self, case: str) -> Collection[tuple[str, str]]:
        return []


def test_a_broader_term_is_named_only_when_it_says_more_than_the_narrower(
    searcher: Searcher, mentions: Mentions, sick_leave: PlanMatch
) -> None:
    same = match_plan(NUMBERED, searcher, Trained(), mentions)
    assert [lacking.term for lacking in same.measures] == ["e-laering"]
    more = match_plan(NUMBERED, searcher, Trained(only_broader=sick_leave.cases[:1]), mentions)
    assert [lacking.term for lacking in more.measures] == ["kurs-og-opplaering", "e-laering"]


def test_a_section_without_matter_finds_nothing_and_the_others_go_on(
    searcher: Searcher, documents: Documents, mentions: Mentions
) -> None:
    match = match_plan("## Mål\n\n–\n\n## Tiltak\n\nOljeturnus i nattevaktene.\n", searcher, documents, mentions)
    by_kind = {one.section.kind: one.hits for one in match.sections}
    assert by_kind["goals"] == []
    assert by_kind["measures"][0].case == "molde-oljeturnus"


def test_a_plan_of_the_greatest_length_is_matched(
    searcher: Searcher, documents: Documents, mentions: Mentions, library_documents: list[CaseDocument]
) -> None:
    text = "\n\n".join(document.body for document in library_documents)[:20_000]
    match = match_plan(text, searcher, documents, mentions, limit=1)
    assert len(match.sections) > 20
    assert match.cases[0] in {document.front.id for document in library_documents}


def test_every_aspect_is_answered(sick_leave: PlanMatch) -> None:
    assert tuple(aspect.code for aspect in sick_leave.aspects) == ASPECTS


def test_a_text_that_is_no_plan_is_refused(searcher: Searcher, documents: Documents, mentions: Mentions) -> None:
    for text in ("", "og i det", "x" * 20_001):
        with pytest.raises(InvalidQuery):
            match_plan(text, searcher, documents, mentions)


def test_nothing_of_the_text_is_kept(
    library: Settings, searcher: Searcher, documents: Documents, mentions: Mentions
) -> None:
    marker = "Kvalmundsbygda"
    match_plan(f"# Plan for {marker}\n\n## Tiltak\n\nØnsketurnus i {marker}.\n", searcher, documents, mentions)
    files = [path for path in library.data_dir.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if marker.encode() in path.read_bytes()] == []
