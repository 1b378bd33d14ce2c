"""Every page and state: accessible by axe's rules, and nothing outside the screen from phone to wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = {
    "start": "/",
    "hits": "/?q=sykefravær",
    "hits narrowed down": "/?q=spesialundervisnig&f=sector:skole&f=outcome:better&balanced=1",
    "second page of filters alone": "/?f=theme:sykefravaer&offset=20",
    "nothing answers": "/?q=preparering+av+skiløyper+og+snøscooter+i+Larvik",
    "nothing has all that is chosen": "/?f=theme:sykefravaer&f=sector:finnes-ikke",
    "nothing to search by": "/?q=og",
    "case": "/cases/molde-oljeturnus",
    "case with numbers": "/cases/halden-spesialundervisning",
    "case with many municipalities": "/cases/lokta",
    "case with a table in its text": "/cases/effektivitetsmodell-fyra-fragor",
}


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(PAGES[name])
    open_all(page)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_lies_outside_the_screen(page: Page, name: str, width: int) -> None:
    # 320 pixels is what 400 % zoom leaves of an ordinary screen.
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(PAGES[name])
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_case_page_prints_its_story(page: Page) -> None:
    page.goto("/cases/molde-oljeturnus")
    page.emulate_media(media="print")
    assert page.locator(".story").is_visible()
    assert not page.locator("footer").is_visible()
