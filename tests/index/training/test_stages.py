from pathlib import Path

import pytest

from index.training.stages import Stages, hash_files, hash_of


def test_a_stage_is_made_once(tmp_path: Path) -> None:
    stages, made = Stages(tmp_path, lambda line: None), []

    def build(path: Path) -> None:
        made.append(path)
        path.write_text("result")

    first = stages.make("vectors", "abc", ".npz", build)
    assert stages.make("vectors", "abc", ".npz", build) == first
    assert (len(made), first.read_text()) == (1, "result")


def test_a_stage_that_was_killed_leaves_nothing_that_looks_whole(tmp_path: Path) -> None:
    def build(path: Path) -> None:
        path.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Stages(tmp_path, lambda line: None).make("text", "abc", ".txt", build)
    assert not (tmp_path / "text-abc.txt").exists()


def test_a_hash_changes_with_a_byte_a_name_or_a_value(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("1")
    assert hash_files([tmp_path / "a"]) != hash_files([tmp_path / "b"])
    assert hash_of({"x": 1}) != hash_of({"x": 2})
    assert hash_of({"x": 1, "y": 2}) == hash_of({"y": 2, "x": 1})
