from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

from kb.settings import PROJECT_ROOT
from web.templating import format_date_words, format_number, format_period
from web.texts import LOCALE_DIR, read_catalogue

METHODS = [("**.py", "python"), ("**.html", "jinja2")]


def used() -> set[str]:
    found = extract_from_dir(PROJECT_ROOT / "web", METHODS, options_map={"**.html": {"trim_blocks": "true"}})
    messages = (message if isinstance(message, str) else message[0] for _, _, message, _, _ in found)
    return {message for message in messages if message}


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    with (LOCALE_DIR / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale=language) if entry.id]
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: (entry.string,)
        if isinstance(entry.string, str)
        else entry.string
        for entry in entries
    }


@pytest.mark.parametrize("language", [path.name for path in Path(LOCALE_DIR).iterdir()])
def test_every_text_on_the_pages_is_in_the_catalogue_and_none_is_left_over(language: str) -> None:
    entries = catalogue(language)
    assert set(entries) == used()
    assert all(all(strings) for strings in entries.values())


def test_plural_forms_follow_the_number() -> None:
    nb = read_catalogue("nb")
    assert nb.ngettext("%(num)d case", "%(num)d cases", 1) == "%(num)d erfaring"
    assert nb.ngettext("%(num)d case", "%(num)d cases", 2) == "%(num)d erfaringer"


def test_no_english_is_left_on_the_pages(client: TestClient) -> None:
    for address in ("/", "/?q=turnus", "/?q=og", "/cases/molde-oljeturnus", "/cases/borte"):
        page = client.get(address).text
        for message in (
            "Search",
            "What have others tried",
            "Skip to",
            "Sources",
            "Outcome<",
            "from 20",
            "According to",
        ):
            assert message not in page, (address, message)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2007", "2010", "2007–2010"),
        ("2007", None, "fra 2007"),
        ("2007", "2007", "2007"),
        (None, None, ""),
        (None, "2010", "2010"),
        ("2010-10", "2012-07-01", "oktober 2010–1. juli 2012"),
    ],
)
def test_periods_are_in_words(start: str | None, end: str | None, words: str) -> None:
    assert format_period(start, end, read_catalogue("nb").gettext) == words


def test_numbers_and_dates_are_written_as_norwegians_do() -> None:
    assert (format_number(1250000), format_number(5.2)) == ("1\u00a0250\u00a0000", "5,2")
    assert format_date_words("2007-03") == "mars 2007"
