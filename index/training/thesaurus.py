"""Read synonyms, translations, labels and definitions from the project's vocabularies."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from index.training.errors import VocabularyUnreadable
from kb.yaml_reader import YamlError, parse_yaml


def list_vocabularies(folder: Path) -> list[Path]:
    """Return the YAML files under a folder, in a fixed order, without hidden ones."""
    found = (path.relative_to(folder) for path in folder.rglob("*.yaml"))
    return sorted(folder / path for path in found if not any(part.startswith(".") for part in path.parts))


def read_concept_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every two words of one concept, in all languages, from the ``concepts`` files under a folder."""
    for concept in _list(folder, "concepts"):
        yield from combinations(_words(concept), 2)


def read_concept_entries(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (language, word, other language, its word) for the words of one concept in two languages."""
    for concept in _list(folder, "concepts"):
        for (one, words), (other, others) in combinations(_by_language(concept).items(), 2):
            yield from ((one, word, other, translation) for word in words for translation in others[:2])


def read_label_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield label–label and label–definition pairs from the other vocabulary files under a folder."""
    for term in _list(folder, "terms"):
        labels = _labels(term)
        yield from combinations(labels, 2)
        if definition := " ".join(str(term.get("definition") or "").split()):
            yield from ((label, definition) for label in labels)


def _list(folder: Path, key: str) -> Iterator[dict[str, Any]]:
    """Yield the entries under ``key`` in all files; a file that is no such vocabulary has none."""
    for path in list_vocabularies(folder):
        data = _read(path)
        entries = data.get(key) if isinstance(data, dict) else None
        yield from (entry for entry in entries or [] if isinstance(entry, dict))


def _read(path: Path) -> Any:
    try:
        return parse_yaml(path.read_text(encoding="utf-8")).value
    except YamlError as error:
        raise VocabularyUnreadable(path, error.line + 1) from error


def _words(concept: dict[str, Any]) -> list[str]:
    return _distinct(word for words in _by_language(concept).values() for word in words)


def _by_language(concept: dict[str, Any]) -> dict[str, list[str]]:
    words = concept.get("words")
    listed = words.items() if isinstance(words, dict) else []
    return {str(language): _distinct(some) for language, some in listed if isinstance(some, list)}


def _labels(term: dict[str, Any]) -> list[str]:
    label = term.get("label")
    values = label.values() if isinstance(label, dict) else [label]
    return _distinct(value for value in values if value)


def _distinct(values: Any) -> list[str]:
    """Return the values as text, each once, in order."""
    return list(dict.fromkeys(" ".join(str(value).split()) for value in values))
