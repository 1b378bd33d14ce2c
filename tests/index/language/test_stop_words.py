import pytest

from index.language.analysis import fold_word
from index.language.stop_words import FOLDED_STOP_WORDS, STOP_WORDS, is_stop_word
from kb.vocabulary import LANGUAGES


def test_stop_words_are_folded_as_the_words_of_a_query_are() -> None:
    assert {fold_word(word) for word in STOP_WORDS} == FOLDED_STOP_WORDS
    assert not [word for word in STOP_WORDS if word != word.lower()]


@pytest.mark.parametrize(("word", "language"), [("ikkje", "nn"), ("och", "sv"), ("hvordan", "da"), ("the", "en")])
def test_a_function_word_is_one_of_its_own_language(word: str, language: str) -> None:
    assert is_stop_word(fold_word(word), language)


def test_every_language_has_its_own() -> None:
    for language in LANGUAGES:
        assert sum(is_stop_word(word, language) for word in FOLDED_STOP_WORDS) > 40
    assert not is_stop_word("the", "nb")
