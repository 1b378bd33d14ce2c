"""Other systems, and ours, behind one small protocol, each with the settings its own documentation gives.

``python -m tests.bench.peers build NAME --corpus FOLDER --store FOLDER`` and the same with ``query`` do one step as a
process of its own and print what was measured as JSON. The peers are installed where nothing else of ours is needed:
``pip install txtai chromadb lancedb bm25s numba faiss-cpu pystemmer numpy``. No model is ever fetched: the vectors are
given. All but ours answer with passages, ours with cases, which is more work.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np

from tests.bench.corpus import Corpus

SYSTEMS = {
    "ours": "tests.bench.ours:Ours",
    "txtai": "tests.bench.peers.txtai_hybrid:TxtaiHybrid",
    "chromadb": "tests.bench.peers.chroma_vectors:ChromaVectors",
    "lancedb": "tests.bench.peers.lance_hybrid:LanceHybrid",
    "fts5": "tests.bench.peers.sqlite_fts5:SqliteFts5",
    "bm25s": "tests.bench.peers.bm25s_keywords:Bm25sKeywords",
    "faiss-flat": "tests.bench.peers.faiss_flat:FaissFlat",
}
"""Name → where its class is; imported only in the process that measures it."""


class Peer:
    """A system that can be measured; one object either builds or answers."""

    legs = ""
    """``hybrid``, ``vectors`` or ``keywords``."""
    packages: tuple[str, ...] = ()
    """Distributions whose versions are reported."""

    def prepare(self, corpus: Corpus, folder: Path) -> None:
        """Do what must be there before a build and is no part of it."""

    def build(self, corpus: Corpus, folder: Path) -> None:
        """Make the index in a folder."""
        raise NotImplementedError

    def measure_disk(self, folder: Path) -> Path:
        """Give the folder whose files are the index."""
        return folder

    def open(self, folder: Path) -> None:
        """Open an index that was built."""
        raise NotImplementedError

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        """List the best passages for a query, with all tags; ours lists ids of cases."""
        raise NotImplementedError

    def search_vectors(self, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str] | None:
        """List the nearest passages by vector alone, by number or ``case:start``; None where there are no vectors."""
        return None

    def close(self) -> None:
        """Let go of files."""


def make_peer(name: str) -> Peer:
    """Make the system of that name."""
    module, _, kind = SYSTEMS[name].partition(":")
    peer: Peer = getattr(import_module(module), kind)()
    return peer
