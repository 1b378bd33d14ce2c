import re

import pytest
from fastapi.testclient import TestClient

PAGES = [
    "/",
    "/?q=skole",
    "/?q=og",
    "/cases/lokta",
    "/cases/borte",
    "/health",
    "/api/v1/search?q=skole",
    "/static/site.css",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("address", [page for page in PAGES if not page.startswith(("/health", "/api", "/static"))])
def test_no_page_has_inline_script_or_style_or_fetches_from_another_host(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
