from pathlib import Path

import pytest

from index.evaluation.golden import GoldenQuery
from index.evaluation.report import END, START, evaluate, list_pool, render_table, write_table
from index.evaluation.systems import BenchMissing, System, encoder_alone, gram_bm25, product, word_bm25
from kb.checks import Reference
from kb.document import CaseDocument
from kb.parsing import parse_document
from tests.cases import case_text
from tests.index.encoders import WordCountEncoder

QUERIES = [
    GoldenQuery("n1-nb", "need", "nb", "fravær", {"a": 3, "b": 1}),
    GoldenQuery("n1-sv", "need", "sv", "frånvaro", {"a": 3, "b": 1}),
    GoldenQuery("s1", "no-answer", "nb", "asfalt", {}),
]


def ranks(*cases: str) -> System:
    return System("fixed", lambda query: [] if query == "asfalt" else list(cases))


def documents() -> list[CaseDocument]:
    texts = {"en-sak": "Vi la om turnusen på sykehjemmet.", "to-saker": "Elevene fikk lesehjelp i skolen."}
    return [
        parse_document(
            case_text(id=i, title=f"Sak {i}", summary="Kort.", body=f"## Tiltak\n\n{t}\n", factors=None)
        ).document
        for i, t in texts.items()
    ]


def test_queries_without_an_answer_are_told_apart_from_the_others() -> None:
    (report,) = evaluate([ranks("a", "b")], QUERIES, documents(), model="m").systems
    assert report.overall["nDCG@10"].mean == pytest.approx(1)
    assert report.overall["nDCG@10"].queries == 2
    assert set(report.languages) == {"nb", "sv"}
    assert set(report.kinds) == {"need"}
    assert report.answered_nothing.mean == 1


def test_only_relevant_cases_without_any_word_of_the_query_count_where_words_cannot_help() -> None:
    queries = [
        GoldenQuery("q1", "question", "nb", "turnusen", {"en-sak": 3, "to-saker": 3}),
        GoldenQuery("q2", "question", "nb", "sykehjemmet", {"en-sak": 3}),
    ]
    # Both words stand in the first case, so only the second case and the first query are left.
    (first, second) = evaluate([ranks("en-sak"), ranks("to-saker")], queries, documents(), model="m").systems
    assert (first.no_shared_stem.mean, second.no_shared_stem.mean) == (0, 1)
    assert second.no_shared_stem.queries == 1


def test_the_pool_is_blind_to_who_found_what() -> None:
    assert list_pool([ranks("c", "a"), ranks("b", "a")], QUERIES[0]) == ["a", "b", "c"]


def test_the_table_is_put_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{START}\nold\n{END}\nafter\n", encoding="utf-8")
    table = render_table(evaluate([ranks("a")], QUERIES, documents(), model="m"))
    write_table(table, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "| fixed |" in text
    path.write_text("no place", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the table"):
        write_table(table, path)


def test_encoder_and_product_rank_the_same_cases(reference: Reference) -> None:
    encoder = WordCountEncoder()
    alone, whole = encoder_alone("alone", documents(), encoder), product(documents(), encoder, reference, [])
    assert alone.rank("turnusen på sykehjemmet.")[0] == whole.rank("turnusen på sykehjemmet.")[0] == "en-sak"
    assert whole.rank("og i på") == []


@pytest.mark.parametrize("make", [word_bm25, gram_bm25])
def test_the_keyword_baselines_find_shared_words_or_say_what_they_need(make) -> None:  # type: ignore[no-untyped-def]
    try:
        system = make(documents())
    except BenchMissing as missing:
        assert "pip install" in str(missing)
        return
    assert system.rank("sykehjem turnus")[0] == "en-sak"
    assert system.rank("zzqzzq") == []
