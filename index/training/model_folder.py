"""Write the model as a folder that sentence-transformers loads as it is."""

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer


def write_folder(
    out: Path, tokenizer: Path, rows: NDArray[np.int8], scale: NDArray[np.float32], card: str
) -> Path:
    """Write the model beside ``out`` and move it there whole; what stood at ``out`` is replaced.

    ``model.safetensors`` holds ``embeddings`` ``(n, d) int8`` and ``weights`` ``(n,) float32``, the layout of
    model2vec, which StaticEmbedding (sentence-transformers 6.2 or later) multiplies into float32 rows when
    it loads: a quarter of the size, and vectors still come out as float32.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".model-", dir=out.parent) as folder:
        new = Path(folder) / "new"
        words = Tokenizer.from_file(str(tokenizer))
        embedding = StaticEmbedding(words, embedding_weights=np.zeros(rows.shape, dtype=np.float32))
        model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
        model.save(str(new), create_model_card=False)
        save_file({"embeddings": rows, "weights": scale}, new / "model.safetensors", {"format": "pt"})
        (new / "model.safetensors").chmod(0o644)
        (new / "README.md").write_text(card, encoding="utf-8")
        if out.exists():
            out.rename(Path(folder) / "old")
        new.rename(out)
    return out
