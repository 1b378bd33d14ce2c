"""What somebody may be about to type: municipalities, themes, measures, and titles of cases that begin so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.facets import VOCABULARY_OF
from index.query_help.names import Counts
from index.query_help.places import Gazetteer, fold_phrase
from index.query_help.word_starts import Found, Mask, WordStarts
from kb.checks import Reference

SHORTEST, LONGEST = 2, 100
"""Letters from which anything is offered, and up to which."""
KINDS = ("municipality", "theme", "measure", "title")
"""In the order in which they are offered."""
# Will be folded to å as soon as a consonant follows: Aa(lesund).
_LAST_DOUBLE_A = re.compile(r"\baa$")


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: ``text`` is shown, ``value`` is the value of the facet, or the id of the case."""

    kind: str
    """One of `KINDS`; all but ``title`` are facets."""
    text: str
    value: str
    cases: int


class Titles:
    """The titles of some cases; made once, however many completers look into it."""

    def __init__(self, ids: Sequence[str], titles: Sequence[str]) -> None:
        """Take ids of cases, and their titles in the same order."""
        self._ids, self._titles = ids, titles
        self._starts = WordStarts(titles)

    def list_best(self, typed: Sequence[str], limit: int, alive: Mask | None) -> list[tuple[Found, Completion]]:
        """List what `WordStarts.list_best` finds; ``alive`` tells which of the cases still are."""
        return [(found, Completion("title", self._titles[found.number], self._ids[found.number], 1))
                for found in self._starts.list_best(typed, limit, alive)]


class Completer:
    """Everything that can be completed."""

    def __init__(
        self, reference: Reference, counts: Counts, titles: Sequence[tuple[Titles, Mask | None]], language: str = "nb"
    ) -> None:
        """Take the cases with each value, by facet, and titles with the mask of those that are published.

        Labels of terms are known in all languages, those in the reader's come first. Municipalities without cases
        are known too, under their last code.
        """
        self._titles = titles
        named = [*_list_municipalities(reference, counts), *_list_terms(reference, counts, language)]
        self._named, self._foreign = [one for one, _ in named], [foreign for _, foreign in named]
        self._starts = WordStarts([one.text for one in self._named])

    def list_completions(self, prefix: str, limit: int = 8) -> list[Completion]:
        """List what any word of which begins as typed, with or without Nordic letters.

        The kinds share the places, in the order of `KINDS`; within one, the whole name comes before a beginning and
        that before a later word, then more cases before fewer. Municipalities without cases get the places left over.
        Nothing for fewer than `SHORTEST` letters.
        """
        typed = _fold_typed(prefix)
        if not SHORTEST <= sum(map(len, typed)) <= LONGEST:
            return []
        groups: dict[str, list[Completion]] = {kind: [] for kind in (*KINDS, "")}
        for one in self._list_named(typed, prefix):
            groups[one.kind if one.cases else ""].append(one)
        groups["title"] = self._list_titles(typed, limit)
        others = groups.pop("")
        shares = _share([len(group) for group in groups.values()], limit)
        chosen = [one for group, share in zip(groups.values(), shares, strict=True) for one in group[:share]]
        return [*chosen, *others[: limit - len(chosen)]]

    def _list_named(self, typed: Sequence[str], prefix: str) -> list[Completion]:
        """List municipalities and terms, each once, best first."""
        def order(found: Found) -> tuple[int, bool, int, bool, str]:
            named = self._named[found.number]
            as_typed = prefix.casefold() in named.text.casefold()  # «kára» is Kárášjohka, though both are folded
            return found.exact, self._foreign[found.number], -named.cases, not as_typed, named.text

        best: dict[tuple[str, str], Completion] = {}
        for found in sorted(self._starts.list_best(typed, len(self._named)), key=order):
            named = self._named[found.number]
            best.setdefault((named.kind, named.value), named)
        return list(best.values())

    def _list_titles(self, typed: Sequence[str], limit: int) -> list[Completion]:
        found = [one for titles, alive in self._titles for one in titles.list_best(typed, limit, alive)]
        ordered = sorted(found, key=lambda one: (one[0].exact, one[0].folded, one[1].value))
        return [completion for _, completion in ordered[:limit]]


def _list_municipalities(reference: Reference, counts: Counts) -> Iterator[tuple[Completion, bool]]:
    gazetteer, filed = Gazetteer(reference.register), counts.get("municipality", {})
    for place in gazetteer.places:
        if "(" in place.name or place.name.endswith(" kommun"):
            continue  # written so in tables only; the plain name is a place too, told apart where it must be
        for one in gazetteer.list_filed(place, filed) or [gazetteer.get_last(place)]:
            yield Completion("municipality", one.label, one.value, one.cases), False


def _list_terms(reference: Reference, counts: Counts, reader: str) -> Iterator[tuple[Completion, bool]]:
    """Yield the terms that have cases, with their labels in all languages, and whether one is not the reader's."""
    for facet in ("theme", "measure"):
        terms = reference.vocabularies.terms[VOCABULARY_OF[facet]]
        for value, cases in counts.get(facet, {}).items():
            if cases and (term := terms.get(value)):
                own = term.label_in(reader)
                yield from ((Completion(facet, label, value, cases), label != own) for label in term.label.values())


def _share(sizes: Sequence[int], places: int) -> list[int]:
    """Give each in turn one place more, until there are no more places or nobody wants any."""
    shares = [0] * len(sizes)
    while places and (hungry := [i for i, size in enumerate(sizes) if shares[i] < size]):
        for i in hungry[:places]:
            shares[i] += 1
        places -= min(places, len(hungry))
    return shares


def _fold_typed(prefix: str) -> list[str]:
    """Give the folded words of what was typed; the last is empty when the last word is finished."""
    words = list(fold_phrase(prefix))
    if not words:
        return []
    return [*words[:-1], _LAST_DOUBLE_A.sub("å", words[-1])] + [""] * (not prefix[-1].isalnum())
