"""The only module that knows HTTP status codes: every failure becomes a page, a fragment or problem+json."""

import logging
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index.facets import InvalidFilter
from kb.errors import (
    CaseNotFound,
    ContentMissing,
    DatabaseError,
    EncoderNotFound,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    InvalidQuery,
    KnowledgeBaseError,
)

STATUS: dict[type[KnowledgeBaseError], int] = {
    CaseNotFound: 404,
    InvalidQuery: 400,
    InvalidFilter: 400,
    IndexMissing: 503,
    IndexMismatch: 503,
    IndexDamaged: 503,
    EncoderNotFound: 503,
    ContentMissing: 503,
    DatabaseError: 503,
}
HEALTHY, UNHEALTHY = 200, 503
API_PREFIX = "/api/"
LARGEST_BODY = 256 * 1024
"""Bytes; a plan of the longest has room in it however its letters are written."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What ``error.html`` receives."""

    status: int
    query: str = ""


def status_of(error: KnowledgeBaseError) -> int:
    """Give the HTTP status of an error of ours; that of the nearest class in the table."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def install_handlers(app: FastAPI) -> None:
    """Make every failure of the app end in an answer."""

    @app.exception_handler(KnowledgeBaseError)
    def handle_ours(request: Request, error: KnowledgeBaseError) -> Response:
        return _answer(request, status_of(error), str(error))

    @app.exception_handler(HTTPException)
    def handle_http(request: Request, error: HTTPException) -> Response:
        return _answer(request, error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    def handle_invalid(request: Request, error: RequestValidationError) -> Response:
        faults = (f"{'.'.join(str(part) for part in fault['loc'][1:])}: {fault['msg']}" for fault in error.errors())
        return _answer(request, 422, "; ".join(faults))

    @app.exception_handler(Exception)
    def handle_unforeseen(request: Request, error: Exception) -> Response:
        logging.getLogger("web").error("%s failed", request.url.path, exc_info=error)
        return _answer(request, 500, "Something went wrong that was not foreseen; it has been logged.")


def find_refusal(request: Request) -> Response | None:
    """Find the answer to a request whose body is too large or of unknown length; None when it is neither."""
    if "transfer-encoding" in request.headers:
        return _answer(request, 411, "The request must say how long its content is.")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return _answer(request, 413, f"The content is larger than {LARGEST_BODY} bytes.")
    return None


def _answer(request: Request, status: int, detail: str) -> Response:
    if request.url.path.startswith(API_PREFIX):
        return problem_json(status, detail)
    response: Response = request.app.state.site.templates.respond(
        request, "error.html", ErrorPage(status), fragment="content", status=status
    )
    return response


def problem_json(status: int, detail: str) -> JSONResponse:
    """Give an error as RFC 9457 problem details."""
    titles = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 411: "Length Required",
              413: "Content Too Large", 422: "Unprocessable Content", 503: "Service Unavailable"}
    body = {"type": "about:blank", "title": titles.get(status, "Error"), "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")
