from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.analysis import to_ascii
from index.query_help.completions import KINDS, Completer, Titles
from index.query_help.names import Counts
from index.query_help.places import fold_phrase
from index.query_help.word_starts import BEGINNING, LATER, WHOLE, WordStarts
from kb.checks import Reference
from tests.index.collection import count_values, read_documents

WORDS = st.sampled_from(["bø", "bo", "bodø", "skole", "sko", "å", "åal", "lese", "lærer", "i", "x1"])
PHRASES = st.lists(st.lists(WORDS, max_size=5).map(" ".join), max_size=12)


@pytest.fixture(scope="module")
def counts(reference: Reference) -> Counts:
    return count_values(reference)


@pytest.fixture(scope="module")
def titles() -> Titles:
    fronts = [document.front for document in read_documents()]
    return Titles([front.id for front in fronts], [front.title for front in fronts])


@pytest.fixture(scope="module")
def completer(reference: Reference, counts: Counts, titles: Titles) -> Completer:
    return Completer(reference, counts, [(titles, None)])


def texts(completer: Completer, prefix: str, kind: str = "") -> list[str]:
    return [one.text for one in completer.list_completions(prefix) if kind in ("", one.kind)]


def test_each_kind_is_completed_and_they_share_the_places_in_order(completer: Completer) -> None:
    found = completer.list_completions("bo")
    assert len(found) == 8
    assert found[0].text == "Bodø"
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=KINDS.index)
    assert {"municipality", "title"} < {one.kind for one in found}


def test_a_name_is_completed_without_nordic_letters_in_any_case_and_as_folded(completer: Completer) -> None:
    for typed in ("tromso", "TROMSØ", "Tromsö", "tRom"):
        assert "Tromsø" in texts(completer, typed), typed
    assert "Ålesund" in texts(completer, "aalesu")
    assert "Ålesund" in texts(completer, "ales")


def test_a_sami_name_is_offered_as_it_is_typed(completer: Completer) -> None:
    assert texts(completer, "Kárá", "municipality") == ["Kárášjohka"]
    assert texts(completer, "karas", "municipality") == ["Karasjok"]


def test_any_word_of_a_title_is_enough_and_several_must_follow_each_other(completer: Completer) -> None:
    assert any("Rådet for etisk refleksjon" in text for text in texts(completer, "etisk ref"))
    assert texts(completer, "refleksjon etisk") == []
    assert (
        texts(completer, "radet for etisk refleksjon i lar")
        == texts(completer, "Rådet for etisk refleksjon i Lar")
        != []
    )
    assert texts(completer, "rådet for etisk refleksjon i lak") == []


def test_a_finished_word_is_not_gone_on_with(completer: Completer) -> None:
    assert "Bodø" in texts(completer, "bodø ")
    assert "Bodø" not in texts(completer, "bod ")


def test_labels_in_the_language_of_the_reader_come_first(reference: Reference, counts: Counts) -> None:
    by_reader = {reader: Completer(reference, counts, [], reader) for reader in ("nb", "da", "en")}
    assert texts(by_reader["nb"], "sy", "theme")[0] == "Sykefravær og nærvær"
    assert texts(by_reader["da"], "sy", "theme")[0] == "Sygefravær og nærvær"
    assert texts(by_reader["nb"], "sick", "theme") == ["Sick leave and attendance"]


def test_those_with_cases_come_before_those_without(completer: Completer) -> None:
    found = completer.list_completions("b", 8)
    assert found == []
    municipalities = [one for one in completer.list_completions("be", 50) if one.kind == "municipality"]
    assert [one.cases > 0 for one in municipalities] == sorted((one.cases > 0 for one in municipalities), reverse=True)
    assert {one.text for one in municipalities if one.cases} >= {"Bergen"}
    assert {one.text for one in municipalities if not one.cases} >= {"Berlevåg"}


def test_namesakes_are_offered_with_their_county_and_old_codes_are_not(completer: Completer) -> None:
    assert texts(completer, "våler") == ["Våler (Innlandet)", "Våler (Østfold)"]


def test_every_completion_has_the_cases_it_says(completer: Completer, counts: Counts) -> None:
    for prefix in ("sy", "le", "bo", "be", "os", "kva", "mø"):
        for one in completer.list_completions(prefix, 30):
            assert one.kind == "title" or one.cases == counts[one.kind].get(one.value, 0)


@pytest.mark.parametrize("prefix", ["", " ", "b", "«", "-", "x" * 200, "qqqq"])
def test_too_little_and_nonsense_complete_to_nothing(completer: Completer, prefix: str) -> None:
    assert completer.list_completions(prefix) == []


@given(st.text(max_size=30), st.integers(0, 12))
def test_anything_may_be_typed(completer: Completer, prefix: str, limit: int) -> None:
    found = completer.list_completions(prefix, limit)
    assert len(found) <= limit
    assert len({(one.kind, one.value) for one in found}) == len(found)
    assert found == completer.list_completions(prefix, limit)


def test_titles_of_cases_that_are_no_more_are_left_out(reference: Reference, titles: Titles) -> None:
    documents = read_documents()
    alive = np.array(["Larvik" not in document.front.title for document in documents])
    completer = Completer(reference, {}, [(titles, alive)])
    assert texts(completer, "larv", "title") == []
    assert len(texts(completer, "bod", "title")) > 1


def test_titles_in_several_parts_are_ranked_as_if_they_were_one(reference: Reference) -> None:
    fronts = [document.front for document in read_documents()]
    halves = [fronts[::2], fronts[1::2]]
    parts = [(Titles([one.id for one in half], [one.title for one in half]), None) for half in halves]
    whole = Titles([one.id for one in fronts], [one.title for one in fronts])
    for prefix in ("mo", "ko", "i ", "lede", "sykefr"):
        one, two = Completer(reference, {}, [(whole, None)]), Completer(reference, {}, parts)
        assert one.list_completions(prefix) == two.list_completions(prefix)


@given(PHRASES, st.lists(WORDS, min_size=1, max_size=5), st.booleans())
def test_word_starts_finds_what_reading_every_phrase_finds(phrases: list[str], typed: list[str], goes_on: bool) -> None:
    words = fold_phrase(" ".join(typed))
    found = WordStarts(phrases).list_best(words if goes_on else (*words, ""), len(phrases) + 1)
    assert {one.number: one.exact for one in found} == {
        number: min(exact)
        for number, phrase in enumerate(phrases)
        if (exact := list(compare_everywhere(fold_phrase(phrase), words, goes_on)))
    }
    assert found == sorted(found)


@given(PHRASES, WORDS, st.integers(1, 4))
def test_a_limit_gives_the_first_of_all(phrases: list[str], word: str, limit: int) -> None:
    starts = WordStarts(phrases)
    assert starts.list_best((word,), limit) == starts.list_best((word,), len(phrases) + 1)[:limit]


def compare_everywhere(phrase: tuple[str, ...], words: tuple[str, ...], goes_on: bool) -> Iterator[int]:
    for at in range(len(phrase) - len(words) + 1):
        rest = phrase[at : at + len(words)]
        fits = [
            (one.startswith(word), to_ascii(one).startswith(word))
            if goes_on and i == len(words) - 1
            else (one == word, to_ascii(one) == word)
            for i, (one, word) in enumerate(zip(rest, words, strict=True))
        ]
        if all(map(any, fits)):
            whole = phrase == words
            yield (WHOLE if whole else LATER if at else BEGINNING) + (not all(exactly for exactly, _ in fits))
