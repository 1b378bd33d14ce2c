"""The real cases, taken apart: what a made case can be put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kb.checks import Reference
from kb.document import CaseDocument, FrontMatter
from kb.headings import SECTIONS
from kb.parsing import parse_document
from kb.reference import read_reference
from kb.settings import Settings
from kb.thesaurus import read_thesaurus
from tests.bench.pieces import Piece, Vocabulary, cut_section

Telling = tuple[Mapping[str, Any], Piece | None]
"""An entry of a list in the front matter without its text, and its text."""


@dataclass(frozen=True, slots=True, eq=False)
class Donor:
    """One real case in pieces."""

    front: FrontMatter
    title: Piece
    summary: tuple[Piece, ...]
    sections: Mapping[str, tuple[str, tuple[Piece, ...]]]
    """Kind → heading as written, and its pieces."""
    measures: tuple[Telling, ...]
    goals: tuple[Telling, ...]
    outcomes: tuple[Telling, ...]
    first_year: int
    more: Mapping[str, Any]
    """Keys that are taken over as they are: sector, themes, sources, status …"""


@dataclass(slots=True)
class Library:
    """All donors, and who can lend a section to whom."""

    donors: tuple[Donor, ...]
    reference: Reference
    lenders: dict[tuple[int, str], tuple[Donor, ...]] = field(default_factory=dict)
    """(Position of a donor, kind) → cases of its language that share a theme with it and have that section."""
    holders: dict[tuple[str, str], tuple[Donor, ...]] = field(default_factory=dict)
    """(Language, kind) → all cases with that section."""
    stock: dict[tuple[str, str], tuple[tuple[Piece, ...], ...]] = field(default_factory=dict)
    """(Language, kind) → the pieces of those sections."""


def read_library(settings: Settings | None = None) -> Library:
    """Read the real collection, taken apart; read once in a process, and not to be changed."""
    return _read_library((settings or Settings()).content_dir)


@cache
def _read_library(content: Path) -> Library:
    settings = Settings(content_dir=content)
    reference, documents = read_reference(settings), _read_documents(settings)
    places = {name.split(" (")[0] for document in documents for name in document.front.municipalities}
    concepts = list(read_thesaurus(settings.content_dir).values())
    languages = {document.front.language for document in documents}
    vocabularies = {language: Vocabulary(concepts, language, places) for language in sorted(languages)}
    library = Library(tuple(_donor(d, vocabularies[d.front.language]) for d in documents), reference)
    _tie(library)
    return library


def read_fronts(settings: Settings | None = None) -> tuple[list[FrontMatter], Reference]:
    """Read the front matter of the real cases, and what their values mean."""
    settings = settings or Settings()
    return [document.front for document in _read_documents(settings)], read_reference(settings)


def _read_documents(settings: Settings) -> list[CaseDocument]:
    paths = sorted((settings.content_dir / "cases").glob("*.md"))
    return [parse_document(path.read_text(encoding="utf-8")).document for path in paths]


def _tie(library: Library) -> None:
    for kind in SECTIONS:
        for language in {donor.front.language for donor in library.donors}:
            holders = tuple(d for d in library.donors if d.front.language == language and kind in d.sections)
            library.holders[language, kind] = holders
            library.stock[language, kind] = tuple(donor.sections[kind][1] for donor in holders)
        for position, donor in enumerate(library.donors):
            holders = library.holders[donor.front.language, kind]
            near = tuple(other for other in holders if set(other.front.themes) & set(donor.front.themes))
            library.lenders[position, kind] = near or holders


def _donor(document: CaseDocument, vocabulary: Vocabulary) -> Donor:
    front = document.front
    own = [name.split(" (")[0] for name in front.municipalities]
    sections: dict[str, tuple[str, tuple[Piece, ...]]] = {}
    for section in document.sections:
        pieces = cut_section(document.text[section.start : section.end], vocabulary, own)
        if section.kind and pieces:
            sections.setdefault(section.kind, (section.heading, pieces))

    def tellings(parts: list[Any]) -> tuple[Telling, ...]:
        told = []
        for part in parts:
            entry = part.model_dump(mode="json", exclude_defaults=True, by_alias=True)
            text = entry.pop("text", None)
            told.append((entry, vocabulary.cut(text, own) if text else None))
        return tuple(told)

    kept = {"sector", "themes", "unit", "partners", "programme", "network", "status", "resources", "sources", "setting"}
    return Donor(
        front=front,
        title=vocabulary.cut(front.title, own),
        summary=cut_section(front.summary, vocabulary, own),
        sections=sections,
        measures=tellings(front.measures),
        goals=tellings(front.goals),
        outcomes=tellings(front.outcomes),
        first_year=int(front.period.start[:4]) if front.period and front.period.start else 2010,
        more=front.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=kept),
    )
