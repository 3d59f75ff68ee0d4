"""`/api/v1`: what the pages say, as JSON for machines. Read only; each answer has an ETag; described by `openapi`."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from iroyin.adapters.store.search import Asked, Hits
from iroyin.languages.searching import question
from iroyin.model import Brief, Feed, FeedId, FeedState, Link, Page, Story, StoryId
from iroyin.press import site_view
from iroyin.publish import kite_story, opening, story_path, tag_name
from iroyin.publish.locale import tag
from iroyin.publish.views import SiteView
from iroyin.settings import Settings
from iroyin.web.openapi import description

_MOST = 100
_USUAL = 20
_GONE = 410, {"error": "this story was retracted"}
Place = tuple[datetime, StoryId]
Answer = Callable[[Request], tuple[int, Mapping[str, Any]]]


class Archive(Protocol):
    """What the API asks of the store. Called from worker threads."""

    def told(self, language: str, *, after: Place | None, limit: int) -> Sequence[tuple[Place, str, str, Brief]]:
        """Stories told in a language as (place, section, slug, brief), newest first, behind a place."""
        ...

    def search(self, asked: Asked) -> Hits:
        """The stories that answer a question."""
        ...

    def story(self, story_id: StoryId) -> Story | None:
        """A story by its id."""
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


def routes(store: Archive, settings: Settings) -> list[Route]:
    """The routes of the API."""
    api = _Api(store, settings)
    table: dict[str, Answer] = {
        "/api/v1/openapi.json": lambda _: (200, description(api.site.name, api.site.url)),
        "/api/v1/languages": api.languages,
        "/api/v1/stories": api.stories,
        "/api/v1/stories/{story}": api.story,
        "/api/v1/stories/{story}/claims": api.claims,
        "/api/v1/search": api.search,
        "/api/v1/feeds": api.feeds,
        "/api/v1/kite/{language}": api.kite,
    }
    return [Route(path, _endpoint(answer), methods=["GET"]) for path, answer in table.items()]


def _endpoint(answer: Answer) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        status, document = answer(request)
        body = json.dumps(document, ensure_ascii=False).encode(errors="replace")
        etag = f'W/"{sha256(body).hexdigest()[:32]}"'
        headers = {"etag": etag, "cache-control": "public, max-age=60", "access-control-allow-origin": "*"}
        if status == 200 and etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, status, headers, "application/json; charset=utf-8")

    return endpoint


class _Api:
    def __init__(self, store: Archive, settings: Settings) -> None:
        self._store, self._settings = store, settings

    @property
    def site(self) -> SiteView:
        """The site now."""
        return site_view(self._settings, self._settings.now(datetime.now(UTC)))

    def languages(self, _: Request) -> tuple[int, Mapping[str, Any]]:
        """The languages of the site."""
        return 200, {"languages": [{"code": code, "tag": tag(code)} for code in self._settings.desk_languages]}

    def stories(self, request: Request) -> tuple[int, Mapping[str, Any]]:
        """Stories of one language, newest first; `next` is the cursor of the page behind."""
        asked = request.query_params
        language = asked.get("language", self._settings.desk_languages[0])
        place = _place(asked.get("cursor", ""))
        if language not in self._settings.desk_languages or (place is None and asked.get("cursor")):
            return _refused("language or cursor is not known")
        limit = _limit(asked.get("limit", ""))
        rows = self._store.told(language, after=place, limit=limit + 1)
        listed = [self._short(brief, section, slug) for _, section, slug, brief in rows[:limit]]
        return 200, {"stories": listed, "next": _cursor(rows[limit - 1][0]) if len(rows) > limit else None}

    def story(self, request: Request) -> tuple[int, Mapping[str, Any]]:
        """One story in every language in which it is told."""
        told = self._store.story(StoryId(request.path_params["story"]))
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

    def claims(self, request: Request) -> tuple[int, Mapping[str, Any]]:
        """The ledger of a story in one language, as published beside its page."""
        language = request.query_params.get("language", self._settings.desk_languages[0])
        story_id = StoryId(request.path_params["story"])
        if story_id in self._store.retractions():
            return _GONE
        slug = self._store.slugs(story_id).get(language)
        page = self._store.page(f"{story_path(language, slug).lstrip('/')}/claims.json") if slug else None
        return (200, json.loads(page.body)) if page else _lost()

    def search(self, request: Request) -> tuple[int, Mapping[str, Any]]:
        """Stories by their words, best first."""
        asked = request.query_params
        match = question(asked.get("q", "")[:200])
        language = asked.get("language", "")
        known = self._settings.desk_languages
        if not match or (language and language not in known):
            return _refused("q holds no word, or language is not known")
        hits = self._store.search(
            Asked(match, languages=(language,) if language else known, limit=_limit(asked.get("limit", "")))
        )
        found = []
        for story_id, code in hits.found:
            told, brief, slug = (
                self._store.story(story_id),
                self._briefs(story_id).get(code),
                self._store.slugs(story_id).get(code),
            )
            if told and brief and slug:
                found.append(self._short(brief, told.section, slug))
        return 200, {"stories": found, "more": hits.more, "stopped": hits.stopped}

    def feeds(self, _: Request) -> tuple[int, Mapping[str, Any]]:
        """The desk's feeds and how they are doing."""
        states = self._store.feed_states()
        return 200, {"feeds": [_feed(feed, states.get(feed.id)) for feed in self._store.feeds() if feed.active]}

    def kite(self, request: Request) -> tuple[int, Mapping[str, Any]]:
        """The newest stories in the field names of Kagi News's open front end."""
        language = request.path_params["language"]
        if language not in self._settings.desk_languages:
            return _lost()
        rows = self._store.told(language, after=None, limit=_MOST)
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
        path = story_path(brief.language, slug)
        return {
            "id": brief.story_id,
            "language": brief.language,
            "headline": brief.headline.text,
            "summary": opening(brief),
            "section": section,
            "url": self.site.absolute(path),
            "claims": self.site.absolute(f"{path}/claims.json"),
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


def _refused(why: str) -> tuple[int, Mapping[str, Any]]:
    return 400, {"error": why}


def _lost() -> tuple[int, Mapping[str, Any]]:
    return 404, {"error": "there is nothing here"}


def _limit(text: str) -> int:
    return min(max(int(text), 1), _MOST) if text.isascii() and text.isdigit() and len(text) < 6 else _USUAL


def _cursor(place: Place) -> str:
    return urlsafe_b64encode(f"{place[0].isoformat()}|{place[1]}".encode()).decode().rstrip("=")


def _place(cursor: str) -> Place | None:
    if not cursor or len(cursor) > 200:
        return None
    try:
        when, _, story_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        moment = datetime.fromisoformat(when)
    except (ValueError, NotBase64):
        return None
    return (moment, StoryId(story_id)) if moment.tzinfo and story_id else None
