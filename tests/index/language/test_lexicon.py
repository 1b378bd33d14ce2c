import re

import pytest

from index.language.folding import fold_word
from index.language.lexicon import FOLDER, LANGUAGES, find_base, get_lexicon

FILES = (*LANGUAGES, "whole", "same", "kept")


def lines(name: str) -> list[str]:
    return [line for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize("name", FILES)
def test_a_list_is_sorted_has_no_word_twice_and_is_in_small_letters(name: str) -> None:
    words = [line.split()[0] for line in lines(name)]
    assert lines(name) == sorted(lines(name), key=lambda line: line.strip("-"))
    assert len({word.strip("-") for word in words}) == len(words)
    assert [line for line in lines(name) if not re.fullmatch(r"[a-zæøåäöé -]+", line)] == []


@pytest.mark.parametrize(("language", "least"), [("nb", 1500), ("sv", 700), ("da", 700)])
def test_every_language_has_words_enough_to_take_compounds_apart(language: str, least: int) -> None:
    assert len(lines(language)) >= least


def test_words_that_count_as_one_lead_to_one_word_only() -> None:
    same = get_lexicon().same
    assert [word for word in same.values() if word in same] == []


@pytest.mark.parametrize(
    ("form", "language", "base"),
    [
        ("tjenestene", "nb", "tjeneste"),
        ("hjemmet", "nb", "hjem"),
        ("midlene", "nb", "middel"),
        ("sentrene", "nb", "senter"),
        ("skulane", "nb", "skule"),
        ("skolorna", "sv", "skola"),
        ("medarbetarnas", "sv", "medarbetare"),
        ("tilskuddene", "da", "tilskud"),
        ("brukerne", "nb", "bruker"),
    ],
)
def test_a_form_leads_to_its_base_word(form: str, language: str, base: str) -> None:
    assert find_base(fold_word(form), language) == base


def test_the_longest_base_word_is_meant() -> None:
    assert find_base("lagere", "nb") == "lager"


def test_what_is_no_form_of_a_known_word_leads_nowhere() -> None:
    assert find_base("xylofonist", *LANGUAGES) is None
