"""Every kind of page in a real browser: nothing asked of others, nothing broken, too wide or out of reach."""

from typing import Any
from urllib.parse import quote

import pytest
from newsroom import site, views

from iroyin.publish.locale import label_languages

ACROSS = ("en", "yo", "ko", "ar", "hi", "zh")
SIZES = ((390, 844, "light"), (1440, 900, "dark"), (1440, 900, "light"), (390, 844, "dark"))
AXE = 2  # of these that axe looks at: both widths and both schemes; the colours do not depend on the width


def story(language: str) -> str:
    """The longest story told in this language."""
    own = [v for v in views() if v.brief.language == language]
    return max(own, key=lambda v: len(v.articles)).path


def kinds(language: str) -> dict[str, str]:
    """An address of each kind of page."""
    day = views()[0].story.first_at.date().isoformat()
    rest = {
        "front": "/", "section": "/sections/world", "outlet": "/outlets/openwire", "countries": "/countries",
        "country": "/countries/ng", "archive": "/archive", "day": f"/archive/{day}", "search": "/search",
        "sources": "/sources", "method": "/method", "corrections": "/corrections", "privacy": "/privacy",
        "about": "/about", "lost": "/no-such-page", "gone": "/articles/withdrawn",
    }  # fmt: skip
    return {"story": story(language), **{kind: f"/{language}{path}" for kind, path in rest.items()}}


def watched(browser: Any, errors: list[str], asked: list[str]) -> Any:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("request", lambda r: asked.append(r.url))
    return page


@pytest.mark.parametrize("language", ACROSS)
def test_every_kind_of_page_is_sound(browser: Any, address: str, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    errors: list[str] = []
    asked: list[str] = []
    faults: list[tuple[str, int, str, str]] = []
    page = watched(browser, errors, asked)
    for kind, path in kinds(language).items():
        page.goto(address + quote(path))
        for at, (width, height, scheme) in enumerate(SIZES):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                faults.append((kind, width, "wider than the window", str(over)))
            for fault in axe.run(page).response["violations"] if at < AXE else ():
                faults.append((kind, width, f"{scheme}: {fault['id']}", str(fault["nodes"][0]["target"])))
    page.close()

    assert [] == faults
    assert [] == [e for e in errors if "404" not in e and "410" not in e]
    assert [] == [url for url in asked if not url.startswith(address)]


@pytest.mark.parametrize("language", ACROSS)
def test_the_keyboard_alone_reaches_every_citation_and_opens_its_source(
    browser: Any, address: str, language: str
) -> None:
    page = browser.new_page()
    page.goto(address + quote(story(language)))
    cites = page.locator("a.cite")
    reached: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.matches('a.cite') ? document.activeElement.outerHTML : ''")
        if at:
            reached.add(at)
            assert page.locator(".note-card .source").count() == 1
        if page.evaluate("document.activeElement.closest('footer') !== null"):
            break
    wanted = set(cites.evaluate_all("all => all.map(a => a.outerHTML.replace(' aria-expanded=\"true\"', ''))"))
    page.keyboard.press("Escape")

    assert wanted and wanted == {one.replace(' aria-expanded="true"', "") for one in reached}
    assert 0 == page.locator(".note-card").count()
    page.close()


def test_a_citation_works_without_javascript(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + quote(story("en")))
    page.locator("a.cite").first.click()

    assert page.url.endswith("#n1")
    assert page.locator("#n1 .source").is_visible()
    context.close()


def test_a_citation_opens_at_a_touch(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + quote(story("ar")))
    page.locator(".prose a.cite").first.tap()

    box = page.locator(".note-card").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    context.close()


def test_a_copy_of_the_site_searches_in_the_browser(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/en/search?q=bridge")

    page.locator("#found .card").first.wait_for()
    assert "ridge" in page.locator("#found .card h2").first.inner_text()
    page.close()


def test_new_stories_are_marked_only_when_asked(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/en/")
    assert 0 == page.evaluate("localStorage.length")
    page.locator("#mark-new").click()
    page.evaluate("localStorage.setItem('iroyin-seen', '2000-01-01T00:00Z')")
    page.reload()
    marked = page.locator(".new").count()
    page.locator("#mark-new").click()

    assert marked > 0 and 0 == page.locator(".new").count() == page.evaluate("localStorage.length")
    page.close()


def test_every_language_lays_out_its_front_page_at_the_width_of_a_phone(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    wide = []
    for language in label_languages():
        page.goto(f"{address}/{language}/")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(language)
    page.close()

    assert [] == wide and site().languages
