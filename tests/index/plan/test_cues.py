import pytest

from index.plan.cues import FILE, has_date, has_figure, read_cues
from index.plan.reading import Reading, read_phrase
from index.plan.sections import KINDS
from kb.checks import Reference
from kb.vocabulary import read_entries


def test_rules_speak_of_groups_that_are_there_and_every_group_is_used() -> None:
    rules = [rule for key in ("mentions", "aspects") for entry in read_entries(FILE, key) for rule in entry["rules"]]
    named = {group for rule in rules for group in rule}
    assert named - {"figure", "date"} == set(read_cues().groups)


def test_rules_are_for_terms_that_the_vocabularies_have(reference: Reference) -> None:
    cues = read_cues()
    assert [key for key in cues.mentions if reference.vocabularies.find_term(*key) is None] == []
    assert cues.weak_labels < set(cues.mentions)
    assert set(cues.kinds) < set(KINDS)


def test_every_cue_is_found_in_a_text_of_its_own_words() -> None:
    for key in ("groups", "kinds"):
        for entry in read_entries(FILE, key):
            for language, texts in entry["words"].items():
                for text in map(str, texts):
                    assert Reading(text.removeprefix("=")).find_phrase(read_phrase(text, language)), (entry["id"], text)


def test_every_group_and_kind_has_words_in_four_languages() -> None:
    for key in ("groups", "kinds"):
        lacking = [
            e["id"] for e in read_entries(FILE, key) if not all(e["words"].get(x) for x in ("nb", "sv", "da", "en"))
        ]
        assert lacking == []


def sentences(text: str, *rule: str) -> set[int]:
    return read_cues().find_sentences(Reading(text), [rule])


def test_a_rule_holds_where_all_its_groups_stand_near_each_other() -> None:
    assert sentences("Noe annet. Kommunestyret har vedtatt planen.", "politicians", "anchor") == {1}
    assert sentences("Kommunestyret er stort. Planen er vedtatt.", "politicians", "anchor") == set()
    far = "Kommunestyret " + "og alle de andre som bor i denne kommunen her ute ved kysten " * 2 + "har vedtatt planen."
    assert sentences(far, "politicians", "anchor") == set()


def test_a_pattern_may_stand_anywhere_in_the_sentence_of_the_words() -> None:
    text = "Målet er lavere fravær i alle enheter, sektorer, avdelinger og tjenester, det vil si under 7 prosent innen 2027."
    assert sentences(text, "goal-word", "figure", "date") == {0}
    assert sentences("Målet er lavere fravær innen 2027.", "goal-word", "figure", "date") == set()


@pytest.mark.parametrize(
    "text", ["7,5 prosent", "8 %", "fra 9 til 7", "minst 20 ansatte", "halvere fraværet", "fewer than 5"]
)
def test_a_figure_to_be_reached_is_seen(text: str) -> None:
    assert has_figure(text)


@pytest.mark.parametrize(
    "text", ["innen 2027", "i perioden 2024 til 2027", "over 80 år", "punkt 3", "de tre kommunene"]
)
def test_years_ages_and_other_numbers_are_no_figures_to_be_reached(text: str) -> None:
    assert not has_figure(text)


@pytest.mark.parametrize(
    "text", ["innen 2027", "1.12.2026", "i løpet av to år", "efter et år", "within 6 months", "i oktober"]
)
def test_a_date_or_a_time_limit_is_seen(text: str) -> None:
    assert has_date(text)


@pytest.mark.parametrize("text", ["over 80 år", "snart", "hvert år", "7 prosent"])
def test_other_words_of_time_are_no_date(text: str) -> None:
    assert not has_date(text)
