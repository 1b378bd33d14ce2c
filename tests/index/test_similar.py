import numpy as np
import pytest

from index.encoder import Encoder
from index.searcher import Searcher
from index.similar import MIN_LIKENESS, SHARED, SimilarCases, _centres
from index.storage.manifest import get_current
from index.storage.snapshot import open_snapshot
from kb.errors import CaseNotFound
from kb.settings import Settings


@pytest.fixture(scope="module")
def searcher(library: Settings, encoder: Encoder) -> Searcher:
    return Searcher(open_snapshot(get_current(library.index_dir)), encoder)


def test_likeness_is_the_cosine_of_the_mean_passages_best_first(searcher: Searcher) -> None:
    result = searcher.find_similar("molde-oljeturnus", limit=300)
    snapshot = searcher.snapshot

    def find_mean(case: str) -> np.ndarray:
        segment, places = snapshot.list_passages(snapshot.get_row(case))
        mean = np.mean([segment.vectors.rows[place] for place in places], axis=0)
        return mean / np.linalg.norm(mean)

    own = find_mean("molde-oljeturnus")
    for hit in result.hits:
        assert hit.score == pytest.approx(float(find_mean(hit.case) @ own), abs=1e-4)
        assert hit.score >= MIN_LIKENESS
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    assert len({hit.case for hit in result.hits} - {"molde-oljeturnus"}) == result.total == len(result.hits)


def test_what_is_said_to_be_shared_both_have(searcher: Searcher) -> None:
    snapshot = searcher.snapshot
    own = snapshot.facets.list_values_of(snapshot.get_row("molde-oljeturnus"))
    hits = searcher.find_similar("molde-oljeturnus", limit=10).hits
    assert any(hit.shared for hit in hits)  # type: ignore[attr-defined]
    for hit in hits:
        other = snapshot.facets.list_values_of(snapshot.get_row(hit.case))
        for facet, values in hit.shared.items():  # type: ignore[attr-defined]
            assert facet in SHARED
            assert set(values) == set(own[facet]) & set(other[facet]) != set()


def test_a_case_without_passages_is_like_none_and_takes_none_from_its_neighbours() -> None:
    rows = np.eye(3, dtype=np.float32)
    centres = _centres(rows, np.array([0, 0, 2, 2, 3, 3]))
    half = 0.5**0.5
    expected = [[0, 0, 0], [half, half, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0]]
    np.testing.assert_allclose(centres, expected, atol=1e-6)
    assert _centres(np.zeros((0, 3), np.float32), np.array([0])).shape == (0, 3)


def test_a_case_that_is_not_there_is_not_found(searcher: Searcher) -> None:
    with pytest.raises(CaseNotFound, match="borte"):
        SimilarCases(searcher.snapshot).find("borte", 3)
