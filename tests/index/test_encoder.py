import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import BUNDLED_MODEL, SentenceEncoder, open_encoder
from kb.errors import EncoderNotFound

MEGABYTE = 1_000_000


def test_the_bundled_model_is_real_and_small(encoder: SentenceEncoder) -> None:
    size = sum(path.stat().st_size for path in BUNDLED_MODEL.rglob("*") if path.is_file())
    assert 1 * MEGABYTE < size < 20 * MEGABYTE
    assert (encoder.name, len(encoder.fingerprint)) == ("bundled", 64)


def test_vectors_have_unit_length_and_empty_texts_are_zero(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_documents(["sykefravær i hjemmetjenesten", "skole", ""])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0], atol=1e-5)


def test_the_model_knows_nearness_of_meaning_across_words_and_languages(encoder: SentenceEncoder) -> None:
    query = encoder.encode_query("lavere sykefravær")
    texts = ["lägre sjukfrånvaro bland anställda", "reducing sick leave", "vann og avløp i bygda"]
    near, nearer, far = (encoder.encode_documents(texts) @ query[0]).tolist()
    assert min(near, nearer) > far


def test_the_fingerprint_changes_with_the_weights_and_not_with_the_model_card(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED_MODEL, folder)
    original = open_encoder(str(folder)).fingerprint
    assert original == open_encoder().fingerprint
    (folder / "README.md").write_text("another card")
    assert open_encoder(str(folder)).fingerprint == original
    (folder / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes() + b"\n")
    assert open_encoder(str(folder)).fingerprint != original


def test_a_folder_that_is_not_there_or_not_a_model_is_an_error_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderNotFound, match="no such folder"):
        open_encoder(str(tmp_path / "borte"))
    with pytest.raises(EncoderNotFound, match=r"modules\.json"):
        open_encoder(str(tmp_path))


def test_a_broken_model_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{")
    with pytest.raises(EncoderNotFound, match="working model"):
        open_encoder(str(tmp_path)).encode_query("x")


def test_a_hub_name_that_cannot_be_fetched_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderNotFound, match="could not be fetched from the model hub"):
        open_encoder("nobody/no-such-model-anywhere")


def test_a_name_that_can_be_neither_folder_nor_hub_name_is_an_error() -> None:
    with pytest.raises(EncoderNotFound):
        open_encoder("not a name!")
