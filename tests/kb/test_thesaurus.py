from pathlib import Path

import pytest

from kb.errors import ContentMissing
from kb.thesaurus import read_thesaurus
from kb.vocabulary import VocabularyFault

WORDS = "words: {nb: [a, b], nn: [a], sv: [a], da: [a], en: [a]}"


def write(folder: Path, *concepts: str) -> Path:
    (folder / "vocabulary").mkdir()
    lines = "".join(f"  - {{{concept}}}\n" for concept in concepts)
    (folder / "vocabulary" / "concepts.yaml").write_text(f"concepts:\n{lines}", encoding="utf-8")
    return folder


def test_a_concept_has_its_words_and_its_ties(tmp_path: Path) -> None:
    concepts = read_thesaurus(write(tmp_path, f"id: en, {WORDS}", f"id: to, {WORDS}, broader: [en], note: Ja"))
    assert concepts["en"].words["nb"] == ("a", "b")
    assert (concepts["to"].broader, concepts["to"].related, concepts["to"].note) == (("en",), (), "Ja")


@pytest.mark.parametrize(
    ("concepts", "said"),
    [
        (["id: en, words: {nb: [a]}"], "lacks words in nn, sv, da, en"),
        ([f"id: en, {WORDS}, related: [to]"], "names the concept to"),
        ([f"id: en, {WORDS}", f"id: en, {WORDS}"], "more than once"),
    ],
)
def test_a_faulty_thesaurus_says_where_and_what(tmp_path: Path, concepts: list[str], said: str) -> None:
    with pytest.raises(VocabularyFault, match=said):
        read_thesaurus(write(tmp_path, *concepts))


def test_a_missing_thesaurus_is_an_error_by_name(tmp_path: Path) -> None:
    with pytest.raises(ContentMissing, match=r"concepts\.yaml"):
        read_thesaurus(tmp_path)
