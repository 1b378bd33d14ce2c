import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.settings import Settings
from tests.web.conftest import HTMX


def titles(html: str) -> list[str]:
    return re.findall(r'<a href="/cases/([a-z0-9-]+)"', html)


def test_before_a_query_the_page_shows_examples_and_the_newest_cases(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Spør for eksempel" in page.text
    assert len(titles(page.text)) == 12
    assert '<html lang="nb">' in page.text


def test_a_query_shows_hits_with_title_municipality_period_and_passage(client: TestClient) -> None:
    page = client.get("/", params={"q": "støtte til pårørende over nett"})
    assert titles(page.text)[0] == "trygghetsnett"
    first = page.text.split("<li>")[1]
    assert "Nøtterøy" in first
    assert "fra 2006" in first
    assert "<blockquote" in first
    assert "støtte til pårørende over nett – Prøvd i kommunene</title>" in page.text
    assert 'value="støtte til pårørende over nett"' in page.text


def test_htmx_gets_the_results_with_status_and_title_and_no_page_around(client: TestClient) -> None:
    fragment = client.get("/", params={"q": "oljeturnus"}, headers=HTMX)
    assert "<html" not in fragment.text
    assert titles(fragment.text)[0] == "molde-oljeturnus"
    assert '<div id="status" hx-swap-oob="innerHTML">' in fragment.text
    assert "<title>oljeturnus" in fragment.text
    assert "HX-Request" in fragment.headers["Vary"]


def test_a_restored_history_entry_gets_the_whole_page(client: TestClient) -> None:
    page = client.get("/", params={"q": "oljeturnus"}, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in page.text


def test_page_and_fragment_show_the_same_hits(client: TestClient) -> None:
    whole, part = (client.get("/", params={"q": "samarbeid"}, headers=h) for h in ({}, HTMX))
    assert titles(whole.text) == titles(part.text) != []


def test_an_emptied_box_shows_the_start_and_the_plain_address(client: TestClient) -> None:
    fragment = client.get("/", params={"q": ""}, headers=HTMX)
    assert fragment.headers["HX-Replace-Url"] == "/"
    assert "Spør for eksempel" in fragment.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("og i på", 200, "står i nesten alle tekster"),
        ("?!…", 200, "ingen bokstaver eller tall"),
        ("  ", 200, "Spør for eksempel"),
        ("\0", 200, "Spør for eksempel"),
        ("x" * 10_001, 400, "høyst 10000 tegn"),
        ("sykefravær " * 900, 200, "erfaring"),
        ("x" * 10_000, 200, "</html>"),
        ("مرحبا بالعالم", 200, "</html>"),
        ("' OR 1=1; --", 200, "</html>"),
    ],
)
def test_every_query_has_a_clear_page(client: TestClient, query: str, status: int, said: str) -> None:
    page = client.get("/", params={"q": query})
    assert page.status_code == status
    assert said in page.text
    assert "<h1>" in page.text


def test_a_query_is_shown_as_text_never_as_markup(client: TestClient) -> None:
    page = client.get("/", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


@settings(max_examples=60)
@given(query=st.text())
def test_no_query_makes_the_server_fail(client: TestClient, query: str) -> None:
    assert client.get("/", params={"q": query}).status_code in (200, 400)


def test_the_live_region_says_how_many_cases_answer(client: TestClient) -> None:
    page = client.get("/", params={"q": "oljeturnus"})
    status = re.search(r'role="status"[^>]*>(.*?)</div>', page.text, re.S)
    assert status is not None
    assert re.search(r"\d+ erfaring", status[1])


def test_an_archived_case_disappears_from_the_page_at_once(
    settings: Settings,
    reference,
    tmp_path,  # type: ignore[no-untyped-def]
) -> None:
    from index.build import build_index
    from kb.database import open_database, write_session
    from kb.derived import archive_case
    from kb.store import Store
    from tests.cases import write_case
    from tests.conftest import fill
    from web.app import create_app

    write_case(tmp_path / "files", "en-sak")
    write_case(tmp_path / "files", "to-saker")
    fill(settings, reference, [tmp_path / "files"])
    build_index(settings)
    with TestClient(create_app(settings)) as client:
        assert set(titles(client.get("/?q=Larvik prøvde noe nytt").text)) == {"en-sak", "to-saker"}
        with write_session(open_database(settings.database_path)) as session:
            archive_case(Store(session), "en-sak")
        assert titles(client.get("/?q=Larvik prøvde noe nytt").text) == ["to-saker"]
        assert client.get("/cases/en-sak").status_code == 404
