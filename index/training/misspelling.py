"""Slips of the keyboard, so that a query with one still lies near its answer."""

import re
from random import Random

_WORD = re.compile(r"[^\W\d_]{5,}")
_LETTERS = "abcdefghijklmnoprstuvyæøå"


def misspell(text: str, random: Random, share: float = 0.5) -> str:
    """Return ``text`` with one slip in about a ``share`` of its words of five letters or more.

    A slip drops a letter, doubles it, puts another in its place or swaps it with the next; the first letter is
    right, as it mostly is (Pollock & Zamora 1984). Returns the empty string when no word was changed.
    """
    changed = _WORD.sub(lambda match: _slip(match[0], random) if random.random() < share else match[0], text)
    return "" if changed == text else changed


def _slip(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return random.choice(
        [
            before + after,
            before + letter + letter + after,
            before + random.choice(_LETTERS) + after,
            before + after[0] + letter + after[1:],
        ]
    )
