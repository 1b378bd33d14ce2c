"""Put words of one language into running text of another, so that all languages keep the same company.

There is much running Norwegian and Swedish law and almost no Danish or English. Text in which known words are
swapped for their translations gives those words neighbours too, and draws the languages into one space
(Gouws & Søgaard 2015, «Simple task-specific bilingual word embeddings»).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    "elsene",
    "heter",
    "enes",
    "ende",
    "erne",
    "ene",
    "ane",
    "ens",
    "ets",
    "arna",
    "orna",
    "erna",
    "en",
    "et",
    "er",
    "ar",
    "or",
    "te",
    "de",
    "a",
    "e",
    "n",
    "s",
    "t",
    "r",
)
_SHORTEST = 4


@dataclass(frozen=True)
class Entry:
    """A translation: a word or short phrase in two languages."""

    language: str
    word: str
    other_language: str
    other_word: str

    def turned(self) -> "Entry":
        """Return the translation the other way."""
        return Entry(self.other_language, self.other_word, self.language, self.word)

    def is_usable(self) -> bool:
        """Tell whether it leads from a single word of some length to at most three in another language."""
        word = _WORD.fullmatch(self.word)
        if self.language == self.other_language or len(self.other_word.split()) > 3:
            return False
        return word is not None and len(self.word) >= _SHORTEST


class Lexicon:
    """Translations looked up by the stem of a single word."""

    def __init__(self, entries: Iterable[Entry], most: int = 6) -> None:
        """Keep translations both ways; a stem with more than ``most`` in one language is too vague to use."""
        found: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
        for entry in entries:
            for one in (entry, entry.turned()):
                if one.is_usable():
                    words = found.setdefault((one.language, one.other_language), {})
                    words.setdefault(stem(one.word.lower()), {})[one.other_word] = None
        self._words: Mapping[tuple[str, str], Mapping[str, Sequence[str]]] = {
            languages: {key: list(others) for key, others in words.items() if len(others) <= most}
            for languages, words in found.items()
        }

    def targets(self, language: str) -> list[str]:
        """Return the languages that words of ``language`` can be put into, sorted."""
        return sorted(other for first, other in self._words if first == language)

    def switch(self, text: str, language: str, share: float, random: Random) -> str:
        """Return ``text`` with a share of its known words put into one other language, chosen at random.

        Returns the empty string when no word was swapped.
        """
        targets = self.targets(language)
        if not targets:
            return ""
        words = self._words[language, random.choice(targets)]
        swapped = 0

        def swap(match: re.Match[str]) -> str:
            nonlocal swapped
            others = words.get(stem(match[0].lower()))
            if others is None or len(match[0]) < _SHORTEST or random.random() >= share:
                return match[0]
            swapped += 1
            return random.choice(others)

        switched = _WORD.sub(swap, text)
        return switched if swapped else ""

    def switch_some(self, texts: Iterable[str], language: str, share: float, random: Random) -> Iterator[str]:
        """Yield each text, and after a ``share`` of them the text with half its known words swapped."""
        for text in texts:
            yield text
            if random.random() < share and (switched := self.switch(text, language, 0.5, random)):
                yield switched


def stem(word: str) -> str:
    """Return the word without its longest common ending, at least four letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
