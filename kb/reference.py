"""Opening what documents are checked against: the vocabularies and the register in the content folder."""

from kb.checks import Reference
from kb.register import read_register
from kb.settings import Settings
from kb.vocabulary import read_vocabularies


def read_reference(settings: Settings) -> Reference:
    """Read vocabularies and register, and list the cases of the content folder.

    Raises ContentMissing or VocabularyFault.
    """
    known = frozenset(path.stem for path in (settings.content_dir / "cases").glob("*.md"))
    return Reference(read_vocabularies(settings.content_dir), read_register(settings.vocabulary_dir), known)
