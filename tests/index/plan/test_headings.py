import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.plan.headings import list_headings
from tests.index.plan.plans import ALL, MARKDOWN, NUMBERED, NYNORSK, PASTED, WITHOUT_HEADINGS


def headings(text: str) -> list[tuple[str, int]]:
    return [(heading.text, heading.level) for heading in list_headings(text)]


def test_the_headings_of_markdown_keep_their_levels() -> None:
    assert headings(MARKDOWN)[:4] == [
        ("Heltidskultur i Nordvik kommune 2025–2028", 1),
        ("Bakgrunn", 2),
        ("Mål", 2),
        ("Hovedmål", 3),
    ]
    assert headings("Plan\n====\nTekst.\n\nMål for arbeidet\n---\nNed.\n") == [("Plan", 1), ("Mål for arbeidet", 2)]


def test_numbered_headings_are_told_from_numbered_lists() -> None:
    assert [text for text, _ in headings(NUMBERED)] == [
        "HANDLINGSPLAN FOR LAVERE SYKEFRAVÆR",
        "1 Innledning",
        "2 Mål",
        "2.1 Hovedmål",
        "2.2 Andre mål",
        "3. Tiltak",
        "4 Forankring og medvirkning",
    ]
    assert dict(headings(NUMBERED))["2.1 Hovedmål"] == 2


def test_a_known_heading_may_stand_on_the_line_of_its_text() -> None:
    assert [text for text, _ in headings(NYNORSK)] == [
        "Etikkplan for sjukeheimen",
        "Bakgrunn",
        "Mål",
        "Slik gjer vi det",
        "Evaluering",
    ]
    first = list_headings("**Mål:** Fraværet skal ned.")[0]
    assert (first.text, first.end) == ("Mål", len("**Mål:** "))


def test_short_lines_over_long_ones_are_headings_as_a_word_processor_gives_them() -> None:
    assert [text for text, _ in headings(PASTED)] == [
        "Sammen om barnehageløftet",
        "Dagens situasjon",
        "Hva vi vil gjøre",
    ]


@pytest.mark.parametrize(
    "text",
    [
        WITHOUT_HEADINGS,
        "Vi skal:\n\n- møtes\n- lære\n",
        "1. Kartlegge\n2. Prøve ut\n3. Evaluere\n\nDeretter går arbeidet videre i linja.",
        "NAV\ner med.",
        "Kommunen skal ha god kvalitet. Det er viktig\nfor alle som bor her.",
        "| Tiltak | Ansvar |\n|---|---|\n| Kurs | Leder |",
        "Mål",
    ],
)
def test_what_only_looks_a_little_like_a_heading_is_text(text: str) -> None:
    assert headings(text) == []


@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from([*"".join(ALL).splitlines(), "", "  "])).map("\n".join))
)
def test_headings_stand_in_order_and_begin_at_line_starts(text: str) -> None:
    found = list_headings(text)
    ends = [0, *(heading.end for heading in found)]
    for before, heading in zip(ends, found, strict=False):
        assert before <= heading.start < heading.end <= len(text)
        assert heading.start == 0 or text[heading.start - 1] in "\r\n"
        assert heading.text
        assert heading.text in text[heading.start : heading.end]
