from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.golden import GoldenQuery, read_golden
from index.language.analysis import fold_word, read_words
from index.query_help.known_words import FOLDER, TONGUES, KnownWords, read_known_words
from index.query_help.slips import is_bare, is_form, weigh_slip
from index.query_help.suggestions import MOST_WORDS, Lexicon
from kb.checks import Reference
from kb.settings import PROJECT_ROOT, Settings
from kb.thesaurus import read_thesaurus
from tests.index.collection import count_words, make_lexicon

GOLDEN = PROJECT_ROOT / "tests" / "relevance" / "golden.yaml"


@pytest.fixture(scope="module")
def known(reference: Reference) -> KnownWords:
    concepts = read_thesaurus(Settings().content_dir).values()
    return read_known_words(reference, [concept.words for concept in concepts])


@pytest.fixture(scope="module")
def lexicon(known: KnownWords) -> Lexicon:
    return make_lexicon(known)


@pytest.fixture(scope="module")
def golden() -> list[GoldenQuery]:
    return read_golden(GOLDEN)


def test_no_query_that_is_spelt_right_in_any_language_is_corrected(lexicon: Lexicon, golden: list[GoldenQuery]) -> None:
    right = [query.text for query in golden if query.kind != "misspelling"]
    assert len(right) > 390
    assert [(text, found) for text in right if (found := lexicon.find_correction(text))] == []


def test_most_misspelt_queries_are_mended(lexicon: Lexicon, golden: list[GoldenQuery]) -> None:
    found = {query.text: lexicon.find_correction(query.text) for query in golden if query.kind == "misspelling"}
    assert found["sykefarvær i barnehage"] == "sykefravær i barnehage"
    assert found["mobing i skolen tilltak"] == "mobbing i skolen tiltak"
    assert found["anhörgistöd vid demns"] == "anhörigstöd vid demens"
    assert sum(text is not None for text in found.values()) == len(found)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("medarbeidersamatle", "medarbeidersamtale"),
        ("Sykefarvær", "Sykefravær"),
        ("SYKEFARVÆR", "SYKEFRAVÆR"),
        ("arbeidsmiljo i barnehager", "arbeidsmiljø i barnehager"),
        ("erfaringer  fra  «brukerundesøkelse»?", "erfaringer  fra  «brukerundersøkelse»?"),
        ("nettverk i Tronheim", "nettverk i Trondheim"),
        ("hjemme tjenesten", "hjemmetjenesten"),
        ("hjemme tjenesten og tilltak", "hjemmetjenesten og tiltak"),
        ("äldreomsrog i kommunen och vården", "äldreomsorg i kommunen och vården"),
        ("intermunicipal coperation", "intermunicipal cooperation"),
    ],
)
def test_a_slip_is_mended_and_the_rest_kept_as_typed(lexicon: Lexicon, typed: str, meant: str) -> None:
    assert lexicon.find_correction(typed) == meant


@pytest.mark.parametrize(
    "query",
    [
        "sykefravær",
        "sykefraværene våre",  # a form that no case has
        "sjukfrånvaron",  # Swedish
        "Re kommune",
        "Gáivuotna",
        "FACTX-team",
        "12k 2007-2010",
        "rapport fra Doffinn",  # looks like a name
        "og",
        "",
        "…",
    ],
)
def test_what_may_well_be_right_is_left_alone(lexicon: Lexicon, query: str) -> None:
    assert lexicon.find_correction(query) is None


def test_two_words_are_joined_only_when_cases_write_them_as_one(lexicon: Lexicon) -> None:
    assert lexicon.find_correction("pleie hjem") is None
    assert lexicon.find_correction("felles samlinger") is None
    assert lexicon.find_correction("hjemme, tjenesten") is None
    assert lexicon.find_correction("sykehjem i hjemme") is None


def test_a_pasted_text_is_not_corrected(lexicon: Lexicon) -> None:
    assert lexicon.find_correction(" ".join(["sykefarvær"] * MOST_WORDS)) is not None
    assert lexicon.find_correction(" ".join(["sykefarvær"] * (MOST_WORDS + 1))) is None


@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(lexicon: Lexicon, text: str) -> None:
    assert lexicon.find_correction(text) != text


@given(st.data())
def test_words_of_the_collection_are_never_corrected(lexicon: Lexicon, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(sorted(count_words())), min_size=1, max_size=4))
    assert lexicon.find_correction(", ".join(words)) is None
    assert [lexicon.list_near_words(word) for word in words] == [[]] * len(words)


@given(st.data())
def test_a_corrected_query_needs_no_correction(lexicon: Lexicon, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(word for word in count_words() if len(word) > 7)))
    at = data.draw(st.integers(1, len(word) - 2))
    found = lexicon.find_correction(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    assert found is None or lexicon.find_correction(found) is None


def test_near_words_come_with_how_likely_they_are(lexicon: Lexicon) -> None:
    near = lexicon.list_near_words("sykefarvær")
    assert near[0][0] == "sykefravær"
    assert all(0.5 < likely < 1 for _, likely in near)
    assert near == sorted(near, key=lambda one: -one[1])
    assert len(lexicon.list_near_words("kommunner", limit=1)) == 1
    assert lexicon.list_near_words("sykehjem") == lexicon.list_near_words("qqqqqqqqq") == []


def test_an_empty_collection_corrects_with_what_the_thesaurus_has(known: KnownWords) -> None:
    assert Lexicon({}, known).find_correction("sykefarvær") == "sykefravær"


def test_known_words_survive_being_written(known: KnownWords, tmp_path: Path) -> None:
    known.write(tmp_path)
    assert KnownWords.read(tmp_path) == known


def test_known_words_are_folded_and_of_every_tongue(known: KnownWords) -> None:
    assert set(known.offered) == set(known.right) == set(TONGUES)
    for tongue in TONGUES:
        assert known.offered[tongue] <= known.right[tongue]
        assert len(known.right[tongue]) > 4000
    assert {"tromsø", "gaivuotna", "vestfold"} <= known.names
    assert all(word == fold_word(word) for words in known.right.values() for word in words)


def test_everyday_words_are_sorted_and_none_is_a_slip_that_was_seen() -> None:
    for path in sorted(FOLDER.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        words = [line for line in lines if not line.startswith("#")]
        assert words == sorted(set(words)), path
        assert all(len(read_words(word)) == 1 and word == word.lower() for word in words), path


def test_a_slip_that_makes_a_strange_word_is_likelier_than_one_that_makes_a_usual_one() -> None:
    assert weigh_slip("mobing", "mobbing", 2, 2.0) > weigh_slip("mobing", "mobbing", 0, 2.0)
    assert weigh_slip("mobing", "mobbing", 0, 5.0) > weigh_slip("mobing", "mobbing", 0, 0.0)
    assert weigh_slip("injection", "infection", 0, 0.0) < 0


def test_letters_that_a_keyboard_lacks_are_the_same_word() -> None:
    assert is_bare("parorende", "pårørende")
    assert is_bare("naervaer", "nærvær")
    assert is_bare("natverk", "nætverk")
    assert not is_bare("nerver", "nettverk")


def test_forms_are_told_from_slips() -> None:
    assert is_form("kommunenes", ["kommune"])
    assert is_form("heimetenesta", ["heimeteneste"])
    assert not is_form("kommunner", ["kommuner"])
    assert not is_form("heimetenesto", ["heimeteneste"])
