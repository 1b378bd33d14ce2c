import numpy as np
import pytest

from index.build import verify_index
from index.storage import compaction
from tests.index.conftest import Shelf


def fill(shelf: Shelf, count: int) -> None:
    for number in range(count):
        shelf.publish(f"sak-{number:02d}", title=f"Sak {number}", body=f"## Tiltak\n\nOrdning nummer{number}.\n")
    shelf.build()


def test_many_segments_are_put_together_and_nothing_is_lost(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "MOST_SEGMENTS", 3)
    fill(shelf, 40)
    [first] = shelf.open().segments
    sizes = []
    for number in range(4):
        shelf.publish(f"ny-{number}", title=f"Ny {number}")
        shelf.build()
        sizes.append(len(shelf.open().segments))
    assert sizes == [2, 3, 2, 3]
    snapshot = shelf.open()
    assert next(iter(snapshot.segments)) == first
    assert sorted(snapshot.rows_by_id) == sorted([*(f"sak-{n:02d}" for n in range(40)), *(f"ny-{n}" for n in range(4))])
    assert (np.diff(snapshot.keys) > 0).all()
    # Folders that are no longer used are gone.
    assert {path.name for path in shelf.folder.iterdir() if path.name.startswith("segment-")} == {*snapshot.segments}
    assert "index whole" in verify_index(shelf.settings)


def test_cases_that_were_archived_one_by_one_leave_the_disk_in_the_end(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "MOST_SEGMENTS", 2)
    fill(shelf, 20)
    for number in range(12):
        shelf.archive(f"sak-{number:02d}")
        shelf.build()
        snapshot = shelf.open()
        assert len(snapshot.removed) <= compaction.MOST_TAIL * len(snapshot.keys)
        assert len(snapshot.keys) - len(snapshot.removed) == snapshot.case_count == 19 - number
        if not len(snapshot.removed):
            # No word of theirs is left either.
            words = snapshot.keywords.list_words("nummer")
            assert words == {f"nummer{left}": 1 for left in range(number + 1, 20)}
    assert "index whole" in verify_index(shelf.settings)


def test_small_updates_leave_the_large_segment_alone(shelf: Shelf) -> None:
    fill(shelf, 40)
    before = {*shelf.open().segments}
    shelf.publish("ny", title="Ny")
    shelf.archive("sak-00")
    shelf.build()
    assert before < {*shelf.open().segments}
    assert shelf.open().removed.tolist() == [0]
