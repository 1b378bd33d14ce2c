from index.plan.library import SnapshotLibrary
from index.searcher import open_searcher
from kb.parsing import parse_document
from kb.settings import Settings


def test_the_library_has_every_measure_and_factor_of_a_published_case_and_nothing_of_others(library: Settings) -> None:
    cases = SnapshotLibrary(open_searcher(library).snapshot)
    for path in sorted((library.content_dir / "cases").glob("*.md"))[::20]:
        front = parse_document(path.read_text(encoding="utf-8")).document.front
        assert {taken.measure for taken in front.measures} <= set(cases.list_measures(path.stem))
        assert {(claim.factor, claim.polarity) for claim in front.factors} <= set(cases.list_factors(path.stem))
        assert all(polarity in ("promoted", "hindered", "missing") for _, polarity in cases.list_factors(path.stem))
    assert cases.list_measures("borte") == cases.list_factors("borte") == []
