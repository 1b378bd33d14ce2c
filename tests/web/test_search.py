import html
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import build_index
from kb.checks import Reference
from kb.database import make_database, open_database, read_session, write_session
from kb.derived import archive_case
from kb.gaps import list_gaps
from kb.settings import Settings
from kb.store import Store
from tests.cases import write_case
from tests.conftest import fill
from tests.web.conftest import HTMX, UNANSWERED
from web.addresses import SearchAddress
from web.app import create_app
from web.pages.search import SearchPage
from web.templating import Templates

OWN = "Larvik prøvde noe nytt for å få ned fraværet"
"""What the cases of `tests.cases` are about."""


def titles(page: str) -> list[str]:
    return re.findall(r'<a href="/cases/([a-z0-9-]+)"', page)


def first_hit(page: str) -> str:
    return page.partition('<ol class="cases"')[2].split("<li>")[1]


def status(page: str) -> str:
    found = re.search(r'id="status"[^>]*>(.*?)</div>', page, re.S)
    assert found is not None
    return " ".join(html.unescape(found[1]).split())


def count(page: str) -> int:
    """How many cases the live region says there are."""
    found = re.match(r"(\d+) erfaring", status(page))
    return int(found[1]) if found else 0


def panel_links(page: str) -> list[tuple[str, int]]:
    """Address of each value that is offered, and the count beside it."""
    panel = page.partition('<aside class="narrow"')[2]
    found = re.findall(r'<a href="([^"]+)"[^>]*>.*?</a> <span class="count">(\d+)</span>', panel)
    return [(html.unescape(address), int(number)) for address, number in found]


def links(page: str, text: str) -> list[str]:
    """Addresses of the links whose text has this in it."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.S)
    return [
        html.unescape(address) for address, inside in found if text in " ".join(re.sub(r"<[^>]+>", " ", inside).split())
    ]


def test_before_a_query_the_page_shows_examples_and_the_newest_cases(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Spør for eksempel" in page.text
    assert len(titles(page.text)) == 12
    assert '<html lang="nb">' in page.text


def test_a_query_shows_hits_with_title_municipality_period_and_passage(client: TestClient) -> None:
    page = client.get("/", params={"q": "støtte til pårørende over nett"})
    assert titles(page.text)[0] == "trygghetsnett"
    first = first_hit(page.text)
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


@settings(max_examples=60, deadline=None)
@given(query=st.text())
def test_no_query_makes_the_server_fail(client: TestClient, query: str) -> None:
    assert client.get("/", params={"q": query}).status_code in (200, 400)


def test_the_live_region_says_how_many_cases_answer(client: TestClient) -> None:
    page = client.get("/", params={"q": "oljeturnus"})
    status = re.search(r'role="status"[^>]*>(.*?)</div>', page.text, re.S)
    assert status is not None
    assert re.search(r"\d+ erfaring", status[1])


def test_an_archived_case_disappears_from_the_page_at_once(
    settings: Settings, reference: Reference, tmp_path: Path
) -> None:
    write_case(tmp_path / "files", "en-sak")
    write_case(tmp_path / "files", "to-saker")
    fill(settings, reference, [tmp_path / "files"])
    build_index(settings)
    with TestClient(create_app(settings)) as client:
        assert set(titles(client.get(f"/?q={OWN}").text)) == {"en-sak", "to-saker"}
        with write_session(open_database(settings.database_path)) as session:
            archive_case(Store(session), "en-sak")
        assert titles(client.get(f"/?q={OWN}").text) == ["to-saker"]
        assert client.get("/cases/en-sak").status_code == 404


def test_matching_words_are_marked_and_a_hit_says_how_near_it_is_and_why(client: TestClient) -> None:
    first = first_hit(client.get("/", params={"q": "støtte til pårørende over nett"}).text)
    assert '<mark class="word">pårørende</mark>' in first
    assert "Svært nær" in first
    assert "Funnet på betydning og ord." in " ".join(first.split())


def test_a_misspelt_word_is_asked_about_and_the_link_keeps_what_is_chosen(client: TestClient) -> None:
    page = client.get("/", params={"q": "spesialundervisnig", "f": "sector:skole"}).text
    assert "Mente du" in page
    assert links(page, "spesialundervisning")[0] == "/?q=spesialundervisning&f=sector%3Askole"
    assert "Mente du" not in client.get("/?q=spesialundervisning").text


def test_other_words_that_were_searched_for_are_told(client: TestClient) -> None:
    page = client.get("/?q=sykefravær").text
    told = page.partition("Søkte også etter andre ord")[2].partition("</details>")[0]
    assert "<strong>sykefravær</strong>" in told
    assert "fravær" in told.partition("</strong>")[2]


def test_places_and_themes_that_are_named_are_offered_with_the_count_they_leave(client: TestClient) -> None:
    page = client.get("/", params={"q": "sykefravær i Larvik"}).text
    offered = [one for text in ("Kommune: Larvik", "Tema: Sykefravær og nærvær") for one in links(page, text)]
    assert [parse_qs(urlsplit(one).query)["f"] for one in offered] == [["municipality:NO-0709"], ["theme:sykefravaer"]]
    shown = re.search(r"Kommune: Larvik \((\d+)\)", page)
    assert shown is not None
    narrowed = client.get(offered[0]).text
    assert count(narrowed) == int(shown[1])
    assert "Kommune: Larvik (" not in narrowed


@pytest.mark.parametrize(
    "start", ["/?q=sykefravær i pleie og omsorg", "/?f=theme:sykefravaer", "/?q=turnus&f=factor:forankring&balanced=1"]
)
def test_every_value_that_is_offered_leaves_as_many_cases_as_its_count_says(client: TestClient, start: str) -> None:
    page = client.get(start).text
    offered = panel_links(page)
    assert len(offered) > 20
    for address, number in offered[::5]:
        narrowed = client.get(address).text
        assert count(narrowed) == number < count(page), address
        assert len(links(narrowed, "×")) == len(links(page, "×")) + 1


def test_only_facets_that_can_narrow_are_there_with_at_most_eight_values_in_readers_words(client: TestClient) -> None:
    page = client.get("/?q=sykefravær").text
    panels = page.partition('<aside class="narrow"')[2].split("<details>")[1:]
    names = [re.search(r"<summary>(.*?)</summary>", panel)[1] for panel in panels]  # type: ignore[index]
    assert names[:3] == ["Sektor", "Tema", "Tiltak"]
    assert all(
        2 <= len(panel_links('<aside class="narrow"' + panel)) <= 8 or "til</p>" not in panel for panel in panels
    )
    inside = dict(zip(names, panels, strict=True))
    assert "Blandet" in inside["Hvordan det gikk"]
    assert ": hjalp</a>" in inside["Hjalp eller hindret"]
    assert "50\u00a0000 og flere" in inside["Innbyggere"]
    assert "20\u00a0000–49\u00a0999" in inside["Innbyggere"]
    assert "2005–2009" in inside["Periode"]
    assert "NO-" not in re.sub(r'href="[^"]*"', "", page)


def test_what_is_chosen_can_be_taken_away_one_by_one(client: TestClient) -> None:
    page = client.get("/?q=sykefravær&f=theme:sykefravaer&f=outcome:mixed&offset=20&balanced=1").text
    assert links(page, "Ta bort Tema: Sykefravær og nærvær") == ["/?q=sykefrav%C3%A6r&f=outcome%3Amixed&balanced=1"]
    assert links(page, "Ta bort Hvordan det gikk: Blandet") == ["/?q=sykefrav%C3%A6r&f=theme%3Asykefravaer&balanced=1"]


def test_a_new_query_in_the_box_keeps_what_is_chosen(client: TestClient) -> None:
    form = client.get("/?q=turnus&f=theme:sykefravaer&balanced=1").text.partition("<form")[2].partition("</form>")[0]
    assert '<input type="hidden" name="f" value="theme:sykefravaer">' in form
    assert '<input type="hidden" name="balanced" value="1">' in form
    assert 'hx-include="closest form"' in form


def test_filters_alone_list_every_such_case_newest_first(client: TestClient, library: Settings) -> None:
    page = client.get("/?f=sector:pleie-og-omsorg").text
    assert re.fullmatch(r"\d+ erfaringer har det du har valgt, nummer 1 til 20 vises", status(page))
    assert "de nyeste først" in page
    assert "<title>Pleie og omsorg – " in page
    with read_session(open_database(library.database_path)) as session:
        cases = {case.id: case.updated_at for case in Store(session).list_cases()}
    shown = titles(page)
    assert shown == sorted(shown, key=lambda case: cases[case], reverse=True)


def test_the_pages_of_a_list_hold_every_case_once(client: TestClient) -> None:
    address, seen = ["/?f=theme:sykefravaer"], []
    total = count(client.get(address[0]).text)
    while address:
        page = client.get(address[0]).text
        assert count(page) == total
        seen += titles(page)
        address = links(page, "Neste")
    assert len(seen) == len(set(seen)) == total > 20
    assert (
        links(page, "Forrige")
        == [str(SearchAddress(filters=(("theme", "sykefravaer"),), offset=(total - 1) // 20 * 20 - 20))]
        or total <= 40
    )


def test_a_page_after_the_last_leads_back(client: TestClient) -> None:
    page = client.get("/?f=theme:skole&offset=5000")
    assert page.status_code == 200
    back = links(page.text, "Forrige")
    assert titles(client.get(back[0]).text)


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("/?f=theme:finnes-ikke", 200, "Ingen erfaring har alt dette"),
        ("/?f=outcome:x&f=size:y&f=status:z&f=country:%27", 200, "Ingen erfaring har alt dette"),
        ("/?f=factor:ledelse:x&f=language:zz&f=period:-", 200, "Ingen erfaring har alt dette"),
        ("/?f=farge:blå", 400, "Dette lot seg ikke gjøre"),
        ("/?f=theme", 400, "Dette lot seg ikke gjøre"),
        ("/?f=theme:skole&offset=-1", 422, "Dette lot seg ikke gjøre"),
        ("/?" + "f=theme:skole&" * 21, 422, "Dette lot seg ikke gjøre"),
        ("/?q=og&f=theme:skole", 200, "står i nesten alle tekster"),
    ],
)
def test_every_filter_has_a_clear_page(client: TestClient, address: str, code: int, said: str) -> None:
    page = client.get(address)
    assert (page.status_code, said in page.text) == (code, True)


@settings(max_examples=40, deadline=None)
@given(value=st.text(min_size=1, max_size=40), facet=st.sampled_from(["theme", "size", "outcome", "period", "county"]))
def test_no_filter_makes_the_server_fail(client: TestClient, facet: str, value: str) -> None:
    assert client.get("/", params={"f": f"{facet}:{value}"}).status_code == 200


def test_when_nothing_answers_the_page_says_so_and_shows_the_nearest_as_such(client: TestClient) -> None:
    page = client.get("/", params={"q": UNANSWERED}).text
    assert status(page) == "Ingen gode treff"
    before, _, after = page.partition("Det nærmeste som finnes, men om noe annet")
    assert titles(before) == []
    assert len(titles(after)) == 5
    assert '<aside class="narrow"' not in page


def test_a_place_named_in_a_query_without_an_answer_leads_to_all_its_cases(client: TestClient) -> None:
    page = client.get("/", params={"q": f"{UNANSWERED} i Larvik"}).text
    assert status(page) == "Ingen gode treff"
    assert links(page, "Kommune: Larvik") == ["/?f=municipality%3ANO-0709"]


def test_when_only_the_filters_shut_everything_out_the_page_offers_to_search_in_all(client: TestClient) -> None:
    page = client.get("/?q=oljeturnus&f=sector:skole&f=language:sv").text
    assert status(page) == "Ingen gode treff"
    assert links(page, "Søk i alle erfaringene") == ["/?q=oljeturnus"]


def test_the_other_side_can_be_switched_on_and_off(client: TestClient) -> None:
    page = client.get("/?q=sykefravær&f=theme:sykefravaer").text
    on = links(page, "Vis også det som gikk mindre bra")
    assert on == ["/?q=sykefrav%C3%A6r&f=theme%3Asykefravaer&balanced=1"]
    balanced = client.get(on[0]).text
    assert count(balanced) == count(page)
    assert links(balanced, "Vis bare de nærmeste først") == ["/?q=sykefrav%C3%A6r&f=theme%3Asykefravaer"]


def test_a_count_that_may_be_too_low_is_said_to_be() -> None:
    view = SearchPage(SearchAddress("sykefravær"), total=1000, capped=True)
    assert status(Templates().render_block("search.html", "live", view)).startswith("Minst 1000 erfaringer")


def test_a_pasted_text_is_not_repeated_in_a_hundred_addresses(client: TestClient) -> None:
    page = client.get("/", params={"q": "sykefravær i hjemmetjenesten " * 200}).text
    assert count(page) > 0
    assert len(page) < 200_000


def test_htmx_keeps_the_filters_in_the_address_when_the_box_is_emptied(client: TestClient) -> None:
    fragment = client.get("/", params={"q": "", "f": "theme:skole"}, headers=HTMX)
    assert fragment.headers["HX-Replace-Url"] == "/?f=theme%3Askole"
    assert count(fragment.text) > 0


@pytest.fixture
def own(settings: Settings, reference: Reference, tmp_path: Path) -> Iterator[Settings]:
    body = "## Tiltak\n\nFraværet <b>falt</b> da de prøvde `noe` **nytt** & <script>fravær</script> i Larvik.\n"
    write_case(tmp_path / "files", "en-sak", body=body, factors=None)
    write_case(tmp_path / "files", "to-saker")
    fill(settings, reference, [tmp_path / "files"])
    build_index(settings, reference=reference)
    yield settings


def test_marks_never_let_markup_of_a_passage_through(own: Settings) -> None:
    with TestClient(create_app(own)) as client:
        for query in ("Fraværet falt da de prøvde noe nytt i Larvik", "script fravær b Larvik"):
            page = client.get("/", params={"q": query}).text
            assert "<script>" not in page.replace("<script src", "")
            assert "<b>" not in page
            assert "<mark" in page


def gaps(settings: Settings) -> dict[str, int]:
    with read_session(open_database(settings.database_path)) as session:
        return {gap.query: gap.count for gap in list_gaps(session, "", 100)}


def test_a_query_without_an_answer_is_counted_when_asked_on_purpose_and_not_while_typing(own: Settings) -> None:
    with TestClient(create_app(own)) as client:
        client.get("/", params={"q": "Preparering av  skiløyper"})
        client.get("/api/v1/search", params={"q": "preparering av skiløyper"})
        assert gaps(own) == {"preparering av skiløyper": 2}
        for not_counted in ({"headers": HTMX}, {"params": {"q": "skiløyper", "f": "theme:skole"}}):
            client.get("/", **{"params": {"q": "snøscooter"}, **not_counted})
        client.head("/", params={"q": "snøscooter"})
        client.get("/", params={"q": "og i på"})
        client.get("/", params={"q": OWN})
        client.get("/api/v1/search", params={"q": "skiløyper", "filter": "theme:skole"})
        assert gaps(own) == {"preparering av skiløyper": 2}


def test_a_gap_that_cannot_be_counted_is_logged_without_the_query_and_the_search_answers(
    own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(create_app(own), raise_server_exceptions=True) as client, caplog.at_level(logging.WARNING):
        with write_session(make_database(own.database_path)) as session:
            session.connection().exec_driver_sql("DROP TABLE search_gap")
        assert client.get("/", params={"q": "preparering av skiløyper"}).status_code == 200
        assert client.get("/api/v1/search", params={"q": "preparering av skiløyper"}).status_code == 200
    assert caplog.text.count("could not be counted") == 2
    assert "skiløyper" not in caplog.text


def test_a_new_index_reaches_hits_facets_and_names_at_the_next_query(own: Settings, reference: Reference) -> None:
    with TestClient(create_app(own)) as client:
        assert set(titles(client.get(f"/?q={OWN}").text)) == {"en-sak", "to-saker"}
        assert "Kommune: Larvik (2)" in client.get(f"/?q={OWN}").text
        with write_session(open_database(own.database_path)) as session:
            archive_case(Store(session), "en-sak")
        build_index(own, reference=reference)
        page = client.get(f"/?q={OWN}").text
        assert "Kommune: Larvik (1)" in page or "Se alle om" in page
        assert titles(client.get("/?f=municipality:NO-0709").text) == ["to-saker"]
        assert client.get("/api/v1/completions?q=larvik").json()[0]["cases"] == 1
