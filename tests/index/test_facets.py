from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facets import FACETS, FacetTable, InvalidFilter, label_value, list_values, parse_filter, render_filter
from index.facets.filters import Filter
from index.facets.values import find_size, find_years
from kb.checks import Reference
from kb.document import FrontMatter, Polarity
from kb.parsing import parse_document
from kb.reference import read_reference
from kb.register import Register
from kb.settings import Settings
from kb.vocabulary import LANGUAGES

Row = Mapping[str, Sequence[str]]

# Hypothesis draws from the real collection, so it is read before any test.
REFERENCE = read_reference(Settings())
FRONTS = {
    path.stem: parse_document(path.read_text(encoding="utf-8"), str(path)).document.front
    for path in sorted((Settings().content_dir / "cases").glob("*.md"))
}
ROWS: list[Row] = [list_values(front, REFERENCE) for front in FRONTS.values()]
TABLE = FacetTable.from_rows(ROWS)
FILTERS = sorted({(facet, value) for row in ROWS for facet, values in row.items() for value in values})

filters = st.sampled_from(FILTERS)
subsets = st.builds(
    lambda share, seed: np.random.default_rng(seed).random(len(ROWS)) < share,
    st.sampled_from([0.0, 0.02, 0.3, 0.5, 0.7, 0.98, 1.0]),
    st.integers(0, 10_000),
)
made_rows = st.lists(
    st.dictionaries(st.sampled_from(FACETS), st.lists(st.sampled_from(["a", "b", "ø", "z:promoted"]), max_size=5)),
    max_size=8,
)


def count_by_hand(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    counts = {facet: Counter(value for row in rows for value in set(row.get(facet, ()))) for facet in FACETS}
    return {facet: dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))) for facet, found in counts.items()}


def in_order(counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(facet, list(found.items())) for facet, found in counts.items()]


def everything(table: FacetTable) -> tuple[object, ...]:
    whole = table.count(np.ones(len(table), dtype=bool))
    return [table.list_values_of(row) for row in range(len(table))], in_order(whole)


def front(**keys: object) -> FrontMatter:
    return FrontMatter.model_validate(keys)


# Values of one case


def test_a_case_is_found_under_its_terms_and_the_broader_ones() -> None:
    values = list_values(FRONTS["plo-i-12k"], REFERENCE)
    assert values["network"] == ("plo-i-12k", "12k")
    assert values["sector"] == ("pleie-og-omsorg", "helse-og-omsorg", "helse")
    assert "nettverk-og-laeringsarena" in values["measure"]


def test_every_broader_term_holds_all_cases_of_the_narrower() -> None:
    for facet, vocabulary in (
        ("sector", "sectors"),
        ("theme", "themes"),
        ("measure", "measures"),
        ("factor", "factors"),
    ):
        for term in REFERENCE.vocabularies.terms[vocabulary].values():
            if term.broader:
                narrow, broad = (TABLE.find_mask([(facet, term_id)]) for term_id in (term.id, term.broader))
                assert not (narrow & ~broad).any(), term.id


def test_a_factor_is_found_with_each_polarity_and_without() -> None:
    values = list_values(FRONTS["etisk-refleksjon-larvik"], REFERENCE)["factor"]
    of_anchoring = [value for value in values if value.startswith("politisk-forankring")]
    assert of_anchoring == ["politisk-forankring:promoted", "politisk-forankring", "politisk-forankring:hindered"]
    assert {"forankring:promoted", "forankring:hindered", "forankring"} <= set(values)
    assert "forankring:missing" not in values


def test_places_are_those_of_the_case_s_time() -> None:
    values = list_values(FRONTS["etisk-refleksjon-larvik"], REFERENCE)
    assert (values["municipality"], values["county"], values["country"]) == (("NO-0709",), ("NO-Vestfold",), ("NO",))
    later = front(municipalities=["Larvik"], period={"from": 2021})
    assert list_values(later, REFERENCE)["county"] == ("NO-Vestfold og Telemark",)


def test_a_swedish_municipality_gives_a_swedish_county_and_no_size() -> None:
    values = list_values(front(municipalities=["SE-0114"], period={"from": 2004}), REFERENCE)
    assert values["country"] == ("SE",)
    assert values["county"] == ("SE-Stockholms län",)
    assert values["size"] == ()


def test_a_case_that_names_no_municipality_has_no_place_and_no_size() -> None:
    nameless = [list_values(found, REFERENCE) for found in FRONTS.values() if not found.municipalities]
    assert nameless
    for values in nameless:
        assert not any(values[facet] for facet in ("municipality", "county", "country", "size"))


def test_a_case_without_status_counts_as_unknown() -> None:
    assert list_values(front(), REFERENCE)["status"] == ("unknown",)


def test_an_empty_case_has_every_facet_and_next_to_no_values() -> None:
    values = list_values(front(), REFERENCE)
    assert tuple(values) == FACETS
    assert {facet for facet, found in values.items() if found} == {"language", "status"}


def test_no_case_of_the_collection_has_a_value_twice() -> None:
    assert [row for row in ROWS for values in row.values() if len(values) != len(set(values))] == []


def test_terms_that_are_each_other_s_broader_are_not_followed_in_a_circle() -> None:
    themes = REFERENCE.vocabularies.terms["themes"]
    circle = {
        "etikk": replace(themes["etikk"], broader="ledelse"),
        "ledelse": replace(themes["ledelse"], broader="etikk"),
    }
    vocabularies = replace(
        REFERENCE.vocabularies, terms={**REFERENCE.vocabularies.terms, "themes": {**themes, **circle}}
    )
    values = list_values(front(themes=["etikk"]), Reference(vocabularies, REFERENCE.register))
    assert values["theme"] == ("etikk", "ledelse")


@pytest.mark.parametrize(
    ("period", "status", "bands"),
    [
        ({"from": 2004, "to": 2010}, None, ("2000-2004", "2005-2009", "2010-2014")),
        ({"from": "2005-01", "to": "2009-12-31"}, None, ("2005-2009",)),
        ({"from": 2007}, None, ("2005-2009",)),
        ({"from": 2007}, {"state": "running", "as_of": 2013}, ("2005-2009", "2010-2014")),
        ({"from": 2007}, {"state": "continued", "as_of": "2010-05"}, ("2005-2009", "2010-2014")),
        ({"from": 2007}, {"state": "running"}, ("2005-2009",)),
        ({"from": 2007}, {"state": "unknown", "as_of": 2013}, ("2005-2009",)),
        ({"from": 2007}, {"state": "ended", "as_of": 2013}, ("2005-2009",)),
        ({"from": 2010}, {"state": "running", "as_of": 2009}, ("2010-2014",)),
        ({"from": 2004, "to": 2004}, {"state": "running", "as_of": 2013}, ("2000-2004",)),
        ({"from": 2014, "to": 2003}, None, ()),
        ({"to": 2003}, None, ()),
        (None, {"state": "running", "as_of": 2013}, ()),
    ],
)
def test_a_case_counts_in_the_bands_of_years_it_is_known_to_have_run_in(
    period: object, status: object, bands: tuple[str, ...]
) -> None:
    assert list_values(front(period=period, status=status), REFERENCE)["period"] == bands


def test_a_period_without_a_start_has_no_years() -> None:
    assert find_years(front(period={"to": 2003})) is None


@pytest.mark.parametrize(
    ("inhabitants", "band"),
    [
        (0, "0-2999"), (2_999, "0-2999"), (3_000, "3000-4999"), (4_999, "3000-4999"), (5_000, "5000-9999"),
        (9_999, "5000-9999"), (10_000, "10000-19999"), (19_999, "10000-19999"), (20_000, "20000-49999"),
        (49_999, "20000-49999"), (50_000, "50000-"), (700_000, "50000-"),
    ],
)  # fmt: skip
def test_inhabitants_fall_in_the_band_that_names_them(inhabitants: int, band: str) -> None:
    register = Register((), populations={"NO-9999": {2010: inhabitants}})
    assert find_size("NO-9999", range(2010, 2011), register) == band


def test_the_size_is_of_the_known_year_nearest_to_the_start() -> None:
    register = Register((), populations={"NO-9999": {2005: 4_000, 2012: 6_000}})
    assert find_size("NO-9999", range(2011, 2014), register) == "5000-9999"
    assert find_size("NO-9999", range(1997, 2014), register) == "3000-4999"
    assert find_size("NO-9999", range(1997, 1999), register) is None
    assert find_size("NO-0000", range(2011, 2014), register) is None


# Counts and masks


def test_every_count_of_the_collection_is_what_choosing_the_value_gives() -> None:
    counts = TABLE.count(np.ones(len(TABLE), dtype=bool))
    assert sorted((facet, value) for facet, found in counts.items() for value in found) == FILTERS
    for facet, found in counts.items():
        for value, count in found.items():
            assert TABLE.find_mask([(facet, value)]).sum() == count > 0


@given(first=filters, second=filters)
def test_a_count_under_one_filter_is_what_adding_the_other_gives(first: Filter, second: Filter) -> None:
    facet, value = second
    under_first = TABLE.count(TABLE.find_mask([first]))
    assert under_first[facet].get(value, 0) == TABLE.find_mask([first, second]).sum()


@given(chosen=st.lists(filters, max_size=4))
def test_a_mask_holds_the_cases_that_have_every_value(chosen: list[Filter]) -> None:
    expected = [all(value in row[facet] for facet, value in chosen) for row in ROWS]
    assert TABLE.find_mask(chosen).tolist() == expected


@given(mask=subsets)
def test_counts_are_those_of_counting_by_hand_in_order(mask: np.ndarray) -> None:
    expected = count_by_hand([row for row, chosen in zip(ROWS, mask, strict=True) if chosen])
    assert in_order(TABLE.count(mask)) == in_order(expected)


@given(mask=subsets, seed=st.integers(0, 100))
def test_rows_in_any_order_and_repeated_count_as_their_mask(mask: np.ndarray, seed: int) -> None:
    rows = np.random.default_rng(seed).permutation(np.tile(np.flatnonzero(mask), 2))
    assert TABLE.count(rows) == TABLE.count(rows.tolist()) == TABLE.count(mask)


def test_without_filters_every_case_is_found() -> None:
    mask = TABLE.find_mask([])
    assert mask.shape == (len(FRONTS),)
    assert mask.all()


def test_a_value_that_no_case_has_finds_none() -> None:
    for value in ("", "aaa", "no-such-theme", "åååå"):
        assert not TABLE.find_mask([("theme", value)]).any()


def test_a_facet_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidFilter, match=r"'colour:red'.*sector, theme, measure"):
        TABLE.find_mask([("colour", "red")])
    with pytest.raises(ValueError, match="colour"):
        FacetTable.from_rows([{"colour": ["red"]}])


def test_a_mask_of_another_length_and_rows_outside_the_table_are_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        TABLE.count(np.ones(len(TABLE) - 1, dtype=bool))
    for row in (-1, len(TABLE)):
        with pytest.raises(IndexError):
            TABLE.count([row])
        with pytest.raises(IndexError):
            TABLE.list_values_of(row)


def test_what_is_given_out_can_be_changed_without_changing_the_table() -> None:
    TABLE.find_mask([FILTERS[0]])[:] = True
    TABLE.count(np.ones(len(TABLE), dtype=bool))["theme"].clear()
    TABLE.list_values_of(0)["theme"].clear()
    assert everything(TABLE) == everything(FacetTable.from_rows(ROWS))


# Making, joining and keeping tables


def test_a_table_gives_back_the_values_of_each_case_in_their_order() -> None:
    for row, values in enumerate(ROWS):
        assert TABLE.list_values_of(row) == {facet: list(found) for facet, found in values.items()}


@given(rows=made_rows)
def test_a_value_that_a_case_has_twice_counts_once(rows: list[Row]) -> None:
    table = FacetTable.from_rows(rows)
    assert table.count(np.ones(len(rows), dtype=bool)) == count_by_hand(rows)
    assert table.count([]) == {facet: {} for facet in FACETS}


@given(parts=st.lists(made_rows, max_size=4))
def test_joining_tables_is_making_one_of_all_their_cases(parts: list[list[Row]]) -> None:
    joined = FacetTable.join([FacetTable.from_rows(part) for part in parts])
    assert everything(joined) == everything(FacetTable.from_rows([row for part in parts for row in part]))


@given(cut=st.integers(0, len(ROWS)))
def test_the_collection_cut_in_two_and_joined_is_the_collection(cut: int) -> None:
    joined = FacetTable.join([FacetTable.from_rows(ROWS[:cut]), FacetTable.from_rows(ROWS[cut:])])
    assert everything(joined) == everything(TABLE)
    assert (joined.find_mask([("theme", "sykefravaer")]) == TABLE.find_mask([("theme", "sykefravaer")])).all()


@pytest.mark.parametrize("table", [TABLE, FacetTable.from_rows([]), FacetTable.from_rows([{}, {"theme": ["ø"]}])])
def test_what_was_written_is_read_back(table: FacetTable, tmp_path: Path) -> None:
    table.write(tmp_path)
    read = FacetTable.read(tmp_path)
    assert len(read) == len(table)
    assert everything(read) == everything(table)
    assert everything(FacetTable.join([read, table])) == everything(FacetTable.join([table, table]))


def test_a_table_whose_files_are_missing_cut_off_or_of_another_table_is_not_read(tmp_path: Path) -> None:
    whole, half = tmp_path / "whole", tmp_path / "half"
    for folder, rows in ((whole, ROWS), (half, ROWS[:100])):
        folder.mkdir()
        FacetTable.from_rows(rows).write(folder)
    codes = whole / "facets-codes.npy"
    original = codes.read_bytes()
    for damaged in ((half / "facets-codes.npy").read_bytes(), original[:500], b"no array"):
        codes.write_bytes(damaged)
        with pytest.raises(ValueError):
            FacetTable.read(whole)
    codes.unlink()
    with pytest.raises(FileNotFoundError):
        FacetTable.read(whole)
    codes.write_bytes(original)
    (whole / "facets.json").write_text('{"theme": []}', encoding="utf-8")
    with pytest.raises(ValueError, match="not those of this program"):
        FacetTable.read(whole)


# Filters as text and in words


@given(chosen=filters)
def test_a_filter_written_and_read_is_the_same(chosen: Filter) -> None:
    assert parse_filter(render_filter(chosen)) == chosen


@given(facet=st.sampled_from(FACETS), value=st.text(min_size=1))
def test_any_value_survives_being_written_and_read(facet: str, value: str) -> None:
    assert parse_filter(render_filter((facet, value))) == (facet, value)


def test_only_the_first_colon_parts_facet_and_value() -> None:
    assert parse_filter("factor:ledelse:promoted") == ("factor", "ledelse:promoted")


@pytest.mark.parametrize("text", ["", "theme", "theme:", ":sykefravaer", "Theme:sykefravaer", "colour:red"])
def test_text_that_is_no_filter_is_refused_with_the_facets_there_are(text: str) -> None:
    with pytest.raises(InvalidFilter) as refused:
        parse_filter(text)
    assert all(facet in str(refused.value) for facet in FACETS)


def test_terms_are_labelled_in_the_reader_s_language() -> None:
    labels = [label_value("theme", "sykefravaer", REFERENCE.vocabularies, language) for language in LANGUAGES]
    assert labels == [
        "Sykefravær og nærvær", "Sjukefråvær og nærvær", "Sjukfrånvaro och närvaro", "Sygefravær og nærvær",
        "Sick leave and attendance",
    ]  # fmt: skip
    assert label_value("evidence", "claim", REFERENCE.vocabularies, "en") == "Claim"


def test_every_term_that_the_collection_uses_has_a_label() -> None:
    for facet in ("sector", "theme", "measure", "factor", "evidence", "programme", "network"):
        for value in TABLE.count(range(len(TABLE)))[facet]:
            assert label_value(facet, value, REFERENCE.vocabularies, "nb") != value


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_polarity_has_its_own_word_in_every_language(language: str) -> None:
    plain = label_value("factor", "ledelse", REFERENCE.vocabularies, language)
    labels = {label_value("factor", f"ledelse:{p}", REFERENCE.vocabularies, language) for p in get_args(Polarity)}
    assert len(labels) == 3
    assert all(label.startswith(f"{plain}: ") for label in labels)
    if language != "en":
        assert not any(polarity in label for label in labels for polarity in get_args(Polarity))


def test_a_factor_says_in_norwegian_what_it_did() -> None:
    assert label_value("factor", "politisk-forankring:missing", REFERENCE.vocabularies, "nb").endswith(": manglet")


def test_a_reader_of_sami_gets_bokmal() -> None:
    for value in ("ledelse", "ledelse:promoted"):
        assert label_value("factor", value, REFERENCE.vocabularies, "se") == label_value(
            "factor", value, REFERENCE.vocabularies, "nb"
        )


def test_values_that_are_no_terms_and_terms_no_longer_there_are_given_as_they_are() -> None:
    for facet, value in (
        ("period", "2005-2009"),
        ("county", "NO-Vestfold"),
        ("theme", "no-such"),
        ("outcome", "mixed"),
    ):
        assert label_value(facet, value, REFERENCE.vocabularies, "nb") == value
