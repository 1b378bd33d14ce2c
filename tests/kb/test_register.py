from datetime import date

import pytest

from kb.checks import Reference
from kb.register import Municipality, Register, Unresolved, fold_name


@pytest.fixture(scope="module")
def register(reference: Reference) -> Register:
    return reference.register


def during(register: Register, name: str, first: int, last: int = 9999) -> Municipality | Unresolved:
    return register.resolve(name, date(first, 1, 1), date(last, 12, 31))


def found(register: Register, name: str, first: int, last: int = 9999) -> str:
    municipality = during(register, name, first, last)
    assert isinstance(municipality, Municipality), municipality
    return municipality.id


@pytest.mark.parametrize(
    ("name", "first", "last", "expected"),
    [
        ("Nøtterøy", 2006, 2006, "NO-0722"),
        ("nøtterøy", 2006, 2010, "NO-0722"),
        ("Færder", 2019, 2019, "NO-0729"),
        ("Færder", 2024, 9999, "NO-3911"),
        ("Halden", 2003, 9999, "NO-0101"),
        ("Bodø", 2007, 9999, "NO-1804"),
        ("Våler (Hedmark)", 2006, 2007, "NO-0426"),
        ("0722", 2006, 2006, "NO-0722"),
        ("722", 2006, 2006, "NO-0722"),
        ("Gáivuotna", 2019, 2019, "NO-1940"),
        ("Kaivuono", 2019, 2019, "NO-1940"),
        ("Kåfjord", 2000, 2000, "NO-1940"),
        ("Göteborg", 2006, 2006, "SE-1480"),
        ("Göteborgs kommun", 2006, 2006, "SE-1480"),
        ("SE-0114", 2006, 2006, "SE-0114"),
    ],
)
def test_a_name_or_code_leads_to_the_municipality_of_its_time(
    register: Register, name: str, first: int, last: int, expected: str
) -> None:
    assert found(register, name, first, last) == expected


@pytest.mark.parametrize(
    ("name", "first", "last", "reason", "choices"),
    [
        ("Nøtterøy", 2024, 9999, "not-then", ("Færder",)),
        ("Færder", 2006, 2008, "not-then", ("Nøtterøy", "Tjøme")),
        ("Tysfjord", 2022, 2022, "not-then", ("Narvik", "Hábmer - Hamarøy")),
        ("Våler (Hedmark)", 2022, 2022, "not-then", ("Våler (Innlandet)",)),
        ("Sande", 2006, 9999, "ambiguous", ("Sande (Vestfold)", "Sande (Møre og Romsdal)")),
        ("Larvk", 2006, 2006, "unknown", ("Larvik",)),
        ("Timbuktu-by", 2006, 2006, "unknown", ()),
        ("", 2006, 2006, "unknown", ()),
    ],
)
def test_a_name_that_does_not_lead_to_one_says_why_and_what_to_write(
    register: Register, name: str, first: int, last: int, reason: str, choices: tuple[str, ...]
) -> None:
    assert during(register, name, first, last) == Unresolved(reason, choices)


def test_the_register_has_the_official_number_of_municipalities(register: Register) -> None:
    def count(day: date) -> int:
        return sum(m.country == "NO" and m.valid_during(day, day) for m in register.municipalities)

    assert [count(date(year, 1, 1)) for year in (1999, 2006, 2012, 2020, 2024)] == [435, 431, 429, 356, 357]
    assert sum(m.country == "SE" for m in register.municipalities) == 290


def test_every_end_has_a_successor_that_is_in_the_register(register: Register) -> None:
    known = {(m.id, m.name) for m in register.municipalities}
    ended = {(m.id, m.name) for m in register.municipalities if m.country == "NO" and m.valid_to < date(2026, 1, 1)}
    assert ended <= set(register.successors)
    assert {new for news in register.successors.values() for new in news} <= known


def test_population_is_that_of_the_nearest_known_year(register: Register) -> None:
    assert register.find_population("NO-0709", 2007) == (2007, 41364)
    assert register.find_population("NO-0709", 2003) == (2005, register.populations["NO-0709"][2005])
    assert register.find_population("NO-0709", 1990) is None
    assert register.find_population("SE-1480", 2007) is None


def test_names_are_folded_alike_however_they_are_written() -> None:
    assert fold_name("  NØTTERØY ") == fold_name("Nøtterøy")
    assert fold_name("A\u030as") == fold_name("Ås")
