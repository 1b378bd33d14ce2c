import numpy as np

from index.training.rows import (
    common_directions,
    language_directions,
    quantize,
    remove_directions,
    weigh_by_rarity,
)


def test_a_rare_token_outweighs_a_common_one() -> None:
    rows = weigh_by_rarity(np.ones((2, 4), np.float32), np.array([999, 1]), 1e-3)
    lengths = np.linalg.norm(rows, axis=1)
    assert lengths[1] > 100 * lengths[0]


def test_what_all_texts_share_is_out_of_every_row() -> None:
    random = np.random.default_rng(1)
    shared = np.array([1, 0, 0, 0], np.float32)
    rows = random.standard_normal((50, 4)).astype(np.float32) + 9 * shared
    texts = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    left = remove_directions(rows, common_directions(texts, 1))
    assert np.abs(left @ shared).mean() < 0.1 * np.abs(rows @ shared).mean()


def test_a_text_and_its_translation_meet_when_the_language_is_taken_out() -> None:
    random = np.random.default_rng(1)
    matter, swedish = random.standard_normal((50, 4)).astype(np.float32), np.array([0, 2, 0, 0], np.float32)
    found = language_directions([matter + swedish - matter, matter - (matter + swedish)], 1)
    assert found.shape == (1, 4)
    ours, theirs = remove_directions(matter, found), remove_directions(matter + swedish, found)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_no_directions_leave_the_rows_as_they_are() -> None:
    rows = np.ones((2, 4), np.float32)
    np.testing.assert_array_equal(remove_directions(rows, common_directions(rows, 0)), rows)


def test_eight_bits_keep_each_number_to_half_a_step() -> None:
    rows = np.random.default_rng(1).standard_normal((20, 8)).astype(np.float32)
    rows[3] = 0
    small, scale = quantize(rows)
    assert small.dtype == np.int8
    assert (np.abs(small * scale[:, None] - rows) <= scale[:, None] * 0.501).all()
