from random import Random

from hypothesis import given
from hypothesis import strategies as st

from index.training.misspelling import misspell


def test_only_long_words_get_a_slip_and_each_at_most_one() -> None:
    text = "den nye turnusen for sykepleiere"
    changed = misspell(text, Random(1), share=1.0)
    before, after = text.split(), changed.split()
    assert [one for one, other in zip(before, after, strict=True) if one != other] == ["turnusen", "sykepleiere"]
    assert all(abs(len(one) - len(other)) <= 1 for one, other in zip(before, after, strict=True))


def test_a_text_without_long_words_gives_nothing() -> None:
    assert misspell("vi tar det her", Random(1), share=1.0) == ""


@given(st.text(alphabet="abcdefå ", max_size=60), st.integers(0, 1000))
def test_the_first_letter_of_a_word_is_right_and_no_word_is_lost(text: str, seed: int) -> None:
    changed = misspell(text, Random(seed), share=1.0)
    if changed:
        assert [word[0] for word in text.split()] == [word[0] for word in changed.split()]


def test_the_same_seed_gives_the_same_slips() -> None:
    text = "oppfølging av sykmeldte medarbeidere i kommunen"
    assert misspell(text, Random(7)) == misspell(text, Random(7))
