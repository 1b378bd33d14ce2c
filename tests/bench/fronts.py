"""The front matter of a made case: where and when it was, and what it lists."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from kb.checks import days_of_period
from kb.register import Municipality, Register
from tests.bench.donors import Donor, Telling
from tests.bench.pieces import Voice

ANONYMOUS_SHARE = 0.2
Days = tuple[date, date]
"""First and last day of a period."""

_CLAIMED_IN = {"promoted": "success-factors", "hindered": "obstacles", "missing": "obstacles"}


class Places:
    """Names of municipalities that are understood without a doubt in a period."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._rows = {country: [m for m in register.municipalities if m.country == country] for country in ("NO", "SE")}
        self._known: dict[tuple[str, date, date, date], bool] = {}

    def choose(self, random: Random, language: str, days: Days, count: int) -> list[str]:
        """Choose different ones, Swedish for a Swedish case."""
        names: dict[str, None] = {}
        while len(names) < count:
            row = random.choice(self._rows["SE" if language == "sv" else "NO"])
            if self._is_clear(row, days):
                names[row.name] = None
        return list(names)

    def _is_clear(self, row: Municipality, days: Days) -> bool:
        key = (row.id, row.valid_from, *days)
        if key not in self._known:
            found = row.valid_during(*days) and self._register.resolve(row.name, *days)
            self._known[key] = isinstance(found, Municipality)
        return self._known[key]


def choose_period(random: Random) -> tuple[dict[str, str], Days]:
    """Choose when a case was: the front matter's key, and its days; one in four has no end."""
    start = random.randint(1995, 2022)
    period = {"from": str(start)}
    if random.random() < 0.75:
        period["to"] = str(min(2025, start + random.randint(0, 5)))
    return period, days_of_period(period["from"], period.get("to"))


def make_front(voice: Voice, donors: list[Donor], period: dict[str, str], own: list[str]) -> dict[str, Any]:
    """Make the keys of the front matter but id, summary and factors; the first donor is the lead."""
    random, lead = voice.random, donors[0]
    anonymous = random.random() < ANONYMOUS_SHARE
    more = {key: value for key, value in lead.more.items() if key != "setting"}
    themes = [theme for donor in donors for theme in donor.front.themes]
    front: dict[str, Any] = {
        "title": _title(voice, donors),
        "language": lead.front.language,
        **more,
        "municipalities": [] if anonymous else own,
        "period": period,
        "themes": list(dict.fromkeys([*lead.front.themes[:3], *random.sample(themes, min(3, len(themes)))])),
        "measures": _tell(voice, [entry for donor in donors for entry in donor.measures], random.randint(2, 5)),
        "goals": _tell(voice, lead.goals, 2),
        "outcomes": _tell(voice, [entry for donor in donors for entry in donor.outcomes], random.randint(1, 4)),
        "sources": lead.more["sources"][:3],
    }
    if anonymous:
        front |= {"anonymous": True, "setting": lead.more.get("setting", "En kommune som ikke er navngitt")}
    return front


def _title(voice: Voice, donors: list[Donor]) -> str:
    title, other = voice.say(donors[0].title), voice.say(donors[-1].title)
    for mark in (" – ", ", "):
        if mark in title and mark in other and voice.random.random() < 0.5:
            title = title.split(mark)[0] + mark + other.split(mark, 1)[1]
            break
    if all(place not in title for place in voice.own) and voice.random.random() < 0.5:
        title += f" i {voice.own[0]}"
    return title[:160].rstrip()


def _tell(voice: Voice, tellings: Sequence[Telling], count: int) -> list[dict[str, Any]]:
    chosen = voice.random.sample(tellings, min(count, len(tellings)))
    return [{**entry, "text": voice.say(piece)} if piece else dict(entry) for entry, piece in chosen]


def make_factors(random: Random, donors: list[Donor], sections: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """Claim some factors of the donors; a quote is the beginning of what the case says of such factors."""
    claims = [(claim.factor, claim.polarity) for donor in donors for claim in donor.front.factors]
    factors = []
    for factor, polarity in dict.fromkeys(random.sample(claims, min(random.randint(2, 6), len(claims)))):
        entry = {"factor": factor, "polarity": polarity}
        if told := sections.get(_CLAIMED_IN[polarity]):
            line = random.choice([line for line in told[1].splitlines() if line])
            entry["quote"] = " ".join(line.removeprefix("- ").split()[:6])
        factors.append(entry)
    return factors
