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
    first = page.locator("#results .cases h2 a").first
    for _ in range(8):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
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


def shown_count(page: Page) -> int:
    text = page.get_by_role("status").inner_text()
    return int(re.sub(r"\D.*", "", text) or 0)


def test_choosing_a_value_leaves_its_count_and_typing_on_keeps_it_until_it_is_taken_away(page: Page) -> None:
    page.goto("/?q=sykefravær")
    whole = shown_count(page)
    panel = page.get_by_role("complementary", name="Avgrens")
    panel.get_by_text("Hvordan det gikk").click()
    row = panel.get_by_role("listitem").filter(has_text="Blandet")
    count = int(row.locator(".count").inner_text())
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile("f=outcome%3Amixed"))
    assert shown_count(page) == count < whole
    page.get_by_role("searchbox").fill("turnus i pleie og omsorg")
    expect(page).to_have_url(re.compile(r"\?q=turnus.*&f=outcome%3Amixed$"))
    expect(page).to_have_title(re.compile("^turnus"))
    narrowed = shown_count(page)
    page.get_by_role("link", name="Ta bort Hvordan det gikk: Blandet").click()
    expect(page).not_to_have_url(re.compile("f="))
    assert shown_count(page) > narrowed
    page.go_back()
    assert shown_count(page) == narrowed


def test_the_correction_leads_to_the_query_that_was_meant(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").press_sequentially("spesialundervisnig", delay=5)
    expect(page.locator(".meant")).to_contain_text("Mente du spesialundervisning?")
    page.locator(".meant a").click()
    expect(page.get_by_role("searchbox")).to_have_value("spesialundervisning")
    expect(page.locator(".meant")).to_have_count(0)


def test_on_a_phone_a_link_leads_past_the_hits_to_what_narrows_them(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/?q=sykefravær")
    page.get_by_role("link", name="Avgrens").click()
    expect(page.get_by_role("heading", name="Avgrens")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Avgrens")).to_be_focused()


def test_narrowing_down_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?q=sykefravær")
    whole = shown_count(page)
    panel = page.get_by_role("complementary", name="Avgrens")
    panel.get_by_text("Tema", exact=True).click()
    link = panel.get_by_role("link", name="Arbeidsmiljø")
    link.click()
    assert shown_count(page) < whole
    page.get_by_role("searchbox").fill("turnus")
    page.get_by_role("button", name="Søk").click()
    assert "f=theme" in page.url
    page.get_by_role("link", name="Vis også det som gikk mindre bra").click()
    assert "balanced=1" in page.url
    assert "f=theme" in page.url
    context.close()
