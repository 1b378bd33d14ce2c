import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import (
    ANSWER_MIDDLE,
    COSINE_FLOOR,
    GRAMS,
    HIT_FLOOR,
    KEYWORDS,
    NEARNESS,
    SAID_OUTRIGHT,
    Ranked,
    estimate_answered,
    find_matches,
    fuse,
    measure_evidence,
    name_nearness,
)

COUNT = 12
LEG = st.dictionaries(st.integers(0, COUNT - 1), st.floats(0, 1))


def make_leg(found: dict[int, float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(list(found), np.int64), np.array(list(found.values()), np.float64)


@given(LEG, LEG, LEG)
def test_a_score_is_the_weighed_sum_and_the_best_is_first(
    cosines: dict[int, float], words: dict[int, float], grams: dict[int, float]
) -> None:
    ranked = fuse(make_leg(cosines), make_leg(words), make_leg(grams), COUNT)
    assert sorted(ranked.rows.tolist()) == sorted({*cosines, *words, *grams})
    for row, score in zip(ranked.rows.tolist(), ranked.scores.tolist(), strict=True):
        parts = (cosines.get(row, COSINE_FLOOR), words.get(row, 0), grams.get(row, 0))
        assert score == pytest.approx(parts[0] + KEYWORDS * parts[1] + GRAMS * parts[2])
    order = list(zip((-ranked.scores).tolist(), ranked.rows.tolist(), strict=True))
    assert order == sorted(order)


@given(LEG, LEG, LEG, st.sets(st.integers(0, COUNT - 1)))
def test_what_others_there_are_does_not_change_a_score(
    cosines: dict[int, float], words: dict[int, float], grams: dict[int, float], kept: set[int]
) -> None:
    legs = (cosines, words, grams)
    whole = fuse(*map(make_leg, legs), COUNT)
    some = fuse(*(make_leg({row: leg[row] for row in leg if row in kept}) for leg in legs), COUNT)
    places = np.flatnonzero(np.isin(whole.rows, list(kept)))
    for name in ("rows", "scores", "cosines", "keywords", "grams"):
        np.testing.assert_array_equal(getattr(some, name), getattr(whole.take(places), name))


@given(st.lists(st.floats(COSINE_FLOOR, 1), max_size=14), st.lists(st.floats(0, 1), max_size=6), st.floats(0, 0.5))
def test_the_nearer_the_cases_the_more_probable_is_an_answer(
    cosines: list[float], words: list[float], more: float
) -> None:
    near, said = np.array(cosines), np.array(words)
    evidence = measure_evidence(near, said)
    for nearer in (
        measure_evidence(np.minimum(near + more, 1.0), said), measure_evidence(near, np.minimum(said + more, 1.0)),
        measure_evidence(np.array([*cosines, COSINE_FLOOR]), np.array([*words, 0.0])),
    ):  # fmt: skip
        assert nearer >= evidence - 1e-9
        assert 0 <= estimate_answered(evidence) <= estimate_answered(nearer) + 1e-9 <= 1 + 1e-9


def test_the_curve_is_at_a_half_in_its_middle_and_nothing_found_is_no_answer() -> None:
    assert estimate_answered(ANSWER_MIDDLE) == pytest.approx(0.5)
    assert estimate_answered(measure_evidence(np.zeros(0), np.zeros(0))) < 0.5


def test_a_case_that_says_what_was_asked_is_a_match_whether_others_are_or_not() -> None:
    keywords = np.array([0.9, SAID_OUTRIGHT, 0.1, 0.0])
    scores = np.array([HIT_FLOOR + 0.4, HIT_FLOOR + 0.2, HIT_FLOOR, HIT_FLOOR - 0.01])
    ranked = Ranked(np.arange(4), scores, np.full(4, COSINE_FLOOR), keywords, np.zeros(4))
    assert find_matches(ranked, 0.9).tolist() == [0, 1, 2]
    assert find_matches(ranked, 0.1).tolist() == [0, 1]


def test_nearness_is_named_by_the_highest_step_reached() -> None:
    for name, least in NEARNESS:
        assert name_nearness(least) == name
    assert name_nearness(NEARNESS[-1][1] - 0.001) == ""
    assert [least for _, least in NEARNESS] == sorted((least for _, least in NEARNESS), reverse=True)
