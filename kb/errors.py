"""Everything that can go wrong apart from the content of a document, as one tree.

KnowledgeBaseError
├── ContentMissing          a folder or file that the program cannot do without is not there
├── DatabaseError
│   ├── DatabaseMissing     no database has been made yet
│   ├── DatabaseOutdated    the database was made by another version of the program
│   ├── CaseNotFound        no case has that id
│   └── BrokenChain         a stored revision is not what was once written
├── CaseRefused             a document has errors, so it was not stored
├── EncoderNotFound         the embedding model cannot be loaded
├── IndexMissing            no search index has been built
├── IndexMismatch           the index was built with another model than the one in use
├── IndexDamaged            files of the index are missing or changed
├── IndexBusy               another process is building the index
├── UnreadableArchive       a zip file is broken or unsafe
└── InvalidQuery            the query cannot be searched as it stands

What is wrong *inside* a document is not raised but returned, all of it: see :mod:`kb.problems`.
Each class builds its sentence from data; the sentence may be shown to a user as it is.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar


class KnowledgeBaseError(Exception):
    """Root of all errors that are meant to be read by a person."""


class ContentMissing(KnowledgeBaseError):
    """A folder or file that the program cannot do without is not there."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{what} is missing: {path} does not exist. Set KB_CONTENT_DIR to the folder that has it.")


class DatabaseError(KnowledgeBaseError):
    """Something about the database or what it holds."""


class DatabaseMissing(DatabaseError):
    """No database has been made yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no database at {path}. Make one with: kb import content --publish")


class DatabaseOutdated(DatabaseError):
    """The database was made by another version of the program."""

    def __init__(self, path: Path, found: str | None, wanted: str) -> None:
        super().__init__(
            f"The database {path} has schema {found or 'none'}, this program needs {wanted}. Run: kb migrate"
        )


class CaseNotFound(DatabaseError):
    """No case has that id."""

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        super().__init__(f"There is no case with the id {case_id!r}.")


class BrokenChain(DatabaseError):
    """A stored revision is not what was once written."""

    def __init__(self, case_id: str, number: int) -> None:
        super().__init__(
            f"Revision {number} of {case_id!r} does not match its hash: the database was changed from outside. "
            "Restore it from a backup."
        )


class CaseRefused(KnowledgeBaseError):
    """A document has errors, so it was not stored."""

    def __init__(self, path: str, sentences: Sequence[str]) -> None:
        super().__init__(f"{path} was not stored: " + " ".join(sentences))


class EncoderNotFound(KnowledgeBaseError):
    """The embedding model cannot be loaded."""

    def __init__(self, model: str, why: str) -> None:
        super().__init__(
            f"The embedding model {model!r} cannot be loaded: {why} "
            "Set KB_MODEL to a folder with a sentence-transformers model, or leave it out to use the bundled one."
        )


class IndexMissing(KnowledgeBaseError):
    """No search index has been built."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no search index in {path}. Build it with: kb index build")


class IndexMismatch(KnowledgeBaseError):
    """The index was built with another model than the one in use."""

    def __init__(self, built_with: str, in_use: str) -> None:
        super().__init__(
            f"The search index was built with the model {built_with}, but {in_use} is in use. "
            "Build it again with: kb index build"
        )


class IndexDamaged(KnowledgeBaseError):
    """Files of the index are missing or changed."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The search index in {path} is damaged: {why}. Build it again with: kb index build")


class IndexBusy(KnowledgeBaseError):
    """Another process is building the index."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Another process is building the search index in {path}. Try again when it is done.")


class UnreadableArchive(KnowledgeBaseError):
    """A zip file is broken or unsafe."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be read as a zip file: {why}")


class InvalidQuery(KnowledgeBaseError):
    """The query cannot be searched as it stands; `reason` says why in one word."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "empty": "The query is empty.",
        "too-long": "The query is longer than {limit} characters.",
        "no-words": "The query has no letters or numbers to search by.",
        "stop-words": "The query has only words that stand in nearly every text.",
        "unknown-words": "None of the words in the query are known to the search.",
    }

    def __init__(self, reason: str, limit: int = 0) -> None:
        self.reason = reason
        self.limit = limit
        super().__init__(self.SENTENCES[reason].format(limit=limit))
