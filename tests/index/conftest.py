"""The real documents, and shelves: small knowledge bases that a test changes and indexes again."""

import re
import shutil
from pathlib import Path

import pytest

from index.build import Built, build_index
from index.encoder import Encoder
from index.searcher import Searcher
from index.source import PublishedCases
from index.storage.manifest import get_current
from index.storage.snapshot import Snapshot, open_snapshot
from kb.checks import Reference
from kb.database import make_database, open_database, write_session
from kb.derived import archive_case, publish_case
from kb.document import CaseDocument
from kb.models import Origin
from kb.parsing import parse_document
from kb.settings import Settings
from kb.store import Store
from tests.cases import case_text
from tests.index.encoders import WordCountEncoder


@pytest.fixture(scope="session")
def library_documents(library: Settings) -> list[CaseDocument]:
    paths = sorted((library.content_dir / "cases").glob("*.md"))
    return [parse_document(path.read_text(encoding="utf-8"), str(path)).document for path in paths]


class Shelf:
    """A few cases in a real database, and their index."""

    def __init__(self, settings: Settings, reference: Reference) -> None:
        self.settings, self.reference, self.index_dir = settings, reference, settings.index_dir
        make_database(settings.database_path).dispose()
        self.engine = open_database(settings.database_path)

    def publish(self, case_id: str, **changes: str | None) -> None:
        """Publish a case, new or in a new text; the changes are those of `case_text`."""
        text = case_text(**{"id": case_id, "factors": None, **changes})
        with write_session(self.engine) as session:
            store = Store(session)
            store.add_revision(case_id, text, Origin.EDIT, "test")
            publish_case(store, case_id, self.reference)

    def archive(self, case_id: str) -> None:
        with write_session(self.engine) as session:
            archive_case(Store(session), case_id)

    def build(self, encoder: Encoder | None = None, *, verify: bool = False) -> Built:
        return build_index(self.settings, encoder or WordCountEncoder(), reference=self.reference, verify=verify)

    def build_elsewhere(self, data_dir: Path) -> Searcher:
        """Index what is published from nothing, in another folder."""
        settings, source = self.settings.model_copy(update={"data_dir": data_dir}), PublishedCases(self.engine)
        build_index(settings, WordCountEncoder(), reference=self.reference, source=source)
        return Searcher(open_snapshot(get_current(settings.index_dir)), WordCountEncoder())

    @property
    def folder(self) -> Path:
        return get_current(self.index_dir)

    def open(self) -> Snapshot:
        return open_snapshot(self.folder)

    def search(self) -> Searcher:
        return Searcher(self.open(), WordCountEncoder())


@pytest.fixture(scope="session")
def short_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real vocabularies and register with the first thirty concepts of the thesaurus: it takes most of a build."""
    folder = tmp_path_factory.mktemp("content")
    real = Settings()
    shutil.copytree(real.vocabulary_dir, folder / "vocabulary")
    shutil.copy(real.content_dir / "sources.yaml", folder)
    path = folder / "vocabulary" / "concepts.yaml"
    lines = re.sub(r"(broader|related): \[[^\]]*\]", r"\1: []", path.read_text(encoding="utf-8")).splitlines()[:36]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def shelf(settings: Settings, short_content: Path, reference: Reference) -> Shelf:
    """An empty one."""
    return Shelf(settings.model_copy(update={"content_dir": short_content}), reference)
