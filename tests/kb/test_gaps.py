import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from kb.database import open_database, read_session, write_connection, write_session
from kb.gaps import MAX_CHARACTERS, Gap, count_gap, fold_query, list_gaps, may_identify, name_month
from kb.settings import Settings

MONTH = "2026-11"


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with write_session(engine) as session:
        yield session


def count(session: Session, *queries: str, month: str = MONTH) -> None:
    for query in queries:
        count_gap(session, query, month)


def kept(session: Session) -> dict[str, int]:
    return {gap.query: gap.count for gap in list_gaps(session, "0000-00", 1000)}


def test_the_same_query_is_one_row_however_it_was_typed(session: Session) -> None:
    count(
        session,
        "Robotstøvsuger på  sykehjem",
        " robotstøvsuger på sykehjem\n",
        "ROBOTSTØVSUGER PÅ SYKEHJEM",
        "robot\u00adstøvsuger pa\u030a sykehjem",
    )
    assert kept(session) == {"robotstøvsuger på sykehjem": 4}


def test_the_most_frequent_gap_comes_first_and_months_are_added_up(session: Session) -> None:
    count(session, "droner", "snøbrøyting", "snøbrøyting", month="2026-09")
    count(session, "droner", "droner", "parkering", month="2026-10")
    assert list_gaps(session, "2026-09", 10) == [
        Gap("droner", 3, "2026-10"),
        Gap("snøbrøyting", 2, "2026-09"),
        Gap("parkering", 1, "2026-10"),
    ]
    assert list_gaps(session, "2026-10", 1) == [Gap("droner", 2, "2026-10")]
    assert [gap.query for gap in list_gaps(session, "2026-09", 10, at_least=2)] == ["droner", "snøbrøyting"]
    assert list_gaps(session, "2026-11", 10) == []


@pytest.mark.parametrize(
    "query",
    [
        "sykmeldt 01020312345",
        "fnr. 010203 12345",
        "01 02 03 - 1 2 3 4 5",
        "010203\u00ad12345",
        "０１０２０３１２３４５",
        "personnummer 19850412-1234",
        "cpr 120485-1234",
        "ring 22 33 44 55",
        "tlf. +47 912 34 567",
        "telefon 070-123 45 67",
        "tlf 33445566",
        "skriv til Kari.Nordmann@kommune.no",
        "kari (at) kommune.no",
        "kari krøllalfa kommune.no",
        "født 01.02.1985",
        "2007-2010 og 91234567",
    ],
)
def test_a_query_that_may_point_to_a_person_is_counted_without_its_words(session: Session, query: str) -> None:
    count(session, query)
    assert kept(session) == {"": 1}


@pytest.mark.parametrize(
    "query",
    [
        "sykefravær 2007-2010",
        "programmer 1998–2003 og 2007–2010",
        "3-3-turnus",
        "100 kommuner i 2024",
        "vedtak 2019/2020",
        "fra 9,8 til 7,5 prosent",
        "12k",
        "1 000 000 kroner",
    ],
)
def test_numbers_that_belong_to_the_matter_are_kept(session: Session, query: str) -> None:
    count(session, query)
    assert kept(session) == {query: 1}


def test_a_query_longer_than_the_limit_leaves_no_trace(session: Session) -> None:
    count(session, "å" * (MAX_CHARACTERS + 1), "12345678901 " * 20)
    assert kept(session) == {}
    count(session, "å" * MAX_CHARACTERS)
    assert kept(session) == {"å" * MAX_CHARACTERS: 1}


def test_the_table_itself_refuses_long_text_and_anything_finer_than_a_month(engine: Engine) -> None:
    for month, query in ((MONTH, "x" * (MAX_CHARACTERS + 1)), ("2026-11-23", "droner")):
        with pytest.raises(IntegrityError, match="ck_search_gap"), write_connection(engine) as connection:
            connection.execute(
                text("INSERT INTO search_gap VALUES (:month, :query, 1)"), {"month": month, "query": query}
            )


def test_the_table_does_not_even_remember_in_which_order_queries_came(engine: Engine) -> None:
    with engine.connect() as connection:
        columns = [row.name for row in connection.execute(text("PRAGMA table_info(search_gap)"))]
        table = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'search_gap'")).scalar_one()
    assert columns == ["month", "query", "count"]
    assert "WITHOUT ROWID" in table


def test_the_month_is_that_of_the_clock() -> None:
    assert name_month(lambda: datetime(2026, 3, 31, 23, 59, tzinfo=UTC)) == "2026-03"
    assert len(name_month()) == len(MONTH)


@given(st.text(max_size=300))
def test_folding_twice_is_folding_once_and_leaves_nothing_hidden(query: str) -> None:
    folded = fold_query(query)
    assert fold_query(folded) == folded
    assert folded == folded.strip()
    assert all(char == " " or char.isprintable() for char in folded)


@given(st.lists(st.integers(0, 9), min_size=11, max_size=11), st.text(" .-/", max_size=2), st.text("æøå ", max_size=9))
def test_eleven_digits_are_seen_whatever_stands_between_and_around_them(
    digits: list[int], between: str, around: str
) -> None:
    assert may_identify(fold_query(around + between.join(map(str, digits)) + around))


def _count_many(path: Path, times: int) -> None:
    engine = open_database(path)
    for number in range(times):
        # Not `write_session`, whose lock would hide it if counting took more than one statement.
        with Session(engine) as session, session.begin():
            count_gap(session, ("droner", "parkering")[number % 2], MONTH)
    engine.dispose()


def test_two_processes_that_count_at_once_lose_nothing(engine: Engine, settings: Settings) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_count_many, args=(settings.database_path, 60)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with read_session(engine) as session:
        assert kept(session) == {"droner": 60, "parkering": 60}


def test_threads_that_count_at_once_lose_nothing(engine: Engine, settings: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_count_many, [settings.database_path] * 4, [20] * 4))
    with read_session(engine) as session:
        assert kept(session) == {"droner": 40, "parkering": 40}


def test_a_session_that_fails_counts_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError), write_session(engine) as session:
        count_gap(session, "droner", MONTH)
        raise RuntimeError
    with read_session(engine) as session:
        assert kept(session) == {}
