"""What every test may ask for: a data folder of its own, and one knowledge base with the real collection."""

import platform
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import faiss
import hypothesis
import pytest
from sqlalchemy import Engine

from importers.files import read_files
from importers.markdown import apply_plan, plan_import
from index.build import build_index
from index.encoder import Encoder
from index.encoder_folder import open_encoder
from kb.checks import Reference
from kb.database import make_database, write_session
from kb.reference import read_reference
from kb.settings import Settings
from kb.store import Store


def pytest_report_header() -> str:
    return f"SQLite {sqlite3.sqlite_version}, faiss {faiss.__version__}, {platform.platform()}"


@pytest.fixture(autouse=True)
def _no_outside_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings or the data of whoever runs it."""
    for name in ("KB_MODEL", "KB_CONTENT_DIR", "KB_HOST", "KB_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def reference() -> Reference:
    return read_reference(Settings())


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = make_database(settings.database_path)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Iterator[Store]:
    with write_session(engine) as session:
        yield Store(session)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, reference: Reference, encoder: Encoder) -> Settings:
    """The settings of a knowledge base with the whole real collection, imported, published and indexed.

    Tests that share it must not change it.
    """
    settings = Settings(data_dir=tmp_path_factory.mktemp("library"))
    fill(settings, reference, [settings.content_dir])
    build_index(settings, encoder)
    return settings


def fill(settings: Settings, reference: Reference, paths: list[Path]) -> None:
    """Import and publish the case documents under the paths."""
    engine = make_database(settings.database_path)
    with write_session(engine) as session:
        store = Store(session)
        plan = plan_import(read_files(paths), store, reference, publish=True)
        assert apply_plan(plan, store, reference, author="test"), plan.blocked
    engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def _patient_hypothesis() -> None:
    """Two cores shared with a browser make single examples slow now and then; that is no fault."""
    hypothesis.settings.register_profile("patient", deadline=None)
    hypothesis.settings.load_profile("patient")
