from random import Random

from index.training.code_switching import Entry, Lexicon, stem


def start() -> Random:
    return Random(1)


LEXICON = Lexicon([Entry("nb", "sykehjem", "en", "nursing home"), Entry("nb", "kommune", "en", "municipality")])


def test_inflected_words_are_found_by_their_stem() -> None:
    assert LEXICON.switch("Sykehjemmet i kommunen", "nb", 1.0, start()) == "Sykehjemmet i municipality"
    assert stem("kommunene") == stem("kommune")


def test_a_text_without_known_words_gives_nothing() -> None:
    assert LEXICON.switch("ingen kjente ord", "nb", 1.0, start()) == ""
    assert LEXICON.switch("kommune", "sv", 1.0, start()) == ""


def test_translations_go_both_ways_but_only_from_single_words() -> None:
    assert LEXICON.switch("each municipality", "en", 1.0, start()) == "each kommune"
    assert LEXICON.switch("a nursing home", "en", 1.0, start()) == ""


def test_a_word_with_too_many_translations_is_left_alone() -> None:
    vague = Lexicon([Entry("nb", "gang", "en", word) for word in ("time", "walk", "hall")], most=2)
    assert vague.switch("en gang til", "nb", 1.0, start()) == ""
