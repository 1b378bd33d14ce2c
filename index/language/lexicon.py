"""The words that compounds are made of, read from `constituents/*.txt`, and the forms in which they stand in a text.

A line holds a base word, then the forms that lead a compound, if others than the word itself and the word with an s
(barn barne). ``ny-`` may only lead and ``-basert`` only end a compound. Beside the lists of the languages stand
``whole.txt``, what is never taken apart, ``same.txt``, words that count as one, and ``kept.txt``, words that keep their
form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.language.folding import fold_word

FOLDER = Path(__file__).parent / "constituents"
WHOLE = "whole"
SHORTEST_PART = 3

# Endings of each language, shortest first, so that the longest base word is found.
_NORWEGIAN = " s e a n r t en et er ar ne ens ets ene ane rne ers ars nes enes anes rnes".split(" ")
_ENDINGS = {
    "nb": tuple(_NORWEGIAN),
    "sv": tuple(" s a e n r t en et er ar or na ens ets ers ars ors nas arna erna orna arnas ernas ornas".split(" ")),
    "da": tuple(" s e n r en et er ne ens ets ene ers rne nes erne enes rnes ernes".split(" ")),
}
LANGUAGES = tuple(_ENDINGS)
"""The lists there are; nynorsk stands with bokmål."""

# Endings without a vowel of their own, and what they stand after: kommune(n), bruker(ne), sosial(t).
_AFTER = (
    (re.compile(r"r|rne|rnes"), re.compile(r"[aeiouyæøå]$")),
    (re.compile(r"n|ne|nes|na|nas"), re.compile(r"(?:[aeiouyæøå]|[ea]r|el)$")),
    (re.compile(r"t"), re.compile(r"[aeiouyæøå]$|[ae]l$")),
)
_DOUBLED = {"nb": "mn", "sv": "mn", "da": "bdfgklmnprst"}
"""Consonants that are written twice before an ending: hjem, hjemmet; tilskud, tilskuddet."""
# Such words always take an s when they lead, which tells arbeids·tøy from arbeid·støy.
_LINKED = re.compile(r"(?:arbeid|(?<=..)(?:else|ing|sjon|tion|het|heit|hed|skap|skab|tet|dom|nad))$")
_UNLINKED = frozenset("camping coaching screening booking leasing lærling flyktning flygtning flykting".split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The constituents of all languages, folded."""

    leading: dict[str, str]
    """What may stand before another part, with its link → the base word."""
    bases: dict[str, frozenset[str]]
    """Language → base words that may end a compound; under `WHOLE` what is never taken apart."""
    same: dict[str, str]
    """Nynorsk form, other spelling or irregular plural → the base word that stands for it."""
    kept: frozenset[str]
    """Base words that are their own stem."""


@lru_cache(1)
def get_lexicon() -> Lexicon:
    """Read the constituent lists; the same lexicon every time."""
    leading: dict[str, str] = {}
    bases: dict[str, frozenset[str]] = {WHOLE: frozenset(map(fold_word, _read_lines(WHOLE)))}
    for language in LANGUAGES:
        entries = [line.split() for line in _read_lines(language)]
        for written, *forms in entries:
            if not written.startswith("-"):
                base = fold_word(written.strip("-"))
                leading |= {form: base for form in _list_leading(base, forms) if form not in leading}
        bases[language] = frozenset(fold_word(written.strip("-")) for written, *_ in entries if written[-1] != "-")
    same = {other: words[0] for words in map(_fold_line, _read_lines("same")) for other in words[1:]}
    return Lexicon(leading, bases, same, frozenset(map(fold_word, _read_lines("kept"))))


def find_base(folded: str, *lists: str) -> str | None:
    """Find the base word, in any of the lists, that a folded word is a form of; the longest when there are several."""
    found = [base for name in lists if (base := _find_base(folded, name))]
    return max(found, key=len, default=None)


def _find_base(folded: str, name: str) -> str | None:
    bases = get_lexicon().bases[name]
    for language in (name,) if name in _ENDINGS else LANGUAGES:
        for ending in _ENDINGS[language]:
            if folded.endswith(ending):
                for base in _list_bases(folded[: len(folded) - len(ending)], ending, language):
                    if base in bases:
                        return base
    return None


def _list_bases(stem: str, ending: str, language: str) -> Iterator[str]:
    """List the words that a stem may be short for, the likeliest first."""
    if len(stem) < SHORTEST_PART:
        return
    if all(before.search(stem) for endings, before in _AFTER if endings.fullmatch(ending)):
        yield stem
    if ending not in ("", "s", "n", "t"):
        if stem[-1] == stem[-2] and stem[-1] in _DOUBLED[language]:
            yield stem[:-1]
        yield from (stem + "e", stem + "a")
        if stem[-1] in "lrn":  # sentre of senter, midler of middel, sikre of sikker
            yield f"{stem[:-1]}e{stem[-1]}"
            yield f"{stem[:-1]}{stem[-2]}e{stem[-1]}"


def _list_leading(base: str, forms: list[str]) -> Iterator[str]:
    linked = _LINKED.search(base) is not None and base not in _UNLINKED
    if not linked and len(base) >= SHORTEST_PART:
        yield base
    if linked or base[-1] not in "aeiouyæøås":
        yield base + "s"
    yield from map(fold_word, forms)


def _fold_line(line: str) -> list[str]:
    return [fold_word(word) for word in line.split()]


def _read_lines(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
