"""A story listened to, end to end: what is deleted, edited or removed is gone or changed everywhere, and stays so."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from iroyin.adapters.http import GuardedFetcher
from iroyin.adapters.sandbox import ChildParser
from iroyin.adapters.social import make_sources
from iroyin.adapters.store import SqlStore
from iroyin.commands.demo import listening
from iroyin.desk import Desk, Ports
from iroyin.errors import ModelError
from iroyin.ingest.article import from_row
from iroyin.model import Account, Example, Job, Platform, Reaction, Stance, Step, StoryId, Told
from iroyin.ports import Vectors
from iroyin.ports_reaction import Fault, Teller
from iroyin.sample.social import SamplePost, SocialWeb
from iroyin.settings import Settings
from iroyin.write import ExtractiveWriter

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
BODY = (
    "The presidents of Varland and Ostmark met in Lindhaven on Monday. They signed 14 memorandums on trade. "
    "Both sides said that talks would go on in spring. The meeting lasted 90 minutes, the spokesman said."
)
SAYINGS = (
    "Great news from Lindhaven, I support Varland and Ostmark, number {}",
    "Varland and Ostmark tell lies, shame on them, number {}",
    "What did Varland give Ostmark, number {}?",
)


class Nearness:
    """An embedder for which every text about Varland is near every other."""

    id, dims = "nearness/1", 8

    def embed(self, texts: list[str], languages: list[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dims), np.float32)
        for row, text in enumerate(texts):
            rows[row, 0 if "Varland" in text else 1] = 0.8
            rows[row, 2 + len(text) % 6] = 0.6
        return rows


@dataclass
class Stage:
    """The desk on a story about Varland, and the network where people talk of it."""

    desk: Desk
    store: SqlStore
    web: SocialWeb
    clock: list[datetime]
    story: StoryId

    def look(self) -> Reaction:
        """Everything that is due is done once."""
        for step in (Step.PLACE, Step.REPORT, Step.REACT, Step.PUBLISH):
            for job in self.store.claim(step, limit=99, now=self.clock[0]):
                self.desk.do(job)
        found = self.store.reaction(self.story)
        assert found is not None
        return found

    def later(self, hours: float) -> None:
        self.clock[0] += timedelta(hours=hours)
        self.web.now = self.clock[0]

    def everywhere(self) -> str:
        """Every page, JSON and feed that is published."""
        self.store.enqueue(Step.PUBLISH, "index", run_at=self.clock[0])
        for job in self.store.claim(Step.PUBLISH, limit=99, now=self.clock[0]):
            self.desk.do(job)
        pages = (self.store.page(path) for path in self.store.page_paths())
        return "\n".join(page.body.decode("utf-8", "replace") for page in pages if page)


def crowd(size: int, platform: Platform = Platform.BLUESKY) -> list[SamplePost]:
    return [
        SamplePost(
            n, platform, f"user{n}.sample", f"{SAYINGS[n % 3].format(n)} {word(n)}", "en",
            START + timedelta(hours=2, minutes=n * n % 97),
        )
        for n in range(1, size + 1)
    ]  # fmt: skip


def word(number: int) -> str:
    """Words that make no two posts near-copies."""
    return " ".join(f"{a}{number * k % 101}" for k, a in enumerate(("ba", "ke", "li", "mo", "nu"), start=3))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with opened(tmp_path) as made:
        yield made


@contextmanager
def opened(tmp_path: Path, teller: Teller | None = None) -> Iterator[Stage]:
    clock = [START + timedelta(hours=6)]
    with ExitStack() as stack:
        web = stack.enter_context(SocialWeb(crowd(40), now=clock[0]))
        settings = replace(
            listening(Settings(desk_database=str(tmp_path / "d.db"), fetch_host_delay=0.0), web.port),
            react_newsrooms=1,
            react_sources=(f"bluesky@http://bluesky.localhost:{web.port}", f"x@http://x.localhost:{web.port}"),
        )
        store = stack.enter_context(SqlStore(tmp_path / "d.db", clock=lambda: clock[0]))
        parser = stack.enter_context(ChildParser(settings))
        fetcher = stack.enter_context(GuardedFetcher(settings))
        social = make_sources(settings, fetcher, parser, lambda: clock[0])
        writer = ExtractiveWriter(words_per_source=120, lede=3, body=12)
        ports = Ports(store, fetcher, parser, Nearness(), writer, lambda: clock[0],
                      social=social, teller=teller)  # type: ignore[arg-type] # fmt: skip
        desk = Desk(ports, settings)
        row = {
            "id": "a1", "lang": "en", "title": "Varland and Ostmark meet in Lindhaven", "text": BODY,
            "published_at": START.isoformat(), "source": "The Lindhaven Post", "url": "https://post.example/1",
        }  # fmt: skip
        article = from_row(row, now=START)
        store.add_articles([article], Nearness().embed([article.text], ["en"]), Nearness.id)
        for job in store.claim(Step.PLACE, limit=9, now=clock[0]):
            desk.do(job)
        yield Stage(desk, store, web, clock, store.stories()[0].id)


def test_the_section_is_printed_with_examples_and_receipts(stage: Stage) -> None:
    found = stage.look()
    shown = stage.everywhere()

    assert (40, 40, 40, True) == (found.found, found.used, found.accounts, found.enough)
    assert found.views[0].examples[0].text in shown
    assert "bluesky.localhost" in shown
    claims = next(path for path in stage.store.page_paths() if path.endswith("claims.json"))
    page = stage.store.page(claims)
    assert page is not None
    assert 40 == len(json.loads(page.body)["reaction"]["posts"])


def test_deleted_and_edited_posts_are_gone_or_changed_everywhere_and_do_not_return(stage: Stage) -> None:
    before = stage.look()
    example = before.views[0].examples[0]
    deleted = int(example.url.rpartition("/")[2])
    other = next(post for post in before.counted if post.url != example.url)
    edited = int(other.url.rpartition("/")[2])
    again = stage.web.one(deleted)
    assert again is not None
    assert example.text in stage.everywhere()
    old = stage.web.one(edited)
    assert old is not None

    stage.web.delete(deleted)
    stage.web.edit(edited, "Varland and Ostmark: nonsense, I was wrong to be glad, zebra words only here")
    stage.later(3)
    after = stage.look()

    assert (before.found - 1, before.accounts - 1) == (after.found, after.accounts)
    shown = stage.everywhere()
    assert example.text not in shown
    assert example.url not in shown
    assert old.text not in shown
    kept = [one.post.text for one in stage.store.posts(stage.story, Nearness.id)]
    assert old.text not in kept
    assert any("zebra" in text for text in kept)

    stage.web.add([again])  # the network gives it once more: a tombstone holds
    stage.later(3)
    assert after.found == stage.look().found
    assert example.text not in stage.everywhere()


def test_what_is_removed_by_address_or_handle_is_gone_at_once_and_for_ever(stage: Stage) -> None:
    before = stage.look()
    first, second = before.counted[0].url, before.counted[1].url
    handle = next(
        one.post.account for one in stage.store.posts(stage.story, Nearness.id) if one.post.url == second
    )

    assert [stage.story] == stage.store.forget_posts([], [first], "asked")
    assert [stage.story] == stage.store.forget_posts(
        [Account(Platform.BLUESKY, "@" + handle.handle).key], [], "asked"
    )
    assert stage.store.reaction(stage.story) is None
    after = stage.look()

    assert before.found - 2 == after.found
    assert not {first, second} & {post.url for post in after.counted}
    shown = stage.everywhere()
    assert first not in shown
    assert second not in shown
    stage.later(3)
    assert before.found - 2 == stage.look().found


def test_a_network_that_is_down_costs_its_posts_and_not_the_page(stage: Stage) -> None:
    stage.web.faults[Platform.BLUESKY].status = 503
    found = stage.look()

    assert (0, ()) == (found.found, found.views)
    assert "status 503" in found.receipts[0].trouble
    assert "status 503" in stage.everywhere()


def test_posts_stay_while_a_network_is_down_and_go_after_two_days(stage: Stage) -> None:
    assert 40 == stage.look().found
    stage.web.faults[Platform.BLUESKY].status = 503
    stage.later(5)
    assert 40 == stage.look().found
    stage.later(60)
    assert 0 == stage.look().found


def test_an_ended_story_is_looked_up_daily_and_searched_no_more(stage: Stage) -> None:
    stage.look()
    stage.later(24 * 9)
    stage.web.asked.clear()
    stage.web.delete(7)
    assert 39 == stage.look().found
    assert not any("searchPosts" in one.path for one in stage.web.asked)
    assert any("getPosts" in one.path for one in stage.web.asked)
    stage.later(20)
    assert [] == stage.store.claim(Step.REACT, limit=9, now=stage.clock[0])


def test_nothing_is_asked_when_no_source_is_set_up(tmp_path: Path) -> None:
    with SqlStore(tmp_path / "d.db") as store:
        ports = Ports(store, None, None, Nearness(), None, lambda: START)  # type: ignore[arg-type]
        Desk(ports, Settings())._listener.begin(StoryId("s1"), newsrooms=9, now=START)

        assert [] == store.claim(Step.REACT, limit=9, now=START + timedelta(days=1))


def test_a_merged_story_leaves_no_posts_behind(stage: Stage) -> None:
    stage.look()
    gone = StoryId("s0000000000000000")
    stage.store.enqueue(Step.REACT, gone, run_at=stage.clock[0])
    job: Job = next(j for j in stage.store.claim(Step.REACT, limit=9, now=stage.clock[0]) if j.key == gone)
    stage.desk.do(job)

    assert stage.store.reaction(gone) is None
    assert [] == stage.store.posts(gone, Nearness.id)


class Says:
    """A teller that says one true and one false thing of each view, and lets the listener's own check decide."""

    id = "says/1"

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails

    def tell(
        self, story_id: StoryId, views: Mapping[Stance, Sequence[Example]], language: str, fault: Fault
    ) -> tuple[Mapping[Stance, tuple[Told, ...]], int]:
        if self.fails:
            raise ModelError("budget")
        said: dict[Stance, tuple[Told, ...]] = {}
        lost = 0
        for stance, posts in views.items():
            for text in (f"{posts[0].text}.", "Quendrel Vosk and most voters deny it."):
                if fault(text, language, posts[:1]):
                    lost += 1
                else:
                    said[stance] = (*said.get(stance, ()), Told(text, language, (posts[0].url,)))
        return said, lost


def test_what_a_model_says_of_the_views_is_printed_as_far_as_it_is_borne_out(tmp_path: Path) -> None:
    with opened(tmp_path, Says()) as stage:
        found = stage.look()
        shown = stage.everywhere()

    told = [one for view in found.views for one in view.told]
    assert told
    assert ("says/1", True) == (found.teller, found.untold >= len(told))
    assert all(one.text in shown and one.posts[0] in shown for one in told)
    assert "says/1" in shown
    assert "Quendrel" not in shown


def test_a_model_that_fails_costs_its_sentences_alone(tmp_path: Path) -> None:
    with opened(tmp_path, Says(fails=True)) as stage:
        found = stage.look()
        assert ("", ()) == (found.teller, tuple(one for view in found.views for one in view.told))
        assert found.views[0].examples[0].text in stage.everywhere()
