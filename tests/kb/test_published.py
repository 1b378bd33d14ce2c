from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.files import read_files
from importers.markdown import apply_plan, plan_import
from kb.checks import Reference
from kb.database import make_database, open_database, read_session, write_session
from kb.errors import CaseNotFound
from kb.published import count_municipalities, count_published, get_published, list_newest, list_summaries
from kb.settings import Settings
from kb.store import Store
from tests.cases import write_case


def test_summaries_come_in_the_order_asked_for_and_unknown_ones_are_left_out(library: Settings) -> None:
    wanted = ["trygghetsnett", "grue-arbeidslag", "borte", "lokta"]
    with read_session(open_database(library.database_path)) as session:
        found = list_summaries(session, wanted)
    assert [summary.case_id for summary in found] == ["trygghetsnett", "grue-arbeidslag", "lokta"]
    assert found[1].municipalities == ("Grue",)


def test_counts_and_newest_cases_agree(library: Settings) -> None:
    with read_session(open_database(library.database_path)) as session:
        count = count_published(session)
        assert len(list_newest(session, count + 10)) == count
        assert len(list_newest(session, 2)) == 2
        assert count_municipalities(session) > 12


def test_a_case_that_is_not_published_is_not_found(library: Settings) -> None:
    with read_session(open_database(library.database_path)) as session, pytest.raises(CaseNotFound):
        get_published(session, "borte")


def test_the_newest_among_some_cases_come_newest_first_a_stretch_at_a_time(
    settings: Settings, reference: Reference, tmp_path: Path
) -> None:
    engine = make_database(settings.database_path)
    for day, case_id in enumerate(("sak-b", "sak-d", "sak-a", "sak-c"), start=1):
        path = write_case(tmp_path, case_id)
        with write_session(engine) as session:
            store = Store(session, clock=lambda day=day: datetime(2026, 1, day, tzinfo=UTC))  # type: ignore[misc]
            assert apply_plan(
                plan_import(read_files([path]), store, reference, publish=True), store, reference, author="t"
            )
    with read_session(engine) as session:

        def newest(*among: str, limit: int = 9, offset: int = 0) -> list[str]:
            return [summary.case_id for summary in list_newest(session, limit, offset, among or None)]

        assert newest() == ["sak-c", "sak-a", "sak-d", "sak-b"]
        assert newest(limit=2, offset=1) == ["sak-a", "sak-d"]
        assert newest("sak-b", "sak-c", "sak-d", "borte") == ["sak-c", "sak-d", "sak-b"]
        assert newest("sak-b", "sak-c", "sak-d", limit=1, offset=1) == ["sak-d"]
        assert [s.case_id for s in list_newest(session, 9, among=[])] == []
