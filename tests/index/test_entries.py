import pytest

from index.entries import TITLE, Entry, list_names, make_entry
from index.facets import list_values
from index.language.analysis import list_terms
from index.passages import cut_passages
from kb.checks import Reference
from kb.document import CaseDocument
from kb.parsing import parse_document
from tests.cases import case_text


def make(reference: Reference, **changes: str | None) -> Entry:
    document = parse_document(case_text(**{"factors": None, **changes})).document
    return make_entry(document, "0" * 64, 7, reference)


def count(entry: Entry, word: str, language: str = "nb") -> int:
    return entry.keywords.terms.split().count(list_terms(word, language)[0])


def test_a_word_of_the_title_counts_as_several_of_the_body(reference: Reference) -> None:
    in_title = count(make(reference, title="Parkering"), "parkering")
    in_body = count(make(reference, body="## Tiltak\n\nParkering.\n"), "parkering")
    assert (in_title, in_body) == (TITLE, 1)


def test_a_case_is_found_by_what_it_is_filed_under_in_every_language(reference: Reference) -> None:
    entry = make(reference, themes="[rekruttering]")
    for language, label in reference.vocabularies.find_term("themes", "rekruttering").label.items():  # type: ignore[union-attr]
        assert count(entry, label.lower().split()[0], language) > 0, label


def test_a_case_is_found_by_the_name_of_its_municipality_as_any_keyboard_writes_it(reference: Reference) -> None:
    entry = make(reference, municipalities="[Tromsø]")
    for typed in ("tromsø", "tromso"):
        assert count(entry, typed) > 0
    assert "_tro" in entry.keywords.grams.split()
    names = list_names(parse_document(case_text(municipalities="[Tromsø]")).document, reference)
    assert names[0] == "Tromsø"
    assert len(names) == len(set(names))


def test_words_to_suggest_are_those_that_stand_there_each_once_without_function_words(reference: Reference) -> None:
    words = make(reference, body="## Tiltak\n\nParkering og Parkering i Ålesund.\n").keywords.words.split()
    assert words == sorted(set(words))
    assert {"parkering", "larvik"} <= set(words)
    assert not {"og", "i"} & set(words)


def test_filters_of_words_and_facets_are_the_same(library_documents: list[CaseDocument], reference: Reference) -> None:
    for key, document in enumerate(library_documents[::10]):
        entry = make_entry(document, "0" * 64, key, reference)
        assert entry.values == list_values(document.front, reference)
        pairs = {tuple(text.split(":", 1)) for text in entry.keywords.filters}
        assert pairs == {(facet, value) for facet, values in entry.values.items() for value in values}
        assert entry.passages == cut_passages(document)
        assert (entry.case, entry.keywords.case, entry.keywords.key) == (document.front.id, document.front.id, key)


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "da", "en"])
def test_a_case_of_any_language_has_words(reference: Reference, language: str) -> None:
    assert make(reference, language=language).keywords.terms
