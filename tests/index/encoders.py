"""Encoders for tests that need none of the model's knowledge: deterministic, instant, and telling what they did."""

import time
import zlib
from collections.abc import Sequence

import numpy as np

from index.encoder import Matrix


class WordCountEncoder:
    """Counts words in hashed columns; texts that share words are near. Keeps every text it was asked for."""

    def __init__(self, fingerprint: str = "words-1", pause: float = 0.0) -> None:
        self.name, self.fingerprint, self._pause = "words", fingerprint, pause
        self.asked: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        time.sleep(self._pause)
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in text.lower().split():
                row[zlib.crc32(word.encode()) % 64] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)

    def encode_query(self, text: str) -> Matrix:
        return self.encode_documents([text])
