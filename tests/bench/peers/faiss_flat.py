"""Faiss, every vector compared: what the others' recall is measured against, and how fast exactness alone can be."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np

from tests.bench.corpus import Corpus, TagTable
from tests.bench.peers import Peer


class FaissFlat(Peer):
    """Exact vectors; conditions by a bitmap of the passages that may be found."""

    legs = "vectors"
    packages = ("faiss-cpu",)

    def build(self, corpus: Corpus, folder: Path) -> None:
        index = faiss.IndexFlatIP(corpus.dimension)
        for batch in corpus.batches():
            index.add(batch.vectors)
        faiss.write_index(index, str(folder / "flat.faiss"))
        TagTable.build(corpus).write(folder)

    def open(self, folder: Path) -> None:
        self._index = faiss.read_index(str(folder / "flat.faiss"))
        self._tags = TagTable.read(folder)

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        return self.search_vectors(vector, tags, limit)

    def search_vectors(self, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        parameters = None
        if tags:
            bits = np.packbits(self._tags.find_mask(tags), bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        _, numbers = self._index.search(vector[None, :], limit, params=parameters)
        return [int(number) for number in numbers[0] if number >= 0]
