"""Which of many phrases go on as typed, from the start of any of their words.

Every place where a word starts is kept with the numbers of its word and the next two, packed into one integer and
sorted: a suffix array of words (Manber & Myers 1990), cut off after three.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language.analysis import read_words, to_ascii

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Span = tuple[int, int, int]
"""First and last number, not included, and 1 when they fit only without Nordic letters, else 0."""

DEPTH, BITS = 3, 21
"""Words that are packed, and bits for each: two million different words."""
WHOLE, BEGINNING, LATER = 0, 2, 4
"""How exact: the whole phrase, its beginning, or a later word; one more when it only fits without Nordic letters."""
_AFTER = "\U0010ffff"


class Found(NamedTuple):
    """A phrase that goes on as typed; they sort best first, then by alphabet."""

    exact: int
    """From `WHOLE`, the best."""
    folded: tuple[str, ...]
    number: int


class WordStarts:
    """Phrases, found by what any of their words starts with."""

    def __init__(self, phrases: Sequence[str]) -> None:
        folded = [tuple(word.folded for word in read_words(phrase)) for phrase in phrases]
        self._rows = np.array(sorted(range(len(folded)), key=lambda row: (folded[row], row)), dtype=np.int64)
        self._phrases = [folded[row] for row in self._rows]
        self._words = sorted({word for phrase in self._phrases for word in phrase})
        self._plain = sorted((to_ascii(word), number) for number, word in enumerate(self._words) if not word.isascii())
        keys, owner, at = _pack(self._phrases, self._words)
        order = np.argsort(keys, kind="stable")
        self._keys, self._owner, self._at = keys[order], owner[order], at[order]

    def list_best(self, typed: Sequence[str], limit: int, alive: Mask | None = None) -> list[Found]:
        """List phrases that go on as typed, best first, then by alphabet; only those that are ``alive``.

        ``typed`` are folded words, of which the last may go on; when it is empty, the one before it may not.
        """
        if len(begun := self._list_begun(typed, limit, alive)) == limit:
            return begun
        places, plain = self._find(tuple(typed))
        owner = self._owner[places].astype(np.int64)
        ranks = (np.where(self._at[places] == 0, BEGINNING, LATER) + plain) * len(self._phrases) + owner
        if alive is not None:
            ranks = ranks[alive[self._rows[owner]]]
        best: dict[int, int] = {}
        for rank in _list_smallest(ranks, limit * 16):  # a phrase may be there once for each of its words
            exact, place = divmod(rank, len(self._phrases))
            best.setdefault(place, WHOLE if self._is_whole(place, typed) else exact)
        return [self._make_found(exact, place) for exact, place in sorted((e, p) for p, e in best.items())[:limit]]

    def _list_begun(self, typed: Sequence[str], limit: int, alive: Mask | None) -> list[Found]:
        """List the phrases that begin as typed, Nordic letters and all: no others are better."""
        *words, last = typed if typed[-1] else typed[:-1]
        end = bisect_left(self._phrases, (*words, last + (_AFTER if typed[-1] else "\0")))
        places = range(bisect_left(self._phrases, (*words, last)), end)
        living = (place for place in places if alive is None or alive[self._rows[place]])
        return [
            self._make_found(WHOLE if self._is_whole(place, typed) else BEGINNING, place)
            for place in islice(living, limit)
        ]

    def _is_whole(self, place: int, typed: Sequence[str]) -> bool:
        words = tuple(typed if typed[-1] else typed[:-1])
        return bool(self._phrases[place] == words)

    def _make_found(self, exact: int, place: int) -> Found:
        return Found(exact, self._phrases[place], int(self._rows[place]))

    def _find(self, typed: tuple[str, ...]) -> tuple[Numbers, Numbers]:
        """Give the places that go on as typed, and for each 1 when only without Nordic letters."""
        *whole, last = typed[:DEPTH]
        candidates = [list(self._list_spans(word, goes_on=False)) for word in whole]
        if last:
            candidates.append(list(self._list_spans(last, goes_on=len(typed) <= DEPTH)))
        unused = BITS * (DEPTH - len(candidates))
        spans = np.array([_join(chosen) for chosen in product(*candidates)], dtype=np.int64).reshape(-1, 3)
        start = np.searchsorted(self._keys, spans[:, 0] << unused)
        sizes = np.searchsorted(self._keys, spans[:, 1] << unused) - start
        places = np.arange(sizes.sum()) + np.repeat(start - (np.cumsum(sizes) - sizes), sizes)
        plain = np.repeat(spans[:, 2], sizes)
        if len(typed) <= DEPTH:
            return places, plain
        more = np.array([self._compare(place, typed) for place in places.tolist()], dtype=np.int64)
        return places[more >= 0], np.maximum(plain, more)[more >= 0]

    def _list_spans(self, word: str, *, goes_on: bool) -> Iterator[Span]:
        """Yield the numbers, from 1, of the words that are as typed or go on so."""
        end = word + _AFTER if goes_on else word + "\0"
        low, high = bisect_left(self._words, word), bisect_left(self._words, end)
        if low < high:
            yield low + 1, high + 1, 0
        for _, number in self._plain[bisect_left(self._plain, (word, 0)) : bisect_left(self._plain, (end, 0))]:
            if not low <= number < high:
                yield number + 1, number + 2, 1

    def _compare(self, place: int, typed: tuple[str, ...]) -> int:
        """Give 0 when what was typed after `DEPTH` words stands there too, 1 when without Nordic letters, else -1."""
        at = int(self._at[place]) + DEPTH
        phrase, words = self._phrases[self._owner[place]][at:], typed[DEPTH:] if typed[-1] else typed[DEPTH:-1]
        if len(phrase) < len(words):
            return -1
        odd = 0
        for i, (word, wanted) in enumerate(zip(phrase, words, strict=False)):
            goes_on = typed[-1] and i == len(words) - 1
            fits = [one.startswith(wanted) if goes_on else one == wanted for one in (word, to_ascii(word))]
            if not any(fits):
                return -1
            odd = max(odd, int(not fits[0]))
        return odd


def _pack(
    phrases: Sequence[Sequence[str]], words: Sequence[str]
) -> tuple[Numbers, NDArray[np.int32], NDArray[np.int32]]:
    """Give for each word of the phrases its key, the number of its phrase, and its place in that."""
    number_of = {word: number for number, word in enumerate(words, start=1)}
    lengths = np.array([len(phrase) for phrase in phrases], dtype=np.int64)
    owner = np.repeat(np.arange(len(phrases), dtype=np.int32), lengths)
    numbers = np.array([number_of[word] for phrase in phrases for word in phrase], dtype=np.int64)
    keys = np.zeros(len(numbers), dtype=np.int64)
    for step in range(DEPTH):
        following = np.zeros_like(keys)
        following[: len(keys) - step] = numbers[step:] * (owner[step:] == owner[: len(keys) - step])
        keys = (keys << BITS) + following
    first = np.cumsum(lengths) - lengths
    return keys, owner, (np.arange(len(owner)) - first[owner]).astype(np.int32)


def _join(chosen: Sequence[Span]) -> tuple[int, int, int]:
    """Pack spans of words that follow each other, all but the last of one word, into one span."""
    packed = 0
    for number, _, _ in chosen:
        packed = (packed << BITS) + number
    width = chosen[-1][1] - chosen[-1][0]
    return packed, packed + width, max(plain for _, _, plain in chosen)


def _list_smallest(ranks: Numbers, most: int) -> list[int]:
    if len(ranks) > most:
        ranks = np.partition(ranks, most)[:most]
    smallest: list[int] = np.sort(ranks).tolist()
    return smallest
