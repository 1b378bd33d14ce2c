"""Opening the SQLite database: settings of each connection, transactions, and migrations of the schema."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from kb.errors import DatabaseMissing, DatabaseOutdated

_MIGRATIONS = Path(__file__).parent / "migrations"
_BEGIN = "kb_begin"
"""Execution option that holds the statement a transaction starts with."""


def open_database(path: Path) -> Engine:
    """Open an existing database of the current schema; raises DatabaseMissing or DatabaseOutdated."""
    if not path.is_file():
        raise DatabaseMissing(path)
    engine = _create_engine(path, "rw")
    found, wanted = _schema_of(engine), _newest_schema()
    if found != wanted:
        engine.dispose()
        raise DatabaseOutdated(path, found, wanted)
    return engine


def make_database(path: Path) -> Engine:
    """Open the database, made or brought to the current schema first if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = _create_engine(path, "rwc")
    if _schema_of(engine) != _newest_schema():
        with write_connection(engine) as connection:
            config = _alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return engine


@contextmanager
def read_session(engine: Engine) -> Iterator[Session]:
    """Open a session that sees one state of the database throughout."""
    with Session(engine) as session:
        yield session


@contextmanager
def write_session(engine: Engine) -> Iterator[Session]:
    """Open a session whose changes are kept all together when the block ends, or not at all if it raises.

    Only one such session is open at a time on a database, in any process; others wait for it.
    """
    with Session(engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})) as session, session.begin():
        yield session


@contextmanager
def write_connection(engine: Engine) -> Iterator[Connection]:
    """Open a connection with the promise of `write_session`."""
    with engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}).begin() as connection:
        yield connection


def _create_engine(path: Path, mode: str) -> Engine:
    """Make an engine; with mode ``rw`` a file that has gone is an error, with ``rwc`` it is made."""
    engine = create_engine(f"sqlite:///file:{quote(str(path))}?mode={mode}&uri=true")
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions late and commit them early; SQLAlchemy's own BEGIN does neither.
    connection.isolation_level = None
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _newest_schema() -> str:
    return str(ScriptDirectory.from_config(_alembic_config()).get_current_head())


def _schema_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
