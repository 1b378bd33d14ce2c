"""What lives as long as the server: database, vocabularies, search index and templates."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine

from index.searcher import LiveSearcher
from kb.checks import Reference
from kb.database import open_database
from kb.reference import read_reference
from kb.settings import Settings
from web.choices import Labels
from web.query_help import QueryHelp
from web.templating import Templates


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of a running site."""

    settings: Settings
    engine: Engine
    reference: Reference
    labels: Labels
    help: QueryHelp
    searcher: LiveSearcher
    templates: Templates


def open_site(settings: Settings) -> Site:
    """Open everything that serving needs.

    Raises DatabaseMissing, DatabaseOutdated, ContentMissing or EncoderNotFound. A missing index is no reason not to
    start: pages that need it say so, and it is taken into use when it has been built.
    """
    engine = open_database(settings.database_path)
    reference = read_reference(settings)
    return Site(
        settings=settings, engine=engine, reference=reference, labels=Labels(reference),
        help=QueryHelp(settings, reference), searcher=LiveSearcher(settings),
        templates=Templates(),
    )


def get_site(request: Request) -> Site:
    """Get the site that a request is for."""
    return cast(Site, request.app.state.site)


SiteDep = Annotated[Site, Depends(get_site)]
