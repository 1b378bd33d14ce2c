import string

from kb.problems import KINDS, Problem, Severity, has_severity, render_problem, suggest_nearest


def test_a_problem_is_one_line_with_place_severity_sentence_and_hint() -> None:
    problem = Problem("a/b.md", 7, "alias-key", {"key": "tittel", "canonical": "title"})
    assert render_problem(problem) == "a/b.md:7: hint: The key tittel is read as title. — write title"


def test_every_kind_says_what_is_wrong_and_what_to_write_instead() -> None:
    for code, kind in KINDS.items():
        assert kind.sentence.endswith("."), code
        assert kind.hint, code
        assert not kind.hint.endswith("."), code


def test_values_with_braces_do_not_break_the_sentence() -> None:
    problem = Problem("x.md", 1, "unknown-key", {"key": "{0}", "suggestion": "{nothing}"})
    assert "{0}" in render_problem(problem)


def test_every_kind_can_be_worded_from_its_own_values() -> None:
    for code, kind in KINDS.items():
        names = {
            name for text in (kind.sentence, kind.hint) for _, name, _, _ in string.Formatter().parse(text) if name
        }
        assert render_problem(Problem("x.md", 1, code, dict.fromkeys(names, "v")))


def test_severity_is_looked_up_among_problems() -> None:
    problems = [Problem("x.md", 1, "alias-key", {"key": "a", "canonical": "b"})]
    assert has_severity(problems, Severity.HINT)
    assert not has_severity(problems, Severity.ERROR)


def test_the_nearest_choice_is_suggested_and_else_the_other_words() -> None:
    assert suggest_nearest("etik", ["etikk", "skole"], "choose") == "did you mean etikk?"
    assert suggest_nearest("xyz", ["etikk"], "choose") == "choose"
