import shutil
from pathlib import Path

import pytest

from kb.checks import Reference
from kb.errors import ContentMissing
from kb.settings import Settings
from kb.vocabulary import LANGUAGES, VOCABULARIES, VocabularyFault, read_vocabularies


@pytest.fixture
def content(tmp_path: Path) -> Path:
    source = Settings().content_dir
    shutil.copytree(source / "vocabulary", tmp_path / "vocabulary")
    shutil.copy(source / "sources.yaml", tmp_path)
    return tmp_path


def test_every_term_has_a_label_in_all_five_languages(reference: Reference) -> None:
    for name in VOCABULARIES:
        terms = reference.vocabularies.terms[name]
        assert terms, name
        for term in terms.values():
            assert all(term.label[language].strip() for language in LANGUAGES), term.id


def test_the_evidence_levels_are_those_of_the_document_format(reference: Reference) -> None:
    assert list(reference.vocabularies.terms["evidence"]) == [
        "claim",
        "self-report",
        "measured",
        "compared",
        "evaluated",
    ]


def test_a_label_is_given_in_the_language_asked_for_and_else_in_bokmaal(reference: Reference) -> None:
    assert reference.vocabularies.label("themes", "sykefravaer", "sv") != reference.vocabularies.label(
        "themes", "sykefravaer", "nb"
    )
    assert reference.vocabularies.label("themes", "sykefravaer", "fi") == reference.vocabularies.label(
        "themes", "sykefravaer", "nb"
    )


def test_a_term_that_is_gone_is_shown_by_its_id(reference: Reference) -> None:
    assert reference.vocabularies.label("themes", "borte", "nb") == "borte"


def test_a_missing_file_is_an_error_by_name(content: Path) -> None:
    (content / "vocabulary" / "themes.yaml").unlink()
    with pytest.raises(ContentMissing, match=r"themes\.yaml"):
        read_vocabularies(content)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("terms: [", "expected"),
        ("terms: 1", "no list terms"),
        ("terms: [{label: x}]", "no list terms"),
        ("terms: [{id: a, label: {nb: A, nn: A, sv: A, da: A}}]", "lacks a label in en"),
        ("terms: [{id: a, broader: b, label: {nb: A, nn: A, sv: A, da: A, en: A}}]", "broader term b"),
    ],
)
def test_a_faulty_vocabulary_says_where_and_what(content: Path, text: str, said: str) -> None:
    (content / "vocabulary" / "themes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyFault, match=said):
        read_vocabularies(content)


def test_an_id_that_stands_twice_is_a_fault(content: Path) -> None:
    term = "{id: a, label: {nb: A, nn: A, sv: A, da: A, en: A}}"
    (content / "vocabulary" / "themes.yaml").write_text(f"terms: [{term}, {term}]", encoding="utf-8")
    with pytest.raises(VocabularyFault, match="more than once"):
        read_vocabularies(content)
