from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.columns import Texts, read_array, write_array

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=12)


@given(TEXTS)
def test_texts_are_what_was_put_in_also_after_they_were_written(texts: list[str]) -> None:
    held = Texts.of(texts)
    with TemporaryDirectory() as folder:
        held.write(Path(folder), "ids")
        read = Texts.read(Path(folder), "ids")
        assert list(held) == list(read) == texts
        assert len(read) == len(texts)


@given(st.lists(st.tuples(TEXTS, st.integers(0, 2**12)), min_size=1, max_size=4))
def test_joining_takes_the_chosen_texts_in_order(parts: list[tuple[list[str], int]]) -> None:
    places = [np.array([i for i in range(len(texts)) if bits >> i & 1], np.intp) for texts, bits in parts]
    joined = Texts.join([Texts.of(texts) for texts, _ in parts], places)
    assert list(joined) == [texts[i] for (texts, _), chosen in zip(parts, places, strict=True) for i in chosen]


@pytest.mark.parametrize("place", [-1, 2])
def test_there_is_no_text_outside(place: int) -> None:
    with pytest.raises(IndexError):
        Texts.of(["a", "b"])[place]


def test_texts_that_were_cut_short_are_refused(tmp_path: Path) -> None:
    Texts.of(["en", "to"]).write(tmp_path, "ids")
    write_array(tmp_path, "ids-utf8", np.zeros(3, np.uint8))
    with pytest.raises(ValueError, match="cut short"):
        Texts.read(tmp_path, "ids")


@pytest.mark.parametrize("shape", [(0,), (0, 32), (1,), (3, 32)])
def test_arrays_of_any_size_are_read_back(tmp_path: Path, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape), dtype=np.int64).reshape(shape)
    write_array(tmp_path, "keys", array)
    read = read_array(tmp_path, "keys")
    assert read.shape == shape
    np.testing.assert_array_equal(read, array)
