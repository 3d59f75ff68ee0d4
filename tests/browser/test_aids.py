"""Short and full, text size, sharing and reading aloud, in a real browser, with and without JavaScript."""

from typing import Any
from urllib.parse import quote, unquote

import pytest
from test_pages import ACROSS, story

from iroyin.publish.locale import labels

REST = "#full > p:not(.lede):not(.onward)"
VOICES = """
  const heard = window.heard = [], voices = VOICES;
  const speech = { getVoices: () => voices, cancel: () => heard.push("cancel"), speaking: false,
    addEventListener: (_, then) => { window.changed = then; },
    speak: (one) => { heard.push([one.voice.name, one.lang, one.text]); one.onstart(); window.ended = one.onend; } };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
LOCAL, REMOTE = (
    "{name: 'near', lang: 'en_GB', localService: true}",
    "{name: 'far', lang: 'en-US', localService: false}",
)


def opened(browser: Any, address: str, language: str = "en", script: str = "", **how: Any) -> Any:
    page = browser.new_context(**how).new_page()
    if script:
        page.add_init_script(script)
    page.goto(address + quote(story(language)))
    return page


@pytest.mark.parametrize("language", ACROSS)
@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_the_short_version_is_headline_and_lede_and_leads_back_to_all(
    browser: Any, address: str, language: str, js: bool
) -> None:
    page = opened(browser, address, language, java_script_enabled=js)
    say = labels(language).say
    whole = page.locator(".story .s:visible").count()
    page.get_by_role("link", name=say("aids.short")).click()
    short = page.locator(".story .s:visible").count()

    assert page.locator("h1 .s").is_visible() and page.locator(".lede .s").first.is_visible()
    assert short == page.locator("h1 .s, .lede .s").count() < whole
    assert 0 == page.locator(f"{REST}:visible, .part:visible").count()
    assert not page.get_by_role("link", name=say("aids.short")).is_visible()

    page.locator(".onward a").click()
    assert whole == page.locator(".story .s:visible").count()
    assert 0 == page.locator(".onward:visible, .whole:visible").count()
    page.context.close()


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_a_citation_of_the_short_version_still_leads_to_its_source(browser: Any, address: str, js: bool) -> None:
    page = opened(browser, address, java_script_enabled=js)
    page.goto(page.url + "#short")
    cite = page.locator(".lede a.cite").last
    note = str(cite.get_attribute("href"))
    if js:
        cite.focus()
        assert page.locator(".note-card .source").inner_text() in page.locator(f"{note} .source").text_content()
    cite.click()

    assert page.url.endswith(note) and page.locator(f"{note} .source").is_visible()
    page.go_back()
    assert not page.locator(f"{note} .source").is_visible()
    page.context.close()


def test_the_keyboard_goes_on_from_the_lede_after_choosing_the_short_version(browser: Any, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    page.locator(".brief").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate(
        "document.activeElement.closest('#short') !== null && document.activeElement.matches(':focus')"
    )
    page.context.close()


def test_print_holds_the_whole_story_whatever_is_shown(browser: Any, address: str) -> None:
    page = opened(browser, address)
    page.goto(page.url + "#short")
    page.emulate_media(media="print")

    assert page.locator(REST).first.is_visible() and page.locator("#n1 .source").is_visible()
    assert not page.locator(".aids").is_visible()
    page.context.close()


def test_text_size_is_kept_in_the_browser_and_goes_back_to_normal(browser: Any, address: str) -> None:
    page = opened(browser, address)
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    normal = page.evaluate(size)
    assert 0 == page.evaluate("localStorage.length")
    page.get_by_role("group", name="Text size").get_by_role("button", name="Large").click()
    large = page.evaluate(size)
    page.reload()

    assert page.evaluate(size) == large > normal * 1.15
    assert "true" == page.get_by_role("button", name="Large").get_attribute("aria-pressed")
    page.get_by_role("button", name="Small").click()
    assert page.evaluate(size) < normal
    page.get_by_role("button", name="Normal").click()
    assert (normal, 0) == (page.evaluate(size), page.evaluate("localStorage.length"))
    page.context.close()


def test_text_size_works_where_storage_is_forbidden(browser: Any, address: str) -> None:
    refuse = "get() { throw new DOMException('no', 'SecurityError'); }"
    page = browser.new_context().new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ {refuse} }});")
    page.goto(address + quote(story("en")))
    page.get_by_role("button", name="Large").click()

    assert ("large", []) == (page.evaluate("document.documentElement.dataset.size"), errors)
    page.context.close()


@pytest.mark.parametrize("language", ACROSS)
def test_large_text_fits_a_phone_and_every_control_is_large_enough_to_touch(
    browser: Any, address: str, language: str
) -> None:
    page = opened(
        browser, address, language, VOICES.replace("VOICES", "[]"), viewport={"width": 390, "height": 844}
    )
    page.locator("#sizes button").last.click()
    page.evaluate("for (const one of document.querySelectorAll('.aids [hidden]')) one.hidden = false")
    boxes = page.locator(".aids :is(a,button):visible").evaluate_all(
        "all => all.map(a => a.getBoundingClientRect().height)"
    )

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert len(boxes) == 7 and min(boxes) >= 24
    page.context.close()


def test_sharing_copies_the_canonical_address_where_the_system_has_no_sharing(browser: Any, address: str) -> None:
    page = opened(browser, address, script="delete Navigator.prototype.share;",
                  permissions=["clipboard-read", "clipboard-write"])  # fmt: skip
    page.get_by_role("button", name="Share").click()
    page.get_by_text("Link copied").wait_for()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert "https://news.example" + story("en") == unquote(copied)
    page.context.close()


def test_sharing_asks_the_system_first(browser: Any, address: str) -> None:
    given = "Navigator.prototype.share = (what) => { window.shared = what; return Promise.resolve(); };"
    page = opened(browser, address, script=given)
    page.get_by_role("button", name="Share").click()

    assert "https://news.example" + story("en") == unquote(page.evaluate("window.shared.url"))
    assert "" == page.locator(".aids [role=status]").inner_text()
    page.context.close()


@pytest.mark.parametrize("language", ACROSS)
def test_the_mail_link_holds_headline_and_address_and_nothing_else_is_shown_without_javascript(
    browser: Any, address: str, language: str
) -> None:
    page = opened(browser, address, language, java_script_enabled=False)
    link = page.get_by_role("link", name=labels(language).say("aids.mail"))
    headline = page.locator("h1 .s").inner_text().replace("\u00a0", " ")

    assert f"mailto:?subject={headline}&body=https://news.example{story(language)}" == unquote(
        str(link.get_attribute("href"))
    )
    assert 0 == page.locator(".aids button:visible").count()
    page.context.close()


@pytest.mark.parametrize("voices", ["[]", f"[{REMOTE}]", "[{name: 'other', lang: 'ko', localService: true}]"])
def test_nothing_is_read_aloud_without_a_voice_of_the_language_on_the_device(
    browser: Any, address: str, voices: str
) -> None:
    page = opened(browser, address, script=VOICES.replace("VOICES", voices))

    assert not page.locator("#listen").is_visible() and page.locator("#sizes").is_visible()
    page.context.close()


def test_a_voice_that_comes_later_is_offered(browser: Any, address: str) -> None:
    page = opened(browser, address, script=VOICES.replace("VOICES", f"[{REMOTE}]"))
    page.evaluate(f"speechSynthesis.getVoices().push({LOCAL}); changed()")

    assert page.locator("#listen").is_visible()
    page.context.close()


def test_the_visible_sentences_are_read_in_their_order_by_the_near_voice(browser: Any, address: str) -> None:
    page = opened(browser, address, script=VOICES.replace("VOICES", f"[{REMOTE}, {LOCAL}]"))
    page.goto(page.url + "#short")
    page.get_by_role("button", name="Listen").click()
    shown = page.locator("h1 :is(.by,.s), .lede :is(.by,.s)").all_inner_texts()
    spoken = page.locator(".spoken").all_inner_texts()
    for _ in shown:
        page.evaluate("ended()")
    heard = [one for one in page.evaluate("heard") if one != "cancel"]

    assert shown[:1] == spoken
    assert [["near", "en", text] for text in shown] == heard
    assert 0 == page.locator(".spoken").count() and "Listen" in page.locator("#listen").inner_text()
    page.context.close()


def test_reading_aloud_stops_when_told(browser: Any, address: str) -> None:
    page = opened(browser, address, script=VOICES.replace("VOICES", f"[{LOCAL}]"))
    page.get_by_role("button", name="Listen").click()
    page.get_by_role("button", name="Stop").click()
    page.evaluate("ended()")

    assert 1 == len([one for one in page.evaluate("heard") if one != "cancel"])
    assert 0 == page.locator(".spoken").count()
    page.context.close()
