import pytest

from kb.checks import Reference, check_case, check_cases, first_day, last_day
from kb.parsing import parse_document
from kb.problems import Problem, Severity
from tests.cases import case_text, line_of


def check(reference: Reference, text: str, path: str = "prove-noe-nytt.md") -> list[Problem]:
    return check_case(parse_document(text, path), reference, known_cases={"annen-erfaring"})


def one(problems: list[Problem]) -> Problem:
    serious = [p for p in problems if p.severity != Severity.HINT]
    assert len(serious) == 1, serious
    return serious[0]


def test_a_right_document_has_no_problems(reference: Reference) -> None:
    assert check(reference, case_text()) == []


def test_a_file_name_that_is_not_the_id_is_an_error_that_says_what_to_call_it(reference: Reference) -> None:
    problem = one(check(reference, case_text(), "noe-annet.md"))
    assert (problem.code, problem.line) == ("name-not-id", 2)
    assert "prove-noe-nytt.md" in problem.hint


def test_an_id_used_twice_names_the_other_file(reference: Reference) -> None:
    cases = [parse_document(case_text(), f"{folder}/prove-noe-nytt.md") for folder in "ab"]
    problem = one(check_cases(cases, reference))
    assert (problem.code, problem.path) == ("duplicate-id", "b/prove-noe-nytt.md")
    assert "a/prove-noe-nytt.md" in problem.sentence


def test_a_municipality_that_does_not_exist_suggests_the_nearest(reference: Reference) -> None:
    text = case_text(municipalities="[Larvig]")
    problem = one(check(reference, text))
    assert (problem.code, problem.line) == ("unknown-municipality", line_of(text, "municipalities"))
    assert "Larvik" in problem.hint


def test_notteroy_is_right_in_2006_and_in_2024_an_error_that_names_faerder(reference: Reference) -> None:
    assert check(reference, case_text(municipalities="[Nøtterøy]", period="{from: 2006, to: 2006}")) == []
    problem = one(check(reference, case_text(municipalities="[Nøtterøy]", period="{from: 2024}")))
    assert problem.code == "municipality-not-then"
    assert "Færder" in problem.hint


@pytest.mark.parametrize(
    ("name", "counties"),
    [("Våler", ("Østfold", "Hedmark")), ("Os", ("Hordaland", "Hedmark")), ("Nes", ("Akershus", "Buskerud"))],
)
def test_an_ambiguous_name_asks_for_the_county(reference: Reference, name: str, counties: tuple[str, str]) -> None:
    problem = one(check(reference, case_text(municipalities=f"[{name}]")))
    assert problem.code == "ambiguous-municipality"
    assert all(f"{name} ({county})" in problem.hint for county in counties)
    assert check(reference, case_text(municipalities=f"[{name} ({counties[0]})]")) == []


@pytest.mark.parametrize(
    ("key", "value", "nearest"),
    [
        ("themes", "[sykefraver]", "sykefravaer"),
        ("sector", "[pleie-omsorg]", "pleie-og-omsorg"),
        ("measures", "[{measure: refleksjonsgruppe}]", "refleksjonsgrupper"),
        ("programme", "kvalitetskommuneprogramet", "kvalitetskommuneprogrammet"),
        ("network", "plo-12k", "plo-i-12k"),
        ("themes", "[Etikk]", "etikk"),
    ],
)
def test_an_id_that_is_not_in_the_vocabulary_suggests_the_nearest(
    reference: Reference, key: str, value: str, nearest: str
) -> None:
    text = case_text(**{key: value})
    problem = one(check(reference, text))
    assert (problem.code, problem.line) == ("unknown-term", line_of(text, key))
    assert nearest in problem.hint


def test_a_quote_must_stand_word_for_word_in_the_body(reference: Reference) -> None:
    factors = "[{factor: politisk-forankring, polarity: promoted, quote: vedtatt av formannskapet}]"
    problem = one(check(reference, case_text(factors=factors)))
    assert problem.code == "quote-not-found"


def test_a_quote_may_be_broken_over_lines_in_the_body(reference: Reference) -> None:
    body = "## Resultater\n\nDet ble vedtatt av\nkommunestyret i juni.\n"
    factors = "[{factor: politisk-forankring, polarity: promoted, quote: vedtatt av kommunestyret}]"
    assert check(reference, case_text(body=body, factors=factors)) == []


def test_dates_out_of_order_are_an_error_at_their_line(reference: Reference) -> None:
    text = case_text(period="{from: 2010, to: 2007}")
    problem = one(check(reference, text))
    assert (problem.code, problem.line) == ("date-order", line_of(text, "period"))


def test_a_month_in_the_year_of_the_end_is_in_order(reference: Reference) -> None:
    assert check(reference, case_text(period="{from: 2010-05, to: 2010}")) == []


def test_a_period_without_start_is_an_error(reference: Reference) -> None:
    assert one(check(reference, case_text(period="{to: 2010}"))).code == "missing-key"


def test_a_source_that_is_not_listed_is_an_error(reference: Reference) -> None:
    problem = one(check(reference, case_text(sources="[{document: fafo-2012}]")))
    assert problem.code == "unknown-source"
    assert "fafo-2013" in problem.hint


def test_lines_outside_the_source_are_an_error(reference: Reference) -> None:
    assert one(check(reference, case_text(sources="[{document: ks-2006, lines: 10-9999}]"))).code == "lines-outside"


def test_no_municipality_needs_an_anonymous_case(reference: Reference) -> None:
    assert one(check(reference, case_text(municipalities="[]"))).code == "no-municipality"
    assert check(reference, case_text(municipalities="[]", anonymous="true", setting="En kystkommune")) == []
    assert one(check(reference, case_text(municipalities="[]", anonymous="true"))).code == "anonymous-no-setting"
    assert one(check(reference, case_text(anonymous="true", setting="Larvik"))).code == "anonymous-named"


def test_measured_outcomes_need_their_numbers(reference: Reference) -> None:
    outcome = "[{{text: Lavere fravær, kind: staff, direction: better, evidence: measured{}}}]"
    problem = one(check(reference, case_text(outcomes=outcome.format(""))))
    assert (problem.code, problem.severity) == ("measured-without-numbers", Severity.WARNING)
    assert check(reference, case_text(outcomes=outcome.format(", before: 8, after: {value: 5.2, date: 2006}"))) == []


def test_a_goal_that_cannot_be_verified_says_which_part_is_missing(reference: Reference) -> None:
    (problem,) = check(reference, case_text(goals="[{text: Lavere fravær, indicator: fravær, baseline: 9}]"))
    assert (problem.code, problem.severity) == ("goal-not-verifiable", Severity.HINT)
    assert "target" in problem.sentence
    assert "baseline" not in problem.sentence


def test_a_relation_must_lead_to_a_case(reference: Reference) -> None:
    right = case_text(related="[{case: annen-erfaring, relation: part-of}]")
    wrong = case_text(related="[{case: annen-erfarng, relation: part-of}]")
    itself = case_text(related="[{case: prove-noe-nytt, relation: part-of}]")
    assert check(reference, right) == []
    assert "annen-erfaring" in one(check(reference, wrong)).hint
    assert one(check(reference, itself)).code == "self-relation"


def test_faults_of_every_part_come_together_in_order_of_line(reference: Reference) -> None:
    text = case_text(title=None, municipalities="[Larvig]", themes="[etik]", sources="[{document: fafo}]")
    problems = check(reference, text)
    assert [p.code for p in problems] == ["missing-key", "unknown-municipality", "unknown-term", "unknown-source"]
    assert [p.line for p in problems] == sorted(p.line for p in problems)


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2007", "2007-01-01", "2007-12-31"),
        ("2008-02", "2008-02-01", "2008-02-29"),
        ("2007-12", "2007-12-01", "2007-12-31"),
        ("2007-03-15", "2007-03-15", "2007-03-15"),
    ],
)
def test_a_partial_date_covers_its_days(partial: str, first: str, last: str) -> None:
    assert (first_day(partial).isoformat(), last_day(partial).isoformat()) == (first, last)


@pytest.mark.parametrize("wrong", ["2007-02-30", "2007-13", "1899", "'07", "mars 2007"])
def test_a_day_that_is_not_in_the_calendar_is_refused(reference: Reference, wrong: str) -> None:
    assert "invalid-date" in {p.code for p in check(reference, case_text(period=f'{{from: "{wrong}"}}'))}
