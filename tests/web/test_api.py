import pytest
from fastapi.testclient import TestClient

from kb.settings import Settings


def test_search_answers_as_the_command_line_does(client: TestClient) -> None:
    result = client.get("/api/v1/search", params={"q": "støtte til pårørende over nett", "limit": 2}).json()
    assert list(result) == ["query", "total", "hits"]
    assert list(result["hits"][0]) == ["case", "title", "score", "section", "passage", "start", "end"]
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
        ("/api/v1/cases/borte", 404, "borte"),
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
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert set(paths) == {"/api/v1/search", "/api/v1/cases/{case_id}"}
