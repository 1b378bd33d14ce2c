"""A text as it is looked through: its sentences, and where in them a phrase stands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.language.analysis import list_terms, read_words
from index.language.stop_words import FOLDED_STOP_WORDS

ANALYSES = ("nb", "sv", "da", "en")
"""A plan is analysed in each of them, since nobody says its language; nynorsk is analysed as bokmål."""

_GAP = re.compile(
    # after a sentence; between blocks; before a list item, a heading of Markdown or a numbered line
    r"(?<=[.!?…])[\"»”)*_]{0,4}\s+(?=[\W_]{0,4}[A-ZÆØÅÄÖ])|\n\s*\n\s*|\n\s*(?=[-*+•–#]\s?|\d+[.)]\s)"
)
_CLAUSE = re.compile(r"[,;]\s+(?:og|och|men)\s|;\s")
"""Where another statement begins within a sentence; not in English, whose lists may have a comma before the last."""
APART = 100
"""Places left open between two statements."""
_Key = tuple[str, str]
"""Language and stem, or no language and a word that is meant just as it is written."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for, one after the other in a sentence."""

    keys: tuple[_Key, ...]
    """Never empty."""
    is_name: bool
    """Whether it names a thing: then function words may stand between its words, and a compound counts as its last part
    only, for a «ledermøte» is a «møte» and no «leder»."""


class Reading:
    """A text cut into sentences, in which phrases are found. Places are numbers that grow from word to word."""

    def __init__(self, text: str, stretches: Sequence[tuple[int, int]] | None = None) -> None:
        """Read the whole text, or only stretches of it: starts and ends, in order and none over another."""
        self.text = text
        spans = [(0, len(text))] if stretches is None else stretches
        self.sentences = [sentence for start, end in spans for sentence in list_sentences(text, start, end)]
        """Start and end of each, in characters of the text."""
        self.sentence_at: dict[int, int] = {}
        """Place of a word → number of its sentence."""
        self._words: dict[_Key, set[int]] = defaultdict(set)
        self._names: dict[_Key, set[int]] = defaultdict(set)
        """As `_words`, but counted without function words."""
        self._place_of: dict[int, int] = {}
        """Count without function words → place."""
        self._read()

    def _read(self) -> None:
        place = content = 0
        for number, (start, end) in enumerate(self.sentences):
            sentence, before = self.text[start:end], 0
            # A place is left open after each sentence, so that no phrase runs over.
            place, content = place + APART, content + 1
            for word in read_words(sentence):
                place += APART if _CLAUSE.search(sentence, before, word.end + 1) else 1
                before = word.end
                self.sentence_at[place] = number
                self._words["", word.folded].add(place)
                if word.folded not in FOLDED_STOP_WORDS:
                    content += 1
                    self._place_of[content] = place
                    self._add(word.folded, place, content)

    def _add(self, folded: str, place: int, content: int) -> None:
        for language in ANALYSES:
            terms = list_terms(folded, language)
            for term in terms:
                self._words[language, term].add(place)
            for term in (terms[0], terms[-1]):
                self._names[language, term].add(content)

    def find_phrase(self, phrase: Phrase) -> set[int]:
        """Find the places where a phrase begins."""
        places = self._names if phrase.is_name else self._words
        found = set.intersection(*({at - n for at in places.get(key, ())} for n, key in enumerate(phrase.keys)))
        return {self._place_of[at] for at in found} if phrase.is_name else found

    def find_any(self, phrases: Iterable[Phrase]) -> set[int]:
        """Find the places where any of the phrases begins."""
        return {place for phrase in phrases for place in self.find_phrase(phrase)}

    def get_sentence(self, number: int) -> str:
        """Give the text of a sentence; raises IndexError."""
        start, end = self.sentences[number]
        return self.text[start:end]


def read_phrase(text: str, language: str) -> Phrase:
    """Read words that stand in a row; text that begins with ``=`` stands for its very words and not for their stems.

    So do function words. Raises ValueError when there are no words.
    """
    words = [word.folded for word in read_words(text)]
    if not words:
        raise ValueError(text)
    exact = frozenset(words) if text.startswith("=") else FOLDED_STOP_WORDS
    return Phrase(tuple(_key(word, language, exact) for word in words), is_name=False)


def read_name(text: str, language: str) -> Phrase | None:
    """Read the name of a thing; None when it has nothing but function words."""
    words = [word.folded for word in read_words(text)]
    keys = tuple(_key(word, language, frozenset()) for word in words if word not in FOLDED_STOP_WORDS)
    return Phrase(keys, is_name=True) if keys else None


def _key(folded: str, language: str, exact: frozenset[str]) -> _Key:
    if folded in exact:
        return "", folded
    analysis = "nb" if language == "nn" else language
    return analysis, list_terms(folded, analysis)[0]


def list_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """List the sentences of a stretch by start and end; headings and list items count as sentences."""
    gaps = (gap.span() for gap in _GAP.finditer(text, start, end))
    edges = [start, *(edge for gap in gaps for edge in gap), end]
    return [(at, after) for at, after in zip(edges[::2], edges[1::2], strict=True) if text[at:after].strip()]
