import pytest

from kb.document import CaseDocument
from kb.parsing import parse_document
from kb.settings import Settings


@pytest.fixture(scope="session")
def library_documents(library: Settings) -> list[CaseDocument]:
    paths = sorted((library.content_dir / "cases").glob("*.md"))
    return [parse_document(path.read_text(encoding="utf-8"), str(path)).document for path in paths]
