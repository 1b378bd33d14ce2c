"""The one door to sentence-transformers, for models of any kind."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoder import Matrix, to_unit_length
from kb.errors import EncoderNotFound

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceEncoder:
    """An Encoder from a sentence-transformers model folder; the model is loaded when it is first needed."""

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        self.folder, self.name, self.fingerprint = folder, name, fingerprint

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, ImportError) as error:
            why = f"the folder {self.folder} does not hold a working model ({error})."
            raise EncoderNotFound(self.name, why) from error

    def encode_documents(self, texts: Sequence[str]) -> Matrix:
        """See `Encoder`."""
        return to_unit_length(self._model.encode_document(list(texts), show_progress_bar=False))

    def encode_query(self, text: str) -> Matrix:
        """See `Encoder`."""
        return to_unit_length(self._model.encode_query([text], show_progress_bar=False))
