"""The thesaurus: what people call things in municipal practice, in five languages, and how the things are tied.

It is for finding, not for filing: a searcher's everyday word, an official word, an older one and an abbreviation are
words of one concept. Terms that cases are filed under are in `kb.vocabulary`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.vocabulary import LANGUAGES, VocabularyFault, read_entries

FILE = "concepts.yaml"


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that has words for it."""

    id: str
    words: dict[str, tuple[str, ...]]
    """Language → words, the preferred one first; never empty for any of `LANGUAGES`."""
    broader: tuple[str, ...]
    related: tuple[str, ...]
    note: str
    """Meanings of an abbreviation, false friends; empty when there is nothing to say."""


def read_thesaurus(content: Path) -> dict[str, Concept]:
    """Read ``vocabulary/concepts.yaml`` under the content folder; gives concepts by id.

    Raises ContentMissing, or VocabularyFault when a concept lacks a language or names one that is not there.
    """
    path = content / "vocabulary" / FILE
    concepts = {c.id: c for c in (_concept(entry, path) for entry in read_entries(path, "concepts"))}
    for concept in concepts.values():
        for other in (*concept.broader, *concept.related):
            if other not in concepts:
                raise VocabularyFault(path, 1, f"{concept.id} names the concept {other}, which is not there")
    return concepts


def _concept(entry: dict[str, Any], path: Path) -> Concept:
    words = entry.get("words") or {}
    if missing := [language for language in LANGUAGES if not words.get(language)]:
        raise VocabularyFault(path, 1, f"{entry['id']} lacks words in {', '.join(missing)}")
    return Concept(
        id=str(entry["id"]),
        words={language: tuple(map(str, listed)) for language, listed in words.items()},
        broader=tuple(entry.get("broader") or ()),
        related=tuple(entry.get("related") or ()),
        note=str(entry.get("note") or ""),
    )
