import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.yaml_reader import MAX_DEPTH, YamlError, parse_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("0301", "0301"),
        ("12:30", "12:30"),
        ("2007-03-15", "2007-03-15"),
        ("2007", 2007),
        ("-3", -3),
        ("5.2", 5.2),
        ("1e3", "1e3"),
        ("0x1f", "0x1f"),
        ("'2007'", "2007"),
        ('"no"', "no"),
        ("1582-1594", "1582-1594"),
    ],
)
def test_plain_values_are_read_as_people_mean_them(text: str, value: object) -> None:
    assert parse_yaml(f"key: {text}").value == {"key": value}


def test_each_value_is_found_at_its_place() -> None:
    text = "a: 1\nb:\n  - {c: æøå, d: to}\n"
    spans = parse_yaml(text).spans
    assert spans["b", 0, "d"].line == 2
    assert text[spans["b", 0, "c"].start : spans["b", 0, "c"].end] == "æøå"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x 1\nb: *x\n", "yaml-alias", 0),
        ("a: 1\nb: !!python/object:os.system x\n", "yaml-tag", 1),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 2),
        ("a: 1\nb: [1, 2\nc: 3\n", "broken-yaml", 2),
        ("a: 1\n\tb: 2\n", "broken-yaml", 1),
        ("? [a]\n: b\n", "broken-yaml", 0),
        ("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "yaml-depth", 0),
        ("a: \x07\n", "broken-yaml", 0),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(YamlError) as caught:
        parse_yaml(text)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_a_yaml_bomb_is_refused_before_it_grows() -> None:
    levels = "\n".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 10))
    with pytest.raises(YamlError, match="yaml-alias"):
        parse_yaml(f"l0: &l0 [x]\n{levels}\n")


@given(st.text())
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        parse_yaml(text)
    except YamlError as error:
        assert error.code
