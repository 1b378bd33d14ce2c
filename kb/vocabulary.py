"""The words a case may use: vocabularies of terms, and the list of sources, read from YAML files.

A vocabulary file holds ``vocabulary``, ``title`` and ``terms``; each term has ``id``, ``label`` in five languages and
``definition``, and says where the sources use it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import ContentMissing, KnowledgeBaseError
from kb.yaml_reader import YamlError, parse_yaml

LANGUAGES = ("nb", "nn", "sv", "da", "en")
"""The languages that every term has a label in."""
VOCABULARIES = (
    "factors", "measures", "themes", "sectors", "programmes", "networks", "evidence", "roles", "network-phases",
)
"""Vocabularies that the program cannot do without."""


class VocabularyFault(KnowledgeBaseError):
    """A vocabulary file cannot be used as it is."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary."""

    id: str
    label: dict[str, str]
    """Language → the word."""
    definition: str
    broader: str | None = None
    more: dict[str, Any] = field(default_factory=dict, hash=False)
    """What only some vocabularies have: criteria, period, owner, when to use …"""

    def label_in(self, language: str) -> str:
        """Give the label in a language, in bokmål when there is none."""
        return self.label.get(language) or self.label["nb"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that cases refer to."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    year: str
    language: str
    isbn: tuple[str, ...]
    line_count: int | None
    """Lines in the text that line references count in, when it is known."""


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """All vocabularies by name, and the sources by id."""

    terms: dict[str, dict[str, Term]]
    sources: dict[str, Source]

    def find_term(self, vocabulary: str, term_id: str) -> Term | None:
        """Find a term by id."""
        return self.terms[vocabulary].get(term_id)

    def label(self, vocabulary: str, term_id: str, language: str) -> str:
        """Give a term's label in a language; the id itself when the vocabulary no longer has the term."""
        term = self.find_term(vocabulary, term_id)
        return term.label_in(language) if term else term_id


def list_broader(term_id: str, terms: Mapping[str, Term]) -> list[str]:
    """List the terms above a term, the nearest first; those that are each other's broader are not followed in a circle.

    None for a term that the vocabulary does not have.
    """
    lineage = [term_id]
    while (term := terms.get(lineage[-1])) and term.broader and term.broader not in lineage:
        lineage.append(term.broader)
    return lineage[1:]


def read_vocabularies(content: Path) -> Vocabularies:
    """Read ``vocabulary/*.yaml`` and ``sources.yaml`` under the content folder.

    Raises ContentMissing for a file that is not there, VocabularyFault for one that cannot be read.
    """
    terms = {name: _read_terms(content / "vocabulary" / f"{name}.yaml") for name in VOCABULARIES}
    sources = [_source(row) for row in read_entries(content / "sources.yaml", "sources")]
    return Vocabularies(terms, {source.id: source for source in sources})


def read_entries(path: Path, key: str) -> list[dict[str, Any]]:
    """Read the list under a key of a YAML file, each entry with an id of its own.

    Raises ContentMissing or VocabularyFault.
    """
    if not path.is_file():
        raise ContentMissing(path, "A vocabulary")
    try:
        value = parse_yaml(path.read_text(encoding="utf-8")).value
    except YamlError as error:
        raise VocabularyFault(path, error.line + 1, error.values.get("why", error.code)) from error
    entries = value.get(key) if isinstance(value, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) and "id" in entry for entry in entries):
        raise VocabularyFault(path, 1, f"there is no list {key}: whose entries have an id")
    counts = Counter(str(entry["id"]) for entry in entries if isinstance(entry, dict))
    if repeated := [entry_id for entry_id, count in counts.items() if count > 1]:
        raise VocabularyFault(path, 1, f"the id {repeated[0]} stands more than once")
    return entries  # type: ignore[return-value]  # every entry was just seen to be a mapping


def _read_terms(path: Path) -> dict[str, Term]:
    terms = {term.id: term for term in (_term(entry, path) for entry in read_entries(path, "terms"))}
    for term in terms.values():
        if term.broader is not None and term.broader not in terms:
            raise VocabularyFault(path, 1, f"{term.id} has the broader term {term.broader}, which is not there")
    return terms


def _term(entry: dict[str, Any], path: Path) -> Term:
    label = entry.get("label") or {}
    if missing := [language for language in LANGUAGES if not label.get(language)]:
        raise VocabularyFault(path, 1, f"{entry['id']} lacks a label in {', '.join(missing)}")
    common = ("id", "label", "definition", "broader")
    return Term(
        id=str(entry["id"]), label={lang: str(word) for lang, word in label.items()},
        definition=str(entry.get("definition") or ""), broader=entry.get("broader"),
        more={key: value for key, value in entry.items() if key not in common},
    )


def _source(row: dict[str, Any]) -> Source:
    return Source(
        id=str(row["id"]), title=str(row.get("title", "")), authors=tuple(map(str, row.get("authors") or ())),
        publisher=str(row.get("publisher") or ""), year=str(row.get("year") or ""),
        language=str(row.get("language") or "nb"), isbn=tuple(map(str, row.get("isbn") or ())),
        line_count=row.get("lines"),
    )
