from pathlib import Path

import pytest

from index.training.errors import PairsUnreadable
from index.training.own_texts import read_case_pairs, read_written_pairs
from tests.cases import write_case

ITEM = '{"passage_language": "nb", "passage": "Vi la om turnusen.", "queries": {"nb": "nye vakter", "sv": "ny schema"}}'


def test_each_query_comes_with_its_passage(tmp_path: Path) -> None:
    (tmp_path / "care.jsonl").write_text(ITEM + "\n", encoding="utf-8")
    assert list(read_written_pairs(tmp_path)) == [
        ("nb", "nye vakter", "Vi la om turnusen."),
        ("nb", "ny schema", "Vi la om turnusen."),
    ]


@pytest.mark.parametrize("line", ["no json", "[]", '{"passage": "x", "queries": {"nb": "y"}}'])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "care.jsonl").write_text(f"{ITEM}\n{line}\n", encoding="utf-8")
    with pytest.raises(PairsUnreadable, match="line 2"):
        list(read_written_pairs(tmp_path))


def test_titles_and_summaries_lead_to_the_passages_of_their_case(tmp_path: Path) -> None:
    write_case(
        tmp_path / "cases", "en-sak", title="Tittel", summary="Kort sagt.", body="## Tiltak\n\nVi gjorde\ndet.\n"
    )
    assert list(read_case_pairs(tmp_path)) == [
        ("Tittel", "Kort sagt."),
        ("Tittel", "Vi gjorde det."),
        ("Kort sagt.", "Vi gjorde det."),
    ]
