"""bm25s: keywords by eager BM25 in sparse matrices.

From its documentation: a PyStemmer stemmer (Norwegian, as most texts are), the numba backend for large collections, an
index that is saved and loaded with ``mmap=True`` to spare memory, and ``weight_mask`` to leave documents out. The
method (lucene), k1 and b are its defaults.
"""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from tests.bench.corpus import Corpus, TagTable
from tests.bench.peers import Peer


class Bm25sKeywords(Peer):
    """Keywords; what lacks a tag is weighed with nothing."""

    legs = "keywords"
    packages = ("bm25s", "numba", "PyStemmer")

    def build(self, corpus: Corpus, folder: Path) -> None:
        texts = [text for batch in corpus.batches() for text in batch.texts]
        tokens = bm25s.tokenize(texts, stopwords=None, stemmer=Stemmer.Stemmer("norwegian"), show_progress=False)
        index = bm25s.BM25(backend="numba")
        index.index(tokens, show_progress=False)
        index.save(str(folder / "bm25s"))
        TagTable.build(corpus).write(folder)

    def open(self, folder: Path) -> None:
        self._index = bm25s.BM25.load(str(folder / "bm25s"), mmap=True)
        self._index.backend = "numba"
        self._tags = TagTable.read(folder)
        self._stemmer = Stemmer.Stemmer("norwegian")

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        words = bm25s.tokenize(text, stopwords=None, stemmer=self._stemmer, return_ids=False, show_progress=False)
        mask = self._tags.find_mask(tags).astype(np.float32) if tags else None
        found = self._index.retrieve(words, k=limit, weight_mask=mask, show_progress=False)
        pairs = zip(found.documents[0].tolist(), found.scores[0].tolist(), strict=True)
        return [number for number, score in pairs if score > 0]
