"""Wrong passages that share words with a query: what keyword search would have put first."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.training.contrastive import PairTokens, Texts

K1, B = 1.2, 0.75
_BLOCK = 256
_COMMON = 0.05
"""Tokens in more than this share of the passages say too little to be looked at."""


def find_hard_negatives(pairs: PairTokens, sources: Sequence[str], count: int = 4) -> NDArray[np.int64]:
    """Return ``(pairs, count)``: pairs whose passages BM25 ranks high for the query though they are not its own.

    They are of the same source and share neither query nor passage; -1 where there are fewer. BM25 as in Robertson
    & Zaragoza (2009), on tokens; hard negatives as in Karpukhin et al. (2020), «Dense passage retrieval».
    """
    found = np.full((len(pairs.sources), count), -1, dtype=np.int64)
    for name in sources:
        members = np.flatnonzero(pairs.sources == name)
        if len(members) > 1:
            found[members] = _find(pairs, members, count)
    return found


def _find(pairs: PairTokens, members: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    size = int(max(pairs.queries.ids.max(), pairs.passages.ids.max())) + 1
    _, first = np.unique(pairs.passage_groups[members], return_index=True)
    shown = members[np.sort(first)]
    weights = _weigh(_count(pairs.passages, shown, size))
    queries = (_count(pairs.queries, members, size) > 0).astype(np.float32)
    found = np.full((len(members), count), -1, dtype=np.int64)
    for begin in range(0, len(members), _BLOCK):
        block = members[begin : begin + _BLOCK]
        scores = (queries[begin : begin + _BLOCK] @ weights.T).toarray()
        scores[_is_own(pairs, block, shown)] = 0
        best = np.argsort(-scores, axis=1, kind="stable")[:, :count]
        rows = np.where(np.take_along_axis(scores, best, axis=1) > 0, shown[best], -1)
        found[begin : begin + len(block), : rows.shape[1]] = rows
    return found


def _is_own(pairs: PairTokens, block: NDArray[np.int64], shown: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return ``(block, shown)`` true where a passage is the query's own, or stands with the same query elsewhere."""
    query = pairs.query_groups[block][:, None] == pairs.query_groups[shown][None, :]
    passage = pairs.passage_groups[block][:, None] == pairs.passage_groups[shown][None, :]
    return np.asarray(query | passage, dtype=np.bool_)


def _count(texts: Texts, which: NDArray[np.int64], size: int) -> sparse.csr_matrix:
    """Return ``(which, size)`` how often each token stands in each text."""
    ids, offsets = texts.take(which)
    starts = np.append(offsets.numpy(), len(ids))
    counts = sparse.csr_matrix((np.ones(len(ids), np.float32), ids.numpy(), starts), shape=(len(which), size))
    counts.sum_duplicates()
    return counts


def _weigh(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the BM25 weight of each token in each passage."""
    total = counts.shape[0]
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.where(seen <= max(2, _COMMON * total), np.log(1 + (total - seen + 0.5) / (seen + 0.5)), 0)
    length = np.asarray(counts.sum(axis=1)).ravel()
    norm = K1 * (1 - B + B * length / max(length.mean(), 1e-9))
    frequency = counts.data
    rows = np.repeat(np.arange(total), np.diff(counts.indptr))
    weights = counts.copy()
    weights.data = (rarity[counts.indices] * frequency * (K1 + 1) / (frequency + norm[rows])).astype(np.float32)
    weights.eliminate_zeros()
    return weights
