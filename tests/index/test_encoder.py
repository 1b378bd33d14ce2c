import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import Encoder
from index.encoder_folder import BUNDLED_MODEL, fingerprint_folder, open_encoder
from index.sentence_encoder import SentenceEncoder
from index.static_encoder import StaticEncoder
from kb.errors import EncoderNotFound
from kb.settings import Settings

MEGABYTE = 1_000_000


def test_the_bundled_model_is_real_and_small(encoder: Encoder) -> None:
    size = sum(path.stat().st_size for path in BUNDLED_MODEL.rglob("*") if path.is_file())
    assert 1 * MEGABYTE < size < 20 * MEGABYTE
    assert (encoder.name, len(encoder.fingerprint)) == ("bundled", 64)


def test_vectors_have_unit_length_and_empty_texts_are_zero(encoder: Encoder) -> None:
    vectors = encoder.encode_documents(["sykefravær i hjemmetjenesten", "skole", ""])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0], atol=1e-5)


def test_the_model_knows_nearness_of_meaning_across_words_and_languages(encoder: Encoder) -> None:
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
    with pytest.raises(EncoderNotFound, match="cannot be read"):
        open_encoder(str(tmp_path))
    (tmp_path / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "x.Transformer"}]')
    with pytest.raises(EncoderNotFound, match="working model"):
        open_encoder(str(tmp_path)).encode_query("x")
    shutil.copy(BUNDLED_MODEL / "modules.json", tmp_path)
    for name in ("tokenizer.json", "model.safetensors"):
        with pytest.raises(EncoderNotFound, match="working model"):
            open_encoder(str(tmp_path)).encode_query("x")
        (tmp_path / name).write_bytes(b"broken" if name == "model.safetensors" else (BUNDLED_MODEL / name).read_bytes())
    with pytest.raises(EncoderNotFound, match="working model"):
        open_encoder(str(tmp_path)).encode_query("x")


@pytest.fixture(scope="module")
def torch_encoder() -> SentenceEncoder:
    return SentenceEncoder(BUNDLED_MODEL, "bundled", fingerprint_folder(BUNDLED_MODEL))


def test_the_fast_path_equals_sentence_transformers_on_the_whole_collection(
    encoder: Encoder, torch_encoder: SentenceEncoder
) -> None:
    assert isinstance(encoder, StaticEncoder)
    paths = sorted((Settings().content_dir / "cases").glob("*.md"))
    texts = [*(path.read_text(encoding="utf-8") for path in paths), "", "?!", "مرحبا", "Å\u030a SYKE\u00adFRAVÆR 2007", "x" * 5000]
    np.testing.assert_allclose(encoder.encode_documents(texts), torch_encoder.encode_documents(texts), atol=1e-5)


@given(st.text())
def test_the_fast_path_equals_sentence_transformers_on_any_text(
    encoder: Encoder, torch_encoder: SentenceEncoder, text: str
) -> None:
    np.testing.assert_allclose(encoder.encode_query(text), torch_encoder.encode_query(text), atol=1e-5)


def test_a_search_never_imports_torch(library: Settings) -> None:
    code = (
        "import sys; from index.searcher import open_searcher; from kb.settings import Settings; "
        "assert open_searcher(Settings()).search('turnus').hits; "
        "assert not {'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)"
    )
    env = {**os.environ, "KB_DATA_DIR": str(library.data_dir)}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)


def test_a_hub_name_that_cannot_be_fetched_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderNotFound, match="could not be fetched from the model hub"):
        open_encoder("nobody/no-such-model-anywhere")


def test_a_name_that_can_be_neither_folder_nor_hub_name_is_an_error() -> None:
    with pytest.raises(EncoderNotFound):
        open_encoder("not a name!")
