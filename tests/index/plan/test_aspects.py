import pytest

from index.plan.aspects import ASPECTS, list_aspects
from index.plan.cues import read_cues
from index.plan.reading import Reading
from index.plan.sections import list_stretches, parse_plan
from tests.index.plan.plans import DANISH, ENGLISH, MARKDOWN, NUMBERED, NYNORSK, SWEDISH, WITHOUT_HEADINGS


def shown(text: str) -> dict[str, str | None]:
    """Aspect → the words that show it, None when it was not found."""
    sections = parse_plan(text)
    aspects = list_aspects(sections, Reading(text, list_stretches(text, sections)))
    assert tuple(aspect.code for aspect in aspects) == ASPECTS
    return {aspect.code: text[aspect.start : aspect.end] if aspect.found else None for aspect in aspects}


def found(text: str) -> set[str]:
    return {code for code, words in shown(text).items() if words is not None}


def test_each_aspect_has_rules() -> None:
    assert set(read_cues().aspects) == set(ASPECTS)


def test_what_a_plan_says_is_shown_where_it_says_it() -> None:
    assert shown(NUMBERED) == {
        "measurable-goals": "Kommunen skal redusere sykefraværet til 7,5 prosent innen 2026.",
        "anchoring": "4 Forankring og medvirkning\n",
        "staff": None,
        "unions": "Tillitsvalgte og verneombud deltar.",
        "evaluation": None,
        "continuation": None,
    }


def test_plans_in_other_languages_are_understood() -> None:
    assert found(SWEDISH) == set(ASPECTS)
    assert found(DANISH) == {"anchoring", "staff", "unions", "evaluation"}
    assert found(ENGLISH) == set(ASPECTS)
    assert found(NYNORSK) == {"evaluation"}


def test_a_plan_of_goals_and_measures_alone_lacks_the_rest() -> None:
    assert found(MARKDOWN) == {"measurable-goals"}
    assert found("Vi vil ha det bedre her på sykehjemmet.") == set()


def test_a_goal_without_a_time_is_shown_but_not_taken_as_measurable() -> None:
    aspects = list_aspects(parse_plan(WITHOUT_HEADINGS), Reading(WITHOUT_HEADINGS))
    assert not aspects[0].found
    assert WITHOUT_HEADINGS[aspects[0].start : aspects[0].end] == "Målet er at fraværet skal ned til 7 prosent."


def test_figure_and_time_may_stand_in_two_sentences_of_the_section_of_goals() -> None:
    text = "## Mål\n\nFraværet skal være under 7 prosent. Dette skal være nådd innen 2027.\n\n## Tiltak\n\nTrening.\n"
    assert shown(text)["measurable-goals"] == "Fraværet skal være under 7 prosent."
    assert "measurable-goals" not in found(
        "## Bakgrunn\n\nFraværet er 7 prosent.\n\n## Økonomi\n\nBudsjett for 2027.\n"
    )


def test_a_heading_that_says_it_is_enough_when_there_is_text_under_it() -> None:
    text = "## Evaluering\n\nVi spør de ansatte.\n\n## Videreføring\n\nAvdelingen tar over.\n"
    assert shown(text)["evaluation"] == "Vi spør de ansatte."
    assert shown(text)["continuation"] == "Avdelingen tar over."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Planen er behandlet i formannskapet.", "anchoring"),
        ("Dei tilsette er med på å lage turnusen.", "staff"),
        ("Hovedverneombudet sitter i gruppa.", "unions"),
        ("Tiltakene evalueres etter ett år.", "evaluation"),
        ("Etter prosjektperioden går arbeidet over i ordinær drift.", "continuation"),
    ],
)
def test_a_single_sentence_is_enough(text: str, code: str) -> None:
    assert code in found(text)
