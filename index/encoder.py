"""The one door to sentence-transformers: texts become unit vectors.

The model is a folder (the bundled one by default) or a name on a model hub, which is fetched once and then lies in
the hub's cache. Two encoders with the same fingerprint give the same vectors.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.errors import EncoderNotFound

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED_MODEL = Path(__file__).parent / "model"
_NOT_WEIGHTS = ("README.md",)
"""Files of a model folder that do not change what it computes."""

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What to call the model."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything that decides the vectors."""

    def encode_documents(self, texts: Sequence[str]) -> Matrix:
        """Give an ``(n, d)`` float32 array, rows unit length, or zero for a text without known tokens."""

    def encode_query(self, text: str) -> Matrix:
        """Give a ``(1, d)`` float32 array like `encode_documents`."""


class SentenceEncoder:
    """An Encoder from a sentence-transformers model folder; the model is loaded when it is first needed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the names and contents of the folder's files, the model card left out."""
        digest = hashlib.sha256()
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            if path.name in _NOT_WEIGHTS:
                continue
            digest.update(str(path.relative_to(self.folder).as_posix()).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

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
        return self._unit(self._model.encode_document(list(texts), show_progress_bar=False))

    def encode_query(self, text: str) -> Matrix:
        """See `Encoder`."""
        return self._unit(self._model.encode_query([text], show_progress_bar=False))

    @staticmethod
    def _unit(vectors: Any) -> Matrix:
        array = np.asarray(vectors, dtype=np.float32)
        lengths = np.linalg.norm(array, axis=1, keepdims=True)
        unit: Matrix = np.divide(array, lengths, out=np.zeros_like(array), where=lengths > 0)
        return unit


def open_encoder(model: str = "") -> SentenceEncoder:
    """Open the model with that folder or hub name, the bundled one if empty; raises EncoderNotFound."""
    if not model:
        return _open_folder(BUNDLED_MODEL, "bundled")
    folder = Path(model)
    if folder.is_dir():
        return _open_folder(folder, folder.name)
    if model.count("/") > 1 or model.startswith((".", "/", "~")):
        raise EncoderNotFound(model, "there is no such folder.")
    return _open_folder(_fetch(model), model)


def _open_folder(folder: Path, name: str) -> SentenceEncoder:
    if not (folder / "modules.json").is_file():
        raise EncoderNotFound(name, f"{folder / 'modules.json'} does not exist.")
    return SentenceEncoder(folder, name)


def _fetch(name: str) -> Path:
    """Find a hub model in the local cache, or fetch it."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        pass
    try:
        return Path(snapshot_download(name, etag_timeout=10))
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EncoderNotFound(
            name, f"it is not a folder here, and it could not be fetched from the model hub ({why})."
        ) from error
