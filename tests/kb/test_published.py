import pytest

from kb.database import open_database, read_session
from kb.errors import CaseNotFound
from kb.published import count_municipalities, count_published, get_published, list_newest, list_summaries
from kb.settings import Settings


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
