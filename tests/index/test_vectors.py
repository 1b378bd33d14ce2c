from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import vectors
from index.vectors import Vectors


def unit(rows: int, seed: int = 1) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=(rows, 16)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def find_expected(rows: np.ndarray, query: np.ndarray, floor: float, allowed: np.ndarray | None) -> dict[int, float]:
    cosines = rows @ query[0]
    return {i: float(cosines[i]) for i in np.flatnonzero(cosines >= floor) if allowed is None or allowed[i]}


def check_exact(found: tuple[np.ndarray, np.ndarray], expected: dict[int, float], floor: float) -> None:
    """Compare with what should be found; vectors right at the floor may fall on either side of it."""
    scores = dict(zip(found[0].tolist(), found[1].tolist(), strict=True))
    assert len(scores) == len(found[0])
    for position in scores.keys() | expected.keys():
        if position in scores and position in expected:
            assert scores[position] == pytest.approx(expected[position], abs=1e-5)
        else:
            assert (scores | expected)[position] == pytest.approx(floor, abs=1e-5)


@given(
    st.integers(1, 60), st.integers(0, 1000), st.floats(-1, 1, width=32), st.booleans(), st.sampled_from([0, 20_000])
)
def test_a_search_finds_all_vectors_above_the_floor_with_their_cosines(
    rows: int, seed: int, floor: float, filtered: bool, few: int
) -> None:
    matrix, query = unit(rows, seed), unit(1, seed + 1)
    allowed = np.random.default_rng(seed).random(rows) < 0.5 if filtered else None
    with pytest.MonkeyPatch.context() as patch:
        # With 0 every filter goes the way of one that leaves many.
        patch.setattr(vectors, "FEW", few)
        found = Vectors.from_matrix(matrix).search_above(query, floor, allowed)
    check_exact(found, find_expected(matrix, query, floor, allowed), floor)


@pytest.fixture
def in_cells(monkeypatch: pytest.MonkeyPatch) -> tuple[Vectors, np.ndarray]:
    for name, value in {"EXACT_MOST": 500, "FEW": 20, "PROBES": 24, "_RESCORED": 3_000}.items():
        monkeypatch.setattr(vectors, name, value)
    matrix = unit(3_000)
    return Vectors.from_matrix(matrix), matrix


def test_what_is_found_among_cells_has_its_true_cosine_and_the_best_are_found(
    in_cells: tuple[Vectors, np.ndarray],
) -> None:
    index, matrix = in_cells
    best_found = 0
    for seed in range(20):
        query = unit(1, seed + 50)
        positions, scores = index.search_above(query, 0.3)
        assert len(set(positions.tolist())) == len(positions)
        np.testing.assert_allclose(scores, matrix[positions] @ query[0], atol=1e-5)
        assert (scores >= 0.3).all()
        best_found += len(set(np.argsort(-(matrix @ query[0]))[:10].tolist()) & set(positions.tolist()))
    assert best_found >= 0.9 * 200


@pytest.mark.parametrize("share", [0.0, 0.005, 0.02, 0.3, 1.0])
def test_a_filter_among_cells_lets_in_just_what_it_allows(in_cells: tuple[Vectors, np.ndarray], share: float) -> None:
    index, matrix = in_cells
    allowed = np.random.default_rng(5).random(len(matrix)) < share
    query = unit(1, 99)
    positions, scores = index.search_above(query, 0.2, allowed)
    assert allowed[positions].all()
    np.testing.assert_allclose(scores, matrix[positions] @ query[0], atol=1e-5)
    expected = find_expected(matrix, query, 0.2, allowed)
    assert set(positions.tolist()) <= set(expected)
    if np.count_nonzero(allowed) <= vectors.FEW:
        assert set(positions.tolist()) == set(expected)
    elif share < 1:
        free = set(index.search_above(query, 0.2)[0].tolist())
        assert {position for position in free if allowed[position]} <= set(positions.tolist())


def test_only_the_best_are_scored_anew_when_very_many_are_found(
    in_cells: tuple[Vectors, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    index, matrix = in_cells
    monkeypatch.setattr(vectors, "_RESCORED", 50)
    query = unit(1, 7)
    positions, scores = index.search_above(query, 0.1)
    best = np.argsort(-scores)[:20]
    np.testing.assert_allclose(scores[best], matrix[positions[best]] @ query[0], atol=1e-5)
    np.testing.assert_allclose(scores, matrix[positions] @ query[0], atol=vectors._SLACK)


def test_an_empty_index_and_a_filter_that_leaves_nothing_find_nothing() -> None:
    empty = Vectors.from_matrix(np.zeros((0, 16), dtype=np.float32))
    assert (len(empty), empty.dimension) == (0, 16)
    for index, allowed in (
        (empty, None),
        (empty, np.zeros(0, bool)),
        (Vectors.from_matrix(unit(7)), np.zeros(7, bool)),
    ):
        positions, scores = index.search_above(unit(1), -1.0, allowed)
        assert (len(positions), len(scores)) == (0, 0)


def test_a_query_of_no_direction_finds_nothing() -> None:
    positions, _ = Vectors.from_matrix(unit(7)).search_above(np.zeros((1, 16), np.float32), 0.15)
    assert not len(positions)


@pytest.mark.parametrize("rows", [0, 1, 7, 600])
def test_what_was_written_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(vectors, "EXACT_MOST", 500)
    written = Vectors.from_matrix(unit(rows))
    written.write(tmp_path)
    read = Vectors.read(tmp_path)
    assert (len(read), read.dimension) == (rows, 16)
    np.testing.assert_array_equal(read.rows, unit(rows))
    for one, other in zip(written.search_above(unit(1, 9), 0.1), read.search_above(unit(1, 9), 0.1), strict=True):
        np.testing.assert_array_equal(np.sort(one), np.sort(other))


def test_files_that_cannot_be_read_raise(tmp_path: Path) -> None:
    Vectors.from_matrix(unit(3)).write(tmp_path)
    (tmp_path / "cells.faiss").write_bytes(b"no index")
    with pytest.raises(RuntimeError):
        Vectors.read(tmp_path)
    (tmp_path / "vectors.npy").write_bytes(b"no array")
    with pytest.raises(ValueError, match="pickle"):
        Vectors.read(tmp_path)


@settings(max_examples=20)
@given(st.integers(2, 40), st.integers(0, 99))
def test_a_filter_does_not_change_a_cosine(rows: int, seed: int) -> None:
    index, query = Vectors.from_matrix(unit(rows, seed)), unit(1, seed + 1)
    allowed = np.arange(rows) % 2 == 0
    free = dict(zip(*(column.tolist() for column in index.search_above(query, -1.0)), strict=True))
    kept = dict(zip(*(column.tolist() for column in index.search_above(query, -1.0, allowed)), strict=True))
    assert kept == pytest.approx({position: free[position] for position in range(0, rows, 2)}, abs=1e-6)
