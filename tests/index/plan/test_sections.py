from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.analysis import read_words
from index.plan.headings import list_headings
from index.plan.sections import (
    KINDS,
    LONGEST_WORDS,
    MAX_CHARACTERS,
    MOST_SECTIONS,
    PlanSection,
    find_title,
    list_stretches,
    parse_plan,
)
from kb.document import CaseDocument
from kb.errors import InvalidQuery
from tests.index.plan.plans import ALL, DANISH, ENGLISH, MARKDOWN, NUMBERED, NYNORSK, PASTED, SWEDISH, WITHOUT_HEADINGS


def kinds(text: str) -> list[tuple[str, str]]:
    return [(section.kind, section.heading) for section in parse_plan(text)]


def texts(text: str, sections: list[PlanSection]) -> list[str]:
    return [text[section.start : section.end] for section in sections]


def test_sections_have_the_kind_of_their_heading_or_of_the_one_above() -> None:
    assert kinds(MARKDOWN) == [
        ("title", "Heltidskultur i Nordvik kommune 2025–2028"),
        ("background", "Bakgrunn"),
        ("goals", "Hovedmål"),
        ("goals", "Delmål"),
        ("measures", "Tiltak"),
        ("measures", "Jobbrotasjon"),
        ("economy", "Økonomi"),
    ]
    assert kinds(NUMBERED)[1:] == [
        ("background", "1 Innledning"),
        ("goals", "2.1 Hovedmål"),
        ("goals", "2.2 Andre mål"),
        ("measures", "3. Tiltak"),
        ("anchoring", "4 Forankring og medvirkning"),
    ]


def test_a_section_is_the_text_under_its_heading() -> None:
    sections = parse_plan(NYNORSK)
    assert texts(NYNORSK, sections)[1:3] == [
        "Personalet møter vanskelege val kvar dag.",
        "Alle avdelingar skal ha refleksjonsgruppe.",
    ]
    assert find_title(sections) == "Etikkplan for sjukeheimen"


def test_plans_in_swedish_danish_and_english_are_cut_as_norwegian_ones() -> None:
    assert [kind for kind, _ in kinds(SWEDISH)] == ["title", "goals", "measures", "anchoring", "evaluation"]
    assert [kind for kind, _ in kinds(DANISH)] == ["title", "purpose", "participation", "evaluation"]
    assert [kind for kind, _ in kinds(ENGLISH)] == ["title", "goals", "anchoring", "evaluation"]


def test_a_plan_from_a_word_processor_is_cut_at_its_short_lines() -> None:
    assert kinds(PASTED) == [
        ("title", "Sammen om barnehageløftet"),
        ("background", "Dagens situasjon"),
        ("measures", "Hva vi vil gjøre"),
    ]


def test_paragraphs_without_headings_are_told_apart_by_their_words() -> None:
    assert kinds(WITHOUT_HEADINGS) == [
        (kind, "") for kind in ("background", "goals", "measures", "anchoring", "evaluation")
    ]


def test_text_without_any_structure_is_cut_into_pieces_at_sentence_ends() -> None:
    sentence = "Kommunen arbeider med saken sammen med naboene i regionen, og det tar tid. "
    text = sentence * 70
    sections = parse_plan(text)
    assert len(sections) == 7
    assert all(piece.endswith("tar tid.") and len(piece.split()) <= LONGEST_WORDS for piece in texts(text, sections))


def test_a_long_section_is_cut_and_each_piece_keeps_kind_and_heading() -> None:
    text = "## Tiltak\n\n" + "Alle enheter skal ha en plan for hvem som gjør hva og når. " * 40
    sections = parse_plan(text)
    assert len(sections) > 2
    assert {(section.kind, section.heading) for section in sections} == {("measures", "Tiltak")}


def test_words_without_sentences_are_cut_all_the_same() -> None:
    assert all(len(piece.split()) <= LONGEST_WORDS for piece in texts("ord " * 4000, parse_plan("ord " * 4000)))


def test_a_text_of_nothing_but_short_headed_lines_is_not_cut_into_hundreds() -> None:
    assert 1 <= len(parse_plan("# Alfa\nEn tjeneste\n" * 900)) <= MOST_SECTIONS


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \n\t", "empty"), ("?! – …", "no-words"), ("det er som det er", "stop-words")],
)
def test_a_text_without_matter_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse_plan(text)
    assert refused.value.reason == reason


def test_a_plan_may_have_twenty_thousand_characters_and_no_more() -> None:
    text = ("Kommunen skal lykkes. " * 1000)[:MAX_CHARACTERS]
    assert len(text) == 20_000
    assert parse_plan(text)
    with pytest.raises(InvalidQuery, match="20000") as refused:
        parse_plan(text + "x")
    assert refused.value.reason == "too-long"


def test_every_section_of_the_real_cases_gets_the_kind_that_the_format_gives_it(
    library_documents: list[CaseDocument],
) -> None:
    for document in library_documents[::4]:
        written = {section.heading: section.kind for section in document.sections if section.kind}
        body = document.body[:MAX_CHARACTERS]
        for section in parse_plan(body):
            if section.heading in written:
                assert section.kind == written[section.heading], document.front.id


def test_headings_that_only_name_the_kind_of_section_are_not_read_as_statements() -> None:
    stretches = [MARKDOWN[start:end].strip() for start, end in list_stretches(MARKDOWN, parse_plan(MARKDOWN))]
    assert stretches[0] == "# Heltidskultur i Nordvik kommune 2025–2028"
    assert "### Jobbrotasjon" in stretches
    assert "## Tiltak" not in stretches


_LINES = st.sampled_from([*"".join(ALL).splitlines(), "", "", "  ", "- punkt", "1. første", "2 Mål", "Et ord til."])


@given(st.one_of(st.text(max_size=400), st.lists(_LINES, max_size=40).map("\n".join), st.sampled_from(ALL)))
def test_sections_lie_in_order_and_no_word_falls_outside_them_and_the_headings(text: str) -> None:
    try:
        sections = parse_plan(text)
    except InvalidQuery:
        return
    edges = [0, *(edge for section in sections for edge in (section.start, section.end)), len(text)]
    assert edges == sorted(edges)
    assert all(piece and piece == piece.strip() for piece in texts(text, sections))
    assert {section.kind for section in sections} <= set(KINDS)
    assert [section.kind for section in sections[1:]].count("title") == 0
    held = {at for section in sections for at in range(section.start, section.end)}
    held |= {at for heading in list_headings(text) for at in range(heading.start, heading.end)}
    assert [word for word in read_words(text) if word.start not in held] == []
    stretches = list_stretches(text, sections)
    assert all(one[1] <= other[0] for one, other in pairwise(stretches))
