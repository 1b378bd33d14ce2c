"""What plans say when they speak of a matter: rules over groups of words, from ``cues.yaml``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.plan.reading import Phrase, Reading, read_phrase
from kb.vocabulary import read_entries

FILE = Path(__file__).parent / "cues.yaml"
WITHIN = 10
"""Places between the words of one rule at the most; farther apart, they belong to different things."""

_FIGURE = re.compile(
    r"\d\s*(?:%|prosent|procent|pst\b|pct\b|per ?cent)|\b(?:halver|fordobl|fördubbl|halve[sd]?\b|double[sd]?\b)"
    r"|\b(?:til|till|to|minst|mindst|minimum|at least|under|below|over|above|færre enn|färre än|fewer than)"
    r"\s+(?!(?:19|20)\d\d\b)\d+(?![\d.,]*\s*(?:år|years))",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b20\d\d\b|\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b|\b(?:januar|februar|mars|marts|april|maj|juni|juli|augusti?"
    r"|september|oktober|november|desember|december|january|february|march|june|july|october)\b"
    r"|\b(?:innen|inom|inden for|within|etter|efter|after|i løpet av|i løbet af|under loppet av)\s+"
    r"(?:\d+|et|ett|eit|one|a|to|två|two|tre|three|fire|fyra|four|fem|five|seks|sex|six|tolv|twelve)\s+"
    r"(?:år|years?|måned|månad|months?|uker|veker|veckor|uger|weeks)",
    re.IGNORECASE,
)
_PATTERNS = {"figure": _FIGURE, "date": _DATE}
"""Groups that are no words: a figure to be reached, and a time when."""

Rule = tuple[str, ...]
"""Groups that must all have a word in one sentence, near the first group's; those of `_PATTERNS` anywhere in it."""
Key = tuple[str, str]
"""Vocabulary and id of a term."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Groups of phrases, and what they show."""

    groups: dict[str, tuple[Phrase, ...]]
    mentions: dict[Key, tuple[Rule, ...]]
    """Rules, any of which shows that a text mentions the term."""
    weak_labels: frozenset[Key]
    """Terms whose label says too little to count as a mention."""
    aspects: dict[str, tuple[Rule, ...]]
    """Code → rules, any of which shows that a plan has the aspect."""
    kinds: dict[str, tuple[Phrase, ...]]
    """Kind of section → words that show it."""

    def find_sentences(self, reading: Reading, rules: Sequence[Rule]) -> set[int]:
        """Find the numbers of the sentences in which one of the rules holds."""
        return {sentence for rule in rules for sentence in self._find_rule(reading, rule)}

    def _find_rule(self, reading: Reading, rule: Rule) -> Iterator[int]:
        patterns = [_PATTERNS[group] for group in rule if group in _PATTERNS]
        first, *others = [reading.find_any(self.groups[group]) for group in rule if group not in _PATTERNS]
        for place in first:
            sentence = reading.sentence_at[place]
            near = set(range(place - WITHIN, place + WITHIN + 1))
            text = reading.get_sentence(sentence) if patterns else ""
            if all(near & other for other in others) and all(pattern.search(text) for pattern in patterns):
                yield sentence


@cache
def read_cues() -> Cues:
    """Read ``cues.yaml``, once in a process."""
    mentions = {_key(str(entry["id"])): entry for entry in read_entries(FILE, "mentions")}
    return Cues(
        groups={str(entry["id"]): _phrases(entry["words"]) for entry in read_entries(FILE, "groups")},
        mentions={key: _rules(entry["rules"]) for key, entry in mentions.items()},
        weak_labels=frozenset(key for key, entry in mentions.items() if entry.get("label") == "weak"),
        aspects={str(entry["id"]): _rules(entry["rules"]) for entry in read_entries(FILE, "aspects")},
        kinds={str(entry["id"]): _phrases(entry["words"]) for entry in read_entries(FILE, "kinds")},
    )


def has_figure(text: str) -> bool:
    """Tell whether a text names a figure to be reached."""
    return _FIGURE.search(text) is not None


def has_date(text: str) -> bool:
    """Tell whether a text says when."""
    return _DATE.search(text) is not None


def _key(written: str) -> Key:
    vocabulary, _, term = written.partition("/")
    return vocabulary, term


def _phrases(words: dict[str, list[str]]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(read_phrase(str(text), language) for language, texts in words.items() for text in texts))


def _rules(rules: list[list[str]]) -> tuple[Rule, ...]:
    return tuple(tuple(map(str, rule)) for rule in rules)
