"""Publishing one story does not read all others again."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from stored import NOW, SETTINGS, stored

from iroyin.press import Press

LANGUAGE = "ko"  # few of the stories are told in it


class Counted:
    """A store that counts what is asked of it."""

    def __init__(self, store: Any) -> None:
        self._store, self.asked = store, 0

    def __getattr__(self, name: str) -> Any:
        self.asked += name == "briefs"
        return getattr(self._store, name)


def test_stories_that_the_site_does_not_tell_are_looked_at_once(tmp_path: Path) -> None:
    with stored(tmp_path) as store:
        counted: Any = Counted(store)
        press = Press(counted, replace(SETTINGS, desk_languages=(LANGUAGE,)), embedder="t/1")
        told = [story for story, _ in store.reported(limit=99) if LANGUAGE in store.slugs(story)]
        press.story_pages(told[0], now=NOW)
        first = counted.asked
        press.story_pages(told[0], now=NOW)

        assert len(told) < len(store.reported(limit=99)) < first + 1
        assert counted.asked - first <= 3
