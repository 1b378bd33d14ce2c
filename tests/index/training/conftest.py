import lzma
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.training.corpus import Folders
from index.training.recipe import Recipe
from index.training.settings import Settings
from index.training.stages import Stages

THEMES = [
    ("sykehjem", "sjukeheim", "äldreboende", "plejehjem", "nursing home"),
    ("barnehage", "barnehage", "förskola", "børnehave", "kindergarten"),
    ("vannledning", "vassleidning", "vattenledning", "vandledning", "water main"),
    ("bibliotek", "bibliotek", "bibliotek", "bibliotek", "library"),
]


def _write_xz(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def sentences(theme: str) -> list[str]:
    return [
        f"Kommunen åpnet et nytt tilbud ved {theme} nummer {n}. De ansatte ved {theme} fikk opplæring og tid."
        for n in range(12)
    ]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    root = tmp_path_factory.mktemp("training")
    names = ("nb", "nn", "sv", "da", "en")
    pairs = [f"nb\t{theme[0]}\t{names[i]}\t{theme[i]}" for theme in THEMES for i in range(1, 5)]
    _write_xz(root / "data/pairs/wordnet-lemmas.tsv.xz", ["lang_a\ttext_a\tlang_b\ttext_b", *pairs])
    sections = [f"nb\t{theme[0]}\tnb\t{line}" for theme in THEMES for line in sentences(theme[0])]
    _write_xz(root / "data/pairs/lovdata-sections.tsv.xz", ["lang_a\ttext_a\tlang_b\ttext_b", *sections])
    _write_xz(root / "data/text/lovdata.txt.xz", [line for theme in THEMES for line in sentences(theme[0])])
    (root / "seeds").mkdir()
    report = "\n\n".join(f"# Om {theme[0]}\n\n{sentences(theme[0])[0]}" for theme in THEMES)
    (root / "seeds/report.txt").write_text(report, encoding="utf-8")
    (root / "content/vocabulary").mkdir(parents=True)
    (root / "content/vocabulary/concepts-care.yaml").write_text(CONCEPTS, encoding="utf-8")
    (root / "content/vocabulary/themes.yaml").write_text(THEME_TERMS, encoding="utf-8")
    return Folders(root / "data", root / "seeds", root / "content")


CONCEPTS = """\
concepts:
  - id: parorende
    words: {nb: [pårørende, nærmeste], sv: [anhöriga], en: [next of kin]}
"""
THEME_TERMS = """\
vocabulary: themes
terms:
  - id: mestring
    label: {nb: Mestring, nn: Meistring, en: Coping}
    definition: Å klare hverdagen selv, med støtte.
"""


@pytest.fixture
def write_xz() -> Callable[[Path, list[str]], None]:
    return _write_xz


@pytest.fixture
def tiny() -> Settings:
    return replace(Settings(), vocabulary=300, dimensions=16, epochs=2, batch=16, sample_every=1, fewest_translations=1)


@pytest.fixture
def recipe(folders: Folders, tiny: Settings, tmp_path: Path) -> Recipe:
    return Recipe(folders, tiny, Stages(tmp_path / "work", lambda line: None))
