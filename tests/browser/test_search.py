import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def hits(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator("#results .cases h2 a").all()]


def test_typing_changes_the_hits_and_opening_a_case_and_going_back_keeps_them(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("searchbox", name="Hva har andre prøvd?")
    box.press_sequentially("oljeturnus", delay=20)
    expect(page.locator("#results .cases h2 a").first).to_have_attribute("href", "/cases/molde-oljeturnus")
    expect(page.get_by_role("status")).to_contain_text("erfaring")
    expect(box).to_be_focused()
    first = hits(page)
    box.fill("")
    box.press_sequentially("støtte til pårørende over nett", delay=10)
    expect(page.locator("#results .cases h2 a").first).to_have_attribute("href", "/cases/trygghetsnett")
    assert hits(page) != first
    expect(page).to_have_url(re.compile(r"/\?q=st%C3%B8tte"))
    expect(page).to_have_title(re.compile("støtte til pårørende over nett"))
    answered = hits(page)
    page.locator("#results .cases h2 a").first.click()
    expect(page).to_have_url(re.compile("/cases/trygghetsnett$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("TrygghetsNett")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/\?q="))
    expect(box).to_have_value("støtte til pårørende over nett")
    assert hits(page) == answered
    page.reload()
    assert hits(page) == answered
    page.go_forward()


def test_emptying_the_box_shows_the_start_again(page: Page) -> None:
    page.goto("/?q=oljeturnus")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("heading", name="Spør for eksempel")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_query_that_says_nothing_is_answered_in_words_while_typing(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").press_sequentially("og i")
    expect(page.locator("#results")).to_contain_text("står i nesten alle tekster")


def test_only_the_last_thing_typed_is_shown(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").press_sequentially("spesialundervisning i skolen", delay=120)
    expect(page.locator("#results .cases h2 a").first).to_have_attribute("href", "/cases/halden-spesialundervisning")
    expect(page).to_have_url(re.compile(r"q=spesialundervisning(\+|%20)i(\+|%20)skolen$"))


def test_the_search_works_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("oljeturnus")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=oljeturnus"))
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cases/molde-oljeturnus"))


def test_the_whole_road_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("råd for etisk refleksjon")
    page.get_by_role("button", name="Søk").click()
    assert "q=" in page.url
    assert hits(page)[0] == "/cases/etisk-refleksjon-larvik"
    page.locator("#results .cases h2 a").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Rådet for etisk refleksjon")
    page.go_back()
    assert hits(page)[0] == "/cases/etisk-refleksjon-larvik"
    context.close()
