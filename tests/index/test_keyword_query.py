import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keyword_query import (
    MOST_WIDENED,
    PART_WEIGHT,
    SPELLING_WEIGHT,
    SYNONYM_WEIGHT,
    add_spellings,
    list_wanted,
    read_groups,
)
from index.marking import REASONS
from index.thesaurus_words import ThesaurusWords
from kb.settings import Settings
from kb.thesaurus import read_thesaurus


@pytest.fixture(scope="module")
def thesaurus() -> ThesaurusWords:
    return ThesaurusWords.from_concepts(read_thesaurus(Settings().content_dir).values())


def test_each_word_is_a_group_once_and_function_words_are_left_out() -> None:
    groups = read_groups("Hvordan få ned fraværet, og fraværet på sykehjem?")
    assert [group.written for group in groups] == ["få", "fraværet", "sykehjem"]
    assert read_groups("og i på") == []


def test_the_parts_of_a_compound_count_less_than_the_whole() -> None:
    [group] = read_groups("sykehjemsturnus")
    whole, *parts = group.alternatives
    assert (whole.why, whole.weight) == ("word", 1.0)
    assert parts
    assert all((way.why, way.weight) == ("part", PART_WEIGHT) and len(way.words) > 1 for way in parts)


def test_a_thing_of_several_words_is_widened_as_one(thesaurus: ThesaurusWords) -> None:
    *words, together = read_groups("sickness absence", thesaurus)
    assert [group.written for group in words] == ["sickness", "absence"]
    assert together.labels == ("sykefravær",)
    assert {way.why for way in together.alternatives} == {"synonym"}
    assert "sykefravær" in {way.shown for way in together.alternatives}
    assert "sickness absence" not in {way.shown for way in together.alternatives}


def test_other_words_weigh_less_than_what_was_typed() -> None:
    assert 0 < SYNONYM_WEIGHT <= SPELLING_WEIGHT < PART_WEIGHT < 1


def test_a_long_text_is_not_widened(thesaurus: ThesaurusWords) -> None:
    words = ["sykefravær", *(f"ord{number}" for number in range(MOST_WIDENED - 1))]
    short, long = (read_groups(" ".join(some), thesaurus) for some in (words, [*words, "mer"]))
    assert any(way.why == "synonym" for group in short for way in group.alternatives)
    assert not any(way.why == "synonym" for group in long for way in group.alternatives)


def test_spellings_are_added_to_the_word_they_are_for() -> None:
    strange, known = add_spellings(read_groups("turnsu barnehage"), {"turnsu": ["turnus", "tunes"]})
    assert [way.shown for way in strange.alternatives if way.why == "spelling"] == ["turnus", "tunes"]
    assert not [way for way in known.alternatives if way.why == "spelling"]


def test_a_term_that_is_wanted_twice_is_wanted_for_the_nearest_reason() -> None:
    groups = add_spellings(read_groups("turnus turnsu"), {"turnsu": ["turnus"]})
    assert list_wanted(groups)[read_groups("turnus")[0].alternatives[0].words[0][0]] == "word"


@given(st.text(max_size=200))
def test_any_text_gives_groups_of_words_that_stand_in_it(thesaurus: ThesaurusWords, text: str) -> None:
    groups = read_groups(text, thesaurus)
    single = [group for group in groups if len(group.words) == 1]
    assert len({group.written for group in single}) == len(single)
    for group in groups:
        assert group.alternatives
        assert all(0 <= word.start < word.end <= len(text) for word in group.words)
        assert all(way.words and all(way.words) and 0 < way.weight <= 1 for way in group.alternatives)
    assert set(list_wanted(groups).values()) <= set(REASONS)
