"""What an encoder is: texts become unit vectors. How one is opened is in `index.encoder_folder`."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into unit vectors. Two encoders with the same fingerprint give the same vectors."""

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


def to_unit_length(vectors: Any) -> Matrix:
    """Give the rows of an ``(n, d)`` array as float32 of length one; rows of zeros stay as they are."""
    array = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    unit: Matrix = np.divide(array, lengths, out=np.zeros_like(array), where=lengths > 0)
    return unit
