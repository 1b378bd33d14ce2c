"""Is a document right? All problems of one case, and of a collection of cases, at once.

`check_case` gives what reading found and what the values mean: places that existed then, words of the vocabularies,
quotes that stand in the body, dates in order, evidence that has its numbers.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePath

from kb.document import FrontMatter, Goal, Measurement, Outcome
from kb.parsing import ParsedCase
from kb.problems import Problem, suggest_nearest
from kb.register import Register, Unresolved
from kb.vocabulary import Vocabularies

SINGLE_TERMS = {"programme": "programmes", "network": "networks"}
LISTED_TERMS = {"sector": "sectors", "themes": "themes"}
"""Key of the front matter → vocabulary its ids come from."""
_NEEDS_NUMBERS = ("measured", "compared")


@dataclass(frozen=True, slots=True)
class Reference:
    """What documents are checked against."""

    vocabularies: Vocabularies
    register: Register
    known_cases: frozenset[str] = field(default=frozenset())
    """Ids of cases that may be named in `related` besides those checked together."""


def check_cases(cases: Iterable[ParsedCase], reference: Reference) -> list[Problem]:
    """List every problem of every case, with those that only show when cases are seen together."""
    cases = list(cases)
    first_with: dict[str, str] = {}
    problems: list[Problem] = []
    known = {case.document.front.id for case in cases} | reference.known_cases
    for case in cases:
        problems += check_case(case, reference, known)
        case_id = case.document.front.id
        if case_id and (other := first_with.setdefault(case_id, case.path)) != case.path:
            line = case.document.line_of("id")
            problems.append(Problem(case.path, line, "duplicate-id", {"id": case_id, "other": other}))
    return problems


def check_case(case: ParsedCase, reference: Reference, known_cases: Collection[str] | None = None) -> list[Problem]:
    """List every problem of one case, by line; what reading it showed comes along.

    `known_cases` are the ids that `related` may name; None leaves that unchecked.
    """
    checker = _Checker(case, reference)
    found = [*case.problems, *checker.problems(known_cases)]
    return sorted(found, key=lambda problem: problem.line)


class _Checker:
    """The checks of one case; each method yields what it finds."""

    def __init__(self, case: ParsedCase, reference: Reference) -> None:
        self.case, self.reference = case, reference
        self.document = case.document
        self.front: FrontMatter = case.document.front

    def problems(self, known_cases: Collection[str] | None) -> Iterator[Problem]:
        if not self.document.spans:  # there is no front matter to check
            return
        yield from self.file_name()
        yield from self.dates()
        yield from self.municipalities()
        yield from self.terms()
        yield from self.sources()
        yield from self.quotes()
        yield from self.goals()
        yield from self.outcomes()
        if known_cases is not None:
            yield from self.relations(known_cases)

    def problem(self, at: tuple[str | int, ...], code: str, **values: str) -> Problem:
        return Problem(self.case.path, self.document.line_of(*at), code, values)

    def file_name(self) -> Iterator[Problem]:
        path = PurePath(self.case.path)
        if self.case.path and self.front.id and path.name != f"{self.front.id}.md":
            yield self.problem(("id",), "name-not-id", name=path.name, id=self.front.id, stem=path.stem)

    def dates(self) -> Iterator[Problem]:
        period = self.front.period
        if period is not None and period.start is None:
            yield self.problem(("period",), "missing-key", key="period.from", example="2007")
        spans: list[tuple[tuple[str | int, ...], str, str | None, str | None]] = []
        if period is not None:
            spans.append((("period",), "the period", period.start, period.to))
        for i, goal in enumerate(self.front.goals):
            spans.append((("goals", i), "the goal", _date(goal.baseline), _date(goal.target)))
            spans.append((("goals", i), "the goal", _date(goal.baseline), _date(goal.result)))
        for i, outcome in enumerate(self.front.outcomes):
            spans.append((("outcomes", i), "the outcome", _date(outcome.before), _date(outcome.after)))
        for at, key, start, end in spans:
            if start and end and first_day(start) > last_day(end):
                yield self.problem(at, "date-order", key=key, start=start, end=end)

    def municipalities(self) -> Iterator[Problem]:
        front = self.front
        if ("municipalities",) in self.document.spans:
            if not front.municipalities and not front.anonymous:
                yield self.problem(("municipalities",), "no-municipality")
            if front.municipalities and front.anonymous:
                yield self.problem(("municipalities",), "anonymous-named")
        if front.anonymous and not front.setting:
            yield self.problem(("anonymous",), "anonymous-no-setting")
        if front.period is None or front.period.start is None:
            return
        start, end = days_of_period(front.period.start, front.period.to)
        for i, name in enumerate(front.municipalities):
            found = self.reference.register.resolve(name, start, end)
            if isinstance(found, Unresolved):
                yield self.unresolved(("municipalities", i), name, found)

    def unresolved(self, at: tuple[str | int, ...], name: str, found: Unresolved) -> Problem:
        period, choices = _period_words(self.front), ", ".join(found.choices)
        if found.reason == "ambiguous":
            return self.problem(at, "ambiguous-municipality", name=name, period=period, choices=choices)
        if found.reason == "not-then":
            hint = f"write {choices}" if choices else "check the period"
            return self.problem(at, "municipality-not-then", name=name, period=period, suggestion=hint)
        hint = f"did you mean {choices}?" if choices else "check the spelling, or write the four-digit code"
        return self.problem(at, "unknown-municipality", name=name, suggestion=hint)

    def terms(self) -> Iterator[Problem]:
        for key, vocabulary in SINGLE_TERMS.items():
            if value := getattr(self.front, key):
                yield from self.term((key,), vocabulary, value)
        for key, vocabulary in LISTED_TERMS.items():
            for i, value in enumerate(getattr(self.front, key)):
                yield from self.term((key, i), vocabulary, value)
        for i, measure in enumerate(self.front.measures):
            yield from self.term(("measures", i, "measure"), "measures", measure.measure)
        for i, factor in enumerate(self.front.factors):
            yield from self.term(("factors", i, "factor"), "factors", factor.factor)

    def term(self, at: tuple[str | int, ...], vocabulary: str, value: str) -> Iterator[Problem]:
        terms = self.reference.vocabularies.terms[vocabulary]
        if value not in terms:
            by_label = {term.label["nb"].casefold(): term.id for term in terms.values()}
            named = by_label.get(value.casefold())
            hint = f"write {named}" if named else suggest_nearest(
                value, terms, f"choose one from content/vocabulary/{vocabulary}.yaml"
            )
            yield self.problem(at, "unknown-term", value=value, vocabulary=vocabulary, suggestion=hint)

    def sources(self) -> Iterator[Problem]:
        known = self.reference.vocabularies.sources
        for i, reference in enumerate(self.front.sources):
            source = known.get(reference.document)
            if source is None:
                hint = suggest_nearest(reference.document, known, "add it to content/sources.yaml")
                yield self.problem(("sources", i, "document"), "unknown-source", value=reference.document,
                                   suggestion=hint)
            elif reference.lines and source.line_count and _last_line(reference.lines) > source.line_count:
                yield self.problem(("sources", i, "lines"), "lines-outside", value=reference.lines,
                                   document=source.id, limit=str(source.line_count))

    def quotes(self) -> Iterator[Problem]:
        body = _squeeze(self.document.body)
        for i, factor in enumerate(self.front.factors):
            if factor.quote and _squeeze(factor.quote) not in body:
                yield self.problem(("factors", i, "quote"), "quote-not-found", quote=factor.quote)

    def goals(self) -> Iterator[Problem]:
        for i, goal in enumerate(self.front.goals):
            if missing := goal.missing_to_verify:
                yield self.problem(("goals", i), "goal-not-verifiable", goal=_short(goal), missing=_and(missing))

    def outcomes(self) -> Iterator[Problem]:
        for i, outcome in enumerate(self.front.outcomes):
            missing = [key for key in ("before", "after") if getattr(outcome, key) is None]
            if outcome.evidence in _NEEDS_NUMBERS and missing:
                yield self.problem(("outcomes", i), "measured-without-numbers", outcome=_short(outcome),
                                   evidence=outcome.evidence, missing=_and(missing))

    def relations(self, known_cases: Collection[str]) -> Iterator[Problem]:
        for i, relation in enumerate(self.front.related):
            at = ("related", i, "case")
            if relation.case == self.front.id:
                yield self.problem(at, "self-relation")
            elif relation.case not in known_cases:
                hint = suggest_nearest(relation.case, known_cases, "check the id, or add that case too")
                yield self.problem(at, "unknown-case", value=relation.case, suggestion=hint)


def first_day(partial: str) -> date:
    """Give the first day of a year, a month or a date written as text."""
    parts = [int(part) for part in partial.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(partial: str) -> date:
    """Give the last day of a year, a month or a date written as text."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        return first_day(partial)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def days_of_period(start: str, to: str | None) -> tuple[date, date]:
    """Give the first and the last day of a period; one without an end runs on."""
    return first_day(start), last_day(to) if to else date.max


def _date(measurement: Measurement | None) -> str | None:
    return measurement.date if measurement else None


def _period_words(front: FrontMatter) -> str:
    period = front.period
    return "" if period is None else f"{period.start}–{period.to or ''}"


def _last_line(lines: str) -> int:
    return max(int(number) for number in lines.replace("-", ",").split(","))


def _squeeze(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _short(part: Goal | Outcome) -> str:
    return part.text if len(part.text) <= 60 else part.text[:59] + "…"


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
