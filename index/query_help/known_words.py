"""Words that are right whether or not a case has them, so that nobody's Swedish or nynorsk is called a mistake."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.language.analysis import read_words
from index.language.stop_words import FOLDED_STOP_WORDS, is_stop_word
from kb.checks import Reference
from kb.errors import ContentMissing

TONGUES = {"no": ("nb", "nn"), "sv": ("sv",), "da": ("da",), "en": ("en",)}
"""Languages that people keep apart when they write; bokmål and nynorsk are often mixed."""
FILE = "known-words.json"
FOLDER = Path(__file__).parent / "everyday"

Phrases = Mapping[str, Iterable[str]]
"""Language → words and phrases of one thing."""


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Folded words, by tongue."""

    offered: Mapping[str, frozenset[str]]
    """Of the thesaurus and the vocabularies: a misspelt word may be corrected to one."""
    right: Mapping[str, frozenset[str]]
    """Those, function words, and everyday words that people search with."""
    names: frozenset[str]
    """Of municipalities and counties of all times, in all languages."""

    @classmethod
    def read(cls, folder: Path) -> "KnownWords":
        """Read what `write` wrote; raises OSError, ValueError or KeyError."""
        stored = json.loads((folder / FILE).read_bytes())
        offered, right = ({tongue: frozenset(words) for tongue, words in stored[key].items()}
                          for key in ("offered", "right"))
        return cls(offered, right, frozenset(stored["names"]))

    def write(self, folder: Path) -> None:
        """Write to a file of the folder."""
        stored = {key: {tongue: sorted(words) for tongue, words in words_of.items()}
                  for key, words_of in (("offered", self.offered), ("right", self.right))}
        text = json.dumps({**stored, "names": sorted(self.names)}, ensure_ascii=False)
        (folder / FILE).write_text(text, encoding="utf-8")


def read_known_words(reference: Reference, thesaurus: Iterable[Phrases]) -> KnownWords:
    """Collect the words of thesaurus, vocabularies and register, and read ``everyday/<language>.txt``.

    Raises ContentMissing.
    """
    terms = [term for vocabulary in reference.vocabularies.terms.values() for term in vocabulary.values()]
    phrases = [*thesaurus, *({language: (text,) for language, text in term.label.items()} for term in terms)]
    offered = {tongue: frozenset(_fold_all(phrases, languages)) for tongue, languages in TONGUES.items()}
    right = {
        tongue: offered[tongue].union(*(_function_words(one) | _read_everyday(one) for one in languages))
        for tongue, languages in TONGUES.items()
    }
    municipalities = reference.register.municipalities
    names = {name for one in municipalities for name in (one.name, *one.other_names, one.county)}
    return KnownWords(offered, right, frozenset(word.folded for name in names for word in read_words(name)))


def _fold_all(phrases: Iterable[Phrases], languages: Iterable[str]) -> set[str]:
    texts = {text for phrase in phrases for language in languages for text in phrase.get(language, ())}
    return {word.folded for text in texts for word in read_words(text)}


def _function_words(language: str) -> frozenset[str]:
    return frozenset(word for word in FOLDED_STOP_WORDS if is_stop_word(word, language))


def _read_everyday(language: str) -> frozenset[str]:
    path = FOLDER / f"{language}.txt"
    if not path.is_file():
        raise ContentMissing(path, "A list of everyday words")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word.folded for line in lines if not line.startswith("#") for word in read_words(line))
