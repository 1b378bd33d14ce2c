from dataclasses import replace

import numpy as np
import torch

from index.training.contrastive import PairTokens, Texts, Trainer, draw_batches, pair_loss
from index.training.settings import Settings


def texts(*some: list[int]) -> Texts:
    return Texts(
        np.array([token for one in some for token in one], np.int32),
        np.cumsum([0, *(len(one) for one in some)]),
    )


def test_a_text_is_the_unit_mean_of_its_rows() -> None:
    trainer = Trainer.start(np.array([[3, 0], [0, 3], [1, 1]], np.float32), 0.1)
    vectors = trainer.encode_all(texts([0, 0], [0, 1], [1]))
    np.testing.assert_allclose(vectors, [[1, 0], [2**-0.5, 2**-0.5], [0, 1]], atol=1e-6)


def test_rows_of_one_query_are_not_each_others_negatives() -> None:
    rows = np.eye(3, dtype=np.float32)
    trainer, both = Trainer.start(rows, 0.1), np.arange(2)
    sides = {"queries": texts([0], [0]), "passages": texts([1], [2]), "passage_groups": np.array([0, 1])}
    sources = np.array(["sfs", "sfs"])
    same = PairTokens(**sides, query_groups=np.array([0, 0]), sources=sources)
    different = PairTokens(**sides, query_groups=np.array([0, 1]), sources=sources)
    settings = Settings()
    assert pair_loss(trainer, same, both, settings) < 1e-3 < pair_loss(trainer, different, both, settings)


def test_a_source_gives_its_share_of_draws_and_epochs_differ() -> None:
    sources = np.array(["los"] * 10 + ["text"] * 10)
    settings = replace(Settings(), batch=5, shares={"los": 2.0, "text": 0.5})
    first = np.concatenate(list(draw_batches(sources, settings, 0)))
    second = np.concatenate(list(draw_batches(sources, settings, 1)))
    assert (np.count_nonzero(first < 10), np.count_nonzero(first >= 10)) == (20, 5)
    assert first.tolist() != second.tolist()


def test_rows_and_memory_survive_being_kept(tmp_path) -> None:  # type: ignore[no-untyped-def]
    trainer = Trainer.start(np.eye(3, dtype=np.float32), 0.1)
    trainer.rows(torch.tensor([0]), torch.tensor([0])).sum().backward()
    trainer.adam.step()
    trainer.save(tmp_path / "epoch.pt")
    other = Trainer.start(np.zeros((3, 3), np.float32), 0.1)
    other.load(tmp_path / "epoch.pt")
    assert torch.equal(other.rows.weight, trainer.rows.weight)


def test_a_hard_negative_near_the_query_raises_the_loss() -> None:
    trainer, both = Trainer.start(np.eye(4, dtype=np.float32), 0.1), np.arange(2)
    groups = {"query_groups": np.arange(3), "passage_groups": np.arange(3), "sources": np.array(["sfs"] * 3)}
    plain = PairTokens(queries=texts([0], [1], [3]), passages=texts([0], [1], [0, 1]), **groups)
    hard = replace(plain, negatives=np.array([[2], [2], [-1]]))
    assert pair_loss(trainer, hard, both, Settings()) > pair_loss(trainer, plain, both, Settings())


def test_a_hard_negative_that_answers_the_query_elsewhere_is_not_counted() -> None:
    trainer, both = Trainer.start(np.eye(4, dtype=np.float32), 0.1), np.arange(2)
    plain = PairTokens(
        queries=texts([0], [1], [0]),
        passages=texts([0], [1], [0, 2]),
        query_groups=np.array([0, 1, 0]),
        passage_groups=np.arange(3),
        sources=np.array(["sfs"] * 3),
    )
    hard = replace(plain, negatives=np.array([[2], [-1], [-1]]))
    assert torch.isclose(
        pair_loss(trainer, hard, both, Settings()), pair_loss(trainer, plain, both, Settings()), atol=1e-4
    )


def test_the_loss_at_several_lengths_asks_more_of_the_first_numbers() -> None:
    rows = np.array([[1, 1, 1, 0], [1, 1, 0, 1]], np.float32)
    trainer, both = Trainer.start(rows, 0.1), np.arange(2)
    pairs = PairTokens(
        queries=texts([0], [1]),
        passages=texts([0], [1]),
        query_groups=np.arange(2),
        passage_groups=np.arange(2),
        sources=np.array(["sfs"] * 2),
    )
    # Cut to two numbers the two texts are the same.
    whole, cut = (pair_loss(trainer, pairs, both, replace(Settings(), matryoshka=m)) for m in ((), (2,)))
    assert cut > whole
