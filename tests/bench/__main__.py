"""Prints how long things take here: ``make bench``. Nothing is asserted; compare runs on the same machine."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from importers.files import read_files
from importers.markdown import apply_plan, plan_import
from index.build import build_index
from index.encoder_folder import open_encoder
from index.searcher import open_searcher
from kb.database import make_database, write_session
from kb.reference import read_reference
from kb.settings import Settings
from kb.store import Store
from web.app import create_app

QUERIES = ("støtte til pårørende over nett", "lavere sykefravær", "turnus", "etisk refleksjon på jobb", "sjukfrånvaro")


def timed(name: str, work: Callable[[], object], times: int = 1) -> None:
    """Run the work some times and print the median and the slowest."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    print(f"{name:44} {statistics.median(taken):9.1f} ms   slowest {max(taken):9.1f} ms   n = {times}")  # noqa: T201


def main() -> None:
    """Time the main road on the collection that is shipped."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        reference = read_reference(settings)

        def import_all() -> None:
            with write_session(make_database(settings.database_path)) as session:
                store = Store(session)
                plan = plan_import(read_files([settings.content_dir]), store, reference, publish=True)
                apply_plan(plan, store, reference, author="bench")

        timed("read vocabularies and register", lambda: read_reference(settings), 3)
        timed("import and publish content, first time", import_all)
        timed("import content, unchanged", import_all, 3)
        encoder = open_encoder()
        timed("load the encoder", lambda: encoder.encode_query("oppvarming"))
        timed("build the index", lambda: build_index(settings, encoder))
        timed("build the index, up to date", lambda: build_index(settings, encoder), 3)
        searcher = open_searcher(settings)
        searcher.search("oppvarming")
        timed("search in process", lambda: [searcher.search(query) for query in QUERIES], 50)
        with TestClient(create_app(settings)) as client:
            timed("search page", lambda: client.get("/", params={"q": QUERIES[0]}), 50)
            timed("case page", lambda: client.get("/cases/trygghetsnett"), 50)


if __name__ == "__main__":
    main()
