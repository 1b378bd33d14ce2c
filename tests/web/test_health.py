from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.build import build_index
from kb.checks import Reference
from kb.errors import ContentMissing, DatabaseMissing, EncoderNotFound
from kb.settings import Settings
from tests.cases import write_case
from tests.conftest import fill
from web.app import create_app


def test_a_healthy_site_tells_what_it_has_and_from_when(client: TestClient) -> None:
    answer = client.get("/health")
    body = answer.json()
    assert (answer.status_code, body["status"]) == (200, "ok")
    assert body["database"]["published"] == body["index"]["cases"] >= 12
    assert body["index"]["built_at"]
    assert body["index"]["up_to_date"] is True


def test_a_site_without_an_index_says_so_everywhere_and_heals_when_it_is_built(
    settings: Settings, reference: Reference, tmp_path: Path
) -> None:
    write_case(tmp_path / "files", "en-sak")
    fill(settings, reference, [tmp_path / "files"])
    with TestClient(create_app(settings)) as client:
        answer = client.get("/health")
        assert (answer.status_code, answer.json()["status"]) == (503, "failing")
        assert "kb index build" in answer.json()["index"]["problem"]
        page = client.get("/?q=noe nytt")
        assert page.status_code == 503
        assert "Søket er ikke klart" in page.text
        assert client.get("/api/v1/search?q=noe nytt").json()["detail"].startswith("There is no search index")
        assert client.get("/").status_code == 200
        build_index(settings)
        assert client.get("/health").status_code == 200
        assert "en-sak" in client.get("/?q=Larvik prøvde noe nytt for å få ned fraværet").text


def test_an_index_of_another_model_is_told_by_health(settings: Settings, reference: Reference, tmp_path: Path) -> None:
    from tests.index.encoders import WordCountEncoder

    write_case(tmp_path / "files", "en-sak")
    fill(settings, reference, [tmp_path / "files"])
    build_index(settings, WordCountEncoder())
    with TestClient(create_app(settings)) as client:
        assert "built with the model words" in client.get("/health").json()["index"]["problem"]


def test_a_site_that_cannot_work_does_not_start(settings: Settings, reference: Reference, tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        create_app(settings)
    (tmp_path / "none").mkdir()
    fill(settings, reference, [tmp_path / "none"])
    with pytest.raises(ContentMissing):
        create_app(settings.model_copy(update={"content_dir": tmp_path}))
    with pytest.raises(EncoderNotFound):
        create_app(settings.model_copy(update={"model": str(tmp_path / "borte")}))


def test_a_database_that_has_gone_is_told_by_health(settings: Settings, reference: Reference, tmp_path: Path) -> None:
    write_case(tmp_path / "files", "en-sak")
    fill(settings, reference, [tmp_path / "files"])
    build_index(settings)
    with TestClient(create_app(settings)) as client:
        settings.database_path.rename(tmp_path / "elsewhere.sqlite3")
        answer = client.get("/health")
        assert answer.status_code == 503
        assert "There is no database" in answer.json()["database"]["problem"]
