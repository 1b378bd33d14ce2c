import numpy as np

from index.training.contrastive import PairTokens
from index.training.hard_negatives import find_hard_negatives
from tests.index.training.test_contrastive import texts

# Tokens: 0 turnus, 1 sykehjem, 2 skole, 3 mobbing, 4 lærer.
QUERIES = texts([0, 1], [2, 3], [0, 1], [4])
PASSAGES = texts([0, 1], [2, 3, 4], [0, 2], [4])


def pairs(query_groups: list[int], sources: list[str] | None = None) -> PairTokens:
    return PairTokens(
        queries=QUERIES,
        passages=PASSAGES,
        query_groups=np.array(query_groups),
        passage_groups=np.arange(4),
        sources=np.array(sources or ["cases"] * 4),
    )


def test_what_shares_words_with_the_query_comes_first() -> None:
    found = find_hard_negatives(pairs([0, 1, 2, 3]), ["cases"], count=2)
    assert found[0, 0] == 2  # the other passage with «turnus»
    assert found[3, 0] == 1  # the other passage with «lærer»


def test_the_own_passage_and_those_of_the_same_query_are_never_negatives() -> None:
    found = find_hard_negatives(pairs([0, 1, 0, 3]), ["cases"], count=3)
    assert not {0, 2} & set(found[0].tolist())


def test_where_nothing_shares_a_word_there_is_none() -> None:
    found = find_hard_negatives(pairs([0, 1, 2, 3], ["cases", "cases", "los", "cases"]), ["cases"], count=2)
    assert found[0].tolist() == [-1, -1]
    assert found[2].tolist() == [-1, -1]  # a source that was not asked for
