"""The product's search against the recorded figure: it must not get worse unnoticed."""

import re

import pytest

from index.encoder import Encoder
from index.evaluation.golden import GoldenQuery, read_golden
from index.evaluation.report import evaluate, read_documents
from index.evaluation.systems import product
from kb.checks import Reference
from kb.settings import PROJECT_ROOT, Settings
from kb.thesaurus import read_thesaurus
from kb.vocabulary import LANGUAGES

GOLDEN = PROJECT_ROOT / "tests" / "relevance" / "golden.yaml"
ALLOWED_DROP = 0.02


@pytest.fixture(scope="module")
def queries() -> list[GoldenQuery]:
    return read_golden(GOLDEN)


def test_the_golden_queries_are_many_and_in_five_languages(queries: list[GoldenQuery]) -> None:
    needs = [query for query in queries if query.kind == "need"]
    singles = [query for query in queries if query.kind != "need"]
    assert len(needs) >= 300
    assert all(sum(query.language == language for query in needs) >= 60 for language in LANGUAGES)
    assert len(singles) >= 60
    assert sum(query.kind == "no-answer" for query in singles) >= 15
    assert len({query.id for query in queries}) == len(queries)


def test_every_judged_case_is_in_the_collection(queries: list[GoldenQuery]) -> None:
    known = {path.stem for path in (Settings().content_dir / "cases").glob("*.md")}
    assert {case for query in queries for case in query.grades} <= known


def test_the_search_is_not_worse_than_recorded(
    queries: list[GoldenQuery], encoder: Encoder, reference: Reference
) -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    recorded = re.search(r"\| the product's search \| (0\.\d+)", readme)
    assert recorded is not None, "README.md has no table: run kb evaluate tests/relevance/golden.yaml --write README.md"
    documents = read_documents(Settings().content_dir)
    system = product(documents, encoder, reference, read_thesaurus(Settings().content_dir).values())
    report = evaluate([system], queries, documents, model="bundled")
    assert report.systems[0].overall["nDCG@10"].mean >= float(recorded[1]) - ALLOWED_DROP
