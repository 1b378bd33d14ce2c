import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.folding import fold_word


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Brukertilfredshet", "brukertilfredshet"),
        ("äldreomsorg", "ældreomsorg"),
        ("Kungälv", "kungælv"),
        ("Öppenhet", "øppenhet"),
        ("syke\u00adfravær", "sykefravær"),
        ("a\u030arshjul", "årshjul"),
        ("idé", "ide"),
        ("Kárásjohka", "karasjohka"),
        ("proﬁl", "profil"),
        ("KS’", "ks"),
        ("NAV's", "nav"),
        ("e‑læring", "elæring"),
    ],
)
def test_spellings_of_a_word_meet(written: str, folded: str) -> None:
    assert fold_word(written) == folded


@pytest.mark.parametrize(
    ("old", "new"), [("Aalesund", "Ålesund"), ("Haakon", "Håkon"), ("Nordaas", "Nordås"), ("gaard", "gård")]
)
def test_aa_in_an_older_spelling_is_å(old: str, new: str) -> None:
    assert fold_word(old) == fold_word(new)


@pytest.mark.parametrize(
    "word", ["dataanalyse", "ekstraarbeid", "temaansvarlig", "skjemaarkiv", "klimaavtale", "arenaansvar"]
)
def test_aa_at_the_seam_of_a_compound_stays(word: str) -> None:
    assert fold_word(word) == word


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_word(fold_word(text)) == fold_word(text)


@given(st.text(alphabet="abdeklnorstæøåäöéüÆØÅÄÖ"))
def test_composed_and_decomposed_letters_fold_alike(word: str) -> None:
    assert fold_word(unicodedata.normalize("NFD", word)) == fold_word(word)
