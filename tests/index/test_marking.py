from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.analysis import list_query_terms, list_terms, read_words
from index.marking import REASONS, Mark, choose_window, find_marks, split_marked
from index.passages import Passage, cut_passages
from kb.parsing import parse_document
from kb.settings import Settings

NASTY = st.text(alphabet="ab <>&\"'/\n.!?-_æøåÄÖ\u00ad\u0301😀sykefravær", max_size=120)
TEXTS = NASTY | st.just("<script>alert('sykefravær')</script>") | st.text(max_size=80)


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    paths = sorted((Settings().content_dir / "cases").glob("*.md"))[:60]
    documents = [parse_document(path.read_text(encoding="utf-8"), str(path)).document for path in paths]
    return [passage for document in documents for passage in cut_passages(document)]


def want(query: str, why: str = "word") -> dict[str, str]:
    """As a searcher does: the word's own stem for this reason, its parts as parts."""
    wanted: dict[str, str] = {}
    for word in read_words(query):
        for whole, *parts in list_query_terms(word.folded):
            wanted |= dict.fromkeys(parts, "part") | {whole: why}
    return wanted


def marked(text: str, wanted: dict[str, str], language: str = "nb") -> list[tuple[str, str]]:
    return [(text[mark.start : mark.end], mark.why) for mark in find_marks(text, language, wanted)]


def test_a_word_is_marked_in_every_inflection_and_as_written() -> None:
    text = "Nettverket møttes ofte. NETTVERK er bra, nett-\u00adverk er noe annet."
    assert marked(text, want("nettverkene")) == [("Nettverket", "word"), ("NETTVERK", "word")]


def test_a_compound_of_which_half_was_asked_for_is_marked_whole() -> None:
    text = "Brukertilfredshet måles hvert år, for tilfredshet er målet."
    assert marked(text, want("tilfredshet")) == [("Brukertilfredshet", "part"), ("tilfredshet", "word")]


def test_half_of_a_compound_that_was_asked_for_is_marked_as_a_part() -> None:
    assert marked("Tilfredshet hos brukerne", want("brukertilfredshet")) == [
        ("Tilfredshet", "part"),
        ("brukerne", "part"),
    ]


def test_a_synonym_and_a_likely_spelling_say_what_they_are() -> None:
    wanted = want("fravær") | want("hospitering", "synonym") | want("demens", "spelling")
    assert marked("Mindre fravær, hospitering ved demens", wanted) == [
        ("fravær", "word"),
        ("hospitering", "synonym"),
        ("demens", "spelling"),
    ]


def test_the_reason_nearest_to_what_was_typed_is_given() -> None:
    whole = list_terms("sykefravær", "nb")[0]
    wanted = want("fravær") | {whole: "synonym"}
    assert marked("Sykefravær", wanted) == [("Sykefravær", "part")]


def test_nothing_is_marked_when_nothing_is_wanted(passages: list[Passage]) -> None:
    assert [mark for passage in passages for mark in find_marks(passage.text, "nb", {})] == []


@given(st.data())
def test_a_word_is_marked_if_and_only_if_one_of_its_terms_is_wanted(
    passages: list[Passage], data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(passages)).text
    words = read_words(text)
    chosen = data.draw(st.lists(st.sampled_from(words), max_size=5))
    wanted = {
        term: data.draw(st.sampled_from(REASONS)) for word in chosen for term in list_terms(word.folded, "nb")[:2]
    }
    marks = find_marks(text, "nb", wanted)
    assert [(mark.start, mark.end) for mark in marks] == [
        (word.start, word.end) for word in words if set(list_terms(word.folded, "nb")) & set(wanted)
    ]


@given(TEXTS, st.sets(st.sampled_from(["sykefravær", "script", "alert", "a", "b"])))
def test_pieces_join_to_the_text_whatever_it_is(text: str, wanted: set[str]) -> None:
    marks = find_marks(text, "nb", {term: "word" for word in wanted for term in list_terms(word, "nb")})
    pieces = split_marked(text, marks)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert [piece for piece, why in pieces if why] == [text[mark.start : mark.end] for mark in marks]


def test_words_side_by_side_are_pieces_of_their_own() -> None:
    assert split_marked("a bc", [Mark(0, 1, "word"), Mark(2, 4, "part")]) == [("a", "word"), (" ", ""), ("bc", "part")]
    assert split_marked("abc", [Mark(0, 1, "word"), Mark(1, 3, "word")]) == [("a", "word"), ("bc", "word")]
    assert split_marked("", []) == []


@given(TEXTS.map(lambda text: text * 4), st.integers(1, 120), st.sets(st.sampled_from(["sykefravær", "a", "b"])))
def test_a_window_fits_and_no_window_of_words_has_more_marks(text: str, longest: int, wanted: set[str]) -> None:
    marks = find_marks(text, "nb", dict.fromkeys(wanted, "word"))
    start, end = choose_window(text, marks, longest)
    assert 0 <= start <= end <= len(text)
    assert end - start <= longest
    assert end > start or not text
    shown = sum(start <= mark.start and mark.end <= end for mark in marks)
    # A window could as well start at any mark; none that starts at a word and fits may hold more.
    for first in marks:
        begin = max((i + 1 for i in range(first.start) if text[i].isspace()), default=0)
        last = next((i for i in range(begin + longest, begin, -1) if i >= len(text) or text[i].isspace()), begin)
        assert sum(begin <= mark.start and mark.end <= last for mark in marks) <= shown


def test_windows_of_real_passages_are_cut_between_words(passages: list[Passage]) -> None:
    wanted = want("sykefravær ledelse nettverk")
    long = [passage.text for passage in passages if len(passage.text) > 400]
    assert len(long) > 50
    for text in long:
        marks = find_marks(text, "nb", wanted)
        start, end = choose_window(text, marks)
        assert start == 0 or text[start - 1].isspace()
        assert end == len(text) or text[end].isspace()
        assert end - start > 200


def test_a_short_text_is_shown_whole_and_a_long_one_around_its_marks() -> None:
    assert choose_window("Kort og godt.", []) == (0, 13)
    text = "Først står det noe annet her. " * 20 + "Så falt sykefraværet mye. " + "Etterpå kom det mer. " * 20
    start, end = choose_window(text, find_marks(text, "nb", want("sykefravær")), 120)
    assert "Så falt sykefraværet mye." in text[start:end]
    assert text[start:end][0].isupper()
    assert text[start:end].endswith(".")


def test_a_window_of_whole_sentences_is_preferred_when_nothing_is_marked() -> None:
    text = "En setning om bl.a. Larvik og f.eks. Skien som er lang nok. " * 10
    start, end = choose_window(text, [], 150)
    assert (start, text[end - 1], text[end + 1 : end + 3]) == (0, ".", "En")


def test_marks_are_in_order_and_apart(passages: list[Passage]) -> None:
    for passage in passages:
        marks = find_marks(passage.text, "nb", want("brukerundersøkelser i pleie og omsorg"))
        assert all(one.end <= other.start for one, other in pairwise(marks))
