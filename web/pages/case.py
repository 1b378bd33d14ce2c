"""``/cases/<id>``: one case, its facts and evidence, and cases like it."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from index.results import Hit, SimilarHit
from kb.database import read_session
from kb.derived import resolve_municipalities
from kb.document import CaseDocument, Contact, FrontMatter, SourceReference
from kb.errors import KnowledgeBaseError
from kb.parsing import parse_document
from kb.published import CaseSummary, get_published, list_summaries
from kb.register import Municipality
from kb.vocabulary import Source, Vocabularies
from web.likeness import Shared, list_shared
from web.site import Site, SiteDep

router = APIRouter(include_in_schema=False)
SIMILAR = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of the case, in the case's period."""

    municipality: Municipality
    population: tuple[int, int] | None
    """(year, inhabitants), from the year nearest to the start of the case."""


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case like this one, and why."""

    summary: CaseSummary
    nearness: str
    """As `index.results.Hit` has it."""
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """What ``case.html`` receives."""

    document: CaseDocument
    places: tuple[Place, ...]
    contacts: tuple[Contact, ...]
    """Only those that everyone may see."""
    vocabularies: Vocabularies
    related: tuple[tuple[str, CaseSummary], ...]
    """(relation, the other case), published ones only."""
    similar: tuple[SimilarCase, ...]
    similar_missing: bool
    """Whether similar cases could not be looked up."""

    @property
    def front(self) -> FrontMatter:
        """The keys of the document."""
        return self.document.front

    @property
    def goals_have_numbers(self) -> bool:
        """Tell whether any goal has a baseline, a target or a result."""
        return any(goal.baseline or goal.target or goal.result for goal in self.front.goals)

    @property
    def sources(self) -> list[tuple[str, list[SourceReference]]]:
        """The references by document, in the order in which the documents are first named."""
        grouped: dict[str, list[SourceReference]] = {}
        for reference in self.front.sources:
            grouped.setdefault(reference.document, []).append(reference)
        return list(grouped.items())

    def term(self, vocabulary: str, term_id: str) -> str:
        """Give a term's label in the language of the page."""
        return self.vocabularies.label(vocabulary, term_id, "nb")

    def definition(self, vocabulary: str, term_id: str) -> str:
        """Give a term's definition, empty when there is none."""
        term = self.vocabularies.find_term(vocabulary, term_id)
        return term.definition if term else ""

    def find_source(self, source_id: str) -> Source | None:
        """Find a source that the case refers to."""
        return self.vocabularies.sources.get(source_id)


@router.api_route("/cases/{case_id}", methods=["GET", "HEAD"])
def show_case(request: Request, site: SiteDep, case_id: str) -> Response:
    """Show a published case."""
    with read_session(site.engine) as session:
        document = parse_document(get_published(session, case_id).text).document
        hits, missing = _find_similar(site, case_id)
        summaries = {s.case_id: s for s in list_summaries(session, [hit.case for hit in hits])}
        others = {s.case_id: s for s in list_summaries(session, [r.case for r in document.front.related])}
    view = CasePage(
        document=document, places=tuple(_places(site, document.front)),
        contacts=tuple(c for c in document.front.contacts if c.visibility == "public"),
        vocabularies=site.reference.vocabularies,
        related=tuple((r.relation, others[r.case]) for r in document.front.related if r.case in others),
        similar=tuple(_similar_case(hit, summaries[hit.case], site) for hit in hits if hit.case in summaries),
        similar_missing=missing,
    )
    return site.templates.respond(request, "case.html", view)


def _find_similar(site: Site, case_id: str) -> tuple[list[Hit], bool]:
    """Look up similar cases; a case can be read when the index cannot, and the page then says so."""
    try:
        return site.searcher.get().find_similar(case_id, SIMILAR).hits, False
    except KnowledgeBaseError:
        return [], True


def _similar_case(hit: Hit, summary: CaseSummary, site: Site) -> SimilarCase:
    shared = hit.shared if isinstance(hit, SimilarHit) else {}
    return SimilarCase(summary, hit.nearness, tuple(list_shared(shared, site.reference.vocabularies)))


def _places(site: Site, front: FrontMatter) -> list[Place]:
    year = int(((front.period and front.period.start) or "0")[:4])
    register = site.reference.register
    return [Place(m, register.find_population(m.id, year)) for m in resolve_municipalities(front, site.reference)]
