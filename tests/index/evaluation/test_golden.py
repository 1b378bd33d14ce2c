from pathlib import Path

import pytest

from index.evaluation.golden import GoldenFault, read_golden
from kb.errors import ContentMissing

TEXT = """
needs:
  - {id: n1, who: leader, need: x, queries: {nb: fravær, sv: frånvaro}}
singles:
  - {id: s1, kind: no-answer, language: nb, need: x, query: asfalt}
judgements:
  n1: {en-sak: 3, to-saker: 1}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "golden.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_need_gives_a_query_for_each_language_with_the_same_judgements(tmp_path: Path) -> None:
    first, second, single = read_golden(write(tmp_path, TEXT))
    assert (first.id, first.kind, first.text, second.language) == ("n1-nb", "need", "fravær", "sv")
    assert first.grades == second.grades == {"en-sak": 3, "to-saker": 1}
    assert first.has_answer
    assert (single.kind, single.has_answer) == ("no-answer", False)


@pytest.mark.parametrize(
    ("text", "said"), [("- a", "no needs"), ("a: [", "line"), (TEXT.replace("3", "4"), "grade of en-sak")]
)
def test_a_faulty_file_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(GoldenFault, match=said):
        read_golden(write(tmp_path, text))


def test_a_missing_file_is_an_error_by_name(tmp_path: Path) -> None:
    with pytest.raises(ContentMissing, match="golden"):
        read_golden(tmp_path / "golden.yaml")
