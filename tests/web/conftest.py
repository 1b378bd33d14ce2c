from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from kb.settings import Settings
from web.app import create_app


@pytest.fixture(scope="session")
def client(library: Settings) -> Iterator[TestClient]:
    """A site with the real collection; a failure in it becomes an answer, as in production."""
    with TestClient(create_app(library), raise_server_exceptions=False) as client:
        yield client


HTMX = {"HX-Request": "true"}
UNANSWERED = "preparering av skiløyper og snøscooter"
"""A query that nothing in the collection answers."""
