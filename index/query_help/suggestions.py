"""Spelling: the query that somebody meant, and the words of the collection that an unknown word may stand for."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from index.language.analysis import GRAM_LENGTH, Word, list_grams, read_words
from index.language.stop_words import FOLDED_STOP_WORDS
from index.query_help.known_words import TONGUES, KnownWords
from index.query_help.slips import SHORTEST, Pool, is_form, weigh_slip

MOST_WORDS = 20
"""A longer text is pasted, not typed."""
JOINED_LETTERS, JOINED_CASES = 8, 2
"""From how many letters, standing in how many cases, two words are taken for one that was parted by mistake."""
_SWEDISH = str.maketrans("æøÆØ", "äöÄÖ")


class Lexicon:
    """The words of a collection, and those that are right elsewhere."""

    def __init__(self, counts: Mapping[str, int], known: KnownWords) -> None:
        """Take the folded words of the collection with the number of cases that have each."""
        self._counts, self._known = counts, known
        self._all = known.names.union(counts, FOLDED_STOP_WORDS, *known.right.values())

    def find_correction(self, query: str) -> str | None:
        """Give the query with misspelt and wrongly parted words mended, all else as typed; None when nothing is.

        A word is left alone that the collection or a list knows, that is a form of such a word, that holds digits, or
        that looks like a name or an abbreviation. Texts of more than `MOST_WORDS` words are too.
        """
        words = read_words(query)
        if len(words) > MOST_WORDS:
            return None
        tongues = self._guess_tongues(words)
        mended = [(word, self._mend(query, word, tongues)) for word in words]
        swedish = tongues == ["sv"] or re.search("[äö]", query.lower()) is not None
        pieces, at = [], 0
        for start, end, text in self._list_changes(query, mended):
            pieces += [query[at:start], text.translate(_SWEDISH) if swedish else text]
            at = end
        return "".join([*pieces, query[at:]]) if pieces else None

    def list_near_words(self, word: str, limit: int = 3) -> list[tuple[str, float]]:
        """List words of the collection that a folded word may be meant for and how likely (0.5–1), likeliest first.

        Empty for a word that needs no correction.
        """
        if self._is_right(word, list(TONGUES)):
            return []
        near = self._weigh(word, self._own.list_meant(word), list(TONGUES))
        return [(meant, 1 / (1 + math.exp(-weight))) for weight, meant in near[:limit]]

    def _mend(self, query: str, word: Word, tongues: Sequence[str]) -> str | None:
        """Give the word that was meant, folded."""
        written = query[word.start : word.end]
        if (written.isupper() and not query.isupper()) or self._is_right(word.folded, tongues):
            return None
        pools = [self._names]
        if word.start == 0 or not written[0].isupper():  # else it is a name
            pools += [self._offered[tongue] for tongue in tongues]
            pools += [self._own] if "no" in tongues else []
        meant = {one for pool in pools for one in pool.list_meant(word.folded)}
        near = self._weigh(word.folded, meant, tongues)
        return near[0][1] if near else None

    def _weigh(self, typed: str, meant: Iterable[str], tongues: Sequence[str]) -> list[tuple[float, str]]:
        """List the log odds of words that are rather meant than not, with the words, likeliest first."""
        strange = self._count_strange(typed, tongues)
        weighed = (
            (weigh_slip(typed, word, strange - self._count_strange(word, tongues),
                        math.log2(1 + self._counts.get(word, 0))), word)
            for word in meant
        )
        return sorted((one for one in weighed if one[0] > 0), key=lambda one: (-one[0], one[1]))

    def _count_strange(self, word: str, tongues: Sequence[str]) -> int:
        """Count the 4-grams that no word of the tongues has."""
        return sum(not any(gram in self._grams[tongue] for tongue in tongues) for gram in list_grams(word))

    def _list_changes(self, query: str, mended: Sequence[tuple[Word, str | None]]) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, new text) of what is changed, in order."""
        at = 0
        while at < len(mended):
            word, new = mended[at]
            end = word.end
            if at + 1 < len(mended) and (whole := self._find_whole(query, mended[at], mended[at + 1])):
                new, end = whole, mended[at + 1][0].end
                at += 1
            if new:
                yield word.start, end, _write_as(query[word.start : word.end], new)
            at += 1

    def _find_whole(self, query: str, one: tuple[Word, str | None], other: tuple[Word, str | None]) -> str | None:
        """Find the word of the collection that two words side by side are, with or without a linking s."""
        (first, first_new), (second, second_new) = one, other
        start, end = first_new or first.folded, second_new or second.folded
        if query[first.end : second.start] != " " or not query[second.start].islower():
            return None
        if {start, end} & FOLDED_STOP_WORDS or min(len(start), len(end)) < SHORTEST - 1:
            return None
        wholes = [whole for whole in (start + end, f"{start}s{end}") if len(whole) >= JOINED_LETTERS]
        return next((whole for whole in wholes if self._counts.get(whole, 0) >= JOINED_CASES), None)

    def _guess_tongues(self, words: Iterable[Word]) -> list[str]:
        """List the tongues that most words are right in, as they are or as forms; a word of only one says most."""
        says = dict.fromkeys(TONGUES, 0.0)
        for word in words:
            has = [tongue for tongue in TONGUES if word.folded in self._known.right[tongue]]
            has = has or [tongue for tongue in TONGUES if self._is_form(word.folded, tongue)]
            for tongue in has:
                says[tongue] += 1 / len(has)
        most = max(says.values())
        return [tongue for tongue in TONGUES if says[tongue] >= 0.9 * most]

    def _is_right(self, word: str, tongues: Iterable[str]) -> bool:
        if len(word) < SHORTEST or not word.isalpha() or word in self._all:
            return True
        return any(self._is_form(word, tongue) for tongue in tongues)

    def _is_form(self, word: str, tongue: str) -> bool:
        """Tell whether it is an inflection of a word that is right in a tongue."""
        return is_form(word, _list_beginning(self._sorted[tongue], word[:SHORTEST]))

    @cached_property
    def _own(self) -> Pool:
        """The words of the collection, which is mostly Norwegian."""
        return Pool(self._counts)

    @cached_property
    def _names(self) -> Pool:
        return Pool(self._known.names)

    @cached_property
    def _offered(self) -> dict[str, Pool]:
        return {tongue: Pool(words) for tongue, words in self._known.offered.items()}

    @cached_property
    def _sorted(self) -> dict[str, list[str]]:
        """Tongue → the words that stand in texts of it, sorted."""
        return {tongue: sorted(words.union(self._counts if tongue == "no" else ()))
                for tongue, words in self._known.right.items()}

    @cached_property
    def _grams(self) -> dict[str, frozenset[str]]:
        """Tongue → the 4-grams of its words, as `list_grams` gives them."""
        return {tongue: _list_all_grams("_".join(["", *words, ""])) for tongue, words in self._sorted.items()}


def _list_all_grams(joined: str) -> frozenset[str]:
    """List those of joined words; some that run over a seam come along, which no single word has."""
    return frozenset(joined[at : at + GRAM_LENGTH] for at in range(len(joined) - GRAM_LENGTH + 1))


def _list_beginning(words: Sequence[str], beginning: str) -> Sequence[str]:
    return words[bisect_left(words, beginning) : bisect_left(words, beginning + "\uffff")]


def _write_as(written: str, word: str) -> str:
    """Write a word in capitals or with a capital where it was written so."""
    if len(written) > 1 and written.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if written[0].isupper() else word
