import subprocess
import sys

import pytest
from tokenizers import Tokenizer

from index.training.tokenizer import UNKNOWN, build_tokenizer

TEXT = ["støtte til pårørende", "pårørende får støtte", "trygghet på nett", "Støtte på nett"] * 20


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(lambda: TEXT, 200, nordic=True)


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
def test_spellings_of_the_same_word_give_the_same_tokens(tokenizer: Tokenizer, written: str, plain: str) -> None:
    assert tokenizer.encode(written).ids == tokenizer.encode(plain).ids


def test_a_part_of_a_compound_is_the_same_token_as_the_word_alone(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("pårørendestøtte").tokens == ["pårørende", "støtte"]


def test_letters_never_seen_are_unknown_and_punctuation_is_nothing(tokenizer: Tokenizer) -> None:
    assert set(tokenizer.encode("كلمة").tokens) == {UNKNOWN}
    assert tokenizer.encode("… – ?!").ids == []


def test_the_same_text_gives_the_same_tokenizer(tokenizer: Tokenizer) -> None:
    assert build_tokenizer(lambda: TEXT, 200, nordic=True).to_str() == tokenizer.to_str()


def test_letters_that_are_equally_rare_are_kept_alike_in_every_process() -> None:
    code = (
        "from index.training.tokenizer import build_tokenizer\n"
        "text = [chr(0x4E00 + n) for n in range(400)] * 3 + ['støtte'] * 9\n"
        "import sys; sys.stdout.write(build_tokenizer(lambda: text, 300, nordic=True).to_str())"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(3)]
    assert runs[0] == runs[1] == runs[2]


def test_swedish_letters_stay_when_asked() -> None:
    plain = build_tokenizer(lambda: TEXT, 200, nordic=False)
    assert plain.normalizer.normalize_str("FÖR ÄLDRE") == "för äldre"
    assert build_tokenizer(lambda: TEXT, 200, nordic=True).normalizer.normalize_str("FÖR ÄLDRE") == "før ældre"
