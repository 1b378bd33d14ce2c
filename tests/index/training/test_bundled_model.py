from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

import index.training

FOLDER = Path(index.training.__file__).parents[1] / "model"


@pytest.fixture(scope="module")
def model() -> Iterator[SentenceTransformer]:
    yield SentenceTransformer(str(FOLDER), device="cpu", local_files_only=True)


def test_the_bundled_model_is_under_twenty_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 20_000_000


@pytest.mark.parametrize("same", ["sjukefråvær", "sjukfrånvaro", "sygefravær", "sick leave"])
def test_the_same_matter_in_another_language_is_nearest(model: SentenceTransformer, same: str) -> None:
    others = ["vannledning", "förskola", "bibliotek", "spatial planning", "byggesak"]
    vectors = model.encode(["sykefravær", same, *others])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    scores = vectors[1:] @ vectors[0]
    assert scores.argmax() == 0


def test_help_for_relatives_online_is_nearest_the_network_for_relatives(model: SentenceTransformer) -> None:
    query, right, wrong = model.encode(
        [
            "støtte til pårørende over nett",
            "Pårørende snakker med andre i samme situasjon på datamaskin",
            "Nye turnusordninger ga færre vikarer i hjemmetjenesten",
        ]
    )
    assert query @ right > query @ wrong + 0.2
