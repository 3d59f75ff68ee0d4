"""The flow of the newsroom, and nothing else.

              fetch         parse       extract       assign       choose       write        check       render
    Feed ──────▶ Fetched ────▶ Entry ─────▶ Article ────▶ Story ─────▶ Dossier ────▶ Draft ─────▶ Brief ──────▶ Page
         └───────── poll ──────────┘└─ read ──┘└─ place ─┘└──────────────── report ────────────────┘└─ publish ─┘

Every step has one rhythm: load, decide (pure), do (outside any transaction), commit. A commit keeps the result,
ends the job and queues the next ones together, so a crash repeats a step or finds it done.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from iroyin.copydesk import Copydesk
from iroyin.errors import AddressRefused, FetchError, ParseError, PolicyRefused
from iroyin.group.assign import LiveStories
from iroyin.group.features import features, lead_text
from iroyin.group.links import Links
from iroyin.group.record import from_bytes, to_bytes
from iroyin.group.revise import Change, Merge
from iroyin.group.section import section_of_story
from iroyin.group.stream import PASS
from iroyin.housestyle import given_up, house_style
from iroyin.ingest import article as reading
from iroyin.ingest import identity, schedule
from iroyin.ingest.schedule import Outcome, Result
from iroyin.listener import Listener
from iroyin.model import (
    INDEX,
    REVISE,
    ArticleId,
    Entry,
    EntryId,
    EntryState,
    Extract,
    Feed,
    FeedEntry,
    FeedId,
    FeedState,
    Heard,
    Job,
    Move,
    Page,
    Step,
    StoryId,
)
from iroyin.ports import DeskStore, Editions, Embedder, Fetcher, Parser, Writer
from iroyin.ports_reaction import SocialSource, Teller
from iroyin.ports_site import Announcer, Painter, Pictures, Speaker
from iroyin.press import Press
from iroyin.publish import FEEDS, slug
from iroyin.settings import Settings
from iroyin.speechdesk import SpeechDesk

PASSING = {"timeout", "dns", "connect", "connection lost", "short body", "silence"}
"""Why a page did not come that may be otherwise in a minute: a network that is down loses no entry."""

GONE = {"status 404", "status 410"}
"""What an outlet answers that has taken a page away."""

OPTED_OUT = "opted out: "

LONGEST_WAIT = 6 * 3600.0
"""Seconds a host may ask us to stay away before its page is news no more and the feed's own text must do."""

BATCH = 1000
"""Features that are computed anew and kept in one transaction: after an upgrade a start may be killed and go on."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What the desk works with. `clock` gives the real time, `rng` a fraction from 0 to 1 for jitter.

    Without `editions` nothing is written in a language that no source of a story speaks; without `teller` nothing is
    written about what people say, which is counted and shown all the same.
    """

    store: DeskStore
    fetcher: Fetcher
    parser: Parser
    embedder: Embedder
    writer: Writer
    clock: Callable[[], datetime]
    rng: Callable[[], float] = random.random
    social: tuple[SocialSource, ...] = ()
    editions: Editions | None = None
    pictures: Pictures | None = None
    painter: Painter | None = None
    speaker: Speaker | None = None
    announcer: Announcer | None = None
    teller: Teller | None = None


class Desk:
    """The steps. Holds nothing but the live stories, which are loaded from the store after a restart."""

    def __init__(self, ports: Ports, settings: Settings) -> None:
        self._ports, self._settings, self._store = ports, settings, ports.store
        self._live: LiveStories | None = None
        self._heard = Heard()  # what editors had said when the live stories were loaded
        self._copydesk = Copydesk(ports.store, ports.writer, ports.editions, settings)
        self._speech = SpeechDesk(ports.store, ports.speaker)
        self._press = Press(
            ports.store, settings, embedder=ports.embedder.id, pictures=ports.pictures, painter=ports.painter,
            speech=self._speech,
        )  # fmt: skip
        self._listener = Listener(ports.store, ports.embedder, ports.social, settings, ports.teller)

    def restyle(self) -> None:
        """Have every page made anew when what pages show beside the news is otherwise than when they were made."""
        settings = self._settings
        due = self._store.restyle(house_style(settings, self._ports.pictures), given_up=given_up(settings))
        if due:
            structlog.get_logger().info("the house style has changed: all pages are made anew", stories=due)

    def do(self, job: Job) -> None:
        """Run one job by its step. What it raises is a fault of the program, to be retried and then buried."""
        step = {
            Step.POLL: self.poll,
            Step.READ: self.read,
            Step.PLACE: self.place,
            Step.REPORT: self.report,
            Step.REACT: self.react,
            Step.PUBLISH: self.publish,
            Step.DRAW: self.draw,
        }[job.step]
        step(job)

    def _now(self) -> datetime:
        return self._settings.now(self._ports.clock())

    # poll: a feed to its new entries

    def poll(self, job: Job) -> None:
        """Fetch and parse one feed; keep the entries that are new or changed, and when to come again."""
        now = self._now()
        feed = self._store.feed(FeedId(job.key))
        if feed is None:
            return self._store.drop(job)
        before = self._store.feed_states().get(feed.id, FeedState(feed.id))
        outcome = self._ask(feed, before, now)
        state = schedule.after_poll(
            before, outcome, now=now, minutes=self._settings.feeds_poll_minutes, fraction=self._ports.rng()
        )
        items = outcome.parsed.entries if outcome.parsed else ()
        self._store.commit_poll(job, state, [self._entry(feed, item, now) for item in items], now=now)
        return None

    def _ask(self, feed: Feed, state: FeedState, now: datetime) -> Outcome:
        address = schedule.settled_move(state) or feed.url
        if identity.is_own(address, self._settings.desk_url):
            return Outcome(Result.REFUSED, "our own feed is no source")
        try:
            got = self._ports.fetcher.fetch(address, "feed", etag=state.etag, last_modified=state.last_modified)
            if got.opt_out:
                return Outcome(Result.REFUSED, f"opted out: {got.opt_out}")
            body = sha256(got.body).hexdigest()
            if got.status == 304 or body == state.body_hash:
                return Outcome(
                    Result.NOT_MODIFIED, max_age=schedule.max_age(got.headers), moved_to=got.permanent_url
                )
            parsed = self._ports.parser.feed(got, now=now, language=feed.language)
        except (AddressRefused, PolicyRefused) as error:
            return Outcome(Result.REFUSED, error.reason)
        except FetchError as error:
            gone = Result.GONE if error.status == 410 else Result.FAILED
            return Outcome(gone, error.reason, retry_after=error.retry_after)
        except ParseError as error:
            return Outcome(Result.FAILED, error.reason)
        return Outcome(
            Result.READ,
            parsed=parsed,
            etag=got.headers.get("etag", ""),
            last_modified=got.headers.get("last-modified", ""),
            body_hash=body,
            max_age=schedule.max_age(got.headers),
            moved_to=got.permanent_url,
        )

    def _entry(self, feed: Feed, item: FeedEntry, now: datetime) -> Entry:
        entry = Entry(identity.entry_id(feed.id, item.key), feed.id, item, now, identity.content_hash(item))
        oldest = now - timedelta(days=self._settings.feeds_max_age_days)
        if item.published_at and item.published_at < oldest:
            return replace(entry, state=EntryState.SKIPPED, reason="older than feeds.max_age_days")
        if item.url and identity.is_own(item.url, self._settings.desk_url):
            return replace(entry, state=EntryState.SKIPPED, reason="our own page is no source")
        return entry

    # read: an entry to an article

    def read(self, job: Job) -> None:
        """Fetch the page and take its article out; the feed's own text serves when the page does not."""
        entry = self._store.entry(EntryId(job.key))
        feed = self._store.feed(entry.feed_id) if entry else None
        if entry is None or feed is None:
            return self._store.drop(job)
        before = self._store.read_before(entry.id)
        page, trouble = self._page(entry, job, again=before is not None)
        if before and (trouble in GONE or trouble.startswith(OPTED_OUT)):
            return self._store.commit_gone(job, entry.id, before, trouble)
        if trouble.startswith(OPTED_OUT):
            return self._store.commit_skip(job, entry.id, trouble)
        if before and before.from_page and page is None:
            return self._store.commit_unread(job, entry.id)  # the feed's few words say nothing against the page's
        article = reading.build(entry, feed, page, seen_at=self._now())
        if isinstance(article, str) and before and page is not None:
            return self._store.commit_gone(job, entry.id, before, article)
        if isinstance(article, str):
            return self._store.commit_skip(job, entry.id, f"{article}; page: {trouble}" if trouble else article)
        vector = self._ports.embedder.embed([lead_text(article)], [article.language])[0]
        self._store.commit_read(job, article, vector, self._ports.embedder.id)
        return None

    def _page(self, entry: Entry, job: Job, *, again: bool) -> tuple[Extract | None, str]:
        """The entry's page, or why there is none. A passing trouble is raised until the last attempt.

        So is that a page which was read once is gone: it is believed when it is gone at every attempt.
        """
        if not entry.item.url:
            return None, "no address"
        try:
            got = self._ports.fetcher.fetch(entry.item.url, "page")
            if got.opt_out:
                return None, f"{OPTED_OUT}{got.opt_out}"
            charset = got.headers.get("content-type", "")
            return self._ports.parser.page(got.body, got.url, charset=charset, language=entry.item.language), ""
        except FetchError as error:
            passing = error.retry_after is not None or error.status >= 500 or error.reason in PASSING
            passing = passing or (again and error.reason in GONE)
            soon = (error.retry_after or 0.0) <= LONGEST_WAIT
            if passing and soon and job.attempt < self._settings.jobs_attempts:
                raise
            return None, error.reason
        except ParseError as error:
            return None, error.reason

    # place: an article to its story

    def place(self, job: Job) -> None:
        """Decide which story the article tells, with a reason that is kept; `revise` looks at the stories again."""
        if job.key == REVISE:
            return self._revise(job)
        article = self._store.article(ArticleId(job.key))
        if article is None:
            return self._store.drop(job)
        vector = self._store.vector(article.id, self._ports.embedder.id)
        if vector is None:
            vector = self._ports.embedder.embed([lead_text(article)], [article.language])[0]
        found, kept = features(article), False
        while not kept:  # again when an editor spoke between the decision and its commit
            live = self._stories()
            placement = live.place(found, vector)
            kept = self._store.commit_place(
                job, placement, now=self._now(), features=to_bytes(found), heard=self._heard
            )
        live.add(found, vector, placement.story_id)
        return None

    def _revise(self, job: Job) -> None:
        """Second thoughts: what turns out to tell one event becomes one story, what tells another leaves."""
        made = None
        while made is None:  # again when an editor spoke between the decision and its commit
            live = self._stories()
            changes = {_move(change): change for change in live.revise()}
            self._live = None  # until the store has the changes: when it cannot keep them, memory is read anew
            made = self._store.commit_changes(job, list(changes), now=self._now(), heard=self._heard)
        for move in made:
            live.apply(changes[move])
        self._live = live

    def _stories(self) -> LiveStories:
        """The live stories, with the links that stand; loaded after a start, and anew when an editor moved articles."""
        heard = self._store.heard()
        if self._live is None or heard.moves != self._heard.moves:
            self._live = self._loaded()
        elif heard != self._heard:
            self._live.relink(Links.of(self._store.links()))
        self._heard = heard
        return self._live

    def _loaded(self) -> LiveStories:
        days = self._settings.group_window_days
        links = Links.of(self._store.links())
        live = LiveStories(self._ports.embedder.dims, window_days=days, links=links)
        since = self._store.newest_article_at() - timedelta(days=2 * days)
        renewed: dict[ArticleId, bytes] = {}
        for placed in self._store.window(since, self._ports.embedder.id):
            found = from_bytes(placed.features)
            if found is None and (article := self._store.article(placed.article_id)):
                found = features(article)
                renewed[article.id] = to_bytes(found)
            if found is not None:
                live.add(found, placed.vector, placed.story_id)
            if len(renewed) == BATCH:
                self._store.keep_features(renewed)
                renewed.clear()
        self._store.keep_features(renewed)
        live.settle(newest=PASS)
        return live

    # report: a story to its briefs

    def report(self, job: Job) -> None:
        """Write the story anew in each language that its sources speak; the gate decides what is kept."""
        now = self._now()
        story = self._store.story(StoryId(job.key))
        if story is None or not story.article_ids or story.id in self._store.retractions():
            return self._store.drop(job)
        articles = self._store.story_articles(story.id)
        spoken = tuple(dict.fromkeys(article.language for article in articles))
        section = section_of_story(articles) if articles else story.section
        story = replace(story, section=section, languages=spoken)
        made = self._copydesk.report(story, articles, now=now)
        briefs = made.briefs
        slugs = {brief.language: slug(brief.headline.text, brief.language) for brief in briefs}
        if briefs:
            self._listener.begin(story.id, newsrooms=briefs[0].counts.newsrooms, now=now)
        self._store.commit_report(job, story, briefs, slugs, made.amendments, made.proofs)
        return None

    # react: what people say about a story

    def react(self, job: Job) -> None:
        """Look for posts about the story, look up those that are kept, and count anew what people say."""
        self._listener.listen(job, now=self._now())

    # publish: briefs to pages

    def publish(self, job: Job) -> None:
        """Render a story's pages, or for the key `index` all pages that show many stories."""
        if job.key == INDEX:
            pages = self._press.index_pages(now=self._now())
            changed = self._changed_feeds(pages)
            self._store.commit_publish(job, pages, prefixes=self._press.prefixes())
            self._announce(changed)
        else:
            made = self._press.story_pages(StoryId(job.key), now=self._now())
            self._store.commit_publish(job, made.pages, card=made.card, shows=made.shows, draws=made.draws)

    # draw: illustrations to cards for sharing, pages to recordings

    def draw(self, job: Job) -> None:
        """Paint, draw and read aloud what a published story lacks; its pages show it once it is there."""
        story_id = StoryId(job.key)
        anew = self._press.paint(story_id)
        made = [] if anew else [*self._press.cards(story_id), *self._speech.recorded(story_id)]
        self._store.commit_draw(job, made, anew=anew)

    def _changed_feeds(self, pages: Sequence[Page]) -> list[str]:
        """The addresses of the feeds among these pages that are new or say something else than before."""
        if not self._ports.announcer:
            return []
        feeds = [page for page in pages if page.path.endswith(FEEDS)]
        before = {page.path: self._store.page(page.path) for page in feeds}
        base = self._settings.desk_url.rstrip("/")
        return [f"{base}/{p.path}" for p in feeds if (was := before[p.path]) is None or was.body != p.body]

    def _announce(self, feeds: Sequence[str]) -> None:
        """Tell the hub; one that does not answer is told of at the next change, and holds nothing up."""
        trouble = self._ports.announcer.announce(feeds) if self._ports.announcer and feeds else ""
        if trouble:
            structlog.get_logger().warning("the hub was not told", hub=self._settings.site_hub, reason=trouble)


def _move(change: Change) -> Move:
    """A decision of the grouping as the store takes it."""
    if isinstance(change, Merge):
        return Move(change.story_id, change.into, (), change.score, change.reason)
    return Move(change.story_id, change.new_id, change.article_ids, change.score, change.reason)
