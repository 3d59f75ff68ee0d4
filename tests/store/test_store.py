"""The store keeps what it was given, once, and says so after it was closed and opened again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from iroyin.adapters.store import SqlStore
from iroyin.adapters.store.connect import engine
from iroyin.adapters.store.schema import is_ours, metadata
from iroyin.errors import StoreError
from iroyin.model import (
    REVISE,
    Article,
    ArticleId,
    Brief,
    Counts,
    Entry,
    EntryId,
    EntryState,
    EvidenceKind,
    Feed,
    FeedEntry,
    FeedId,
    FeedState,
    Move,
    Page,
    Placement,
    Sentence,
    Step,
    StoryId,
)

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
FEED = Feed(FeedId("f1"), "http://a.example/feed", "A")
VECTOR = np.array([0.6, 0.8], dtype=np.float32)


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(tmp_path / "s.db", clock=lambda: NOW)


def article(name: str, *, hours: int = 0, text: str = "Title\n\nOne sentence.") -> Article:
    at = NOW + timedelta(hours=hours)
    return Article(
        ArticleId(name),
        f"http://a.example/{name}",
        "Title",
        text,
        "en",
        at,
        NOW,
        "A",
        "A",
        ((0, 5), (7, len(text))),
    )


def entry(name: str, *, content_hash: str = "h1") -> Entry:
    return Entry(EntryId(name), FEED.id, FeedEntry(name, f"http://a.example/{name}", "T", "S"), NOW, content_hash)


def polled(store: SqlStore, *entries: Entry) -> int:
    store.enqueue(Step.POLL, FEED.id, run_at=NOW)
    job = store.claim(Step.POLL, limit=1, now=NOW)[0]
    return store.commit_poll(job, FeedState(FEED.id, next_poll_at=NOW + timedelta(hours=1)), entries, now=NOW)


def placed(store: SqlStore, name: str, story: str) -> None:
    job = next(j for j in store.claim(Step.PLACE, limit=9, now=NOW) if j.key == name)
    store.commit_place(job, Placement(ArticleId(name), StoryId(story), 1.0, "first of its story"), now=NOW)


def reported(store: SqlStore, name: str, slug: str) -> Brief:
    story = store.story(StoryId(name))
    assert story is not None
    told = Sentence("Title", "en", EvidenceKind.VERBATIM, (article("a1").span(0, 5),))
    brief = Brief(story.id, story.version, "en", told, (told,), (), (), Counts(1, 1, 1), (), NOW, "test/1")
    job = next(j for j in store.claim(Step.REPORT, limit=9, now=NOW) if j.key == name)
    store.commit_report(job, story, [brief], {"en": slug})
    store.free_leases()
    return brief


def published(store: SqlStore, name: str, *folders: str) -> None:
    job = next(j for j in store.claim(Step.PUBLISH, limit=9, now=NOW) if j.key == name)
    store.commit_publish(
        job, [Page(f"{one}/index.html", "text/html", b"<p>", StoryId(name)) for one in folders], card="c"
    )
    store.free_leases()


def test_the_migrations_make_exactly_the_tables_of_the_schema(store: SqlStore) -> None:
    with engine(store.path, readonly=True).connect() as connection:
        assert [] == compare_metadata(
            MigrationContext.configure(connection, opts={"include_name": is_ours}), metadata
        )


def test_an_entry_is_read_once_and_again_when_its_text_changes(store: SqlStore) -> None:
    store.add_feeds([FEED], now=NOW)

    counts = [
        polled(store, entry("e1")),
        polled(store, entry("e1")),
        polled(store, entry("e1", content_hash="h2")),
    ]

    assert [1, 0, 1] == counts
    assert {Step.READ: 1} == {s: n for s, n in store.depth(now=NOW).items() if s is Step.READ}


def test_a_result_ends_its_job_and_queues_the_next_in_one_commit(store: SqlStore) -> None:
    store.add_feeds([FEED], now=NOW)
    polled(store, entry("e1"))
    job = store.claim(Step.READ, limit=1, now=NOW)[0]

    store.commit_read(job, article("a1"), VECTOR, "test/1")

    assert {Step.PLACE: 1} == dict(store.depth(now=NOW))
    assert article("a1") == store.article(ArticleId("a1"))
    assert np.allclose(VECTOR, store.vector(ArticleId("a1"), "test/1"), atol=1e-3)
    assert store.vector(ArticleId("a1"), "other/1") is None


def test_a_story_grows_and_its_version_with_it(store: SqlStore) -> None:
    store.add_articles([article("a1"), article("a2", hours=2)], np.stack([VECTOR, VECTOR]), "test/1")
    placed(store, "a1", "s1")
    store.free_leases()
    placed(store, "a2", "s1")

    story = store.story(StoryId("s1"))

    assert story is not None
    assert (2, ("a1", "a2"), NOW, NOW + timedelta(hours=2)) == (
        story.version, story.article_ids, story.first_at, story.last_at
    )  # fmt: skip
    assert ["a1", "a2"] == [p.article_id for p in store.window(NOW - timedelta(days=1), "test/1")]


def test_the_same_articles_again_change_nothing(store: SqlStore) -> None:
    vectors = np.stack([VECTOR])

    assert [1, 0] == [store.add_articles([article("a1")], vectors, "t/1") for _ in range(2)]


def test_a_changed_article_is_reported_anew(store: SqlStore) -> None:
    store.add_articles([article("a1")], np.stack([VECTOR]), "t/1")
    placed(store, "a1", "s1")
    store.drop(store.claim(Step.REPORT, limit=1, now=NOW)[0])

    store.add_articles([article("a1", text="Title\n\nCorrected.")], np.stack([VECTOR]), "t/1")

    assert ["s1"] == [job.key for job in store.claim(Step.REPORT, limit=1, now=NOW)]


def test_slugs_are_told_apart_and_old_ones_lead_on(store: SqlStore) -> None:
    store.add_articles([article("a1"), article("a2")], np.stack([VECTOR, VECTOR]), "t/1")
    placed(store, "a1", "s1")
    store.free_leases()
    placed(store, "a2", "s2")
    for name in ("s1", "s2"):
        assert [reported(store, name, "same-title")] == store.briefs(StoryId(name))

    assert ({"en": "same-title"}, {"en": "same-title-2"}) == (
        store.slugs(StoryId("s1")),
        store.slugs(StoryId("s2")),
    )
    assert store.resolve_slug("en", "same-title-2", ["en"]) is None
    published(store, "s2", "en/articles/same-title-2")
    assert ("en", "same-title-2") == store.resolve_slug("en", "same-title-2", ["en"])
    assert store.resolve_slug("en", "never", ["en"]) is None


def test_pages_are_kept_by_content_and_dropped_when_no_longer_made(store: SqlStore) -> None:
    page = Page("en/index.html", "text/html", b"<p>one</p>")
    changed = []
    for pages in ([page, Page("en/tags/x/index.html", "text/html", b"x")], [page], [page]):
        store.enqueue(Step.PUBLISH, "index", run_at=NOW)
        job = store.claim(Step.PUBLISH, limit=1, now=NOW)[0]
        changed.append(store.commit_publish(job, pages, prefixes=("en/",)))

    assert [2, 1, 0] == changed
    kept = store.page("en/index.html")
    assert kept is not None
    assert (b"<p>one</p>", 32) == (kept.body, len(kept.etag))
    assert ["en/index.html"] == list(store.page_paths())


def test_a_skipped_entry_keeps_its_reason(store: SqlStore) -> None:
    store.add_feeds([FEED], now=NOW)
    polled(store, entry("e1"))
    job = store.claim(Step.READ, limit=1, now=NOW)[0]

    store.commit_skip(job, EntryId("e1"), "too thin")

    kept = store.entry(EntryId("e1"))
    assert kept is not None
    assert (EntryState.SKIPPED, "too thin") == (kept.state, kept.reason)


def test_a_copy_made_while_writing_is_whole(store: SqlStore, tmp_path: Path) -> None:
    store.add_feeds([FEED], now=NOW)

    store.backup(tmp_path / "copy.db")

    with SqlStore(tmp_path / "copy.db") as copy:
        assert ([FEED], []) == (copy.feeds(), copy.check())


def test_a_newer_file_is_refused(store: SqlStore) -> None:
    with engine(store.path, readonly=False).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()

    with pytest.raises(StoreError, match="newer"):
        SqlStore(store.path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_bytes(b"not a database at all, but long enough to have a header" * 20)

    with pytest.raises(StoreError, match="cannot be opened"):
        SqlStore(tmp_path / "s.db")


def test_merged_stories_keep_their_addresses_and_a_log(store: SqlStore) -> None:
    store.add_articles([article("a1"), article("a2", hours=3)], np.stack([VECTOR, VECTOR]), "t/1")
    placed(store, "a1", "s1")
    store.free_leases()
    placed(store, "a2", "s2")
    store.free_leases()
    reported(store, "s2", "its-own-title")
    revise = next(j for j in store.claim(Step.PLACE, limit=9, now=NOW) if j.key == REVISE)

    store.commit_changes(revise, [Move(StoryId("s2"), StoryId("s1"), (), 2.5, "one event")], now=NOW)
    reported(store, "s1", "the-story")
    published(store, "s1", "en/articles/the-story")

    kept, gone = store.story(StoryId("s1")), store.story(StoryId("s2"))
    assert kept is not None
    assert gone is not None
    assert (("a1", "a2"), ()) == (kept.article_ids, gone.article_ids)
    assert ("en", "the-story") == store.resolve_slug("en", "its-own-title", ["en"])
    assert ["s1"] == [story.id for story in store.stories()]
    assert 1 == store.count("story")
    assert [] == store.briefs(StoryId("s2"))


def test_articles_that_leave_a_story_have_one_of_their_own_and_may_come_back(store: SqlStore) -> None:
    store.add_articles([article("a1"), article("a2", hours=3)], np.stack([VECTOR, VECTOR]), "t/1")
    placed(store, "a1", "s1")
    store.free_leases()
    placed(store, "a2", "s1")
    store.free_leases()

    def moved(story: str, into: str, *names: str) -> None:
        store.enqueue(Step.PLACE, REVISE, run_at=NOW)
        job = next(j for j in store.claim(Step.PLACE, limit=9, now=NOW) if j.key == REVISE)
        move = Move(StoryId(story), StoryId(into), tuple(map(ArticleId, names)), why="why")
        assert [move] == store.commit_changes(job, [move], now=NOW)

    def standing() -> dict[str, tuple[str, ...]]:
        return {story.id: story.article_ids for story in store.stories()}

    moved("s1", "s2", "a2")
    assert {"s1": ("a1",), "s2": ("a2",)} == standing()
    assert [NOW + timedelta(hours=3)] * 2 == [(s := store.story(StoryId("s2"))).first_at, s.last_at]  # type: ignore[union-attr]
    moved("s2", "s1")
    assert {"s1": ("a1", "a2")} == standing()
    moved("s1", "s2", "a2")
    assert {"s1": ("a1",), "s2": ("a2",)} == standing()
    told = store.placement(ArticleId("a2"))
    assert told is not None
    assert "s2" == told.story_id
    assert ["split", "merged", "split"] == [
        line.what for line in store.log(StoryId("s1")) if line.what != "opened"
    ]


def test_a_feed_that_said_it_is_gone_is_polled_again_when_it_is_added_again(store: SqlStore) -> None:
    store.add_feeds([FEED], now=NOW)
    job = store.claim(Step.POLL, limit=1, now=NOW)[0]
    store.commit_poll(job, FeedState(FEED.id, next_poll_at=None), [], now=NOW)
    assert [] == store.claim(Step.POLL, limit=1, now=NOW)

    assert 0 == store.add_feeds([FEED], now=NOW)

    assert [FEED.id] == [job.key for job in store.claim(Step.POLL, limit=1, now=NOW)]


def test_a_feed_that_waits_for_its_poll_is_not_hurried_by_adding_it_again(store: SqlStore) -> None:
    store.add_feeds([FEED], now=NOW)
    polled(store)

    store.add_feeds([FEED], now=NOW)

    assert [] == store.claim(Step.POLL, limit=1, now=NOW)


def test_a_changed_article_is_found_by_its_new_date(store: SqlStore) -> None:
    store.add_articles([article("a1"), article("a2", hours=1)], np.stack([VECTOR, VECTOR]), "t/1")
    placed(store, "a1", "s1")
    store.free_leases()
    placed(store, "a2", "s1")

    store.add_articles([article("a1", hours=5, text="Title\n\nCorrected.")], np.stack([VECTOR]), "t/1")

    assert ["a2", "a1"] == [member.id for member in store.story_articles(StoryId("s1"))]
