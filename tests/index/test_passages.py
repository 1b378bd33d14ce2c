from hypothesis import given
from hypothesis import strategies as st

from index.passages import MAX_WORDS, cut_passages
from kb.document import CaseDocument
from kb.parsing import parse_document
from tests.cases import case_text


def document(body: str, **changes: str) -> CaseDocument:
    return parse_document(case_text(body=body, factors=None, **changes)).document


def test_passages_are_the_summary_and_then_the_sections() -> None:
    passages = cut_passages(document("## Bakgrunn\n\nEn.\n\n## Tiltak\n\nTo.\n\n## Vær\n\nTre.\n"))
    assert [(p.section, p.text) for p in passages] == [
        ("summary", "Larvik prøvde noe nytt for å få ned fraværet."),
        ("background", "En."),
        ("measures", "To."),
        ("other", "Tre."),
    ]


def test_a_passage_stands_in_the_document_where_it_says() -> None:
    whole = document("## Bakgrunn\r\n\r\nEn\r\nto.\r\n\r\n- tre\r\n")
    for passage in cut_passages(whole):
        assert whole.text[passage.start : passage.end] == passage.text


def test_what_is_embedded_is_led_by_the_title_on_one_line() -> None:
    (_, passage) = cut_passages(document("## Bakgrunn\n\nEn\nto.\n", title="Tittelen"))
    assert passage.embedded == "Tittelen. En to."


def test_a_folded_or_quoted_summary_is_given_without_yamls_marks() -> None:
    folded = parse_document(case_text(summary=">-\n  En linje\n  og en til.")).document
    quoted = parse_document(case_text(summary='"Sitert: ja."')).document
    assert " ".join(cut_passages(folded)[0].text.split()) == "En linje og en til."
    assert cut_passages(quoted)[0].text == "Sitert: ja."


def test_short_paragraphs_are_joined_and_long_ones_cut_between_sentences() -> None:
    short = cut_passages(document("## Tiltak\n\n" + "Kort setning her.\n\n" * 3))
    assert len(short) == 2
    sentence = "Dette er en setning med akkurat ni ord til. "
    long = cut_passages(document("## Tiltak\n\n" + sentence * 40))[1:]
    assert len(long) > 3
    assert all(len(p.text.split()) <= MAX_WORDS and p.text.endswith(".") for p in long)


def test_a_subheading_begins_a_new_passage() -> None:
    passages = cut_passages(document("## Tiltak\n\nEn.\n\n### Del to\n\nTo.\n"))
    assert [p.text for p in passages[1:]] == ["En.", "### Del to\n\nTo."]


@given(st.text())
def test_every_word_of_any_body_is_in_exactly_one_passage_in_order(body: str) -> None:
    whole = document(body)
    end = whole.body_start
    covered = 0
    for passage in cut_passages(whole)[1:]:
        assert end <= passage.start < passage.end
        assert whole.text[passage.start : passage.end] == passage.text
        covered += len(passage.text.split())
        end = passage.end
    assert covered <= len(whole.body.split())


def test_every_word_of_every_real_section_is_in_a_passage(library_documents: list[CaseDocument]) -> None:
    for whole in library_documents:
        in_sections = sum(len(whole.text[s.start : s.end].split()) for s in whole.sections)
        in_passages = sum(len(p.text.split()) for p in cut_passages(whole)[1:])
        assert in_passages == in_sections, whole.front.id
