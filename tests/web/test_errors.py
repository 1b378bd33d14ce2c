import inspect

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import kb.errors
from kb.settings import Settings
from tests.web.conftest import HTMX
from web.app import create_app
from web.errors import STATUS, status_of


@pytest.fixture
def failing(library: Settings) -> TestClient:
    app: FastAPI = create_app(library)

    @app.get("/cases/-/fails")
    @app.get("/api/v1/fails")
    def fail() -> None:
        raise ZeroDivisionError("secret detail")

    return TestClient(app, raise_server_exceptions=False)


def test_a_failure_that_was_not_foreseen_becomes_a_page_without_details(failing: TestClient) -> None:
    page = failing.get("/cases/-/fails")
    assert page.status_code == 500
    assert "Noe gikk galt" in page.text
    assert "secret" not in page.text
    assert "Traceback" not in page.text
    answer = failing.get("/api/v1/fails")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")


@pytest.mark.parametrize("address", ["/nothing", "/cases/", "/static/nothing.css", "/static/../app.py"])
def test_an_address_that_is_not_there_has_a_page_in_norwegian(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert "Her er det ingenting" in page.text


def test_htmx_gets_the_error_without_the_page_around(client: TestClient) -> None:
    fragment = client.get("/cases/borte", headers=HTMX)
    assert fragment.status_code == 404
    assert "Her er det ingenting" in fragment.text
    assert "<html" not in fragment.text


def test_other_methods_are_refused_with_a_page(client: TestClient) -> None:
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200
    assert client.head("/cases/lokta").status_code == 200


def test_every_error_that_a_page_can_raise_has_a_status() -> None:
    web_errors = {"InvalidQuery": 400, "CaseNotFound": 404, "IndexMissing": 503, "DatabaseOutdated": 503}
    for name, status in web_errors.items():
        kind = getattr(kb.errors, name)
        assert status_of(kind.__new__(kind)) == status
    assert all(inspect.isclass(kind) for kind in STATUS)
