"""The one door to htmx's request and response headers."""

from starlette.requests import Request

VARY = {"Vary": "HX-Request, HX-History-Restore-Request"}
"""For every address that answers with a page or with its fragment."""


def wants_fragment(request: Request) -> bool:
    """Tell whether htmx asked for a part of the page; a restored history entry needs the whole page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def replace_address(address: str) -> dict[str, str]:
    """Give the header that sets the browser's address without a new history entry."""
    return {"HX-Replace-Url": address}


def is_keystroke(request: Request) -> bool:
    """Tell whether htmx asks while somebody types; what is asked on purpose loads the whole page."""
    return request.headers.get("HX-Request") == "true"
