"""Putting a site together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from kb.errors import InvalidQuery, KnowledgeBaseError
from kb.settings import Settings
from web import api
from web.errors import install_handlers
from web.pages import case, health, search
from web.security import BodyLimit, SecurityHeaders
from web.site import Site, open_site
from web.templating import STATIC_DIR


def create_app(settings: Settings) -> FastAPI:
    """Make the app; raises what `open_site` raises, so that a site that cannot work does not start."""
    site = open_site(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_warm_up, site)
        yield
        site.engine.dispose()

    app = FastAPI(
        title="Prøvd i kommunene", version="1", lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.site = site
    for module in (search, case, health, api):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    install_handlers(app)
    return app


def _warm_up(site: Site) -> None:
    """Load model and index before the first visitor comes; what is missing is told where it is needed."""
    with suppress(InvalidQuery, KnowledgeBaseError):
        searcher = site.searcher.get()
        site.help.get_names(searcher.snapshot)
        searcher.search("oppvarming")
