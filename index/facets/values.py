"""What one case can be found by: its values for every facet."""

from collections.abc import Iterable, Iterator, Mapping

from index.facets.filters import FACETS
from kb.checks import Reference
from kb.derived import resolve_municipalities
from kb.document import FrontMatter
from kb.register import Municipality, Register
from kb.vocabulary import Term, list_broader

BAND_YEARS = 5
SIZE_BANDS = {3_000: "0-2999", 5_000: "3000-4999", 10_000: "5000-9999", 20_000: "10000-19999", 50_000: "20000-49999"}
"""First number of inhabitants above a band → the band; whoever has more is in `LARGEST`.

From 5,000 up these are the classes of Statistics Norway, «Population by size of municipality» (folkendrkom, table 4,
1 January 2003). Its lowest cut is at 2,000; ours at 3,000 keeps enough cases in the lowest band to compare.
"""
LARGEST = "50000-"
_STILL_RUNNING = ("running", "continued")


def list_values(front: FrontMatter, reference: Reference) -> dict[str, tuple[str, ...]]:
    """List the values of a case for every facet, in the order of the document, each once; empty when it has none.

    A case filed under a term also has the broader terms, nearest first. A factor is there with its polarity and
    without. Places are those of `resolve_municipalities`, so a case that names none has no country either.
    """
    terms = reference.vocabularies.terms
    places = resolve_municipalities(front, reference)
    years = find_years(front)
    values: dict[str, Iterable[str]] = {
        "sector": _with_broader(front.sector, terms["sectors"]),
        "theme": _with_broader(front.themes, terms["themes"]),
        "measure": _with_broader((taken.measure for taken in front.measures), terms["measures"]),
        "factor": _factors(front, terms["factors"]),
        "outcome": (outcome.direction for outcome in front.outcomes),
        "evidence": (outcome.evidence for outcome in front.outcomes),
        "programme": _with_broader(filter(None, [front.programme]), terms["programmes"]),
        "network": _with_broader(filter(None, [front.network]), terms["networks"]),
        "county": (f"{place.country}-{place.county}" for place in places),
        "municipality": (place.id for place in places),
        "country": (place.country for place in places),
        "period": _periods(years),
        "size": _sizes(places, years, reference.register),
        "language": [front.language],
        "status": [front.status.state if front.status else "unknown"],
    }
    return {facet: tuple(dict.fromkeys(values[facet])) for facet in FACETS}


def find_years(front: FrontMatter) -> range | None:
    """Find the years in which a case is known to have run; None when its start is not known.

    An open period goes on to the date of the status when it then still ran or had been continued. Otherwise only its
    first year is known: "ended" and "unknown" do not say until when it ran.
    """
    period, status = front.period, front.status
    if period is None or period.start is None:
        return None
    start = _year(period.start)
    if period.to is not None:
        return range(start, _year(period.to) + 1)
    known = status is not None and status.state in _STILL_RUNNING and status.as_of
    return range(start, max(start, _year(known) if known else start) + 1)


def find_size(municipality_id: str, years: range, register: Register) -> str | None:
    """Find the band of a municipality's inhabitants, by the known year nearest to the first of the years.

    That may be a year outside them, as far off as `Register.find_population` accepts.
    """
    found = (register.find_population(municipality_id, year) for year in years)
    nearest = next(filter(None, found), None)
    if nearest is None:
        return None
    return next((band for limit, band in SIZE_BANDS.items() if nearest[1] < limit), LARGEST)


def _with_broader(ids: Iterable[str], terms: Mapping[str, Term]) -> Iterator[str]:
    for term_id in ids:
        yield term_id
        yield from list_broader(term_id, terms)


def _factors(front: FrontMatter, terms: Mapping[str, Term]) -> Iterator[str]:
    for claim in front.factors:
        for term_id in (claim.factor, *list_broader(claim.factor, terms)):
            yield f"{term_id}:{claim.polarity}"
            yield term_id


def _periods(years: range | None) -> Iterator[str]:
    if years:
        for first in range(years[0] // BAND_YEARS * BAND_YEARS, years[-1] + 1, BAND_YEARS):
            yield f"{first}-{first + BAND_YEARS - 1}"


def _sizes(places: Iterable[Municipality], years: range | None, register: Register) -> Iterator[str]:
    if years:
        yield from filter(None, (find_size(place.id, years, register) for place in places))


def _year(partial: str) -> int:
    return int(partial[:4])
