"""The register of municipalities, made from lists that SSB, Kartverket and SKR have published.

Facts are carried over, not files: codes, names, dates, successors, population, KOSTRA group, centrality and a point.
Columns whose origin is share-alike or unlicensed (language form; population and area marked ``wp``) are left out.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.errors import ContentMissing
from kb.register import CHANGE_COLUMNS, FACT_COLUMNS, MUNICIPALITY_COLUMNS

Row = dict[str, str]


def build_register(source: Path, target: Path) -> dict[str, int]:
    """Write municipalities.csv, municipality-changes.csv and municipality-facts.csv; give the rows of each.

    `source` holds municipalities-no.csv, municipalities-se.csv, municipality-changes-no.csv and
    municipality-facts-no.csv. Raises ContentMissing when one is not there; nothing is written then.
    """
    norwegian, swedish = _read(source, "municipalities-no.csv"), _read(source, "municipalities-se.csv")
    changes, facts = _read(source, "municipality-changes-no.csv"), _read(source, "municipality-facts-no.csv")
    tables: dict[str, tuple[tuple[str, ...], list[Row]]] = {
        "municipalities.csv": (MUNICIPALITY_COLUMNS, [*_norwegian(norwegian), *_swedish(swedish)]),
        "municipality-changes.csv": (CHANGE_COLUMNS, [{"country": "NO", **row} for row in changes]),
        "municipality-facts.csv": (FACT_COLUMNS, list(_facts(facts))),
    }
    for name, (columns, rows) in tables.items():
        _write(target / name, columns, rows)
    return {name: len(rows) for name, (_, rows) in tables.items()}


def _read(folder: Path, name: str) -> list[Row]:
    path = folder / name
    if not path.is_file():
        raise ContentMissing(path, "A list that the register is made from")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _norwegian(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        others = dict.fromkeys([row["name_norwegian"], *row["alternative_names"].split(";")])
        names = [name for name in others if name and name != row["name"]]
        yield {**row, "country": "NO", "other_names": ";".join(names), "county": row["county_name"]}


def _swedish(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield {
            "country": "SE", "code": row["code"], "name": row["name"], "other_names": row["name_full"],
            "county": row["county_name"],
        }


def _facts(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        population = "" if "pop:wp" in row["sources"] else row["population"]
        fact = {
            "country": "NO", "code": row["code"], "year": row["year"], "population": population,
            "kostra_group": row["kostra_group"], "centrality": row["centrality_class"],
            "latitude": row["latitude"], "longitude": row["longitude"],
        }
        if any(fact[column] for column in FACT_COLUMNS[3:]):
            yield fact
