"""Move the rows so that the two sides of a pair lie closer than any two sides that are not a pair."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from index.training.settings import Settings

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Texts:
    """Many texts as tokens, end to end."""

    ids: Ids
    """Tokens of all texts."""
    starts: NDArray[np.int64]
    """``(n + 1,)``: text i is ``ids[starts[i]:starts[i + 1]]``."""

    def take(self, which: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the tokens of the texts ``which`` and where each begins, as EmbeddingBag reads them."""
        begin, length = self.starts[which], self.starts[which + 1] - self.starts[which]
        offsets = np.concatenate([[0], np.cumsum(length)[:-1]])
        index = np.arange(length.sum()) + np.repeat(begin - offsets, length)
        return torch.from_numpy(self.ids[index].astype(np.int64)), torch.from_numpy(offsets)


@dataclass(frozen=True)
class PairTokens:
    """The pairs as tokens; all arrays have one entry per pair."""

    queries: Texts
    passages: Texts
    query_groups: NDArray[np.int64]
    """Equal for equal queries: those are not each other's negatives."""
    passage_groups: NDArray[np.int64]
    """Equal for equal passages."""
    sources: NDArray[np.str_]
    negatives: NDArray[np.int64] | None = None
    """``(n, k)``: pairs whose passages are hard negatives of each query, -1 for none."""


@dataclass
class Trainer:
    """The rows in training, and Adam's memory of them."""

    rows: nn.EmbeddingBag
    adam: torch.optim.Adam

    @classmethod
    def start(cls, vectors: NDArray[np.float32], learning_rate: float) -> "Trainer":
        """Return a trainer whose rows are ``vectors``, ``(tokens, dimensions)``."""
        rows = nn.EmbeddingBag.from_pretrained(torch.from_numpy(vectors.copy()), freeze=False, mode="mean")
        return cls(rows, torch.optim.Adam(rows.parameters(), lr=learning_rate, fused=True))

    def encode(self, texts: Texts, which: NDArray[np.int64]) -> torch.Tensor:
        """Return unit vectors ``(len(which), dimensions)``."""
        pooled: torch.Tensor = self.rows(*texts.take(which))
        return functional.normalize(pooled, dim=1)

    def encode_all(self, texts: Texts) -> NDArray[np.float32]:
        """Return the unit vectors of all texts as ``(n, d) float32``."""
        with torch.no_grad():
            return np.asarray(self.encode(texts, np.arange(len(texts.starts) - 1)))

    def save(self, path: Path) -> None:
        """Write rows and memory to ``path``, whole or not at all."""
        part = path.with_suffix(".part")
        torch.save({"rows": self.rows.state_dict(), "adam": self.adam.state_dict()}, part)
        part.replace(path)

    def load(self, path: Path) -> None:
        """Take rows and memory from ``path``."""
        state = torch.load(path, weights_only=True)
        self.rows.load_state_dict(state["rows"])
        self.adam.load_state_dict(state["adam"])


def train_epoch(
    trainer: Trainer,
    pairs: PairTokens,
    settings: Settings,
    epoch: int,
    progress: Callable[[float], None] = lambda share: None,
) -> float:
    """Train for one epoch, 0-based, and return the mean loss."""
    batches = list(draw_batches(pairs.sources, settings, epoch))
    steps = settings.epochs * len(batches)
    losses = []
    for number, batch in enumerate(batches):
        done = (epoch * len(batches) + number) / steps
        trainer.adam.param_groups[0]["lr"] = settings.learning_rate * (1 - done)
        trainer.adam.zero_grad()
        loss = pair_loss(trainer, pairs, batch, settings, epoch)
        loss.backward()  # type: ignore[no-untyped-call]
        trainer.adam.step()
        losses.append(float(loss.detach()))
        progress((number + 1) / len(batches))
    return float(np.mean(losses)) if losses else 0.0


def draw_batches(sources: NDArray[np.str_], settings: Settings, epoch: int) -> Iterator[NDArray[np.int64]]:
    """Yield the pairs of each batch; a source gives ``shares[source]`` draws per row.

    A batch is of one source, so that its negatives are in the same language and of the same kind: in mixed
    batches the language alone tells most negatives apart, and the rows learn it.
    """
    random = np.random.default_rng([settings.seed, epoch])
    batches = []
    for name in np.unique(sources):
        drawn = _draw(np.flatnonzero(sources == name), settings.shares, str(name), random)
        random.shuffle(drawn)
        parts = np.array_split(drawn, max(1, round(len(drawn) / settings.batch)))
        batches += [part for part in parts if len(part) > 1]
    yield from (batches[place] for place in random.permutation(len(batches)))


def _draw(
    members: NDArray[np.int64], shares: Mapping[str, float], name: str, random: np.random.Generator
) -> NDArray[np.int64]:
    """Return whole rounds of all members, and a random part for the fraction left."""
    share = shares.get(name, 1.0)
    part = random.permutation(members)[: round(len(members) * (share % 1))]
    return np.concatenate([np.tile(members, int(share)), part])


def pair_loss(
    trainer: Trainer, pairs: PairTokens, batch: NDArray[np.int64], settings: Settings, turn: int = 0
) -> torch.Tensor:
    """Return the symmetric in-batch loss (multiple negatives ranking, Henderson et al. 2017).

    A query is also told apart from one of its hard negatives, and those of the others in the batch; ``turn`` says
    which. With ``settings.matryoshka`` it is the mean over vectors of several lengths.
    """
    shown = np.concatenate([batch, _choose_negatives(pairs, batch, turn)])
    left, right = trainer.encode(pairs.queries, batch), trainer.encode(pairs.passages, shown)
    same = _same(pairs, batch, shown)
    lengths = (*settings.matryoshka, left.shape[1])
    losses = [_loss_at(left, right, same, settings.scale, length) for length in lengths]
    return torch.stack(losses).mean()


def _loss_at(
    left: torch.Tensor, right: torch.Tensor, same: torch.Tensor, scale: float, length: int
) -> torch.Tensor:
    if length < left.shape[1]:
        left, right = functional.normalize(left[:, :length]), functional.normalize(right[:, :length])
    scores = (scale * left @ right.T).masked_fill(same, -1e4)
    target = torch.arange(len(left))
    back = functional.cross_entropy(scores[:, : len(left)].T, target)
    return (functional.cross_entropy(scores, target) + back) / 2


def _choose_negatives(pairs: PairTokens, batch: NDArray[np.int64], turn: int) -> NDArray[np.int64]:
    if pairs.negatives is None:
        return batch[:0]
    column = pairs.negatives[batch, turn % pairs.negatives.shape[1]]
    return np.unique(column[column >= 0])


def _same(pairs: PairTokens, batch: NDArray[np.int64], shown: NDArray[np.int64]) -> torch.Tensor:
    """Return ``(batch, shown)`` true where two different rows share a query or a passage and so are no negatives."""
    query = pairs.query_groups[batch][:, None] == pairs.query_groups[shown][None, :]
    same = query | (pairs.passage_groups[batch][:, None] == pairs.passage_groups[shown][None, :])
    np.fill_diagonal(same, False)
    return torch.from_numpy(same)
