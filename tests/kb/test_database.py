from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from kb.database import make_database, open_database, write_connection
from kb.errors import DatabaseMissing, DatabaseOutdated
from kb.settings import Settings


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_connections_log_ahead_and_enforce_foreign_keys(engine: Engine) -> None:
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="kb import"):
        open_database(tmp_path / "none.sqlite3")
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_database_of_another_schema_is_refused_and_can_be_migrated(settings: Settings, engine: Engine) -> None:
    with write_connection(engine) as connection:
        for table in (*(t for t in reversed(SQLModel.metadata.sorted_tables)),):
            connection.execute(text(f'DROP TABLE "{table.name}"'))
        connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(DatabaseOutdated, match="kb migrate"):
        open_database(settings.database_path)
    make_database(settings.database_path).dispose()
    open_database(settings.database_path).dispose()


def test_making_a_database_twice_changes_nothing(settings: Settings, engine: Engine) -> None:
    make_database(settings.database_path).dispose()
    open_database(settings.database_path).dispose()
