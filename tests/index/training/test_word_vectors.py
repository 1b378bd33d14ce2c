from dataclasses import replace

import numpy as np

from index.training.settings import Settings
from index.training.word_vectors import build_word_vectors, count_neighbours, ppmi


def test_neighbours_are_counted_within_a_line_and_both_ways() -> None:
    ids, places = np.array([0, 1, 2, 3], np.int32), np.array([0, 0, 0, 1], np.int32)
    expected = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    np.testing.assert_array_equal(count_neighbours(ids, places, 4, window=1).toarray(), expected)


def test_a_pair_that_is_no_likelier_than_chance_has_no_weight() -> None:
    counts = count_neighbours(*_lines([[0, 1]] * 9 + [[2, 3]] * 9), 4, window=1)
    matrix = ppmi(counts, smoothing=1.0).toarray()
    assert matrix[0, 1] > 0
    assert matrix[0, 2] == 0


def test_tokens_that_keep_the_same_company_lie_close() -> None:
    lines = [[0, 4, 5], [1, 4, 5], [2, 6, 7], [3, 6, 7]] * 5
    settings = replace(Settings(), dimensions=3, window=2)
    rows = build_word_vectors(*_lines(lines), 9, settings)
    assert rows.shape == (9, 3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert not rows[8].any()


def _lines(lines: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    ids = np.array([token for line in lines for token in line], np.int32)
    return ids, np.repeat(np.arange(len(lines), dtype=np.int32), [len(line) for line in lines])
