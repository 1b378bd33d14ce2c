from pathlib import Path

import pytest
from pydantic import ValidationError

from kb.settings import PROJECT_ROOT, Settings


def test_the_environment_sets_where_data_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA_DIR", "/srv/kb")
    settings = Settings()
    assert settings.database_path == Path("/srv/kb/kb.sqlite3")
    assert settings.index_dir == Path("/srv/kb/index")


def test_by_default_data_is_in_the_folder_one_stands_in_and_content_in_the_project(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("KB_DATA_DIR")
    assert Settings().data_dir == Path(".kb")
    assert Settings().content_dir == PROJECT_ROOT / "content"


def test_a_port_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_PORT", "70000")
    with pytest.raises(ValidationError):
        Settings()
