import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import MAX_CHARACTERS, clean_query, list_words
from kb.errors import InvalidQuery


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "empty"),
        ("  \n\t ", "empty"),
        ("\0", "empty"),
        ("?!… – «»", "no-words"),
        ("🙂", "no-words"),
        ("og i på", "stop-words"),
        ("Hvordan er det?", "stop-words"),
        ("och att", "stop-words"),
        ("the of", "stop-words"),
        ("x" * (MAX_CHARACTERS + 1), "too-long"),
    ],
)
def test_what_cannot_be_searched_says_why(query: str, reason: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        clean_query(query)
    assert caught.value.reason == reason
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("  syke\u00adfravær\0i\nskolen ", "sykefravær i skolen"),
        ("a\u030a rlig", "å rlig"),
        ("مرحبا", "مرحبا"),
        ("x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS),
    ],
)
def test_a_query_is_cleaned_of_what_nobody_sees(typed: str, searched: str) -> None:
    assert clean_query(typed) == searched


def test_words_are_runs_of_letters_and_digits_in_lower_case() -> None:
    assert list_words("IA-arbeid, Kåfjord 2007!") == ["ia", "arbeid", "kåfjord", "2007"]


@given(st.text())
def test_any_text_is_cleaned_or_refused(text: str) -> None:
    try:
        query = clean_query(text)
    except InvalidQuery:
        return
    assert query == query.strip()
    assert clean_query(query) == query
