"""Sentences and list items of real cases, with the places where a name, a number or a word can be another."""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from kb.markdown import list_blocks
from kb.thesaurus import Concept

SYNONYM_SHARE = 0.35
"""How often a word that the thesaurus has others for is changed."""
LONGEST_SWAP = 4
"""At most so many words to choose from in one place, the real one included."""

_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅÄÖ«\"(])")
# A number tied to letters or a hyphen is a name («12k», «3-2-1») and is left as it is.
_NUMBER = r"(?<![\w.,:/-])\d+(?![\w:/-]|[.,]\d)"
_WORD = r"[A-Za-zÆØÅÄÖæøåäöé]{5,}"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that can hold something else."""

    kind: str
    """``place``, ``year``, ``number`` or ``word``."""
    real: str
    choices: tuple[str, ...] = ()
    """For a word: what may stand there, the real one first."""
    order: int = -1
    """For a place: which of the case's own municipalities it is, -1 when it is another's."""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence or list item: `parts` with a slot between each two."""

    parts: tuple[str, ...]
    slots: tuple[Slot, ...]
    is_item: bool


class Vocabulary:
    """What the words of one language can be swapped for, and the names of places to look out for."""

    def __init__(self, concepts: Iterable[Concept], language: str, places: Iterable[str]) -> None:
        self.swaps = _swaps(concepts, language)
        names = "|".join(re.escape(name) for name in sorted(places, key=lambda name: (-len(name), name)))
        self._pattern = re.compile(rf"\b(?P<place>{names})(?P<s>s?)\b|(?P<number>{_NUMBER})|(?P<word>\b{_WORD}\b)")

    def cut(self, text: str, own: Sequence[str], *, is_item: bool = False) -> Piece:
        """Make a piece of a text; `own` are the municipalities of the case that it is from."""
        text = " ".join(text.split())
        parts, slots, at = [], [], 0
        for match in self._pattern.finditer(text):
            if slot := self._slot(match, own):
                parts.append(text[at : match.start()])
                slots.append(slot)
                at = match.end()
        return Piece((*parts, text[at:]), tuple(slots), is_item)

    def _slot(self, match: re.Match[str], own: Sequence[str]) -> Slot | None:
        if place := match["place"]:
            return Slot("place", place, order=own.index(place) if place in own else -1, ending=match["s"])
        if number := match["number"]:
            is_year = len(number) == 4 and 1900 <= int(number) <= 2030
            return Slot("year" if is_year else "number", number)
        word = match["word"]
        others = self.swaps.get(word.lower())
        if not others:
            return None
        return Slot("word", word, tuple(o.capitalize() if word[0].isupper() else o for o in (word, *others)))


@dataclass(slots=True)
class Voice:
    """How one case says a piece: its places, its years, and chance."""

    random: Random
    own: Sequence[str]
    others: Sequence[str]
    years: int
    """Added to every year, so that a period keeps its length."""

    def say(self, piece: Piece) -> str:
        """Give the piece with every place, number and some words changed."""
        said = [piece.parts[0]]
        for slot, part in zip(piece.slots, piece.parts[1:], strict=True):
            said.append(self._fill(slot))
            said.append(part)
        return "".join(said)

    def _fill(self, slot: Slot) -> str:
        if slot.kind == "word":
            if self.random.random() >= SYNONYM_SHARE:
                return slot.real
            return slot.choices[int(self.random.random() * len(slot.choices))]
        if slot.kind == "place":
            name = self.own[slot.order % len(self.own)] if slot.order >= 0 and self.own else self._other(slot.real)
            return name + slot.ending
        if slot.kind == "year":
            return str(min(2030, int(slot.real) + self.years))
        value = int(slot.real)
        return slot.real if value < 3 else str(max(2, round(value * (0.6 + 0.9 * self.random.random()))))

    def _other(self, name: str) -> str:
        # The same name is the same place throughout a case.
        return self.others[zlib.crc32(name.encode()) % len(self.others)]


def cut_section(text: str, vocabulary: Vocabulary, own: Sequence[str]) -> tuple[Piece, ...]:
    """Cut the Markdown of a section into pieces, in order; tables and headings are left out."""
    pieces: list[Piece] = []
    for block in list_blocks(text):
        content = text[block.start : block.end]
        if block.kind == "paragraph":
            pieces += [vocabulary.cut(sentence, own) for sentence in _SENTENCE_END.split(content)]
        elif block.kind in ("bullet_list", "ordered_list"):
            items = (item for item in _ITEM.split(content) if item.strip())
            pieces += [vocabulary.cut(item, own, is_item=True) for item in items]
    return tuple(pieces)


def join_pieces(said: Sequence[tuple[str, bool]]) -> str:
    """Join sentences, and items as lists, into Markdown; pairs are (text, is an item)."""
    text, was_item = "", False
    for piece, is_item in said:
        if not text:
            text = f"- {piece}" if is_item else piece
        elif is_item:
            text += f"\n- {piece}" if was_item else f"\n\n- {piece}"
        else:
            text += f"\n\n{piece}" if was_item else f" {piece}"
        was_item = is_item
    return text


def _swaps(concepts: Iterable[Concept], language: str) -> Mapping[str, tuple[str, ...]]:
    """Map each single word to other single words of its first concept."""
    swaps: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        words = [w for w in concept.words[language] if w.isalpha() and w.islower() and len(w) > 3]
        for word in words:
            swaps.setdefault(word, tuple(other for other in words if other != word)[: LONGEST_SWAP - 1])
    return {word: others for word, others in swaps.items() if others}
