from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from importers.files import read_files
from importers.markdown import Action, apply_plan, plan_import
from index.facets import FacetTable, list_values
from index.passages import cut_passages
from kb.checks import Reference, check_cases
from kb.document import CaseDocument
from kb.models import CaseState
from kb.parsing import parse_document
from kb.problems import Severity
from kb.store import Store
from tests.bench.collections import make_collection, write_collection
from tests.bench.corpus import Corpus
from tests.bench.donors import read_fronts
from tests.bench.make_corpus import make_corpus
from tests.bench.peers import Peer
from tests.bench.peers.__main__ import measure_recall, percentiles
from tests.bench.peers.faiss_flat import FaissFlat
from tests.bench.peers.sqlite_fts5 import SqliteFts5
from tests.bench.queries import make_queries
from tests.bench.tables import render_markdown, render_text


@pytest.fixture(scope="module")
def made() -> list[CaseDocument]:
    return list(make_collection(300, seed=3))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return make_corpus(tmp_path_factory.mktemp("corpus"), cases=40, queries=30, seed=3)


def test_made_cases_have_nothing_worse_than_hints(made: list[CaseDocument], reference: Reference) -> None:
    problems = check_cases([parse_document(case.text, f"{case.front.id}.md") for case in made], reference)
    assert [problem for problem in problems if problem.severity != Severity.HINT] == []


def test_a_made_document_is_what_parsing_its_text_gives(made: list[CaseDocument]) -> None:
    for case in made:
        parsed = parse_document(case.text).document
        assert parsed == case
        assert cut_passages(parsed) == cut_passages(case)


def test_made_cases_have_ten_passages_each_on_average_and_no_two_are_equal(made: list[CaseDocument]) -> None:
    passages = [cut_passages(case) for case in made]
    assert 9.5 <= sum(map(len, passages)) / len(made) <= 10.5
    texts = Counter(passage.text for case in passages for passage in case)
    assert texts.most_common(1)[0][1] == 1


def test_made_cases_are_not_the_real_ones(made: list[CaseDocument]) -> None:
    fronts, _ = read_fronts()
    assert {case.front.id for case in made}.isdisjoint(front.id for front in fronts)
    assert len({case.front.municipalities[0] for case in made if case.front.municipalities}) > 150


def test_a_larger_collection_begins_with_the_smaller_one(made: list[CaseDocument]) -> None:
    assert [case.text for case in make_collection(5, seed=3)] == [case.text for case in made[:5]]
    assert next(make_collection(1, seed=4)).text != made[0].text


def test_a_made_collection_can_be_imported_and_published(tmp_path: Path, store: Store, reference: Reference) -> None:
    write_collection(tmp_path, cases=25, seed=5)
    plan = plan_import(read_files([tmp_path]), store, reference, publish=True)
    assert apply_plan(plan, store, reference, author="test")
    assert plan.count(Action.NEW) == 25
    assert len(store.list_cases(CaseState.PUBLISHED)) == 25


def test_every_second_query_has_filters_that_hold_for_a_real_case() -> None:
    queries = make_queries(60, seed=1)
    assert [bool(query.filters) for query in queries] == [False, True] * 30
    assert queries == make_queries(60, seed=1)
    fronts, reference = read_fronts()
    table = FacetTable.from_rows([list_values(front, reference) for front in fronts])
    assert all(table.find_mask(query.filters).any() for query in queries)


def test_a_corpus_holds_the_passages_of_its_collection_in_order(corpus: Corpus) -> None:
    batches = list(corpus.batches(size=64))
    cases = make_collection(40, seed=3)
    assert [text for batch in batches for text in batch.texts] == [
        passage.embedded for case in cases for passage in cut_passages(case)
    ]
    assert [batch.first for batch in batches] == list(range(0, corpus.passages, 64))
    assert batches[-1].vectors.shape == (corpus.passages % 64, corpus.dimension)


def test_the_exact_answers_are_those_of_an_exact_search(corpus: Corpus, tmp_path: Path) -> None:
    assert measure_recall(opened(FaissFlat(), corpus, tmp_path), corpus.list_queries()) == 1.0


@pytest.mark.parametrize("kind", [FaissFlat, SqliteFts5])
def test_a_peer_only_answers_with_passages_that_have_the_tags(kind: type[Peer], corpus: Corpus, tmp_path: Path) -> None:
    peer = opened(kind(), corpus, tmp_path)
    tags = [set(listed) for batch in corpus.batches() for listed in batch.tags]
    answers = [(asked, peer.search(asked.text, asked.vector, asked.tags, 10)) for asked in corpus.list_queries()]
    peer.close()
    assert sum(bool(found) for asked, found in answers if asked.tags) >= 5
    assert all(tags[int(number)].issuperset(asked.tags) for asked, found in answers for number in found)


def test_an_answer_that_misses_passages_has_less_recall(corpus: Corpus, tmp_path: Path) -> None:
    class Half(FaissFlat):
        def search_vectors(self, vector, tags, limit):  # type: ignore[no-untyped-def]
            return super().search_vectors(vector, tags, limit)[: limit // 2]

    queries = [asked for asked in corpus.list_queries() if len(asked.ids) == 10]
    assert measure_recall(opened(Half(), corpus, tmp_path), queries) == 0.5


def test_percentiles_are_in_milliseconds() -> None:
    assert percentiles([0.001 * n for n in range(1, 102)]) == {"p50_ms": 51.0, "p95_ms": 96.0, "p99_ms": 100.0}
    assert percentiles([]) == {}


def test_a_table_has_the_same_cells_as_text_and_as_markdown() -> None:
    rows = [{"system": "ours", "ms": 1.5}, {"system": "another", "ms": 12345.0, "note": "x"}]
    text, markdown = render_text(rows), render_markdown(rows)
    assert text.splitlines() == [
        "system       ms  note",
        "-------  ------  ----",
        "ours       1.50  –",
        "another  12,345  x",
    ]
    assert markdown.splitlines()[1:3] == ["| ------- | -----: | ---- |", "| ours    |   1.50 | –    |"]
    assert [line.replace("|", " ").split() for line in markdown.splitlines() if "---" not in line] == [
        line.split() for line in text.splitlines() if "---" not in line
    ]
    assert render_text([]) == ""


def opened(peer: Peer, corpus: Corpus, folder: Path) -> Peer:
    peer.build(corpus, folder)
    peer.open(folder)
    return peer


def test_the_start_of_a_collection_comes_before_its_end_is_made() -> None:
    assert len(list(islice(make_collection(10**9, seed=1), 3))) == 3
