import pytest

from index.encoder import Encoder
from index.explanation import Explainer
from index.keyword_query import list_wanted, read_groups
from index.searcher import Searcher
from index.storage.manifest import get_current
from index.storage.snapshot import open_snapshot
from kb.settings import Settings


@pytest.fixture(scope="module")
def searcher(library: Settings, encoder: Encoder) -> Searcher:
    return Searcher(open_snapshot(get_current(library.index_dir)), encoder)


@pytest.mark.parametrize("query", ["oljeturnus", "etisk refleksjon i gruppe"])
def test_the_passage_is_the_nearest_or_the_nearest_that_has_a_matching_word(searcher: Searcher, query: str) -> None:
    snapshot = searcher.snapshot
    vector, ranked = searcher.encoder.encode_query(query), searcher.rank(query)[0]
    explainer = Explainer(snapshot, vector, list_wanted(read_groups(query)))
    bare = Explainer(snapshot, vector, {})
    for row, words, hit, plain in zip(
        ranked.rows.tolist(), ranked.keywords.tolist(), explainer.explain(ranked), bare.explain(ranked), strict=True
    ):
        segment, places = snapshot.list_passages(row)
        cosines = {segment.texts[place]: float(segment.vectors.rows[place] @ vector[0]) for place in places}
        assert cosines[plain.passage] == pytest.approx(max(cosines.values()), abs=1e-6)
        assert plain.marks == []
        if not hit.marks:
            assert hit.passage == plain.passage
        assert words or hit.passage == plain.passage


def test_a_hit_says_what_found_it(searcher: Searcher) -> None:
    hits = searcher.search("oljeturnus", limit=50).hits
    assert hits[0].legs == ["meaning", "words"]
    assert any(mark.why == "word" for mark in hits[0].marks)
    assert {tuple(hit.legs) for hit in hits} <= {("meaning",), ("words",), ("meaning", "words")}
