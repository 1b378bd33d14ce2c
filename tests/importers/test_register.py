from pathlib import Path

import pytest

from importers.register import build_register
from kb.errors import ContentMissing
from kb.register import read_register

LISTS = {
    "municipalities-no.csv": (
        "code,name,name_norwegian,alternative_names,names_by_language,county_code,county_name,valid_from,valid_to,"
        "language_form,language_form_source\n"
        "1940,Gáivuotna - Kåfjord,Kåfjord,Gáivuotna;Kåfjord,,19,Troms,1995-01-01,2018-01-01,bokmål,2016 list\n"
    ),
    "municipalities-se.csv": "code,name,name_full,county_code,county_name\n1480,Göteborg,Göteborgs kommun,14,Västra Götalands län\n",
    "municipality-changes-no.csv": (
        "old_code,old_name,new_code,new_name,changed_on,kind\n"
        "1940,Gáivuotna - Kåfjord,1940,Gáivuotna - Kåfjord - Kaivuono,2018-01-01,rename\n"
    ),
    "municipality-facts-no.csv": (
        "code,year,population,kostra_group,kostra_revision,centrality_class,centrality_standard,area_km2,latitude,"
        "longitude,point_kind,sources\n"
        "1940,2010,2173,,,,,,,,,pop:fhi\n1940,2015,9999,,,,,,,,,pop:wp area:wp\n"
    ),
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    for name, text in LISTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_facts_are_carried_over_and_unlicensed_columns_left_out(source: Path, tmp_path: Path) -> None:
    assert build_register(source, tmp_path) == {
        "municipalities.csv": 2,
        "municipality-changes.csv": 1,
        "municipality-facts.csv": 1,
    }
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.csv"))
    assert "bokmål" not in written
    assert "9999" not in written
    register = read_register(tmp_path)
    assert register.municipalities[0].other_names == ("Kåfjord", "Gáivuotna")
    assert register.find_population("NO-1940", 2010) == (2010, 2173)


def test_a_list_that_is_not_there_is_an_error_and_nothing_is_written(source: Path, tmp_path: Path) -> None:
    (source / "municipality-facts-no.csv").unlink()
    with pytest.raises(ContentMissing, match="municipality-facts-no"):
        build_register(source, tmp_path)
    assert list(tmp_path.glob("*.csv")) == []
