import numpy as np
import pytest

from index.keywords import Found
from index.storage.manifest import read_manifest
from index.storage.snapshot import open_snapshot, read_snapshot
from kb.errors import CaseNotFound, IndexDamaged, IndexMissing
from tests.index.conftest import Shelf
from tests.index.encoders import WordCountEncoder


@pytest.fixture
def lived(shelf: Shelf) -> Shelf:
    """An index of two segments in which one case is gone and one replaced."""
    for number in range(8):
        shelf.publish(f"sak-{number}", title=f"Sak {number}", body=f"## Tiltak\n\nOrdning nummer{number}.\n")
    shelf.build()
    shelf.publish("sak-3", title="Sak 3", body="## Tiltak\n\nGulrøtter.\n", themes="[rekruttering]")
    shelf.archive("sak-5")
    shelf.build()
    return shelf


def test_rows_run_on_through_the_segments_and_lead_back_to_the_cases(lived: Shelf) -> None:
    snapshot = lived.open()
    assert len(snapshot.segments) == 2
    assert snapshot.case_count == len(snapshot.rows_by_id) == 7
    for case, row in snapshot.rows_by_id.items():
        segment, place = snapshot.locate(row)
        assert segment.ids[place] == case
        same, places = snapshot.list_passages(row)
        assert same is segment
        assert {int(segment.case_of_passage[at]) for at in places} == {place}
        assert snapshot.keys[row] == segment.keys[place]
    assert snapshot.rows_by_id["sak-3"] == len(snapshot.keys) - 1
    assert np.flatnonzero(~snapshot.alive).tolist() == [3, 5]


def test_what_was_removed_is_in_no_mask_and_no_answer(lived: Shelf) -> None:
    snapshot = lived.open()
    assert not snapshot.find_mask([])[[3, 5]].any()
    assert np.flatnonzero(snapshot.find_mask([("theme", "rekruttering")])).tolist() == [8]
    query = WordCountEncoder().encode_query("Sak 5. Ordning nummer5.")
    rows, cosines, everywhere = snapshot.search_vectors(query, 0.0, snapshot.alive)
    assert not {3, 5} & {*rows.tolist()}
    assert sorted(everywhere.tolist()) == sorted(cosines.tolist())
    kept, _ = snapshot.find_rows(Found(np.array([3, 4, 5, 8]), np.ones(4)))
    assert kept.tolist() == [4, 8]
    with pytest.raises(CaseNotFound, match="sak-5"):
        snapshot.get_row("sak-5")


def test_the_cosine_of_a_case_is_that_of_its_best_passage_with_a_filter_or_without(lived: Shelf) -> None:
    snapshot = lived.open()
    query = WordCountEncoder().encode_query("noe nytt nummer2")
    rows, cosines, everywhere = snapshot.search_vectors(query, -1.0, snapshot.alive)
    assert rows.tolist() == np.flatnonzero(snapshot.alive).tolist()
    for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
        segment, places = snapshot.list_passages(row)
        assert cosine == pytest.approx(max(float(segment.vectors.rows[at] @ query[0]) for at in places), abs=1e-6)
    mask = snapshot.find_mask([("theme", "sykefravaer")])
    some, fewer, all_of_them = snapshot.search_vectors(query, -1.0, mask)
    assert some.tolist() == np.flatnonzero(mask).tolist()
    assert fewer.tolist() == [cosine for row, cosine in zip(rows, cosines, strict=True) if mask[row]]
    assert all_of_them.tolist() == everywhere.tolist()


def test_segments_that_are_open_already_are_not_opened_again(lived: Shelf) -> None:
    one = lived.open()
    other = open_snapshot(lived.folder, one)
    assert all(other.segments[name] is one.segments[name] for name in one.segments)


@pytest.mark.parametrize("count", ["cases", "segments"])
def test_a_manifest_that_does_not_fit_the_files_is_refused(lived: Shelf, count: str) -> None:
    manifest = read_manifest(lived.index_dir)
    wrong = {"cases": manifest.cases + 1} if count == "cases" else {"segments": manifest.segments[:1]}
    text = manifest.model_copy(update=wrong).model_dump_json()
    (lived.folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamaged, match="cases with vectors"):
        lived.open()


def test_an_index_that_was_never_built_is_missing(shelf: Shelf) -> None:
    with pytest.raises(IndexMissing):
        read_snapshot(shelf.index_dir)
