"""The section on what people say: every label language, every figure, and hostile posts that stay text."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
from newsroom import site, views
from test_hostile_text import TEXTS

from iroyin.model import Counted, Day, Drop, Example, Page, Platform, Reaction, Receipt, Stance, View
from iroyin.publish import StoryView, story_pages
from iroyin.publish.locale import labels
from iroyin.publish.people import chart, searches
from markup import read

VIEWS = views()
THEN = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAYS = (Day(date(2026, 1, 5), (5, 5, 5, 4)), Day(date(2026, 1, 6), (1, 1, 1, 2)))
URL = "https://social.example/@name/1"


def reaction(view: StoryView, *, text: str = "Well done", url: str = URL, accounts: int = 24) -> Reaction:
    """A reaction of so many accounts, a quarter a stance, in two days."""
    example = Example(url, Platform.MASTODON, text, "en", THEN)
    stances = tuple(Stance)
    counted = tuple(
        Counted(URL, Platform.MASTODON, "social.example", n, stances[n % 4], "en", THEN) for n in range(accounts)
    )
    quarter = View(Stance.FOR, accounts // 4, accounts // 4, 0.25, 0.12, 0.45, (example,), (text,))
    enough = accounts >= 20
    return Reaction(
        view.story.id, THEN, THEN, THEN, accounts + 3, accounts, accounts, 1, 20, ("en",),
        tuple(replace(quarter, stance=stance) for stance in Stance) if enough else (),
        (replace(example, name=text),),
        (Receipt(Platform.MASTODON, "social.example", (text,), accounts + 3, accounts, accounts, "limit"),),
        tuple((reason, 1) for reason in Drop), DAYS if enough else (), counted,
    )  # fmt: skip


def made(view: StoryView, **changes: object) -> dict[str, Page]:
    shown = replace(view, reaction=reaction(view, **changes))  # type: ignore[arg-type]
    return {page.path.rpartition("/")[2]: page for page in story_pages(shown, site())}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.story.id}-{view.brief.language}")
def test_the_section_is_whole_and_well_formed_in_every_language(view: StoryView) -> None:
    html = made(view)["index.html"].body.decode()
    words, page = labels(view.brief.language), read(html.encode())

    assert [] == page.faults
    shown = unescape(html)
    for key in ("people.standing", "people.receipts", "people.statements", "people.days", "people.yours"):
        assert words.say(key) in shown, key
    for key in [*(f"people.view.{one}" for one in Stance), *(f"people.drop.{one}" for one in Drop)]:
        assert words.say(key) in shown, key


def test_below_the_floor_the_page_says_so_and_shows_the_receipts() -> None:
    view = VIEWS[0]
    shown = unescape(made(view, accounts=19)["index.html"].body.decode())
    words = labels(view.brief.language)

    assert words.say("people.few", accounts=words.count("count.accounts", 19), floor=words.number(20)) in shown
    assert words.say("people.view.for") not in shown.partition('class="receipts"')[0].partition("h-people")[2]
    assert "social.example" in shown


def test_what_was_searched_for_stands_once_above_the_sources_that_were_asked() -> None:
    one = Receipt(Platform.MASTODON, "social.example", ("Lee Xi",), 3, 2, 1)
    other = replace(one, platform=Platform.FORUM, server="forum.example", queries=("Lee", "Xi"))
    again = replace(one, platform=Platform.BLUESKY, server="sky.example")

    assert [(("Lee Xi",), [one, again]), (("Lee", "Xi"), [other])] == searches((one, other, again))


@pytest.mark.parametrize(("listens", "key"), [(False, "people.none"), (True, "people.waiting")])
def test_a_page_without_reaction_says_why(listens: bool, key: str) -> None:
    view = replace(VIEWS[0], listens=listens)
    page = next(page for page in story_pages(view, site()) if page.path.endswith("index.html"))

    assert labels(view.brief.language).say(key) in unescape(page.body.decode())


SCRIPTS = [name for name, _ in read(made(VIEWS[0])["index.html"].body).elements].count("script")


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_posts_are_text_and_nothing_else(text: str) -> None:
    pages = made(VIEWS[0], text=text, url="javascript:alert(1)")
    page = read(pages["index.html"].body)

    assert [] == page.faults
    assert not any(link.startswith("javascript:") for link in page.links)
    assert [name for name, _ in page.elements if name == "script"] == ["script"] * SCRIPTS
    assert text == json.loads(pages["claims.json"].body)["reaction"]["views"][0]["examples"][0]["text"]


def test_claims_hold_what_is_needed_to_count_again() -> None:
    told = json.loads(made(VIEWS[0])["claims.json"].body)["reaction"]

    assert (27, 24, 24, False) == (told["found"], told["used"], told["accounts"], told["representative"])
    assert 24 == len({post["account"] for post in told["posts"]})
    assert set(map(str, Drop)) == set(told["dropped"])


def test_the_chart_is_as_high_as_the_days_have_accounts() -> None:
    drawn = chart((Day(date(2026, 1, 5), (5, 5, 5, 5)), Day(date(2026, 1, 6), (10, 0, 0, 0))))

    heights = {x: sum(bar.height for bar in drawn.bars if bar.x == x) for x in {bar.x for bar in drawn.bars}}
    assert [drawn.height, drawn.height / 2] == [heights[x] for x in sorted(heights)]
    assert chart(()).bars == ()
