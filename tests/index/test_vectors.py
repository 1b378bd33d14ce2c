from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import Vectors


def unit(rows: int, seed: int = 1) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(rows=st.integers(1, 60), limit=st.integers(1, 80), seed=st.integers(0, 1000))
def test_search_is_exact_and_best_first(rows: int, limit: int, seed: int) -> None:
    matrix = unit(rows, seed)
    query = unit(1, seed + 1)
    found = Vectors.from_matrix(matrix).search(query, limit)
    expected = np.sort(matrix @ query[0])[::-1][:limit]
    np.testing.assert_allclose([score for _, score in found], expected, atol=1e-5)
    assert len({position for position, _ in found}) == min(rows, limit)


def test_an_empty_index_finds_nothing() -> None:
    assert list(Vectors.from_matrix(np.zeros((0, 16), dtype=np.float32)).search(unit(1), 5)) == []


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    matrix = unit(7)
    Vectors.from_matrix(matrix).write(tmp_path / "x.faiss")
    read = Vectors.read(tmp_path / "x.faiss")
    assert (len(read), read.dimension) == (7, 16)
    np.testing.assert_array_equal(read.get_matrix(), matrix)


def test_a_file_that_faiss_cannot_read_raises(tmp_path: Path) -> None:
    (tmp_path / "x.faiss").write_bytes(b"no index")
    with pytest.raises(RuntimeError):
        Vectors.read(tmp_path / "x.faiss")
