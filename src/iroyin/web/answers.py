"""What the desk answers to machines, as documents: the same for `/api/v1` and for `iroyin mcp`. Read only.

Only what is published is told, and a retracted story is not.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol

from iroyin.adapters.store.search import Asked, Hits, Printed
from iroyin.languages.searching import question
from iroyin.model import Brief, Feed, FeedId, FeedState, Link, Page, Story, StoryId
from iroyin.press import site_view
from iroyin.publish import kite_story, opening, story_path, tag_name
from iroyin.publish.locale import tag
from iroyin.publish.views import SiteView
from iroyin.settings import Settings

MOST, USUAL = 100, 20
_LONGEST = 200  # characters of a question
_GONE = 410, {"error": "this story was retracted"}
Place = tuple[datetime, StoryId]
Answer = tuple[int, Mapping[str, Any]]


class Archive(Protocol):
    """What the API asks of the store. Called from worker threads."""

    def told(self, language: str, *, after: Place | None, limit: int) -> Sequence[tuple[Place, str, str, Brief]]:
        """Stories told in a language as (place, section, slug, brief), newest first, behind a place."""
        ...

    def search(self, asked: Asked) -> Hits:
        """The stories that answer a question."""
        ...

    def printed(self, found: Sequence[tuple[StoryId, str]]) -> Mapping[tuple[StoryId, str], Printed]:
        """What these hits are shown by; one that has gone is left out."""
        ...

    def story(self, story_id: StoryId) -> Story | None:
        """A story by its id."""
        ...

    def end_of(self, story_id: StoryId) -> StoryId:
        """The story that a merged one is in, followed to the end; itself for any other id."""
        ...

    def briefs(self, story_id: StoryId) -> list[Brief]:
        """The present briefs of a story."""
        ...

    def slugs(self, story_id: StoryId) -> Mapping[str, str]:
        """The story's present slug in each language."""
        ...

    def page(self, path: str) -> Page | None:
        """A published page."""
        ...

    def retractions(self) -> Mapping[StoryId, Link]:
        """The retractions that stand."""
        ...

    def feeds(self) -> Sequence[Feed]:
        """All feeds."""
        ...

    def feed_states(self) -> Mapping[FeedId, FeedState]:
        """How each feed is doing."""
        ...


class Answers:
    """Each answer is a status, as HTTP has them, and a document. Called from worker threads."""

    def __init__(self, store: Archive, settings: Settings) -> None:
        self._store, self._settings = store, settings

    @property
    def first(self) -> str:
        """The language of who names none."""
        return self._settings.desk_languages[0]

    @property
    def site(self) -> SiteView:
        """The site now."""
        return site_view(self._settings, self._settings.now(datetime.now(UTC)))

    def languages(self) -> Answer:
        """The languages of the site."""
        return 200, {"languages": [{"code": code, "tag": tag(code)} for code in self._settings.desk_languages]}

    def stories(self, language: str = "", cursor: str = "", limit: int = USUAL) -> Answer:
        """Stories of one language, newest first; `next` is the cursor of the page behind."""
        language = language or self.first
        behind = place(cursor)
        if language not in self._settings.desk_languages or (behind is None and cursor):
            return _refused("language or cursor is not known")
        rows = self._store.told(language, after=behind, limit=limit + 1)
        listed = [self._short(brief, section, slug) for _, section, slug, brief in rows[:limit]]
        return 200, {"stories": listed, "next": _cursor(rows[limit - 1][0]) if len(rows) > limit else None}

    def story(self, story: str) -> Answer:
        """One story in every language in which it is told; of a merged one, the story that it is in."""
        told = self._store.story(self._store.end_of(StoryId(story)))
        if told and told.id in self._store.retractions():
            return _GONE
        briefs = self._briefs(told.id) if told else {}
        if told is None or not briefs:
            return _lost()
        slugs = self._store.slugs(told.id)
        editions = {
            code: self._short(one, told.section, slugs[code]) for code, one in briefs.items() if code in slugs
        }
        return 200, {"id": told.id, "section": told.section, "first_at": told.first_at.isoformat(),
                     "last_at": told.last_at.isoformat(), "editions": editions}  # fmt: skip

    def claims(self, story: str, language: str = "") -> Answer:
        """The ledger of a story in one language, as published beside its page."""
        language, here = language or self.first, self._store.end_of(StoryId(story))
        if here in self._store.retractions():
            return _GONE
        slug = self._store.slugs(here).get(language) if language in self._settings.desk_languages else None
        page = self._store.page(f"{story_path(language, slug).lstrip('/')}/claims.json") if slug else None
        return (200, json.loads(page.body)) if page else _lost()

    def search(
        self, words: str, language: str = "", limit: int = USUAL, *, since: date | None = None, skip: int = 0
    ) -> Answer:
        """Stories by their words, best first; `since` and `skip` as in `Asked`."""
        match = question(words[:_LONGEST])
        known = self._settings.desk_languages
        if not match or (language and language not in known):
            return _refused("q holds no word, or language is not known")
        hits = self._store.search(
            Asked(match, languages=(language,) if language else known, since=since, skip=skip, limit=limit)
        )
        printed = self._store.printed(hits.found)
        found = [printed[one] for one in hits.found if one in printed]
        listed = [self._short(one.brief, one.section, one.slug) for one in found]
        return 200, {"stories": listed, "more": hits.more, "stopped": hits.stopped}

    def feeds(self) -> Answer:
        """The desk's feeds and how they are doing."""
        states = self._store.feed_states()
        return 200, {"feeds": [_feed(feed, states.get(feed.id)) for feed in self._store.feeds() if feed.active]}

    def kite(self, language: str) -> Answer:
        """The newest stories in the field names of Kagi News's open front end."""
        if language not in self._settings.desk_languages:
            return _lost()
        rows = self._store.told(language, after=None, limit=MOST)
        stories = []
        for number, (_, section, slug, brief) in enumerate(rows, start=1):
            page = self._store.page(f"{story_path(language, slug).lstrip('/')}/claims.json")
            sources = json.loads(page.body)["sources"] if page else {}
            stories.append(kite_story(number, section, brief, sources))
        return 200, {"category": "all", "timestamp": int(self.site.now.timestamp()), "stories": stories}

    def _briefs(self, story_id: StoryId) -> dict[str, Brief]:
        known = self._settings.desk_languages
        return {one.language: one for one in self._store.briefs(story_id) if one.language in known}

    def _short(self, brief: Brief, section: str, slug: str) -> dict[str, Any]:
        counts = brief.counts
        address = self.site.absolute(story_path(brief.language, slug))
        return {
            "id": brief.story_id,
            "language": brief.language,
            "headline": brief.headline.text,
            "summary": opening(brief),
            "section": section,
            "url": address,
            "claims": f"{address}/claims.json",
            "updated": brief.written_at.isoformat(),
            "counts": {"articles": counts.articles, "texts": counts.texts, "newsrooms": counts.newsrooms},
            "tags": [tag_name(one, brief.language) for one in brief.tags],
            "ai_generated": True,
            "writer": brief.writer,
        }


def _feed(feed: Feed, state: FeedState | None) -> dict[str, Any]:
    seen = state.ok_at.isoformat() if state and state.ok_at else None
    return {
        "outlet": feed.outlet or feed.title,
        "url": feed.url,
        "language": feed.language,
        "country": feed.country,
        "owner": feed.family,
        "kind": str(feed.kind),
        "status": str(state.status) if state else "new",
        "ok_at": seen,
        "reason": state.reason if state else "",
    }


def _refused(why: str) -> Answer:
    return 400, {"error": why}


def _lost() -> Answer:
    return 404, {"error": "there is nothing here"}


def _cursor(place: Place) -> str:
    return urlsafe_b64encode(f"{place[0].isoformat()}|{place[1]}".encode()).decode().rstrip("=")


def place(cursor: str) -> Place | None:
    """The place that a cursor of `Answers.stories` names; None when it names none."""
    if not cursor or len(cursor) > 200:
        return None
    try:
        when, _, story_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        moment = datetime.fromisoformat(when)
        return (moment.astimezone(UTC), StoryId(story_id)) if moment.tzinfo and story_id else None
    except (ValueError, OverflowError, NotBase64):
        return None
