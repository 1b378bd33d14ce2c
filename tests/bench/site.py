"""Our site at a size: under load, from cold, and how soon a published change is seen."""

import shutil
from pathlib import Path
from urllib.parse import urlencode

from index.encoder_folder import open_encoder
from kb.database import open_database
from kb.document import CaseDocument
from kb.parsing import parse_document
from kb.reference import read_reference
from kb.settings import Settings
from tests.bench.collections import make_collection
from tests.bench.corpus import Corpus
from tests.bench.load import CLIENTS, Server, drive, make_path, time_until
from tests.bench.ours import publish_change, time_cold_search
from tests.bench.tables import Row

WARM_UP = 50
MARK = "Nattugleordningen"
"""A word that no case has."""
COLD_RUNS = 3


def measure_load(store: Path, corpus: Path, requests: int) -> list[Row]:
    """Drive the server with all queries, filtered and not, from more and more clients."""
    paths = [make_path(asked) for asked in Corpus(corpus).list_queries()]
    rows: list[Row] = []
    with Server(Settings(data_dir=store)) as server:
        usable = [path for path in paths if server.answers(path)]
        for clients in CLIENTS:
            drive(server.port, usable, clients, WARM_UP)
            measured = drive(server.port, usable, clients, requests)
            now, peak = server.read_memory_mb()
            rows.append({**measured, "refused queries": len(paths) - len(usable), "server MB": now, "peak MB": peak})
    return rows


def measure_life(store: Path, corpus: Path) -> Row:
    """Time a cold search, the start of the server, and a change from publishing to being found by a reader.

    The change is made on a copy of the data folder, so that the collection stays as it was made.
    """
    settings = Settings(data_dir=store)
    text = Corpus(corpus).list_queries()[0].text
    cold = [time_cold_search(settings, text) for _ in range(COLD_RUNS)]
    changed = Settings(data_dir=store.with_name(f"{store.name}-changed"))
    shutil.rmtree(changed.data_dir, ignore_errors=True)
    shutil.copytree(store, changed.data_dir)
    engine = open_database(changed.database_path)
    document, reference, encoder = _make_change(Corpus(corpus)), read_reference(settings), open_encoder()
    encoder.encode_query(MARK)
    with Server(changed) as server:
        path = "/api/v1/search?" + urlencode({"q": MARK})
        seen = document.front.id.encode()
        server.answers(path)
        published, visible = time_until(
            lambda: publish_change(changed, engine, document, reference, encoder),
            lambda: server.answers(path) and seen in server.get(path),
        )
        started = server.started_s
    engine.dispose()
    shutil.rmtree(changed.data_dir)
    return {
        "kb search from cold s": min(cold),
        "server start s": started,
        "publish and index s": published,
        "then visible after s": visible,
        "publish to visible s": published + visible,
    }


def _make_change(corpus: Corpus) -> CaseDocument:
    """Give a case of the collection with a word of its own in the title and the text."""
    document = next(make_collection(1, corpus.facts["seed"]))
    title = f'title: "{MARK} i kommunen"'
    text = document.text.replace(document.text.splitlines()[2], title, 1)
    return parse_document(f"{text}\n{MARK} er ny.\n").document
