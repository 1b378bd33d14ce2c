import pytest
from tokenizers import Tokenizer

from index.training.tokenizer import UNKNOWN, build_tokenizer

TEXT = ["støtte til pårørende", "pårørende får støtte", "trygghet på nett", "Støtte på nett"] * 20


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(TEXT, 200)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("STØTTE", "støtte"),
        ("støt\u00adte", "støtte"),
        ("pa\u030arørende", "pårørende"),
        ("stötte", "støtte"),
        ("nett-støtte!", "nett støtte"),
        ("«støtte»\n", "støtte"),
    ],
)
def test_spellings_of_the_same_word_give_the_same_tokens(
    tokenizer: Tokenizer, written: str, plain: str
) -> None:
    assert tokenizer.encode(written).ids == tokenizer.encode(plain).ids


def test_a_part_of_a_compound_is_the_same_token_as_the_word_alone(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("pårørendestøtte").tokens == ["pårørende", "støtte"]


def test_letters_never_seen_are_unknown_and_punctuation_is_nothing(tokenizer: Tokenizer) -> None:
    assert set(tokenizer.encode("كلمة").tokens) == {UNKNOWN}
    assert tokenizer.encode("… – ?!").ids == []


def test_the_same_text_gives_the_same_tokenizer(tokenizer: Tokenizer) -> None:
    assert build_tokenizer(TEXT, 200).to_str() == tokenizer.to_str()
