"""Editors and the desk at the same stories: whatever they do, in whatever order, the promises hold.

Each article stands in one live story, no link is violated, each address that ever was leads to a page of the story
that the log says it became, and the log alone tells where each article stands.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from iroyin.adapters.store import SqlStore
from iroyin.errors import StoreError
from iroyin.group import edits
from iroyin.group.edits import Word
from iroyin.model import (
    DESK,
    INDEX,
    REVISE,
    Act,
    Article,
    ArticleId,
    Brief,
    Counts,
    Event,
    EvidenceKind,
    Heard,
    LinkKind,
    Move,
    Page,
    Placement,
    Sentence,
    Step,
    Story,
    StoryId,
    short_id,
)

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
MOST = 8
LANGUAGES = ("fr", "en", "yo")
ANY = st.integers(0, 99)


def article(number: int) -> Article:
    at, text = NOW + timedelta(hours=number), f"Title {number}\n\nOne sentence."
    language = LANGUAGES[number % 3]
    return Article(
        ArticleId(f"a{number}"), f"http://a.example/{number}", f"Title {number}", text, language, at, NOW, "A", "A",
        ((0, 7), (9, len(text))),
    )  # fmt: skip


class Stories(RuleBasedStateMachine):
    """Few articles, so that the same stories are merged and split again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "s.db"
        self.store = SqlStore(self.path, clock=lambda: NOW)
        self.began: dict[ArticleId, StoryId] = {}  # where each article was placed
        self.addresses: dict[tuple[str, str], StoryId] = {}  # every address that ever was, and whose it is
        self.acts = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize(first=st.integers(2, 4))
    def begin(self, first: int) -> None:
        for _ in range(first):
            self.place(choice=0, own=True)

    # what is done

    @precondition(lambda self: len(self.began) < MOST)
    @rule(choice=ANY, own=st.booleans())
    def place(self, choice: int, own: bool) -> None:
        one = article(len(self.began))
        self.store.add_articles([one], np.zeros((1, 2), np.float32), "t/1")
        frozen = {link.one for link in self.store.links()}
        open_stories = [story.id for story in self.store.stories() if story.id not in frozen]
        fresh = StoryId(short_id("s", one.id))
        into = fresh if own or not open_stories else open_stories[choice % len(open_stories)]
        job = next(j for j in self.store.claim(Step.PLACE, limit=9, now=NOW) if j.key == one.id)
        placed = Placement(one.id, into, 1.0, "because")
        assert not self.store.commit_place(job, placed, now=NOW, heard=Heard(-1, 0))
        assert self.store.commit_place(job, placed, now=NOW, heard=self.store.heard())
        self.began[one.id] = into
        self.publish()

    @rule(choice=ANY, other=ANY, some=ANY)
    def desk_changes_its_mind(self, choice: int, other: int, some: int) -> None:
        """The desk may propose anything; the store makes what no link forbids."""
        story, into = self.two(choice, other)
        named = self.some(story, some)
        moves = [Move(story.id, into.id, (), 2.5, "one event")]
        if named:
            moves.append(Move(story.id, StoryId(short_id("s", named[0])), named, 1.5, "two events"))
        frozen = {link.one for link in self.store.links() if link.kind is LinkKind.FREEZE}
        before = {one: self.store.story(StoryId(one)) for one in frozen}
        self.store.enqueue(Step.PLACE, REVISE, run_at=NOW)
        job = next(j for j in self.store.claim(Step.PLACE, limit=9, now=NOW) if j.key == REVISE)
        assert self.store.commit_changes(job, moves, now=NOW, heard=Heard(-1, 0)) is None
        self.store.commit_changes(job, moves, now=NOW, heard=self.store.heard())
        assert before == {one: self.store.story(StoryId(one)) for one in frozen}
        self.publish()

    @rule(choice=ANY, other=ANY)
    def editor_merges(self, choice: int, other: int) -> None:
        story, into = self.two(choice, other)
        if story.id != into.id:
            self.act(edits.merge(story, into, self.store.links(), self.word()))
            assert into.id == self.store.end_of(story.id)

    @rule(choice=ANY, some=ANY)
    def editor_splits(self, choice: int, some: int) -> None:
        story, _ = self.two(choice, 0)
        if named := self.some(story, some):
            act = edits.split(story, named, self.store.links(), self.word(), self.free)
            self.act(act)
            made = self.store.story(act.moves[0].into)
            assert made is not None
            assert named == made.article_ids

    @rule(one=ANY, other=ANY, must=st.booleans())
    def editor_links(self, one: int, other: int, must: bool) -> None:
        names = list(self.began)
        first, second = names[one % len(names)], names[other % len(names)]
        if first == second:
            return
        here, there = self.of(first), self.of(second)
        if must:
            self.act(edits.together(first, second, here, there, self.store.links(), self.word()))
        else:
            self.act(edits.apart(first, second, here, there, self.store.links(), self.word(), self.free))
        assert must == (self.of(first).id == self.of(second).id)

    @rule(choice=ANY)
    def editor_unlinks(self, choice: int) -> None:
        links = [link for link in self.store.links() if link.kind is not LinkKind.FREEZE]
        if links:
            link = links[choice % len(links)]
            stories = [self.of(ArticleId(one)).id for one in (link.one, link.other)]
            self.act(edits.unlink(link, stories[0], stories[1], self.word()))

    @rule(choice=ANY)
    def editor_freezes_or_thaws(self, choice: int) -> None:
        story, _ = self.two(choice, 0)
        frozen = any(link.one == story.id for link in self.store.links())
        thawed = edits.unfreeze(story.id, self.store.links(), self.word())
        self.act(thawed if frozen else edits.freeze(story.id, self.word()))

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = SqlStore(self.path, clock=lambda: NOW)

    # what must be true

    @invariant()
    def each_article_stands_in_one_live_story(self) -> None:
        stories = self.store.stories()
        standing = [(one, story.id) for story in stories for one in story.article_ids]
        assert sorted(self.began) == sorted(one for one, _ in standing)
        assert all(story.article_ids for story in stories)
        for one, story_id in standing:
            placement = self.store.placement(one)
            assert placement is not None
            assert (story_id, "because") == (placement.story_id, placement.reason)
        for story in stories:
            times = [article(int(one[1:])).published_at for one in story.article_ids]
            assert (min(times), max(times)) == (story.first_at, story.last_at)

    @invariant()
    def no_link_is_violated(self) -> None:
        for link in self.store.links():
            if link.kind is LinkKind.FREEZE:
                assert self.store.lives(StoryId(link.one))
            else:
                one, other = (self.of(ArticleId(name)).id for name in (link.one, link.other))
                assert (link.kind is LinkKind.MUST) == (one == other)

    @invariant()
    def each_address_leads_to_a_page_of_its_story(self) -> None:
        live = {story.id for story in self.store.stories()}
        for (language, slug), owner in self.addresses.items():
            told = self.store.resolve_slug(language, slug, LANGUAGES)
            assert told is not None
            page = self.store.page(f"{told[0]}/articles/{told[1]}/index.html")
            assert page is not None
            end = self.store.end_of(owner)
            assert end in live
            assert end == page.story_id
            speaks = {
                told_in for one in self.of_id(end).article_ids for told_in in [article(int(one[1:])).language]
            }
            first = next(code for code in (language, *LANGUAGES) if code in speaks)
            assert first == told[0]
            if owner in live and language in speaks:
                assert (language, slug) == told

    @invariant()
    def the_log_explains_where_each_article_stands(self) -> None:
        where = dict(self.began)
        opened = set()
        for line in self.store.log():
            if line.what in {Event.OPENED, Event.SPLIT}:
                opened.add(line.story_id if line.what is Event.OPENED else line.other)
            if line.what in {Event.MERGED, Event.SPLIT}:
                assert line.other is not None
                assert {line.story_id} == {where[one] for one in line.article_ids}
                where |= dict.fromkeys(line.article_ids, line.other)
                assert (line.who == DESK) == (line.why in {"one event", "two events"})
        assert opened >= set(self.began.values())
        assert where == {one: story.id for story in self.store.stories() for one in story.article_ids}

    # how it is done

    def word(self) -> Word:
        self.acts += 1
        return Word("ada", NOW + timedelta(minutes=self.acts), "seen by ada")

    def act(self, act: Act) -> None:
        before = self.store.heard()
        self.store.commit_act(act, heard=before)
        assert before.words < self.store.heard().words
        assert bool(act.moves) == (before.moves < self.store.heard().moves)
        self.publish()

    def free(self, story_id: StoryId) -> bool:
        return not self.store.lives(story_id)

    def two(self, choice: int, other: int) -> tuple[Story, Story]:
        stories = self.store.stories()
        return stories[choice % len(stories)], stories[other % len(stories)]

    def some(self, story: Story, choice: int) -> tuple[ArticleId, ...]:
        """Some of the story's articles, not all: a number's bits say which."""
        named = tuple(one for at, one in enumerate(story.article_ids) if choice >> at & 1)
        return named if len(named) < len(story.article_ids) else ()

    def of_id(self, story_id: StoryId) -> Story:
        story = self.store.story(story_id)
        assert story is not None
        return story

    def of(self, name: ArticleId) -> Story:
        return next(story for story in self.store.stories() if name in story.article_ids)

    def publish(self) -> None:
        """What the desk does next: report and publish what is due."""
        self.store.free_leases()
        for job in self.store.claim(Step.REPORT, limit=99, now=NOW + timedelta(days=1)):
            story = self.store.story(StoryId(job.key))
            if story is None or not story.article_ids:
                self.store.drop(job)
                continue
            told = self.store.story_articles(story.id)
            briefs = [self.brief(story, next(a for a in told if a.language == code)) for code in story.languages]
            self.store.commit_report(job, story, briefs, {b.language: "title" for b in briefs})
        while jobs := self.store.claim(Step.PUBLISH, limit=1, now=NOW + timedelta(days=1)):
            job = jobs[0]
            slugs = self.store.slugs(StoryId(job.key))
            spoken = [brief.language for brief in self.store.briefs(StoryId(job.key))] if job.key != INDEX else []
            pages = [
                Page(f"{code}/articles/{slugs[code]}/index.html", "text/html", b"<p>", StoryId(job.key))
                for code in spoken
            ]
            self.addresses |= {(code, slugs[code]): StoryId(job.key) for code in spoken}
            self.store.commit_publish(job, pages, card="c" if pages else "")
        assert {} == {step: n for step, n in self.store.depth(now=NOW).items() if step is not Step.PLACE}

    def brief(self, story: Story, first: Article) -> Brief:
        line = Sentence(first.title, first.language, EvidenceKind.VERBATIM, (first.span(0, 7),))
        return Brief(
            story.id, story.version, first.language, line, (line,), (), (), Counts(1, 1, 1), (), NOW, "test/1"
        )  # fmt: skip


TestStories = Stories.TestCase
TestStories.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@pytest.fixture
def stories(tmp_path: Path) -> Iterator[Stories]:
    """Three stories of one article each."""
    machine = Stories()
    machine.begin(3)
    yield machine
    machine.teardown()


def test_what_was_planned_before_another_editor_spoke_is_refused(stories: Stories) -> None:
    store, word = stories.store, stories.word()
    one, other, third = store.stories()
    heard = store.heard()
    late = edits.merge(one, other, store.links(), word)
    names = one.article_ids[0], other.article_ids[0]
    store.commit_act(edits.apart(*names, one, other, [], word, stories.free), heard=heard)

    with pytest.raises(StoreError, match="have changed meanwhile"):
        store.commit_act(late, heard=heard)
    with pytest.raises(StoreError, match="have changed meanwhile"):  # an article that is not where the plan saw it
        away = replace(late, moves=(Move(one.id, other.id, third.article_ids),))
        store.commit_act(away, heard=store.heard())

    assert [one, other, third] == store.stories()
    assert 1 == len(store.links())


def test_an_act_that_the_desk_overtook_breaks_no_link(stories: Stories) -> None:
    """Planned for two stories; by now the second holds an article that cannot stand with the first."""
    store, word = stories.store, stories.word()
    one, other, third = store.stories()
    names = one.article_ids[0], third.article_ids[0]
    stories.act(edits.apart(*names, one, third, [], word, stories.free))
    heard, late = store.heard(), edits.merge(one, other, store.links(), word)
    store.enqueue(Step.PLACE, REVISE, run_at=NOW)
    job = next(j for j in store.claim(Step.PLACE, limit=9, now=NOW) if j.key == REVISE)
    store.commit_changes(job, [Move(third.id, other.id, why="one event")], now=NOW, heard=heard)

    with pytest.raises(StoreError, match="have changed meanwhile"):
        store.commit_act(late, heard=heard)

    stories.no_link_is_violated()
    assert 1 == len(store.links())


def test_a_report_that_an_editor_overtook_tells_no_merged_story(stories: Stories) -> None:
    """The desk writes and prints a story while an editor merges it away: no page of it comes back."""
    store = stories.store
    gone, kept, _ = store.stories()
    store.enqueue(Step.REPORT, gone.id, run_at=NOW)
    store.enqueue(Step.PUBLISH, gone.id, run_at=NOW)
    report, publish = (store.claim(step, limit=1, now=NOW)[0] for step in (Step.REPORT, Step.PUBLISH))
    store.commit_act(edits.merge(gone, kept, store.links(), stories.word()), heard=store.heard())

    store.commit_report(report, gone, [stories.brief(gone, store.story_articles(kept.id)[0])], {"en": "late"})
    store.commit_publish(publish, [Page("en/articles/late/index.html", "text/html", b"<p>", gone.id)], card="c")
    stories.publish()

    assert [] == store.briefs(gone.id)
    assert store.page("en/articles/late/index.html") is None
    stories.each_address_leads_to_a_page_of_its_story()
