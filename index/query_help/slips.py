"""Telling a slip of the keyboard from a word that is right and merely new, and finding the word that was meant.

The weights are those of a logistic regression, rounded: 868 slips, 85 of them real ones, against 417 right words that
lie as near to another and that the lists did not have, since each was taken from searches in a domain left out of them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.language.analysis import to_ascii
from index.language.compounds import split_compound

SHORTEST, SHORT, LONG = 4, 6, 8
"""Letters from which a word is looked at at all, may hold a wrong letter, and may hold two slips."""

_BASE, _STRANGE, _CASES, _LETTER, _COMPOUND = -4.0, 1.0, 1.0, 0.4, -1.0
_BARE, _DOUBLED, _FIRST, _TWO, _WRONG = -1.0, 1.0, -3.0, -4.0, -2.0
_WITHOUT = (str.maketrans("åæø", "aeo"), str.maketrans("åæø", "aao"))
"""How a letter is typed on a keyboard without it; Swedish ä, which is folded to æ, becomes a."""
_DOUBLE = re.compile(r"(.)\1")
_STEM_LETTERS = 4
_ENDINGS = frozenset(["", *"""
    e en er et ene ens enes ers ets es a ar ane an as s arna arnas erna ernas or orna t te de ed ly st ste are ast
    aste ere est este else ende ande y ies je ja jar jer
""".split()])
_AFTER_VOWEL = frozenset("n r ns rs ne na rne rna dde d".split())
"""Endings that only follow a vowel: kommune, kommunen."""


class Pool:
    """Words that may have been meant."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take folded words; those too short to be meant are left out, and those with anything but letters."""
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._by_ascii: dict[str, list[str]] = defaultdict(list)
        for word in sorted(word for word in words if len(word) >= SHORTEST and word.isalpha()):
            self._by_length[len(word)].append(word)
            self._by_ascii[to_ascii(word)].append(word)

    def list_meant(self, typed: str) -> list[str]:
        """List the words that may have been meant: one edit away, two from `LONG` letters, swaps being one.

        Words shorter than `SHORT` must have lost, doubled or swapped letters, not changed them; these and words with
        two edits keep their first letter, as nearly all slips do (Pollock & Zamora 1984).
        """
        edits = 1 if len(typed) < LONG else 2
        lengths = range(len(typed) - edits, len(typed) + edits + 1)
        near = [word for length in lengths for word in self._by_length.get(length, ())]
        found = process.extract(typed, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
        likely = [word for word, distance, _ in found if _is_likely(typed, word, int(distance))]
        return list(dict.fromkeys([*self._by_ascii.get(to_ascii(typed), ()), *likely]))


def weigh_slip(typed: str, meant: str, strange: int, log_cases: float) -> float:
    """Give the log odds that a word was meant; above 0 it is rather a slip than a new word.

    `strange` is how many more character 4-grams of the typed word than of the other no known word has; `log_cases`
    the binary logarithm of the cases with the other, plus one.
    """
    weight = _BASE + _STRANGE * strange + _CASES * log_cases + _LETTER * len(typed)
    weight += _COMPOUND if split_compound(typed) else 0
    if is_bare(typed, meant):
        return weight + _BARE
    weight += _FIRST * (typed[0] != meant[0])
    if _undouble(typed) == _undouble(meant):
        return weight + _DOUBLED
    return weight + _TWO * (OSA.distance(typed, meant) > 1) + _WRONG * _count_wrong(typed, meant)


def is_bare(typed: str, meant: str) -> bool:
    """Tell whether one is the other as typed on a keyboard that lacks some of its letters."""
    return to_ascii(typed) == to_ascii(meant) or any(typed.translate(to) == meant.translate(to) for to in _WITHOUT)


def is_form(word: str, others: Iterable[str]) -> bool:
    """Tell whether a word is an inflection of another: the same beginning, and endings of the Nordic languages."""
    return any(
        word[:stem] == other[:stem] and _may_end(word, stem) and _may_end(other, stem)
        for other in others
        for stem in range(_STEM_LETTERS, min(len(word), len(other)) + 1)
    )


def _is_likely(typed: str, meant: str, edits: int) -> bool:
    if is_bare(typed, meant):
        return True
    if typed[0] != meant[0] and (edits > 1 or len(typed) < SHORT):
        return False
    return len(typed) >= SHORT or _undouble(typed) == _undouble(meant) or not _count_wrong(typed, meant)


def _may_end(word: str, stem: int) -> bool:
    return word[stem:] in _ENDINGS or (word[stem:] in _AFTER_VOWEL and word[stem - 1] in "aeiouyæøå")


def _count_wrong(typed: str, meant: str) -> int:
    """Count the letters that are too many or that stand for others."""
    return (Counter(typed) - Counter(meant)).total()


def _undouble(word: str) -> str:
    return _DOUBLE.sub(r"\1", word)
