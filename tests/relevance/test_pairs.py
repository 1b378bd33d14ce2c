"""The training pairs of our own: many, of every kind, and none of them a golden query in other clothes."""

import json
from collections import Counter

from index.evaluation.golden import read_golden
from index.query import STOP_WORDS, list_words
from kb.settings import PROJECT_ROOT
from kb.vocabulary import LANGUAGES

PAIRS = sorted((PROJECT_ROOT / "index" / "training" / "pairs").glob("*.jsonl"))
ITEMS = [json.loads(line) for path in PAIRS for line in path.read_text(encoding="utf-8").splitlines()]
TOO_ALIKE = 0.75
"""Share of content words in common (Jaccard) from which two queries count as the same."""


def content_words(text: str) -> frozenset[str]:
    return frozenset(word for word in list_words(text) if word not in STOP_WORDS)


def test_there_are_eight_thousand_pairs_in_five_languages_over_all_services() -> None:
    assert sum(len(item["queries"]) for item in ITEMS) >= 8000
    assert all(set(item["queries"]) == set(LANGUAGES) and all(item["queries"].values()) for item in ITEMS)
    assert set(Counter(item["passage_language"] for item in ITEMS)) == set(LANGUAGES)
    assert len(PAIRS) >= 6


def test_no_passage_stands_twice() -> None:
    assert len({item["passage"] for item in ITEMS}) == len(ITEMS)


def test_no_training_query_is_near_a_golden_query() -> None:
    golden = {
        query.id: content_words(query.text) for query in read_golden(PROJECT_ROOT / "tests/relevance/golden.yaml")
    }
    by_word: dict[str, set[str]] = {}
    for query_id, words in golden.items():
        for word in words:
            by_word.setdefault(word, set()).add(query_id)
    near = [
        (text, query_id)
        for item in ITEMS
        for text in item["queries"].values()
        for words in [content_words(text)]
        for query_id in set().union(*(by_word.get(word, set()) for word in words))
        if len(words & golden[query_id]) >= TOO_ALIKE * len(words | golden[query_id]) and len(words) > 1
    ]
    assert near == []
