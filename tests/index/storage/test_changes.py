from pathlib import Path

import pytest

from index.storage import changes
from index.storage.changes import Changes, find_changes, hash_content, hash_rules
from kb.settings import Settings
from tests.index.conftest import Shelf


def test_new_changed_and_gone_cases_are_told_apart(shelf: Shelf) -> None:
    for case in ("sak-a", "sak-b", "sak-c"):
        shelf.publish(case)
    shelf.build()
    snapshot = shelf.open()
    held = {
        case: snapshot.locate(row)[0].case_hashes[snapshot.locate(row)[1]].tobytes().hex()
        for case, row in snapshot.rows_by_id.items()
    }
    assert not find_changes(held, snapshot)
    published = {"sak-a": held["sak-a"], "sak-b": "0" * 64, "sak-d": "1" * 64}
    changes = find_changes(published, snapshot)
    assert changes == Changes(new=("sak-d",), changed=("sak-b",), gone=("sak-c",))
    assert changes.outdated == ("sak-b", "sak-c")


def test_changes_are_told_with_numbers_and_names_of_the_first() -> None:
    changes = Changes(new=tuple("abcdefg"), changed=(), gone=("x",))
    assert str(changes) == "7 not in the index (a, b, c, d, e, …); 1 in it though not published (x)"


def test_the_hash_of_the_content_depends_on_what_is_published_and_not_on_its_order() -> None:
    pairs = [("a", "1"), ("b", "2")]
    assert hash_content(pairs) == hash_content(pairs[::-1])
    assert len({hash_content(pairs), hash_content(pairs[:1]), hash_content([("a", "2"), ("b", "1")])}) == 3


@pytest.mark.parametrize("name", ["themes.yaml", "municipalities.csv", "concepts.yaml"])
def test_a_change_of_any_vocabulary_builds_all_and_embeds_nothing(
    shelf: Shelf, short_content: Path, tmp_path: Path, name: str
) -> None:
    shelf.publish("en-sak")
    shelf.build()
    before = hash_rules(shelf.settings)
    (folder := tmp_path / "content" / "vocabulary").mkdir(parents=True)
    for path in (short_content / "vocabulary").iterdir():
        (folder / path.name).write_bytes(path.read_bytes() + (b"\n" if path.name == name else b""))
    shelf.settings = Settings(data_dir=shelf.settings.data_dir, content_dir=tmp_path / "content")
    assert hash_rules(shelf.settings) != before
    built = shelf.build()
    assert (built.changed, built.embedded) == (True, 0)
    assert not shelf.build().changed


def test_a_change_of_the_word_lists_is_a_change_of_the_rules(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hash_rules(shelf.settings)
    for name in ("CONSTITUENTS", "EVERYDAY"):
        (folder := tmp_path / name).mkdir()
        for path in getattr(changes, name).glob("*.txt"):
            (folder / path.name).write_bytes(path.read_bytes() + (b"nyord\n" if path.name == "nb.txt" else b""))
        with monkeypatch.context() as patch:
            patch.setattr(changes, name, folder)
            assert hash_rules(shelf.settings) != before
    assert hash_rules(shelf.settings) == before
