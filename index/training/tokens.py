"""Turn the corpus files into arrays of tokens."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.contrastive import PairTokens, Texts
from index.training.corpus import Pair

Ids = NDArray[np.int32]
_BLOCK = 20_000


def tokenize(tokenizer: Tokenizer, texts: Iterable[str], longest: int | None = None) -> Texts:
    """Return the tokens of all texts, each cut after ``longest`` tokens."""
    ids, lengths = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
    stream = iter(texts)
    while block := list(islice(stream, _BLOCK)):
        encodings = tokenizer.encode_batch_fast(block, add_special_tokens=False)
        found = [encoding.ids[:longest] for encoding in encodings]
        lengths.append(np.array([len(one) for one in found], np.int64))
        ids.append(np.array([token for one in found for token in one], np.int32))
    return Texts(np.concatenate(ids), np.cumsum(np.concatenate(lengths)))


def tokenize_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair], longest: int) -> PairTokens:
    """Return the pairs as tokens, without those that have a side of no tokens."""
    queries = tokenize(tokenizer, (pair.query for pair in pairs), longest)
    passages = tokenize(tokenizer, (pair.passage for pair in pairs), longest)
    full = np.flatnonzero((np.diff(queries.starts) > 0) & (np.diff(passages.starts) > 0))
    kept = [pairs[i] for i in full.tolist()]
    return PairTokens(
        queries=select(queries, full),
        passages=select(passages, full),
        query_groups=_groups(pair.query for pair in kept),
        passage_groups=_groups(pair.passage for pair in kept),
        sources=np.array([pair.source for pair in kept], dtype=np.str_),
    )


def select(texts: Texts, which: NDArray[np.int64]) -> Texts:
    """Return only the texts ``which``, in that order."""
    ids, offsets = texts.take(which)
    lengths = np.diff(texts.starts)[which]
    return Texts(ids.numpy().astype(np.int32), np.concatenate([offsets.numpy(), [lengths.sum()]]))


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file without their ends."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n")


def read_pair_lines(path: Path) -> list[Pair]:
    """Return the pairs of a file with three columns."""
    return [Pair(*line.split("\t")) for line in read_lines(path)]


def _groups(texts: Iterable[str]) -> NDArray[np.int64]:
    """Return a number per text, equal for texts that are equal but for case."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(text.casefold(), len(known)) for text in texts], np.int64)
