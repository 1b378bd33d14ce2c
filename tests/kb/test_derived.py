from sqlalchemy import Engine, text

from kb.checks import Reference
from kb.database import read_session, write_connection, write_session
from kb.derived import archive_case, digest_rows, publish_case, rebuild_rows
from kb.models import CaseState, Origin, PublishedCase, PublishedMunicipality, PublishedTerm
from kb.published import list_summaries
from kb.store import Store
from tests.cases import case_text


def publish(engine: Engine, reference: Reference, **changes: str) -> None:
    case_id = changes.get("id", "prove-noe-nytt")
    with write_session(engine) as session:
        store = Store(session)
        store.add_revision(case_id, case_text(**changes), Origin.IMPORT, "kari")
        publish_case(store, case_id, reference)


def test_publishing_makes_the_rows_that_lists_and_filters_read(engine: Engine, reference: Reference) -> None:
    publish(engine, reference, municipalities="[Nøtterøy, Larvik]", programme="flink-med-folk")
    with read_session(engine) as session:
        row = session.get(PublishedCase, "prove-noe-nytt")
        assert row is not None
        assert (row.revision, row.period_from, row.period_to) == (1, "2007", "2010")
        place = session.get(PublishedMunicipality, ("prove-noe-nytt", 0))
        assert place is not None
        assert (place.municipality, place.county) == ("NO-0722", "Vestfold")
        assert session.get(PublishedTerm, ("prove-noe-nytt", "programmes", "flink-med-folk")) is not None


def test_the_published_revision_stays_until_the_next_is_published(engine: Engine, reference: Reference) -> None:
    publish(engine, reference)
    with write_session(engine) as session:
        Store(session).add_revision("prove-noe-nytt", case_text(title="Ny tittel"), Origin.EDIT, "kari")
    with read_session(engine) as session:
        assert list_summaries(session, ["prove-noe-nytt"])[0].title == "Larvik prøvde noe nytt"
    with write_session(engine) as session:
        publish_case(Store(session), "prove-noe-nytt", reference)
    with read_session(engine) as session:
        assert list_summaries(session, ["prove-noe-nytt"])[0].title == "Ny tittel"


def test_a_rebuild_makes_identical_rows(engine: Engine, reference: Reference) -> None:
    for number in range(3):
        publish(engine, reference, id=f"case-{number}")
    with write_session(engine) as session:
        result = rebuild_rows(Store(session), reference)
    assert result.cases == 3
    assert result.identical


def test_a_rebuild_mends_rows_that_were_changed_and_says_so(engine: Engine, reference: Reference) -> None:
    publish(engine, reference)
    with read_session(engine) as session:
        right = digest_rows(session)
    with write_connection(engine) as connection:
        connection.execute(text("UPDATE published_outcome SET direction = 'worse'"))
    with write_session(engine) as session:
        result = rebuild_rows(Store(session), reference)
    assert not result.identical
    assert result.after == right


def test_an_archived_case_has_no_rows_but_keeps_its_revisions(engine: Engine, reference: Reference) -> None:
    publish(engine, reference)
    with write_session(engine) as session:
        archive_case(Store(session), "prove-noe-nytt")
    with read_session(engine) as session:
        store = Store(session)
        assert list_summaries(session, ["prove-noe-nytt"]) == []
        assert store.list_cases(CaseState.PUBLISHED) == store.list_texts(["prove-noe-nytt"]) == []
        assert len(store.list_revisions("prove-noe-nytt")) == 1
        assert store.get_case("prove-noe-nytt").state == CaseState.ARCHIVED
