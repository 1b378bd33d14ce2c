"""Counting the queries that nothing in the collection answered, so that editors see what is missing.

A count says how often a query came in a month, and nothing of who asked, when, or from where. Words that may point
to a person (a personal number, a telephone number, an e-mail address) are not kept: such a query counts under the
empty text. Names cannot be told from other words; whoever shows the counts to many may ask for the frequent ones only.
"""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, func, select

from kb.models import SearchGap
from kb.store import Clock, utc_now

MAX_CHARACTERS = 200
"""Longer queries are pasted text, and are not kept at all. The table holds the same limit."""

_YEARS = re.compile(r"\b(?:19[5-9]|20[0-4])\d ?[-–—/] ?(?:19[5-9]|20[0-4])\d\b")
_EIGHT_DIGITS = re.compile(r"\d(?:[\W_]{0,3}\d){7}")
"""Telephone numbers in the Nordic countries have eight digits or more, personal numbers ten to twelve."""
_AT = re.compile(r"@|[(\[{]\s*(?:at|krøllalfa)\s*[)\]}]|\bkrøllalfa\b")


@dataclass(frozen=True, slots=True)
class Gap:
    """A query that nothing answered, over some months."""

    query: str
    """Empty for all those whose words were not kept, together."""
    count: int
    last_month: str


def name_month(clock: Clock = utc_now) -> str:
    """Name the month it is, such as ``2026-11``; nothing finer is ever written."""
    return f"{clock():%Y-%m}"


def count_gap(session: Session, query: str, month: str) -> None:
    """Count a query that nothing answered, in a session for writing; one of more than `MAX_CHARACTERS` is left out.

    It is one statement, so that processes that count at the same time lose nothing.
    """
    text = fold_query(query)
    if len(text) > MAX_CHARACTERS:
        return
    row = insert(SearchGap).values(month=month, query="" if may_identify(text) else text, count=1)
    again = {"count": col(SearchGap.count) + 1}
    session.exec(row.on_conflict_do_update(index_elements=["month", "query"], set_=again))


def list_gaps(session: Session, since_month: str, limit: int, at_least: int = 1) -> list[Gap]:
    """List the queries that nothing answered in that month and later, the most frequent first, then by their text.

    Those that came fewer than `at_least` times in all are left out.
    """
    total = func.sum(SearchGap.count)
    rows = session.exec(
        select(SearchGap.query, total, func.max(SearchGap.month))
        .where(col(SearchGap.month) >= since_month)
        .group_by(col(SearchGap.query))
        .having(total >= at_least)
        .order_by(total.desc(), col(SearchGap.query))
        .limit(limit)
    )
    return [Gap(query, count, last_month) for query, count, last_month in rows]


def fold_query(query: str) -> str:
    """Give the text a query is counted under: composed, lower case, spaces single, hidden characters gone.

    Queries that differ in nothing else are one. Letters of other widths and styles are made plain (NFKC), so that a
    number cannot hide in them.
    """
    plain = unicodedata.normalize("NFKC", "".join(map(_visible, query))).casefold()
    # Folding the case of a few letters takes them apart again.
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def may_identify(text: str) -> bool:
    """Tell whether a folded text holds what may be a personal number, a telephone number or an e-mail address.

    Years as in ``2007-2010`` are let through. Other long numbers, such as an amount in kroner, are taken for the worst.
    """
    return bool(_AT.search(text) or _EIGHT_DIGITS.search(_YEARS.sub("·" * 4, text)))


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    # Soft hyphens and joiners stand inside words and numbers; other control characters stand between them.
    return "" if category == "Cf" else " " if category.startswith("C") else char
