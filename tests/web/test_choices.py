import pytest

from kb.checks import Reference
from web.addresses import SearchAddress
from web.choices import LONGEST_QUERY, SHOWN_VALUES, Labels


@pytest.fixture(scope="module")
def labels(reference: Reference) -> Labels:
    return Labels(reference)


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("theme", "sykefravaer", "Sykefravær og nærvær"),
        ("factor", "ledelse:promoted", "Ledelse"),
        ("municipality", "NO-0722", "Nøtterøy"),
        ("municipality", "NO-0137", "Våler (Østfold)"),
        ("municipality", "NO-0426", "Våler (Hedmark)"),
        ("municipality", "NO-9999", "NO-9999"),
        ("municipality", "NO-0104", "Moss"),
        ("county", "NO-Nord-Trøndelag", "Nord-Trøndelag"),
        ("county", "Oslo", "Oslo"),
        ("period", "2005-2009", "2005–2009"),
        ("theme", "borte", "borte"),
    ],
)
def test_values_have_the_names_that_readers_know(labels: Labels, facet: str, value: str, label: str) -> None:
    assert labels.label(facet, value) == label


def test_a_facet_with_one_value_or_with_values_that_all_have_is_not_offered(labels: Labels) -> None:
    facets = {"country": {"NO": 5}, "language": {"nb": 5, "nn": 5}, "theme": {"skole": 5, "turnus": 2}}
    panels = labels.list_panels(facets, 5, SearchAddress("x"))
    assert [(p.facet, [(c.value, c.count) for c in p.choices]) for p in panels] == [("theme", [("turnus", 2)])]


def test_the_most_frequent_values_are_offered_and_years_and_sizes_in_their_order(labels: Labels) -> None:
    counts = {f"{year}-{year + 4}": 100 - year % 7 for year in range(1950, 2010, 5)}
    ranked = dict(sorted(counts.items(), key=lambda one: -one[1]))
    (panel,) = labels.list_panels({"period": ranked}, 1000, SearchAddress("x"))
    assert len(panel.choices) == SHOWN_VALUES
    assert panel.left_out == len(counts) - SHOWN_VALUES
    assert {c.value for c in panel.choices} == set(list(ranked)[:SHOWN_VALUES])
    assert [c.value for c in panel.choices] == sorted(c.value for c in panel.choices)
    (sizes,) = labels.list_panels({"size": {"50000-": 3, "0-2999": 2, "10000-19999": 1}}, 9, SearchAddress("x"))
    assert [c.value for c in sizes.choices] == ["0-2999", "10000-19999", "50000-"]


def test_a_pasted_text_is_offered_no_values(labels: Labels) -> None:
    facets = {"theme": {"skole": 3, "turnus": 2}}
    assert labels.list_panels(facets, 5, SearchAddress("x" * LONGEST_QUERY))
    assert labels.list_panels(facets, 5, SearchAddress("x" * (LONGEST_QUERY + 1))) == ()


def test_only_filters_with_cases_that_are_not_chosen_are_offered(labels: Labels) -> None:
    address = SearchAddress("x", (("theme", "skole"),), offset=20)
    found = labels.offer([("theme", "skole"), ("theme", "turnus"), ("sector", "x")], {"theme": {"turnus": 2}}, address)
    assert [(c.value, c.count, str(c.address)) for c in found] == [
        ("turnus", 2, "/?q=x&f=theme%3Askole&f=theme%3Aturnus")
    ]
