"""A site that counts visits asks first: nothing is loaded or kept before an answer, and both answers are as easy."""

from collections.abc import Iterator
from typing import Any

import pytest
from invented_site import serve

COUNTER = "https://count.example/script.js"


@pytest.fixture(scope="module")
def counted() -> Iterator[str]:
    yield from serve(COUNTER)


def opened(browser: Any, address: str, path: str = "/yo/") -> tuple[Any, list[str]]:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.route("https://count.example/**", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address + path)
    return page, asked


def test_nothing_is_loaded_or_kept_before_an_answer(browser: Any, counted: str) -> None:
    page, asked = opened(browser, counted)

    assert page.locator("#consent").is_visible()
    assert [] == [url for url in asked if not url.startswith(counted)]
    assert 0 == page.evaluate("localStorage.length + document.cookie.length")
    page.context.close()


@pytest.mark.parametrize(("answer", "loads"), [("yes", True), ("no", False)])
def test_each_answer_is_one_click_and_holds(browser: Any, counted: str, answer: str, loads: bool) -> None:
    page, asked = opened(browser, counted)
    boxes = [page.locator(f"#consent button[value={name}]").bounding_box() for name in ("yes", "no")]
    page.locator(f"#consent button[value={answer}]").click()
    page.goto(counted + "/yo/about")
    page.wait_for_load_state("networkidle")

    assert (
        all(boxes) and abs(boxes[0]["width"] - boxes[1]["width"]) < 2 and boxes[0]["height"] == boxes[1]["height"]
    )
    assert not page.locator("#consent").is_visible()
    assert loads == (COUNTER in asked)
    page.context.close()


def test_the_choice_can_be_changed_at_the_foot_of_the_page(browser: Any, counted: str) -> None:
    page, _ = opened(browser, counted)
    page.locator("#consent button[value=no]").click()
    page.locator("#consent-open").click()

    assert page.locator("#consent").is_visible()
    page.context.close()


def test_a_site_that_counts_nobody_asks_nothing(browser: Any, address: str) -> None:
    page, asked = opened(browser, address)

    assert 0 == page.locator("#consent").count() == page.evaluate("localStorage.length + document.cookie.length")
    assert [] == [url for url in asked if not url.startswith(address)]
    page.context.close()
