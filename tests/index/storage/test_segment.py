from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import Embedder
from index.entries import make_entry
from index.storage.segment import Segment, merge_segments
from kb.checks import Reference
from kb.parsing import parse_document
from tests.cases import case_text
from tests.index.encoders import WordCountEncoder


def make_segment(reference: Reference, first: int, count: int) -> Segment:
    entries = []
    for key in range(first, first + count):
        body = "".join(f"## Tiltak\n\nOrdning {key} nummer {place}.\n\n" for place in range(1 + key % 3))
        text = case_text(id=f"sak-{key}", title=f"Sak {key} ærlig", factors=None, body=body)
        entries.append(make_entry(parse_document(text).document, f"{key:064x}", key, reference))
    return Embedder(WordCountEncoder()).make_segment(entries)


@pytest.fixture(scope="module")
def parts(reference: Reference) -> list[Segment]:
    return [make_segment(reference, 0, 4), make_segment(reference, 4, 0), make_segment(reference, 4, 3)]


def tell(segment: Segment) -> list[object]:
    """All that a segment says, case by case."""
    return [
        (
            int(segment.keys[case]), segment.ids[case], segment.titles[case], segment.languages[case],
            segment.case_hashes[case].tobytes(), segment.facets.list_values_of(case),
            [(segment.sections[p], segment.texts[p], int(segment.starts[p]), int(segment.stops[p]),
              segment.passage_hashes[p].tobytes(), segment.vectors.rows[p].tolist())
             for p in range(segment.first[case], segment.first[case + 1])],
        )
        for case in range(len(segment))
    ]  # fmt: skip


def test_what_was_written_is_read_back(parts: list[Segment], tmp_path: Path) -> None:
    for number, segment in enumerate(parts):
        segment.write(tmp_path / str(number))
        assert tell(Segment.read(tmp_path / str(number))) == tell(segment)


@given(st.data())
def test_merging_keeps_the_chosen_cases_whole_and_in_order(parts: list[Segment], data: st.DataObject) -> None:
    kept = [np.array(data.draw(st.lists(st.booleans(), min_size=len(p), max_size=len(p))), np.bool_) for p in parts]
    merged = merge_segments(parts, kept)
    expected = [
        one
        for part, mask in zip(parts, kept, strict=True)
        for one, stays in zip(tell(part), mask, strict=True)
        if stays
    ]
    assert tell(merged) == expected
    assert merged.case_of_passage.tolist() == [i for i, one in enumerate(expected) for _ in one[6]]  # type: ignore[index]


def test_columns_of_different_lengths_are_refused(parts: list[Segment], tmp_path: Path) -> None:
    parts[0].write(tmp_path / "one")
    parts[2].write(tmp_path / "other")
    (tmp_path / "other" / "ids-utf8.npy").replace(tmp_path / "one" / "ids-utf8.npy")
    (tmp_path / "other" / "ids-ends.npy").replace(tmp_path / "one" / "ids-ends.npy")
    with pytest.raises(ValueError, match="one length"):
        Segment.read(tmp_path / "one")
