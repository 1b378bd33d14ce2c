from hypothesis import given
from hypothesis import strategies as st

from kb.parsing import MAX_BYTES, parse_bytes, parse_document
from kb.problems import Severity, has_severity
from tests.cases import BODY, case_text


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse_document(text, "x.md").problems]


def test_a_right_document_has_no_problems_and_says_what_it_holds() -> None:
    parsed = parse_document(case_text(), "prove-noe-nytt.md")
    assert parsed.problems == []
    front = parsed.document.front
    assert (front.id, front.municipalities, front.sector) == ("prove-noe-nytt", ["Larvik"], ["pleie-og-omsorg"])
    assert front.period is not None
    assert (front.period.start, front.period.to) == ("2007", "2010")
    assert front.outcomes[0].said_by == ["staff"]


def test_sections_are_known_by_kind_and_stand_where_they_say() -> None:
    text = case_text(
        body="Før første overskrift.\n\n## Slik gjorde vi det\n\nVi gikk tur.\n\n## Vær og vind\n\nDet blåste.\n"
    )
    document = parse_document(text).document
    assert [(s.kind, s.heading) for s in document.sections] == [
        (None, ""),
        ("measures", "Slik gjorde vi det"),
        (None, "Vær og vind"),
    ]
    assert [text[s.start : s.end] for s in document.sections] == [
        "Før første overskrift.",
        "Vi gikk tur.",
        "Det blåste.",
    ]


def test_a_heading_inside_a_code_block_opens_no_section() -> None:
    document = parse_document(case_text(body="## Tiltak\n\n```\n## Mål\n```\n")).document
    assert [s.heading for s in document.sections] == ["Tiltak"]


def test_an_unknown_heading_is_kept_and_reported_as_a_hint() -> None:
    parsed = parse_document(case_text(body="## Bakgrun\n\nTekst.\n"), "x.md")
    (problem,) = parsed.problems
    assert (problem.code, problem.severity) == ("unknown-heading", Severity.HINT)
    assert "Bakgrunn" in problem.hint
    assert parsed.document.sections[0].heading == "Bakgrun"


def test_windows_line_ends_and_byte_order_mark_are_accepted_and_kept() -> None:
    text = "\ufeff" + case_text().replace("\n", "\r\n")
    parsed = parse_bytes(text.encode("utf-8"), "x.md")
    assert {p.code for p in parsed.problems} == {"byte-order-mark", "windows-line-ends"}
    assert not has_severity(parsed.problems, Severity.WARNING)
    assert parsed.document.text == text
    assert parsed.document.front.title == "Larvik prøvde noe nytt"
    section = parsed.document.sections[0]
    assert text[section.start : section.end] == "Fraværet var høyt, og lederne ville prøve noe nytt."


def test_a_file_that_is_not_utf8_names_the_byte_and_the_line() -> None:
    raw = case_text().encode("latin-1")
    (problem,) = parse_bytes(raw, "x.md").problems
    assert (problem.code, problem.line) == ("not-utf8", 3)
    assert "0xf8" in problem.sentence


def test_a_nul_byte_is_refused_at_its_line() -> None:
    (problem,) = parse_document("---\nid: a\0b\n---\n", "x.md").problems
    assert (problem.code, problem.line) == ("nul-byte", 2)


def test_a_file_of_20_megabytes_is_refused_without_being_read() -> None:
    (problem,) = parse_bytes(b"a" * 20_000_000, "x.md").problems
    assert problem.code == "too-large"
    assert f"{MAX_BYTES:,}" in problem.sentence


def test_a_file_without_front_matter_is_told_how_to_begin() -> None:
    (problem,) = parse_document("# Bare tekst\n", "x.md").problems
    assert problem.code == "no-front-matter"
    assert "---" in problem.hint


def test_a_front_matter_that_is_not_closed_is_reported() -> None:
    assert codes("---\nid: abc\n") == ["front-matter-open"]


def test_broken_yaml_names_the_line_of_the_break() -> None:
    text = case_text(title="'uten slutt")
    (problem,) = [p for p in parse_document(text, "x.md").problems if p.severity == Severity.ERROR]
    assert problem.code == "broken-yaml"
    assert problem.line > 3


def test_a_yaml_bomb_is_refused() -> None:
    assert codes("---\na: &a [x]\nb: [*a, *a]\n---\n\nTekst\n") == ["yaml-alias"]


def test_front_matter_that_is_a_list_is_refused() -> None:
    assert "yaml-not-mapping" in codes("---\n- a\n- b\n---\n\n## Tiltak\n\nTekst\n")


def test_an_unknown_key_suggests_the_nearest() -> None:
    (problem,) = parse_document(case_text(thems="[etikk]"), "x.md").problems
    assert (problem.code, problem.severity) == ("unknown-key", Severity.WARNING)
    assert "themes" in problem.hint


def test_a_decimal_comma_is_told_to_be_a_point() -> None:
    outcomes = "[{text: a, kind: staff, direction: better, evidence: claim, before: {value: 9,8}}]"
    (problem,) = parse_document(case_text(outcomes=outcomes), "x.md").problems
    assert "9.8" in problem.hint


def test_norwegian_and_swedish_keys_are_read_and_reported_as_hints() -> None:
    text = case_text(title=None, municipalities=None, period="{fra: 2007, til: 2009}", tittel="Noe", kommuner="Larvik")
    parsed = parse_document(text, "x.md")
    assert parsed.document.front.title == "Noe"
    assert parsed.document.front.municipalities == ["Larvik"]
    assert parsed.document.front.period is not None
    assert parsed.document.front.period.to == "2009"
    assert {p.code for p in parsed.problems} == {"alias-key"}


def test_the_key_rubrik_is_read_as_title() -> None:
    assert parse_document(case_text(title=None, rubrik="Något nytt")).document.front.title == "Något nytt"


def test_all_problems_come_at_once_each_with_its_line() -> None:
    text = case_text(title=None, language="no", period="{from: 2007-13}", outcomes="[{text: Bra, kind: staf}]")
    found = {(p.code, p.line) for p in parse_document(text, "x.md").problems}
    lines = {line.split(":")[0]: number for number, line in enumerate(text.splitlines(), 1)}
    assert {
        ("missing-key", 2),
        ("not-allowed", lines["language"]),
        ("invalid-date", lines["period"]),
        ("not-allowed", lines["outcomes"]),
        ("missing-key", lines["outcomes"]),
    } <= found


def test_html_and_script_are_reported_and_kept_as_text() -> None:
    text = case_text(body="## Tiltak\n\n<script>alert(1)</script>\n")
    parsed = parse_document(text, "x.md")
    assert [(p.code, p.severity) for p in parsed.problems] == [("html-in-body", Severity.HINT)]
    assert "<script>" in parsed.document.body


@given(st.text())
def test_any_text_is_parsed_without_raising_and_kept_as_it_is(text: str) -> None:
    assert parse_document(text, "x.md").document.text == text


@given(st.text(), st.text())
def test_any_front_matter_and_body_are_parsed_without_raising(front: str, body: str) -> None:
    text = f"---\n{front}\n---\n{body}"
    document = parse_document(text, "x.md").document
    assert document.text == text
    for section in document.sections:
        assert document.body_start <= section.start <= section.end <= len(text)


@given(st.binary(max_size=2000))
def test_any_bytes_are_parsed_without_raising(raw: bytes) -> None:
    parse_bytes(raw, "x.md")


def test_the_body_of_the_sample_is_what_follows_the_front_matter() -> None:
    assert parse_document(case_text()).document.body == BODY
