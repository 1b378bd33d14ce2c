"""Prints how long things take here: ``make bench``. Nothing is asserted; compare runs on the same machine."""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fastapi.testclient import TestClient

from importers.files import read_files
from importers.markdown import apply_plan, plan_import
from index.build import build_index
from index.encoder import Encoder
from index.encoder_folder import open_encoder
from index.evaluation.report import read_documents
from index.passages import cut_passages
from index.searcher import open_searcher
from kb.checks import Reference
from kb.database import make_database, write_session
from kb.derived import publish_case
from kb.models import Origin
from kb.published import get_published
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


def edit_one(settings: Settings, reference: Reference, encoder: Encoder) -> None:
    """Publish an edit of one case and bring the index up to date."""
    with write_session(make_database(settings.database_path)) as session:
        store = Store(session)
        text = get_published(session, "trygghetsnett").text.rstrip("\n") + f"\n\nEndret {time.perf_counter()}.\n"
        store.add_revision("trygghetsnett", text, Origin.EDIT, "bench")
        publish_case(store, "trygghetsnett", reference)
    build_index(settings, encoder, reference=reference)
    open_searcher(settings).search(QUERIES[0])


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
        timed("encode a query", lambda: encoder.encode_query(QUERIES[0]), 200)
        passages = [p.embedded for d in read_documents(settings.content_dir) for p in cut_passages(d)]
        timed(f"encode {len(passages)} passages", lambda: encoder.encode_documents(passages), 5)
        timed("build the index", lambda: build_index(settings, encoder))
        timed("build the index, up to date", lambda: build_index(settings, encoder), 3)
        searcher = open_searcher(settings)
        for query in QUERIES:
            timed(f"search «{query}»", partial(searcher.search, query), 50)
        timed("search with a filter", lambda: searcher.search(QUERIES[0], filters=[("country", "NO")]), 50)
        timed("publish one edit, until it is found", partial(edit_one, settings, reference, encoder), 5)
        with TestClient(create_app(settings)) as client:
            timed("search page", lambda: client.get("/", params={"q": QUERIES[0]}), 50)
            timed("case page", lambda: client.get("/cases/trygghetsnett"), 50)


if __name__ == "__main__":
    main()
