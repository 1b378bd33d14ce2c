import re

from starlette.requests import Request

from web.htmx import wants_fragment
from web.templating import STATIC_DIR


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": raw})


def test_only_a_request_of_htmx_that_is_not_history_wants_a_fragment() -> None:
    assert wants_fragment(request(HX_Request="true"))
    assert not wants_fragment(request())
    assert not wants_fragment(request(HX_Request="true", HX_History_Restore_Request="true"))


def test_the_vendored_htmx_knows_the_settings_that_the_page_gives_it() -> None:
    source = (STATIC_DIR / "vendor" / "htmx-2.0.11.min.js").read_text()
    page = (STATIC_DIR.parent / "templates" / "base.html").read_text()
    config = re.search(r"name=\"htmx-config\" content='([^']+)'", page)
    assert config is not None
    for name in re.findall(r'"(\w+)":', config[1]):
        assert name in source, name
