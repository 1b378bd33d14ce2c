"""Municipalities as readers know them: one name over all the codes it has had, and the codes that cases stand under."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.language.analysis import read_words
from kb.register import Municipality, Register

Key = tuple[str, str]
"""Id and official name, as in `Register.successors`."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A municipality under one of its names, in whatever language, through changes of code."""

    name: str
    """As in the register: official, parallel, or told apart by county."""
    words: tuple[str, ...]
    """The name's words, folded."""
    rows: tuple[Municipality, ...]
    """What bore the name, in order of time; never empty."""


@dataclass(frozen=True, slots=True)
class CodedPlace:
    """One code of a place."""

    value: str
    """Country and code."""
    label: str
    """The name; with county or years where it would be mistaken for another."""
    cases: int


class Gazetteer:
    """All names of all municipalities; two municipalities of one name are two places."""

    def __init__(self, register: Register) -> None:
        self.places = list(_list_places(register))
        self._named: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        self._by_key: dict[Key, Place] = {}
        for place in self.places:
            self._named[place.words].append(place)
            self._by_key |= {(row.id, row.name): place for row in place.rows if fold_phrase(row.name) == place.words}
        self._after = register.successors
        self._before: dict[Key, list[Key]] = defaultdict(list)
        for old, news in register.successors.items():
            for new in news:
                self._before[new].append(old)

    def has_name(self, words: tuple[str, ...]) -> bool:
        """Tell whether any municipality is or was called so."""
        return words in self._named

    def list_filed(self, place: Place, counts: Mapping[str, int]) -> list[CodedPlace]:
        """List the codes of a place that cases stand under, in order of time; ``counts`` are cases by code."""
        filed = {row.id: row for row in place.rows if counts.get(row.id)}
        return [
            CodedPlace(value, self._tell_apart(place, row, alone=len(filed) == 1), counts[value])
            for value, row in filed.items()
        ]

    def list_related(self, place: Place, counts: Mapping[str, int]) -> list[CodedPlace]:
        """List the codes with cases of the places that it went into, or else of those that it was made of."""
        keys = [(row.id, row.name) for row in place.rows]
        for steps in (self._after, self._before):
            relatives = {self._by_key[key]: None for key in _follow(keys, steps) if key in self._by_key}
            filed = [one for relative in relatives for one in self.list_filed(relative, counts)]
            if found := list({one.value: one for one in filed}.values()):
                return found
        return []

    def get_last(self, place: Place) -> CodedPlace:
        """Get the last code of a place, for one without cases."""
        row = place.rows[-1]
        return CodedPlace(row.id, self._tell_apart(place, row, alone=True), 0)

    def _tell_apart(self, place: Place, row: Municipality, *, alone: bool) -> str:
        """Add the county when others have the name, and the years when that is not enough."""
        counties = {other.county for one in self._named[place.words] if one is not place for other in one.rows}
        more = [row.county] if counties and "(" not in place.name else []
        if not alone or row.county in counties:
            more.append(_render_years(row))
        return f"{place.name} ({', '.join(more)})" if more else place.name


def fold_phrase(text: str) -> tuple[str, ...]:
    """Give the folded words of a text."""
    return tuple(word.folded for word in read_words(text))


def _list_places(register: Register) -> Iterator[Place]:
    rows: dict[tuple[str, ...], dict[Key, Municipality]] = defaultdict(dict)
    written: dict[tuple[str, ...], str] = {}
    for row in register.municipalities:
        for name in (row.name, *row.other_names):
            words = fold_phrase(name)
            written.setdefault(words, name)
            rows[words][row.id, row.name] = row
    for words, named in rows.items():
        for group in _part_by_descent(named, register):
            yield Place(written[words], words, tuple(sorted(group, key=lambda row: row.valid_from)))


def _part_by_descent(named: Mapping[Key, Municipality], register: Register) -> Iterator[list[Municipality]]:
    """Part the rows of one name into those that followed one another."""
    group_of: dict[Key, list[Key]] = {key: [key] for key in named}
    for key in named:
        for new in register.successors.get(key, ()):
            if new in group_of and group_of[new] is not group_of[key]:
                group_of[key] += group_of[new]
                group_of |= dict.fromkeys(group_of[new], group_of[key])
    yield from ([named[key] for key in group] for group in {id(group): group for group in group_of.values()}.values())


def _follow(keys: Sequence[Key], steps: Mapping[Key, Sequence[Key]]) -> list[Key]:
    """List what is reached from the keys, nearest first, themselves left out."""
    queue, seen = list(keys), dict.fromkeys(keys)
    while queue:
        for key in steps.get(queue.pop(0), ()):
            if key not in seen:
                seen[key] = None
                queue.append(key)
    return [key for key in seen if key not in set(keys)]


def _render_years(row: Municipality) -> str:
    start = "" if row.valid_from == date.min else str(row.valid_from.year)
    # The first day no longer valid: on 1 January the year before was the last.
    end = "" if row.valid_to == date.max else str(row.valid_to.year - (row.valid_to.month == row.valid_to.day == 1))
    return f"{start}–{end}"
