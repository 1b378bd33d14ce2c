import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.balance import FIRST, LEAST, OTHER_SIDE, balance
from index.facets import FacetTable


def make_table(other: list[bool]) -> FacetTable:
    return FacetTable.from_rows([{"outcome": (OTHER_SIDE[i % 3],) if is_other else ("better",)}
                                 for i, is_other in enumerate(other)])  # fmt: skip


@given(st.lists(st.booleans(), max_size=60), st.randoms(use_true_random=False))
@example([False] * 9 + [True] + [False] * 2 + [True] * 2, None)
@example([False] * 10 + [True] * 5, None)
@example([True, True] + [False] * 9 + [True], None)
def test_three_of_the_other_side_are_among_the_first_ten_and_nobody_is_lost(other, chance) -> None:  # type: ignore[no-untyped-def]
    rows = list(range(len(other)))
    if chance:
        chance.shuffle(rows)
    places = balance(make_table(other), np.array(rows, np.int64)).tolist()
    assert sorted(places) == list(range(len(rows)))
    shown = [other[rows[place]] for place in places]
    plain = [other[row] for row in rows]
    assert sum(shown[:FIRST]) == max(min(LEAST, sum(other)), sum(plain[:FIRST]))
    # Within each side, and among those that were not moved, the order is as it was.
    for side in (True, False):
        of_side = [place for place in places if other[rows[place]] is side]
        assert of_side == sorted(of_side)


def test_what_is_balanced_already_stays_as_it_is() -> None:
    other = [True, False, True, False, True] + [False] * 10 + [True] * 3
    assert balance(make_table(other), np.arange(len(other))).tolist() == list(range(len(other)))


def test_the_best_case_stays_first() -> None:
    assert balance(make_table([False] * 12 + [True] * 3), np.arange(15)).tolist()[0] == 0


@pytest.mark.parametrize("count", [0, 1, 5])
def test_few_hits_are_shown_as_they_are(count: int) -> None:
    assert balance(make_table([True] * count), np.arange(count)).tolist() == list(range(count))
