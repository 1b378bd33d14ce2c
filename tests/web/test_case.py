import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.build import build_index
from kb.checks import Reference
from kb.settings import Settings
from tests.cases import write_case
from tests.conftest import fill
from web.app import create_app


def test_every_real_case_has_a_page_with_its_facts_outcomes_sources_and_story(
    client: TestClient, library: Settings
) -> None:
    for path in sorted((library.content_dir / "cases").glob("*.md")):
        page = client.get(f"/cases/{path.stem}")
        assert page.status_code == 200, path.stem
        for heading in ("Kort fortalt", "Hva som ble gjort", "Hva det førte til", "Kilder", "Lignende erfaringer"):
            assert heading in page.text, (path.stem, heading)
        assert page.text.count("<h1>") == 1


def test_a_case_shows_evidence_direction_and_who_says_so_in_words(client: TestClient) -> None:
    page = client.get("/cases/molde-oljeturnus").text
    assert "Dårligere" in page
    assert "Blandet" in page
    assert "Ifølge" in page
    assert "Hva dokumentasjonsnivåene betyr" in page


def test_a_measured_outcome_shows_its_numbers_as_norwegians_write_them(client: TestClient) -> None:
    page = re.sub(r"\s+", " ", client.get("/cases/halden-spesialundervisning").text)
    assert re.search(r"8 (%|prosent)[^→]*→ 5,2 (%|prosent)", page)


def test_similar_cases_and_sources_lead_on(client: TestClient) -> None:
    page = client.get("/cases/molde-oljeturnus").text
    assert 'href="/cases/molde-forhandlingsturnus"' in page
    assert "Kvalitetskommuneprogrammet" in page


def test_the_text_of_a_case_says_its_language(client: TestClient) -> None:
    assert '<div class="story" lang="nb">' in client.get("/cases/lokta").text


@pytest.fixture
def own(settings: Settings, reference: Reference, tmp_path: Path) -> Settings:
    body = (
        "## Tiltak\n\n<script>alert(1)</script> [lenke](https://example.org) [farlig](javascript:alert(1))\n\n"
        "![bilde](https://other.example/x.png)\n"
    )
    write_case(
        tmp_path / "files",
        "en-sak",
        body=body,
        factors=None,
        municipalities="[]",
        anonymous="true",
        setting="'<b>En</b> liten kommune'",
        title="'<i>Tittel</i> & mer'",
        contacts="[{role: Leder, name: Kari, email: k@example.no, visibility: public}, {role: Skjult, name: Ola}]",
        related="[{case: to-saker, relation: part-of}]",
        resources="{positions: 20 %, cost_nok: 1250000}",
        goals="[{text: Færre, indicator: antall, baseline: 10, target: {value: 5, date: 2010-06}, attainment: partly}]",
        status="{state: ended, as_of: 2010-06-01, reason: Slutt på penger}",
    )
    write_case(tmp_path / "files", "to-saker")
    fill(settings, reference, [tmp_path / "files"])
    return settings


def test_a_case_with_everything_in_it_is_shown_whole_and_safely(own: Settings) -> None:
    build_index(own)
    with TestClient(create_app(own)) as client:
        page = client.get("/cases/en-sak").text
    for shown in (
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        'rel="nofollow noopener noreferrer"',
        "&lt;b&gt;En&lt;/b&gt; liten kommune",
        "&lt;i&gt;Tittel&lt;/i&gt; &amp; mer",
        "Kari",
        "1\u00a0250\u00a0000 kroner",
        "5 (juni 2010)",
        "Delvis nådd",
        "Avsluttet",
        "per 1. juni 2010",
        "Slutt på penger",
        'Del av <a href="/cases/to-saker"',
        "20 %",
    ):
        assert shown in page, shown
    for hidden in ("<script>alert", 'javascript:alert(1)"', "Skjult", "Ola", "<img"):
        assert hidden not in page, hidden


def test_a_case_can_be_read_when_the_index_is_missing_and_the_page_says_so(own: Settings) -> None:
    with TestClient(create_app(own)) as client:
        page = client.get("/cases/to-saker")
        assert page.status_code == 200
        assert "søkeindeksen ikke er klar" in page.text


@pytest.mark.parametrize("case_id", ["borte", "..%2f..%2fetc%2fpasswd", "%00", "a" * 5000])
def test_a_case_that_is_not_there_has_a_clear_page(client: TestClient, case_id: str) -> None:
    page = client.get(f"/cases/{case_id}")
    assert page.status_code == 404
    assert "Her er det ingenting" in page.text
