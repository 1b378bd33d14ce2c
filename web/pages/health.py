"""``/health``: whether database and index are there, and from when."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse

from index.storage.changes import hash_content
from kb.database import open_database, read_session
from kb.errors import KnowledgeBaseError
from kb.store import Store
from web.errors import HEALTHY, UNHEALTHY
from web.site import Site, SiteDep

router = APIRouter(include_in_schema=False)


@router.get("/health")
def show_health(site: SiteDep) -> JSONResponse:
    """Tell whether the site can answer; status 503 when it cannot."""
    database, content_hash = _check_database(site)
    index = _check_index(site, content_hash)
    healthy = bool(database["ok"] and index["ok"])
    body = {"status": "ok" if healthy else "failing", "database": database, "index": index}
    return JSONResponse(body, status_code=HEALTHY if healthy else UNHEALTHY)


def _check_database(site: Site) -> tuple[dict[str, Any], str]:
    try:
        open_database(site.settings.database_path).dispose()
    except KnowledgeBaseError as error:
        return {"ok": False, "problem": str(error)}, ""
    with read_session(site.engine) as session:
        store = Store(session)
        published = store.list_published_hashes()
        changed = max((case.updated_at for case in store.list_cases()), default=None)
    return {"ok": True, "published": len(published), "changed_at": changed}, hash_content(published)


def _check_index(site: Site, content_hash: str) -> dict[str, Any]:
    try:
        manifest = site.searcher.get().snapshot.manifest
    except KnowledgeBaseError as error:
        return {"ok": False, "problem": str(error)}
    return {
        "ok": True, "cases": manifest.cases, "passages": manifest.passages, "model": manifest.model,
        "built_at": manifest.built_at.isoformat(), "up_to_date": manifest.content_hash == content_hash,
    }
