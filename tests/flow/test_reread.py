"""A source that is read again: its sentences are checked against what it says now, from the feed to the page."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from test_retries import Clock, InProcess

from iroyin.adapters.embedders import ngrams
from iroyin.adapters.store import SqlStore
from iroyin.compose import open_writer
from iroyin.desk import Desk, Ports
from iroyin.errors import FetchError
from iroyin.model import Amendment, AmendmentKind, Feed, FeedId, Fetched, Reason, StoryId
from iroyin.ports import Purpose
from iroyin.runner import Runner
from iroyin.settings import Settings

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
OUTLETS = ("courier", "post")
TITLES = {"courier": "Crack closes the Kolme bridge", "post": "Kolme bridge closed after crack is found"}
TEXTS = {
    "courier": "The Kolme bridge was closed on Monday after engineers found a crack in its eastern pier. "
    "Repairs will cost 12 million crowns, the city of Kolme said in a statement. "
    "Some 14,000 cars cross the bridge each day and will be led over the ring road. "
    "Ferries will run every ten minutes from the old harbour until the bridge opens again.",
    "post": "Engineers found a crack in the eastern pier of the Kolme bridge, which was closed on Monday. "
    "The crack is 40 centimetres long, said the engineer Lena Okafor, who found it. "
    "The bridge was built in 1962 and renewed in 1998 after a ship had struck a pier.",
}
OLD, NEW = "12 million crowns", "19 million crowns"


class Wire:
    """A web of two feeds with one page each; `answers` are the pages' texts, or the status with which they fail."""

    def __init__(self) -> None:
        self.answers: dict[str, str | int] = dict(TEXTS)
        self.said = 0

    def fetch(self, url: str, purpose: Purpose, *, etag: str = "", last_modified: str = "") -> Fetched:
        name = url.split("/")[2].partition(".")[0]
        if purpose == "feed":
            item = {"id": name, "url": f"http://{name}.example/1", "title": TITLES[name],
                    "date_published": START.isoformat(), "content_text": f"It is closed. {self.said}"}  # fmt: skip
            body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": name, "items": [item]})
            return Fetched(url, url, 200, {"content-type": "application/feed+json"}, body.encode(), START)
        answer = self.answers[name]
        if isinstance(answer, int):
            raise FetchError(url, f"status {answer}" if answer else "timeout", status=answer)
        page = f"<html lang='en'><title>{TITLES[name]}</title><article><p>{answer}</p></article></html>"
        return Fetched(url, url, 200, {"content-type": "text/html"}, page.encode(), START)


class Newsroom:
    """A desk on this wire, and what a reader finds."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(embed_with="ngrams", desk_languages=("en",))
        self.wire, self.clock = Wire(), Clock()
        self.store = SqlStore(folder / "d.db", clock=self.clock)
        feeds = [Feed(FeedId(name), f"http://{name}.example/feed", name, outlet=name.title()) for name in OUTLETS]
        self.store.add_feeds(feeds, now=START)
        ports = Ports(self.store, self.wire, InProcess(), ngrams.Ngrams(), open_writer(settings), self.clock)
        desk = Desk(ports, settings)
        self.runner = Runner(desk, self.store, workers=1, clock=self.clock, report=lambda *_: None, stop=Event())
        self.later()

    def later(self, *, said: bool = True) -> None:
        """The feeds say that their entries changed; the desk polls, and comes back as often as it wants to."""
        self.wire.said += said
        for _ in range(6):
            self.clock.time += timedelta(hours=6)
            self.runner.drain()

    @property
    def story(self) -> StoryId:
        (found,) = self.store.stories()
        return found.id

    def told(self) -> list[str]:
        return [s.text for one in self.store.briefs(self.story) for s in one.all_sentences()]

    def page(self) -> str:
        found = self.store.page(f"en/articles/{self.store.slugs(self.story)['en']}/index.html")
        return found.body.decode() if found else ""

    def wrong(self) -> list[Amendment]:
        return list(self.store.corrections("en", limit=99))


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path)
    assert any(OLD in text for text in made.told())
    assert OLD in made.page()
    yield made
    made.store.close()


def test_a_figure_that_its_article_changed_is_changed_on_the_page(newsroom: Newsroom) -> None:
    newsroom.wire.answers["courier"] = TEXTS["courier"].replace(OLD, NEW)
    newsroom.later()

    assert any(NEW in text for text in newsroom.told())
    assert not any(OLD in text for text in newsroom.told())
    assert {(AmendmentKind.CHANGED, Reason.SOURCE_CHANGED)} == {(a.kind, a.reason) for a in newsroom.wrong()}


def test_a_sentence_that_its_article_dropped_is_dropped(newsroom: Newsroom) -> None:
    first, _, rest = TEXTS["courier"].partition(" Repairs")
    newsroom.wire.answers["courier"] = f"{first} {rest.partition('. ')[2]}"
    newsroom.later()

    assert not any(OLD in text for text in newsroom.told())
    assert any(OLD in a.before and a.reason is Reason.SOURCE_CHANGED for a in newsroom.wrong())


@pytest.mark.parametrize("status", [404, 410])
def test_nothing_stands_on_an_article_that_its_outlet_took_away(newsroom: Newsroom, status: int) -> None:
    newsroom.wire.answers["courier"] = status
    newsroom.later()

    assert newsroom.told()
    assert not any(OLD in text for text in newsroom.told())
    assert any(OLD in a.before and a.reason is Reason.SOURCE_VANISHED for a in newsroom.wrong())
    assert {"post"} == {one.outlet.lower() for one in newsroom.store.story_articles(newsroom.story)}

    newsroom.wire.answers["courier"] = TEXTS["courier"]
    newsroom.later()
    assert any(OLD in text for text in newsroom.told())


def test_a_story_of_which_every_source_is_gone_is_told_no_more(newsroom: Newsroom) -> None:
    newsroom.wire.answers = dict.fromkeys(OUTLETS, 410)
    newsroom.later()

    assert ([], "") == (newsroom.told(), newsroom.page())
    assert (AmendmentKind.WITHDRAWN, Reason.SOURCE_VANISHED) == (
        newsroom.wrong()[0].kind,
        newsroom.wrong()[0].reason,
    )
    assert newsroom.store.withdrawn("en", newsroom.store.slugs(newsroom.story)["en"])


@pytest.mark.parametrize("status", [0, 403, 500], ids=["timeout", "forbidden", "fault"])
def test_what_was_read_stands_when_the_page_cannot_be_looked_at_again(newsroom: Newsroom, status: int) -> None:
    before = newsroom.told()
    newsroom.wire.answers = dict.fromkeys(OUTLETS, status)
    newsroom.later()

    assert before == newsroom.told()
    assert [] == newsroom.wrong()
    assert [] == newsroom.store.buried()


def test_an_editor_has_sources_looked_at_of_whose_change_no_feed_tells(newsroom: Newsroom) -> None:
    newsroom.wire.answers = {"courier": TEXTS["courier"].replace(OLD, NEW), "post": 410}
    newsroom.later(said=False)
    assert any(OLD in text for text in newsroom.told())

    assert 2 == newsroom.store.read_again(newsroom.story, now=newsroom.clock.time)
    newsroom.later(said=False)

    assert any(NEW in text for text in newsroom.told())
    assert ["Courier"] == [one.outlet for one in newsroom.store.story_articles(newsroom.story)]
