"""Answers to a search: the reader's words to the store's index, what it finds to the search page."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Protocol
from urllib.parse import urlencode

from iroyin import publish
from iroyin.adapters.store.search import Asked, Hits
from iroyin.languages.searching import question
from iroyin.model import Brief, Page, Story, StoryId
from iroyin.press import SECTIONS, site_view
from iroyin.publish import SearchView, StoryCard, story_path
from iroyin.settings import Settings

_LONGEST = 200  # characters of a question
_PAGE = 20
_FARTHEST = 50  # pages


class Searched(Protocol):
    """What a search asks of the store. Called from worker threads."""

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


class Searching:
    """The search page for the fields of its form: `Search` of `web.app`."""

    def __init__(self, store: Searched, settings: Settings) -> None:
        self._store, self._settings = store, settings

    def __call__(self, language: str, fields: Mapping[str, str]) -> Page:
        """The page that answers; fields that make no sense do not filter."""
        site = site_view(self._settings, self._settings.now(datetime.now(UTC)))
        asked = {name: fields.get(name, "")[:_LONGEST] for name in ("q", "in", "section", "since", "until")}
        match = question(asked["q"])
        if not match:
            return publish.search_page(SearchView(language, asked), site)
        page = min(_whole(fields.get("page", "")), _FARTHEST)
        hits = self._store.search(
            Asked(
                match,
                languages=(asked["in"],)
                if asked["in"] in self._settings.desk_languages
                else self._settings.desk_languages,
                section=asked["section"] if asked["section"] in SECTIONS else "",
                since=_day(asked["since"]),
                until=_day(asked["until"]),
                skip=page * _PAGE,
                limit=_PAGE,
            )
        )
        cards = tuple(card for found in hits.found if (card := self._card(*found)))
        kept = {name: value for name, value in asked.items() if value}
        later = urlencode(kept | {"page": str(page + 1)}) if hits.more and page < _FARTHEST else ""
        return publish.search_page(SearchView(language, asked, cards, later, hits.stopped), site)

    def _card(self, story_id: StoryId, language: str) -> StoryCard | None:
        """The card of a story in the language it was found in; None when it has gone in the meantime."""
        told, slug = self._store.story(story_id), self._store.slugs(story_id).get(language)
        brief = next((one for one in self._store.briefs(story_id) if one.language == language), None)
        if told is None or brief is None or slug is None:
            return None
        path = story_path(language, slug)
        return StoryCard(
            story_id=story_id, headline=brief.headline.text, lede=publish.opening(brief), language=language, href=path,
            section=told.section, counts=brief.counts, first_at=brief.written_at, updated=brief.written_at,
            figure=f"{path}/figure.svg",
        )  # fmt: skip


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
