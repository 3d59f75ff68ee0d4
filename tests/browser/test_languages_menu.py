"""The way to other languages stands in the head of every page: without a script, by the keyboard, in the window."""

from typing import Any
from urllib.parse import quote

import pytest
from newsroom import LANGUAGES
from test_pages import kinds


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("width", [390, 1440])
def test_it_opens_by_the_keyboard_without_a_script_and_stays_in_the_window(
    browser: Any, address: str, language: str, width: int
) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 844}).new_page()
    for kind, path in kinds(language).items():
        page.goto(address + quote(path))
        menu = page.locator(".switch ul")
        assert not menu.is_visible()
        page.locator(".switch summary").focus()
        page.keyboard.press("Enter")
        box = menu.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width, kind
        ways = menu.locator("a")
        assert len(LANGUAGES) == ways.count(), kind
        page.keyboard.press("Tab")
        assert ways.first.evaluate("a => a.matches(':focus')")
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_while_it_is_open_and_closes_by_escape(
    browser: Any, address: str, language: str, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    for kind in ("front", "story", "method", "lost"):
        page.goto(address + quote(kinds(language)[kind]))
        page.locator(".switch summary").click()
        assert [] == [(kind, fault["id"]) for fault in axe.run(page).response["violations"]]
        page.keyboard.press("Escape")
        assert not page.locator(".switch ul").is_visible()
    page.close()


def test_it_leads_to_the_same_page_where_there_is_one_and_else_to_the_front(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + kinds("en")["method"])
    assert "/sw/method" == page.locator(".switch a[hreflang=sw]").get_attribute("href")
    page.goto(address + quote(kinds("en")["story"]))
    there = page.locator(".switch a[hreflang=yo]").get_attribute("href")
    assert there.startswith("/yo/articles/") and page.goto(address + there).ok
    page.goto(address + quote(kinds("en")["story"]))
    assert "/vi/" == page.locator(".switch .else a[hreflang=vi]").get_attribute("href")
    page.close()
