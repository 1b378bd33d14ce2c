import subprocess
import sys
from pathlib import Path

import pytest

from index.training.__main__ import main
from index.training.corpus import Folders


@pytest.mark.parametrize("option", ["--data", "--seeds"])
def test_a_missing_folder_is_one_sentence_and_exit_1(
    option: str, folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {
        "--data": folders.data,
        "--seeds": folders.seeds,
        "--out": tmp_path / "m",
        "--work": tmp_path / "w",
    }
    places[option] = tmp_path / "nowhere"
    code = main([part for name, path in places.items() for part in (name, str(path))])
    error = capsys.readouterr().err
    assert code == 1
    assert str(tmp_path / "nowhere") in error
    assert error.count("\n") == 1
    assert not (tmp_path / "m").exists()


def test_a_vocabulary_that_is_no_yaml_is_one_sentence_with_its_line(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "concepts-bad.yaml").write_text("concepts:\n  - {id: x, words: [\n", encoding="utf-8")
    places = {"data": folders.data, "seeds": folders.seeds, "content": tmp_path, "work": tmp_path / "w"}
    assert main([part for name, path in places.items() for part in (f"--{name}", str(path))]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert "concepts-bad.yaml cannot be read as YAML: see line 3" in last


def test_help_comes_without_loading_torch() -> None:
    code = (
        "import sys; from index.training.__main__ import main\n"
        "try: main(['--help'])\nfinally: assert 'torch' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--seeds" in done.stdout


def test_the_command_says_what_it_does_and_where_the_model_is(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.training.__main__.Settings", _tiny)
    monkeypatch.setattr("index.training.__main__.PAIRS", tmp_path / "no pairs")
    places = {"data": folders.data, "seeds": folders.seeds, "out": tmp_path / "m", "work": tmp_path / "w"}
    places["content"] = tmp_path / "no content"
    assert main([part for name, path in places.items() for part in (f"--{name}", str(path))]) == 0
    assert "ready after" in capsys.readouterr().err.replace("\n", " ")
    assert (tmp_path / "m/modules.json").exists()


def _tiny() -> object:
    from index.training.settings import Settings

    return Settings(vocabulary=300, dimensions=16, epochs=1, batch=16)
