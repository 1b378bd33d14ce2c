"""Embedding passages: what was embedded before is not embedded again."""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from index.encoder import Encoder, Matrix
from index.entries import Entry
from index.storage.segment import Segment
from index.storage.snapshot import Snapshot

BATCH = 256
"""Texts that are given to the encoder at once."""


class Embedder:
    """Embeds passages with one encoder, reusing the vectors of a snapshot that the same encoder made."""

    def __init__(self, encoder: Encoder, known: Snapshot | None = None, only: Iterable[str] | None = None) -> None:
        """``only`` names the cases of the snapshot whose vectors may come back; all when left out."""
        self._encoder = encoder
        self._known: dict[bytes, Matrix] = {}
        self.embedded = 0
        """Texts that had to be embedded so far."""
        if known is not None and known.manifest.model_hash == encoder.fingerprint:
            self._remember(known, known.rows_by_id if only is None else only)

    def make_segment(self, entries: Sequence[Entry]) -> Segment:
        """Put entries together as a segment, with the vector of each passage."""
        texts = {_hash(p.embedded): p.embedded for entry in entries for p in entry.passages}
        hashes = [_hash(p.embedded) for entry in entries for p in entry.passages]
        missing = [key for key in texts if key not in self._known]
        found = dict(self._known)
        for first in range(0, len(missing), BATCH):
            keys = missing[first : first + BATCH]
            found.update(zip(keys, self._encoder.encode_documents([texts[key] for key in keys]), strict=True))
        self.embedded += len(missing)
        if not hashes:
            dimension = self._encoder.encode_query("x").shape[1]
            return Segment.from_entries(entries, np.zeros((0, dimension), np.float32), [])
        return Segment.from_entries(entries, np.stack([found[key] for key in hashes]), hashes)

    def _remember(self, snapshot: Snapshot, cases: Iterable[str]) -> None:
        for case in cases:
            segment, places = snapshot.list_passages(snapshot.get_row(case))
            for place in places:
                self._known[segment.passage_hashes[place].tobytes()] = segment.vectors.rows[place]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()
