"""The register of municipalities: which existed when, under what name and code, and what became of them.

Rows are one code and one official name for one stretch of time; `valid_to` is the first day no longer valid, as in
SSB's KLASS. The origin of the facts is told in ``content/vocabulary/README.md``.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from kb.errors import ContentMissing

MUNICIPALITY_COLUMNS = ("country", "code", "name", "other_names", "county", "valid_from", "valid_to")
CHANGE_COLUMNS = ("country", "old_code", "old_name", "new_code", "new_name", "changed_on", "kind")
FACT_COLUMNS = ("country", "code", "year", "population", "kostra_group", "centrality", "latitude", "longitude")

_FIRST_DAY, _LAST_DAY = date.min, date.max
_WITH_COUNTY = re.compile(r"(?P<name>.+?)\s*\((?P<county>[^)]+)\)")
_CODE = re.compile(r"(?:(?P<country>NO|SE)-)?(?P<code>\d{3,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Municipality:
    """One code and official name of a municipality, for the time it was valid."""

    country: str
    """``NO`` or ``SE``."""
    code: str
    name: str
    other_names: tuple[str, ...]
    """Sámi, Kven and Norwegian forms, and spellings met in official tables."""
    county: str
    valid_from: date
    valid_to: date

    @property
    def id(self) -> str:
        """Country and code, such as ``NO-0722``."""
        return f"{self.country}-{self.code}"

    @property
    def name_with_county(self) -> str:
        """The name as one writes it to tell it from others of the same name."""
        return f"{self.name} ({self.county})"

    def valid_during(self, start: date, end: date) -> bool:
        """Tell whether it was valid on any day from start to end, both included."""
        return self.valid_from <= end and start < self.valid_to


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a name did not lead to one municipality; `choices` are the names to offer instead."""

    reason: str
    """``unknown``, ``not-then`` or ``ambiguous``."""
    choices: tuple[str, ...]


@dataclass(slots=True)
class Register:
    """All municipalities, found by name or code at a time."""

    municipalities: tuple[Municipality, ...]
    successors: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    """(id, name) → (id, name) of those that took over."""
    populations: dict[str, dict[int, int]] = field(default_factory=dict)
    """id → year → inhabitants on 1 January."""
    _by_name: dict[str, list[Municipality]] = field(default_factory=dict)
    _names: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for municipality in self.municipalities:
            for name in {fold_name(name) for name in (municipality.name, *municipality.other_names)}:
                self._by_name.setdefault(name, []).append(municipality)

    def resolve(self, name: str, start: date, end: date) -> Municipality | Unresolved:
        """Find the municipality that a name or code meant in a period.

        A code may be given with its country (``SE-0114``), a name with its county (``Våler (Hedmark)``). When the
        municipality changed name or code within the period, the one that was valid first is given.
        """
        rows = self._list_named(name)
        if not rows:
            return Unresolved("unknown", tuple(self._near(name)))
        then = sorted((row for row in rows if row.valid_during(start, end)), key=lambda row: row.valid_from)
        if not then:
            return Unresolved("not-then", tuple(self._heirs(rows, start, end)))
        first = then[0]
        if any(row.id != first.id and row.valid_from < first.valid_to for row in then[1:]):
            counties = dict.fromkeys(
                row.name_with_county if row.country == first.country else row.id for row in then
            )
            return Unresolved("ambiguous", tuple(counties))
        return first

    def find_population(self, municipality_id: str, year: int) -> tuple[int, int] | None:
        """Find (year, inhabitants) for the known year nearest to the one asked for, at most five years off."""
        years = self.populations.get(municipality_id, {})
        nearest = min(years, key=lambda known: abs(known - year), default=None)
        return None if nearest is None or abs(nearest - year) > 5 else (nearest, years[nearest])

    def list_names(self, municipality: Municipality) -> list[str]:
        """List what a municipality is or was called: its own names, those it went into, those it was made of."""
        start = (municipality.id, municipality.name)
        if (known := self._names.get(start)) is not None:
            return known
        own = [m for m in self.municipalities if (m.id, m.name) == start]
        names = [name for row in own for name in (row.name, *row.other_names)]
        names += [old[1] for old, news in self.successors.items() if start in news]
        queue, seen = [start], {start}
        while queue:
            for key in self.successors.get(queue.pop(), []):
                if key not in seen:
                    seen.add(key)
                    queue.append(key)
                    names.append(key[1])
        self._names[start] = list(dict.fromkeys(names))
        return self._names[start]

    def _list_named(self, name: str) -> list[Municipality]:
        if code := _CODE.fullmatch(name.strip()):
            wanted, country = code["code"].zfill(4), (code["country"] or "").upper()
            return [m for m in self.municipalities if m.code == wanted and country in ("", m.country)]
        if rows := self._by_name.get(fold_name(name)):
            return rows
        if parts := _WITH_COUNTY.fullmatch(name.strip()):
            rows = self._by_name.get(fold_name(parts["name"]), [])
            return [row for row in rows if fold_name(parts["county"]) == fold_name(row.county)]
        return []

    def _near(self, name: str) -> list[str]:
        return [self._by_name[near][-1].name for near in get_close_matches(fold_name(name), self._by_name, n=1)]

    def _heirs(self, rows: Iterable[Municipality], start: date, end: date) -> list[str]:
        """Name those that were there in the period instead: successors of the named, else predecessors."""
        by_key = {(m.id, m.name): m for m in self.municipalities}
        predecessors: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for old, news in self.successors.items():
            for new in news:
                predecessors[new].append(old)
        wanted = [(row.id, row.name) for row in rows]
        for steps in (self.successors, predecessors):
            seen, queue = set(wanted), list(wanted)
            found: list[tuple[str, str]] = []
            while queue:
                for key in steps.get(queue.pop(0), []):
                    if key in seen or key not in by_key:
                        continue
                    seen.add(key)
                    (found if by_key[key].valid_during(start, end) else queue).append(key)
            if found:
                return list(dict.fromkeys(self._unmistakable(by_key[key], start, end) for key in found))
        return []

    def _unmistakable(self, municipality: Municipality, start: date, end: date) -> str:
        """Give its name, with the county when others were called the same in the period."""
        same = [m for m in self._by_name[fold_name(municipality.name)] if m.valid_during(start, end)]
        return municipality.name if len({m.id for m in same}) == 1 else municipality.name_with_county


def fold_name(name: str) -> str:
    """Fold case, Unicode form and spaces, so that spellings of one name are equal."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def read_register(folder: Path) -> Register:
    """Read the register from the tables in the vocabulary folder; raises ContentMissing."""
    municipalities = tuple(_municipality(row) for row in _rows(folder / "municipalities.csv"))
    successors: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(folder / "municipality-changes.csv"):
        old = (f"{row['country']}-{row['old_code']}", row["old_name"])
        successors[old].append((f"{row['country']}-{row['new_code']}", row["new_name"]))
    populations: dict[str, dict[int, int]] = defaultdict(dict)
    for row in _rows(folder / "municipality-facts.csv"):
        if row["population"]:
            populations[f"{row['country']}-{row['code']}"][int(row["year"])] = int(row["population"])
    return Register(municipalities, dict(successors), dict(populations))


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise ContentMissing(path, "The register of municipalities")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        country=row["country"], code=row["code"], name=row["name"],
        other_names=tuple(filter(None, row["other_names"].split(";"))), county=row["county"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else _FIRST_DAY,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else _LAST_DAY,
    )
