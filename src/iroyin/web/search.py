"""Answers to a search: the reader's words to the store's index, what it finds to the search page."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Protocol
from urllib.parse import urlencode

from iroyin import publish
from iroyin.adapters.store.search import Asked, Hits, Printed
from iroyin.languages.searching import question
from iroyin.model import Page, StoryId
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

    def printed(self, found: Sequence[tuple[StoryId, str]]) -> Mapping[tuple[StoryId, str], Printed]:
        """What these hits are shown by; one that has gone is left out."""
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
        printed = self._store.printed(hits.found)
        cards = tuple(_card(*one, printed[one]) for one in hits.found if one in printed)
        kept = {name: value for name, value in asked.items() if value}
        later = urlencode(kept | {"page": str(page + 1)}) if hits.more and page < _FARTHEST else ""
        return publish.search_page(SearchView(language, asked, cards, later, hits.stopped), site)


def _card(story_id: StoryId, language: str, shown: Printed) -> StoryCard:
    """The card of a story in the language it was found in."""
    path, brief = story_path(language, shown.slug), shown.brief
    return StoryCard(
        story_id=story_id, headline=brief.headline.text, lede=publish.opening(brief), language=language, href=path,
        section=shown.section, counts=brief.counts, first_at=brief.written_at, updated=brief.written_at,
        figure=f"{path}/figure.svg",
    )  # fmt: skip


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
