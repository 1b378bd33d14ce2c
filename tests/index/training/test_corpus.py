from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.training.code_switching import Lexicon
from index.training.corpus import (
    Folders,
    read_pairs,
    read_switched_pairs,
    read_text,
    read_translations,
)
from index.training.errors import DataMissing
from index.training.settings import Settings


def test_every_source_gives_pairs(folders: Folders) -> None:
    sources = {pair.source for pair in read_pairs(folders, Settings())}
    assert sources == {"wordnet-lemmas", "lovdata-sections", "text-nb", "reports", "concepts", "labels"}


def test_concepts_link_all_languages_and_labels_lead_to_definitions(folders: Folders) -> None:
    pairs = [pair[1:] for pair in read_pairs(folders, Settings()) if pair.source in {"concepts", "labels"}]
    assert ("pårørende", "anhöriga") in pairs
    assert ("anhöriga", "next of kin") in pairs
    assert ("Meistring", "Å klare hverdagen selv, med støtte.") in pairs


def test_the_last_rows_of_a_held_out_source_are_never_read(
    tmp_path: Path, folders: Folders, write_xz: Callable[[Path, list[str]], None]
) -> None:
    rows = [f"sv\ttitel {n}\tsv\tsvar på fråga {n}" for n in range(5)]
    write_xz(tmp_path / "pairs/riksdag-interpellations.tsv.xz", ["lang_a\ttext_a\tlang_b\ttext_b", *rows])
    write_xz(tmp_path / "text/interpellations.txt.xz", [f"rad nummer {n} i texten" for n in range(5)])
    settings = replace(Settings(), held_out={"riksdag-interpellations": 2, "interpellations": 3})
    only = Folders(tmp_path, folders.seeds)
    pairs = [pair for pair in read_pairs(only, settings) if pair.source == "riksdag-interpellations"]
    text = "\n".join(read_text(only, settings, [], Lexicon(read_translations(only))))
    assert [pair.query for pair in pairs] == ["titel 0", "titel 1", "titel 2"]
    assert "nummer 1" in text
    assert "nummer 2" not in text


def test_a_query_is_put_into_another_language_as_far_as_words_are_known(folders: Folders) -> None:
    plain = [pair for pair in read_pairs(folders, Settings()) if pair.source == "lovdata-sections"]
    settings = replace(Settings(), switched_pairs={"lovdata-sections": 1.0})
    switched = list(read_switched_pairs(plain, Lexicon(read_translations(folders)), settings))
    assert {"äldreboende", "nursing home"} <= {pair.query for pair in switched}
    assert {pair.passage for pair in switched} <= {pair.passage for pair in plain}


def test_missing_data_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="--data"):
        Folders(tmp_path / "nothing", tmp_path).list_files()
