"""The real cases of the content folder, read and counted without a database or an index."""

from collections import Counter
from functools import cache

from index.facets import list_values
from index.language.analysis import read_words
from index.query_help.known_words import KnownWords
from index.query_help.suggestions import Lexicon
from kb.checks import Reference
from kb.document import CaseDocument
from kb.parsing import parse_document
from kb.settings import Settings


@cache
def read_documents() -> tuple[CaseDocument, ...]:
    paths = sorted((Settings().content_dir / "cases").glob("*.md"))
    return tuple(parse_document(path.read_text(encoding="utf-8"), str(path)).document for path in paths)


@cache
def count_words() -> Counter[str]:
    """Folded word → number of cases that have it."""
    counts: Counter[str] = Counter()
    for document in read_documents():
        front = document.front
        counts.update({word.folded for word in read_words(f"{front.title}\n{front.summary}\n{document.body}")})
    return counts


def count_values(reference: Reference) -> dict[str, Counter[str]]:
    """Facet → value → number of cases that have it."""
    counts: dict[str, Counter[str]] = {}
    for document in read_documents():
        for facet, values in list_values(document.front, reference).items():
            counts.setdefault(facet, Counter()).update(set(values))
    return counts


def make_lexicon(known: KnownWords) -> Lexicon:
    return Lexicon(count_words(), known)
