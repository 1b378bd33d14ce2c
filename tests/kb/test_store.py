import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from kb.database import read_session, write_connection, write_session
from kb.errors import BrokenChain, CaseNotFound
from kb.models import CaseState, Origin
from kb.store import Store, hash_text


def add(store: Store, *texts: str, case_id: str = "abc", origin: Origin = Origin.IMPORT) -> None:
    for version in texts:
        store.add_revision(case_id, version, origin, "kari")


def test_every_version_is_kept_word_for_word(store: Store) -> None:
    versions = ["\ufeffen\r\n", "to\n", "tre æøå 🙂"]
    add(store, *versions)
    assert [r.text for r in store.list_revisions("abc")] == versions
    assert store.get_case("abc").head == 3
    assert store.get_case("abc").state == CaseState.DRAFT


def test_each_revision_is_chained_to_the_one_before(store: Store) -> None:
    add(store, "en", "en")
    first, second = store.list_revisions("abc")
    assert first.content_hash == second.content_hash == hash_text("en")
    assert first.chain_hash != second.chain_hash
    assert store.check_chains() == 2


def test_only_imports_count_as_imported(store: Store) -> None:
    add(store, "en")
    add(store, "to", origin=Origin.EDIT)
    assert store.get_case("abc").imported_hash == hash_text("en")


@pytest.mark.parametrize("change", ["UPDATE revision SET text = 'x'", "DELETE FROM revision"])
def test_the_database_refuses_to_change_or_delete_a_revision(engine: Engine, change: str) -> None:
    with write_session(engine) as session:
        add(Store(session), "en")
    with pytest.raises(IntegrityError, match="append-only"), write_connection(engine) as connection:
        connection.execute(text(change))
    with read_session(engine) as session:
        assert Store(session).get_revision("abc", 1).text == "en"


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE revision SET text = 'falsk' WHERE number = 1",
        "UPDATE revision SET author = 'ola' WHERE number = 1",
        "DELETE FROM revision WHERE number = 1",
        "DELETE FROM revision WHERE number = 2",
        "UPDATE revision SET text = 'falsk', content_hash = '{falsk}' WHERE number = 1",
    ],
)
def test_a_revision_changed_behind_our_back_is_discovered(engine: Engine, tampering: str) -> None:
    with write_session(engine) as session:
        add(Store(session), "en", "to")
    with write_connection(engine) as connection:
        for trigger in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER revision_refuses_{trigger}"))
        connection.execute(text(tampering.replace("{falsk}", hash_text("falsk"))))
    with read_session(engine) as session, pytest.raises(BrokenChain, match="abc"):
        Store(session).check_chains()


def test_a_case_that_is_not_there_is_an_error_by_id(store: Store) -> None:
    assert store.find_case("borte") is None
    with pytest.raises(CaseNotFound, match="borte"):
        store.get_case("borte")
    with pytest.raises(CaseNotFound):
        store.get_revision("borte", 1)


def test_a_session_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), write_session(engine) as session:
        add(Store(session), "en")
        raise ZeroDivisionError
    with read_session(engine) as session:
        assert Store(session).list_cases() == []
