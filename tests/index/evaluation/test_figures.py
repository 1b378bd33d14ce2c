import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.figures import bootstrap_interval, ndcg, recall, reciprocal_rank, success

cases = st.lists(st.sampled_from("abcdefghijklmnop"), unique=True, max_size=16)
grades = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(0, 3), max_size=16)


def test_ndcg_is_as_computed_by_hand() -> None:
    # Gains 7, 0, 3, 1 at ranks 1–4 against the best order 7, 3, 1.
    found = 7 / math.log2(2) + 3 / math.log2(4) + 1 / math.log2(5)
    best = 7 / math.log2(2) + 3 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(["a", "x", "b", "c"], {"a": 3, "b": 2, "c": 1}) == pytest.approx(found / best)


def test_the_other_figures_look_at_relevant_cases_only() -> None:
    judged = {"a": 1, "b": 2, "c": 3}
    assert reciprocal_rank(["a", "x", "b"], judged) == pytest.approx(1 / 3)
    assert recall(["b", "x"], judged) == 0.5
    assert success(["a", "x", "b", "c"], judged) == 1.0
    assert success(["a", "x", "y", "c"], judged) == 0.0
    assert (reciprocal_rank([], judged), recall([], judged), success([], judged)) == (0, 0, 0)


def test_what_is_found_after_the_tenth_place_does_not_count() -> None:
    ranking = [*"0123456789", "a"]
    assert (ndcg(ranking, {"a": 3}), recall(ranking, {"a": 3})) == (0, 0)


@given(cases, grades)
def test_figures_lie_between_0_and_1_and_the_best_order_scores_1(ranking: list[str], judged: dict[str, int]) -> None:
    for figure in (ndcg, reciprocal_rank, recall, success):
        assert 0 <= figure(ranking, judged) <= 1 + 1e-9
    best = sorted(judged, key=lambda case: -judged[case])
    if any(judged.values()):
        assert ndcg(best, judged) == pytest.approx(1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_the_interval_holds_the_mean_and_is_the_same_each_time(values: list[float]) -> None:
    low, high = bootstrap_interval(values, rounds=200)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert (low, high) == bootstrap_interval(values, rounds=200)


def test_an_interval_of_nothing_is_nothing() -> None:
    assert bootstrap_interval([]) == (0, 0)
