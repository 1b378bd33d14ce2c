from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.build import build_index
from kb.checks import Reference
from kb.settings import Settings
from tests.cases import write_case
from tests.conftest import fill
from tests.web.conftest import UNANSWERED
from web.app import create_app


def test_search_answers_as_the_command_line_does(client: TestClient) -> None:
    result = client.get("/api/v1/search", params={"q": "støtte til pårørende over nett", "limit": 2}).json()
    assert set(result) == {"query", "total", "capped", "hits", "nearest", "facets", "correction", "widened"}
    assert set(result["hits"][0]) == {
        "case",
        "title",
        "score",
        "nearness",
        "legs",
        "section",
        "passage",
        "start",
        "end",
        "marks",
    }
    assert result["hits"][0]["legs"] == ["meaning", "words"]
    assert result["hits"][0]["case"] == "trygghetsnett"
    assert len(result["hits"]) == 2


def test_a_case_comes_with_front_matter_and_sections_in_place(client: TestClient, library: Settings) -> None:
    case = client.get("/api/v1/cases/halden-spesialundervisning").json()
    text = (library.content_dir / "cases" / "halden-spesialundervisning.md").read_text(encoding="utf-8")
    assert case["front"]["municipalities"] == ["Halden"]
    assert case["front"]["period"]["from"]
    for section in case["sections"]:
        assert text[section["start"] : section["end"]] == section["text"]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/v1/search", 422, "q"),
        ("/api/v1/search?q=", 400, "empty"),
        ("/api/v1/search?q=og", 400, "every text"),
        ("/api/v1/search?q=skole&limit=0", 422, "limit"),
        ("/api/v1/search?q=skole&limit=x", 422, "limit"),
        ("/api/v1/search?q=skole&offset=-1", 422, "offset"),
        ("/api/v1/search?q=skole&filter=farge:blå", 400, "farge"),
        ("/api/v1/search?q=skole&filter=theme", 400, "not a filter"),
        ("/api/v1/search?q=skole" + "&filter=theme:skole" * 21, 422, "filter"),
        ("/api/v1/search?q=" + "x" * 10_001, 400, "longer than"),
        ("/api/v1/completions", 422, "q"),
        ("/api/v1/completions?q=sk&limit=51", 422, "limit"),
        ("/api/v1/cases/borte", 404, "borte"),
        ("/api/v1/cases/borte/similar", 404, "borte"),
        ("/api/v1/cases/lokta/similar?limit=0", 422, "limit"),
        ("/api/v1/nothing", 404, "Not Found"),
    ],
)
def test_every_error_is_problem_json_that_says_what_is_wrong(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body = answer.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert said in body["detail"]


def test_the_api_is_described(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"]
    assert {path: list(methods) for path, methods in described.items()} == {
        "/api/v1/search": ["get"],
        "/api/v1/completions": ["get"],
        "/api/v1/plan": ["post"],
        "/api/v1/cases/{case_id}": ["get"],
        "/api/v1/cases/{case_id}/similar": ["get"],
    }
    for methods in described.values():
        for method in methods.values():
            assert method["description"], method["operationId"]
            assert all(one["description"] for one in method.get("parameters", []) if one["in"] == "query")


def test_a_filter_leaves_as_many_cases_as_its_count_says(client: TestClient) -> None:
    asked = {"q": "sykefravær i pleie og omsorg", "limit": 100}
    whole = client.get("/api/v1/search", params=asked).json()
    value, count = next(iter(whole["facets"]["outcome"].items()))
    some = client.get("/api/v1/search", params={**asked, "filter": f"outcome:{value}"}).json()
    assert some["total"] == count < whole["total"]
    both = client.get("/api/v1/search", params={**asked, "filter": [f"outcome:{value}", "theme:sykefravaer"]}).json()
    assert both["total"] == some["facets"]["theme"]["sykefravaer"]


def test_pages_of_the_answer_fit_together(client: TestClient) -> None:
    asked = {"q": "nettverk mellom kommuner", "limit": 5}
    pages = [client.get("/api/v1/search", params={**asked, "offset": n}).json()["hits"] for n in (0, 5)]
    whole = client.get("/api/v1/search", params={**asked, "limit": 10}).json()["hits"]
    assert [hit["case"] for page in pages for hit in page] == [hit["case"] for hit in whole]


def test_balanced_shows_other_cases_first_and_loses_none(client: TestClient) -> None:
    asked = {"q": "sykefravær i pleie og omsorg", "limit": 100}
    plain, other = (client.get("/api/v1/search", params={**asked, "balanced": b}).json() for b in (False, True))
    assert {hit["case"] for hit in plain["hits"]} == {hit["case"] for hit in other["hits"]}
    assert plain["total"] == other["total"]


def test_nothing_is_called_a_hit_when_nothing_answers_but_the_nearest_are_there(client: TestClient) -> None:
    result = client.get("/api/v1/search", params={"q": UNANSWERED}).json()
    assert (result["total"], result["hits"]) == (0, [])
    assert len(result["nearest"]) == 5


def test_completions_find_places_as_typed_on_an_english_keyboard_and_titles_by_a_later_word(client: TestClient) -> None:
    places = client.get("/api/v1/completions", params={"q": "notteroy"}).json()
    assert {"kind": "municipality", "text": "Nøtterøy", "value": "NO-0722"}.items() <= places[0].items()
    found = client.get("/api/v1/completions", params={"q": "oljeturnus i m", "limit": 1}).json()
    assert [(one["kind"], one["value"]) for one in found] == [("title", "molde-oljeturnus")]
    assert client.get("/api/v1/completions", params={"q": "t"}).json() == []


def test_similar_cases_say_what_they_share(client: TestClient) -> None:
    found = client.get("/api/v1/cases/molde-oljeturnus/similar", params={"limit": 3}).json()
    assert found[0]["case"] == "molde-forhandlingsturnus"
    assert "arbeidstidsordning" in found[0]["shared"]["measure"]
    assert len(found) == 3


PLAN = """# Plan mot sykefravær i hjemmetjenesten

## Mål
Fraværet skal ned fra 10 til 7 prosent innen 2027.

## Tiltak
Vi innfører ønsketurnus, og lederne snakker med dem som er borte.
"""


def test_a_plan_is_answered_section_by_section_with_what_it_lacks(client: TestClient) -> None:
    match = client.post("/api/v1/plan", json={"text": PLAN}, params={"limit": 2}).json()
    assert [one["section"]["kind"] for one in match["sections"]] == ["goals", "measures"]
    for one in match["sections"]:
        assert 1 <= len(one["hits"]) <= 2
        assert PLAN[one["section"]["start"] : one["section"]["end"]].strip()
    aspects = {aspect["code"]: aspect["found"] for aspect in match["aspects"]}
    assert aspects["measurable-goals"] is True
    assert aspects["unions"] is False


def test_a_plan_is_not_stored_and_is_no_gap(settings: Settings, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path / "files", "en-sak")
    fill(settings, reference, [tmp_path / "files"])
    build_index(settings, reference=reference)
    with TestClient(create_app(settings)) as client:
        assert client.post("/api/v1/plan", json={"text": "Zebraplanen: sebraer i Xanadu"}).status_code == 200
    for path in settings.data_dir.rglob("*"):
        assert not path.is_file() or b"Xanadu" not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"json": {"text": ""}}, 400, "empty"),
        ({"json": {"text": "x" * 20_001}}, 422, "text"),
        ({"json": {"text": "æ " * 10_000}}, 200, ""),
        ({"json": {}}, 422, "text"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 422, ""),
        ({"content": b"x" * 300_000}, 413, "262144"),
        ({"content": iter([b"{}"])}, 411, "how long"),
        ({"content": b"", "headers": {"content-length": "x"}}, 413, ""),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused_in_words(
    client: TestClient, sent: dict[str, Any], status: int, said: str
) -> None:
    answer = client.post("/api/v1/plan", **sent)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert said in answer.json()["detail"]
