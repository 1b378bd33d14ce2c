import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index.training import contrastive
from index.training.recipe import Recipe
from index.training.stages import Stages


def read_all(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_folder_loads_and_gives_unit_vectors_in_float32(recipe: Recipe, tmp_path: Path) -> None:
    model = SentenceTransformer(str(recipe.run(tmp_path / "model")), device="cpu")
    vectors = model.encode(["sykehjem", "Kommunen fikk opplæring", "nursing home"])
    assert vectors.shape == (3, 16)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_without_letters_gives_zeros_and_no_warning(recipe: Recipe, tmp_path: Path) -> None:
    model = SentenceTransformer(str(recipe.run(tmp_path / "model")), device="cpu")
    assert not model.encode(["", "?!", "sykehjem"])[:2].any()


def test_a_translation_lies_closer_than_another_word(recipe: Recipe, tmp_path: Path) -> None:
    longer = replace(recipe, settings=replace(recipe.settings, epochs=12, learning_rate=2e-2))
    model = SentenceTransformer(str(longer.run(tmp_path / "model")), device="cpu")
    home, same, other = model.encode(["plejehjem", "sykehjem", "vannledning"])
    assert home @ same > home @ other


def test_two_runs_with_the_same_seed_give_the_same_bytes(recipe: Recipe, tmp_path: Path) -> None:
    again = replace(recipe, stages=Stages(tmp_path / "other", lambda line: None))
    assert read_all(recipe.run(tmp_path / "one")) == read_all(again.run(tmp_path / "two"))


def test_another_seed_gives_another_model(recipe: Recipe, tmp_path: Path) -> None:
    other = replace(recipe, settings=replace(recipe.settings, seed=8))
    one, two = read_all(recipe.run(tmp_path / "one")), read_all(other.run(tmp_path / "two"))
    assert one["model.safetensors"] != two["model.safetensors"]


def test_a_rerun_reuses_every_stage(recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_all(recipe.run(tmp_path / "one"))
    monkeypatch.setattr("index.training.recipe.build_tokenizer", lambda *_: pytest.fail("tokenizer made again"))
    monkeypatch.setattr("index.training.recipe.build_word_vectors", lambda *_: pytest.fail("vectors made again"))
    monkeypatch.setattr("index.training.recipe.train_epoch", lambda *_: pytest.fail("epoch run again"))
    assert read_all(recipe.run(tmp_path / "two")) == first


def test_a_run_stopped_between_epochs_goes_on_and_ends_the_same(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_in_second(*arguments: object) -> float:
        if arguments[3] == 1:
            raise KeyboardInterrupt
        return contrastive.train_epoch(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("index.training.recipe.train_epoch", stop_in_second)
        recipe.run(tmp_path / "stopped")
    assert not (tmp_path / "stopped").exists()
    whole = replace(recipe, stages=Stages(tmp_path / "other", lambda line: None))
    assert read_all(recipe.run(tmp_path / "resumed")) == read_all(whole.run(tmp_path / "whole"))


def test_changed_data_make_the_stages_again(recipe: Recipe, tmp_path: Path) -> None:
    said: list[str] = []
    recipe.run(tmp_path / "one")
    shutil.copytree(recipe.folders.seeds, tmp_path / "seeds")
    with (tmp_path / "seeds/report.txt").open("a", encoding="utf-8") as file:
        file.write("\n\nEt nytt avsnitt med nok ord til å telle. Og enda en setning om saken.\n")
    changed = replace(
        recipe,
        folders=replace(recipe.folders, seeds=tmp_path / "seeds"),
        stages=Stages(recipe.stages.work, said.append),
    )
    changed.run(tmp_path / "two")
    assert not [line for line in said if "reused" in line]


def test_an_older_model_is_replaced_whole(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model/stale.bin").write_bytes(b"old")
    recipe.run(tmp_path / "model")
    assert not (tmp_path / "model/stale.bin").exists()
    assert not list(tmp_path.glob(".model-*"))


def test_the_card_names_data_licences_seed_and_attribution(recipe: Recipe, tmp_path: Path) -> None:
    card = (recipe.run(tmp_path / "model") / "README.md").read_text(encoding="utf-8")
    for words in ("NLOD 2.0", "wordnet-lemmas", "--seed 7", "Språkbanken", "nDCG@10", "## Limits"):
        assert words in card
