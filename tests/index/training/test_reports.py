from index.training.reports import parse_report, split_sentences

REPORT = """\
## **5.1 Læring i nettverk**

Deltakerne møtes hver måned og
deler erfaringer med andre fylkeskom-

muner i regionen.

| tabell | som | ikke | leses |
<sup>3</sup> En fotnote som ikke leses.

Kort linje

Neste *avsnitt* har også nok ord.
"""


def test_hard_wrapped_lines_and_words_cut_at_a_page_break_are_joined() -> None:
    first = next(parse_report(REPORT))
    assert first.text == "Deltakerne møtes hver måned og deler erfaringer med andre fylkeskommuner i regionen."
    assert (first.heading, first.line) == ("5.1 Læring i nettverk", 3)


def test_tables_notes_and_scraps_are_left_out_and_markup_is_gone() -> None:
    assert [paragraph.text for paragraph in parse_report(REPORT)][1:] == ["Neste avsnitt har også nok ord."]


def test_sentences_end_at_a_full_stop_before_a_capital() -> None:
    text = "Kommunen sparte 3,5 mill. kroner i fjor. Det var mer enn ventet. Kort."
    assert split_sentences(text, 4) == ["Kommunen sparte 3,5 mill. kroner i fjor.", "Det var mer enn ventet."]


def test_an_empty_report_has_no_paragraphs() -> None:
    assert list(parse_report("")) == []
