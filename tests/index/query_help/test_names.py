from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query_help.names import Counts, Names
from index.query_help.places import Gazetteer, fold_phrase
from kb.checks import Reference
from kb.settings import Settings
from kb.thesaurus import read_thesaurus
from tests.index.collection import count_values


@pytest.fixture(scope="module")
def thesaurus() -> dict[str, Mapping[str, tuple[str, ...]]]:
    return {concept.id: concept.words for concept in read_thesaurus(Settings().content_dir).values()}


@pytest.fixture(scope="module")
def counts(reference: Reference) -> Counts:
    return count_values(reference)


@pytest.fixture(scope="module")
def names(reference: Reference, counts: Counts, thesaurus: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Names:
    return Names(reference, counts, thesaurus)


@pytest.fixture(scope="module")
def all_names(reference: Reference) -> Names:
    """As if every code had a case."""
    filed = {row.id: 1 for row in reference.register.municipalities}
    return Names(reference, {"municipality": filed}, {})


def read(names: Names, query: str) -> list[tuple[str, str, str]]:
    return [(one.facet, one.value, query[one.start : one.end]) for one in names.list_recognised(query)]


def values(names: Names, query: str) -> list[str]:
    return [one.value for one in names.list_recognised(query)]


def test_a_municipality_and_a_theme_are_recognised_in_one_query(names: Names) -> None:
    assert read(names, "sykefravær i Bodø") == [
        ("theme", "sykefravaer", "sykefravær"),
        ("municipality", "NO-1804", "Bodø"),
    ]


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("Larviks erfaringer", "NO-0709"),
        ("erfaringer fra LARVIK", "NO-0709"),
        ("bodo skole", "NO-1804"),
        ("hva gjorde Løten med heltid", "NO-0415"),
        ("Loabák", "NO-1920"),
        ("i Vestfold fylke", "NO-Vestfold"),
        ("sjukfrånvaro", "sykefravaer"),
        ("sickness absence in care", "sykefravaer"),
        ("refleksjonsgruppene våre", "refleksjonsgrupper"),
        ("flink med folk", "flink-med-folk"),
        ("12k", "12k"),
        ("Löten", "NO-0415"),
    ],
)
def test_names_are_recognised_in_other_forms_and_languages(names: Names, query: str, value: str) -> None:
    assert value in values(names, query)


@pytest.mark.parametrize(
    "query", ["bo hjemme i time etter time", "det å ta ski på seg", "re og os", "grue seg til møtet"]
)
def test_ordinary_words_are_no_names(all_names: Names, query: str) -> None:
    assert values(all_names, query) == []


@pytest.mark.parametrize("query", ["skoler i Time", "skoler i time kommune", "time", "Times skoler"])
def test_ordinary_words_are_names_with_a_capital_alone_or_before_municipality(all_names: Names, query: str) -> None:
    assert "NO-1121" in values(all_names, query)


def test_a_name_of_several_municipalities_gives_each_with_its_county(all_names: Names) -> None:
    herøy = all_names.list_recognised("skolen på Herøy")
    assert {(one.value, one.label) for one in herøy} == {
        ("NO-1515", "Herøy (Møre og Romsdal)"),
        ("NO-1818", "Herøy (Nordland)"),
    }
    assert len({(one.start, one.end) for one in herøy}) == 1


def test_a_code_is_told_from_a_later_one_by_its_years(all_names: Names) -> None:
    labels = [one.label for one in all_names.list_recognised("Tromsø")]
    assert labels == ["Tromsø (1867–2019)", "Tromsø (2020–2023)", "Tromsø (2024–)"]


def test_a_municipality_that_was_demerged_under_its_old_name_is_told_apart_by_years(all_names: Names) -> None:
    labels = {one.label for one in all_names.list_recognised("Haram")}
    assert labels == {"Haram (Møre og Romsdal, 1838–2019)", "Haram (Møre og Romsdal, 2024–)"}


def test_a_merged_municipality_offers_those_that_cases_are_filed_under(names: Names) -> None:
    assert [(one.value, one.label) for one in names.list_recognised("Færder")] == [
        ("NO-0722", "Nøtterøy"),
        ("NO-0723", "Tjøme"),
    ]
    assert [one.label for one in names.list_recognised("Tønsberg")] == ["Tønsberg"]


def test_one_that_went_into_another_offers_the_other(reference: Reference) -> None:
    only_new = Names(reference, {"municipality": {"NO-3811": 2}}, {})
    assert [(one.value, one.label) for one in only_new.list_recognised("Nøtterøy")] == [("NO-3811", "Færder")]


def test_the_longest_name_counts_and_nothing_overlaps(names: Names) -> None:
    assert read(names, "flink med folk i første rekke") == [
        ("programme", "flink-med-folk-i-forste-rekke", "flink med folk i første rekke")
    ]
    found = names.list_recognised("pleie og omsorg i Bodø, Larvik og Oslo med sykefravær og nærvær på sykehjem")
    spans = sorted({(one.start, one.end) for one in found})
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert ("Sykefravær og nærvær", 43) in {(one.label, one.start) for one in found}


def test_only_what_has_cases_is_offered(reference: Reference, counts: Counts) -> None:
    query = "sykefravær i Bodø og Tromsø"
    assert Names(reference, {}, {}).list_recognised(query) == []
    assert Names(reference, {"theme": {"sykefravaer": 0}}, {}).list_recognised(query) == []
    for one in Names(reference, counts, {}).list_recognised(query):
        assert counts[one.facet][one.value] > 0


def test_labels_are_in_the_language_that_is_asked_for(names: Names) -> None:
    assert [one.label for one in names.list_recognised("sykefravær", "en")] == ["Sick leave and attendance"]


@given(st.text(max_size=80) | st.text(alphabet="Bodø Larvik sykefravær og RE-\n'", max_size=80))
def test_any_text_can_be_looked_through(names: Names, text: str) -> None:
    for one in names.list_recognised(text):
        assert text[one.start : one.end].strip() == text[one.start : one.end] != ""


def test_every_official_name_leads_to_its_code(all_names: Names, reference: Reference) -> None:
    for row in reference.register.municipalities:
        assert row.id in values(all_names, row.name), row.name


def test_places_part_namesakes_and_keep_a_renumbered_municipality_together(reference: Reference) -> None:
    gazetteer = Gazetteer(reference.register)
    by_name = [[row.id for row in place.rows] for place in gazetteer.places if place.words == ("våler",)]
    assert sorted(by_name) == [["NO-0137", "NO-3018", "NO-3114"], ["NO-0426", "NO-3419"]]
    assert gazetteer.has_name(fold_phrase("Gáivuotna"))
    assert not gazetteer.has_name(("andeby",))
