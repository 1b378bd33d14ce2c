"""Our own system in the same protocol as the peers: a real data folder with a database and an index.

`build_ours`, `open_ours`, `search_ours` and `find_nearest_passages` are all that is known here of `index`.
"""

import heapq
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from sqlalchemy import Engine

from index.build import build_index
from index.encoder import Encoder
from index.encoder_folder import open_encoder
from index.facets import Filter, parse_filter
from index.searcher import Searcher, open_searcher
from kb.checks import Reference
from kb.database import make_database, write_session
from kb.derived import publish_case
from kb.document import CaseDocument
from kb.errors import InvalidQuery
from kb.models import Origin
from kb.reference import read_reference
from kb.settings import PROJECT_ROOT, Settings
from kb.store import Store
from tests.bench.collections import make_collection
from tests.bench.corpus import Corpus
from tests.bench.peers import Peer

AT_ONCE = 500
"""Cases that are stored in one transaction."""


class Ours(Peer):
    """Hybrid with conditions; answers with cases, with counts of all facets and reasons for each hit."""

    legs = "hybrid"
    packages = ("faiss-cpu", "tantivy")

    def prepare(self, corpus: Corpus, folder: Path) -> None:
        settings = Settings(data_dir=folder)
        documents = make_collection(corpus.facts["cases"], corpus.facts["seed"])
        fill_database(make_database(settings.database_path), documents, read_reference(settings))

    def build(self, corpus: Corpus, folder: Path) -> None:
        build_ours(Settings(data_dir=folder))

    def measure_disk(self, folder: Path) -> Path:
        return Settings(data_dir=folder).index_dir

    def open(self, folder: Path) -> None:
        self._searcher = open_ours(Settings(data_dir=folder))

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        return list(search_ours(self._searcher, text, [parse_filter(tag) for tag in tags], limit))

    def search_vectors(self, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        return list(find_nearest_passages(self._searcher, vector, [parse_filter(tag) for tag in tags], limit))


def build_ours(settings: Settings) -> None:
    """Build the index of what is published, embedding included."""
    build_index(settings, open_encoder(settings.model))


def open_ours(settings: Settings) -> Searcher:
    """Open the index as the site does."""
    return open_searcher(settings)


def search_ours(searcher: Searcher, text: str, filters: Sequence[Filter], limit: int) -> list[str]:
    """List the ids of the cases that answer; none when no word of the query is known."""
    try:
        return [hit.case for hit in searcher.search(text, filters=filters, limit=limit).hits]
    except InvalidQuery:
        return []


def find_nearest_passages(searcher: Searcher, vector: np.ndarray, filters: Sequence[Filter], limit: int) -> list[str]:
    """List the nearest passages of the vector leg, without a floor, as ``case:start``."""
    snapshot = searcher.snapshot
    mask, found, offset = snapshot.find_mask(filters), [], 0
    for part in snapshot.segments.values():
        here = mask[offset : offset + len(part)]
        allowed = None if here.all() else here[part.case_of_passage]
        positions, cosines = part.vectors.search_above(vector[None, :], -1.0, allowed)
        for cosine, position in heapq.nlargest(limit, zip(cosines.tolist(), positions.tolist(), strict=True)):
            found.append((-cosine, f"{part.ids[int(part.case_of_passage[position])]}:{int(part.starts[position])}"))
        offset += len(part)
    return [key for _, key in sorted(found)[:limit]]


def fill_database(engine: Engine, documents: Iterable[CaseDocument], reference: Reference) -> None:
    """Store and publish documents as an import would, some hundreds in one transaction, without checking them."""
    for batch in _cut(iter(documents), AT_ONCE):
        with write_session(engine) as session:
            for document in batch:
                _publish(Store(session), document, reference)


def publish_change(
    settings: Settings, engine: Engine, document: CaseDocument, reference: Reference, encoder: Encoder
) -> None:
    """Publish one case and bring the index up to date, as a site does that has all it needs in memory."""
    fill_database(engine, [document], reference)
    build_index(settings, encoder, reference=reference)


def time_cold_search(settings: Settings, text: str) -> float:
    """Give the seconds from starting ``kb search`` to its end."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "kb", "search", text]
    environment = {**os.environ, "KB_DATA_DIR": str(settings.data_dir.resolve())}
    subprocess.run(command, check=True, capture_output=True, cwd=PROJECT_ROOT, env=environment)
    return time.perf_counter() - started


def _publish(store: Store, document: CaseDocument, reference: Reference) -> None:
    store.add_revision(document.front.id, document.text, Origin.IMPORT, "bench")
    publish_case(store, document.front.id, reference)


def _cut(documents: Iterator[CaseDocument], size: int) -> Iterator[list[CaseDocument]]:
    while batch := list(islice(documents, size)):
        yield batch
