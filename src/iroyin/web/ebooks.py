"""A day's e-book when it is asked for: made once, and kept until a story of the day is told otherwise."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from threading import Lock
from typing import Protocol

from iroyin.model import Page
from iroyin.press import DayStore, day_view, site_view
from iroyin.publish import ebook
from iroyin.settings import Settings

_KEPT = 16  # books in memory


class Days(DayStore, Protocol):
    """What books are made from. Called from worker threads."""

    def told_days(self, language: str, only: date | None = None) -> Mapping[date, str]:
        """The days on which stories told in a language began, each with a hash of what is told now."""
        ...


class Ebooks:
    """The book of a language and a day: `Books` of `web.app`. One is made at a time."""

    def __init__(self, store: Days, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._kept: OrderedDict[tuple[str, date], tuple[str, Page | None]] = OrderedDict()
        self._turn = Lock()

    def __call__(self, language: str, day: date) -> Page | None:
        """The book, or None when no story told in the language began on the day."""
        told = self._store.told_days(language, day).get(day)
        if told is None:
            return None
        with self._turn:
            held = self._kept.pop((language, day), None)
            if held is None or held[0] != told:
                site = site_view(self._settings, self._settings.now(datetime.now(UTC)))
                held = told, ebook(day_view(self._store, language, day), site)
            self._kept[language, day] = held
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return held[1]
