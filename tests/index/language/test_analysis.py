from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.analysis import list_grams, list_query_terms, list_terms, read_words, to_ascii
from index.language.folding import fold_word
from kb.checks import Reference
from kb.settings import Settings
from kb.vocabulary import LANGUAGES

WORD = st.text(alphabet="abdefgiklmnoprstuvyæøå", min_size=1, max_size=30)


def folded(text: str) -> list[str]:
    return [word.folded for word in read_words(text)]


@given(st.text())
def test_a_words_place_points_at_the_word_in_any_text(text: str) -> None:
    words = read_words(text)
    for word in words:
        assert fold_word(text[word.start : word.end]) == word.folded != ""
    assert all(one.end <= other.start for one, other in pairwise(words))


def test_the_words_of_every_real_case_stand_where_they_say() -> None:
    for path in sorted(Settings().content_dir.glob("cases/*.md"))[::10]:
        text = path.read_text(encoding="utf-8")
        words = read_words(text)
        assert len(words) > 100
        assert all(fold_word(text[word.start : word.end]) == word.folded for word in words)


@given(st.text(alphabet=" .,;-\n!?«»()"))
def test_a_text_without_letters_has_no_words(text: str) -> None:
    assert read_words(text) == []


def test_hyphens_part_words_but_a_single_letter_stays_with_its_word() -> None:
    assert folded("IA-avtalen, 10-FAKTOR og 3-2-1") == ["ia", "avtalen", "10", "faktor", "og", "3", "2", "1"]
    assert folded("e-post og e-læring, A-etat") == ["epost", "og", "elæring", "aetat"]


def test_soft_hyphens_apostrophes_and_loose_accents_do_not_part_a_word() -> None:
    assert folded("syke\u00adfravær KS’ NAV's a\u030arshjul") == ["sykefravær", "ks", "nav", "årshjul"]


def test_the_stem_comes_first_then_parts_and_parts_of_parts() -> None:
    terms = list_terms("sykefraværsoppfølging", "nb")
    assert terms[0] not in terms[1:]
    assert terms[1:] == (
        *list_terms("sykefravær", "nb")[:1], *list_terms("syk", "nb"), *list_terms("fravær", "nb"), *list_terms("oppfølging", "nb"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("tilfredshet", "brukertilfredsheten"),
        ("brukere", "brukertilfredshet"),
        ("hjemmet", "hjemmetjenestene"),
        ("sykefravær", "sykefraværsoppfølging"),
        ("fravær", "sykefraværsprosjektet"),
        ("sjukefråvær", "sykefraværet"),
        ("tenester", "hjemmetjeneste"),
        ("tilsette", "ansatte"),
    ],
)
def test_a_norwegian_query_finds_the_word_inside_another_and_in_the_other_written_standard(
    asked: str, told: str
) -> None:
    assert any(terms[0] in list_terms(told, "nb") for terms in list_query_terms(asked))


@pytest.mark.parametrize(
    ("asked", "told", "language"),
    [
        ("skolorna", "grundskolan", "sv"),
        ("omsorg", "äldreomsorgen", "sv"),
        ("brugere", "brugertilfredshed", "da"),
        ("kommunerne", "storkommune", "da"),
        ("municipalities", "municipality", "en"),
    ],
)
def test_a_query_in_another_language_is_analysed_as_that_language_too(asked: str, told: str, language: str) -> None:
    text = list_terms(fold_word(told), language)
    assert any(terms[0] in text for terms in list_query_terms(fold_word(asked)))


@given(WORD)
def test_a_query_has_each_analysis_once_and_bokmål_first(word: str) -> None:
    analyses = list_query_terms(word)
    assert analyses[0] == list_terms(word, "nb")
    assert len(set(analyses)) == len(analyses)
    assert {list_terms(word, language) for language in LANGUAGES} == set(analyses)


@given(WORD, st.sampled_from(LANGUAGES))
def test_every_word_has_terms_and_none_of_them_twice(word: str, language: str) -> None:
    terms = list_terms(word, language)
    assert terms and all(terms) and len(set(terms)) == len(terms)


def test_an_english_word_is_not_taken_apart() -> None:
    assert len(list_terms("handbook", "en")) == len(list_terms("transport", "en")) == 1


@given(WORD)
def test_grams_cover_the_word_with_its_ends(word: str) -> None:
    grams = list_grams(word)
    assert grams[0] + "".join(gram[-1] for gram in grams[1:]) == f"_{word}_"
    assert all(len(gram) == min(4, len(word) + 2) for gram in grams)


@pytest.mark.parametrize(("name", "typed"), [("Tromsø", "Tromso"), ("Ålesund", "Alesund"), ("Bærum", "Baerum")])
def test_a_name_is_written_as_on_an_english_keyboard(name: str, typed: str) -> None:
    assert to_ascii(fold_word(name)) == fold_word(typed)


def test_no_municipality_is_taken_apart(reference: Reference) -> None:
    names = {municipality.name for municipality in reference.register.municipalities}
    words = {word.folded for name in names for word in read_words(name)}
    assert len(words) > 700
    assert [word for word in sorted(words) if len(list_terms(word, "nb")) > 1] == []


def test_a_word_of_a_language_without_a_stemmer_is_found_by_itself() -> None:
    assert list_terms("bargiid", "se") == ("bargiid",)
