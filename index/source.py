"""Where a build takes cases from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Engine

from kb.database import read_session
from kb.document import CaseDocument
from kb.parsing import parse_document
from kb.store import Store


class Source(Protocol):
    """Cases that are to be found."""

    def list_hashes(self) -> Mapping[str, str]:
        """Give id → SHA-256 of the document, hexadecimal, of every case, by id."""

    def read_documents(self, ids: Sequence[str]) -> Iterator[CaseDocument]:
        """Yield the documents of some cases, in the order of their ids."""


class PublishedCases:
    """The published cases of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list_hashes(self) -> Mapping[str, str]:
        """See `Source`."""
        with read_session(self._engine) as session:
            return dict(Store(session).list_published_hashes())

    def read_documents(self, ids: Sequence[str]) -> Iterator[CaseDocument]:
        """See `Source`."""
        with read_session(self._engine) as session:
            for revision in Store(session).list_texts(ids):
                yield parse_document(revision.text).document
