"""The speech desk: each page read aloud by a machine, made once and kept as long as the words stay.

A page is out before it is read, and names the recording once it is there. Trouble with the speech engine is logged and
kept with the calls to models; the page then goes without.
"""

import structlog

from iroyin.errors import SpeechError
from iroyin.model import Brief, Page, Recording, StoryId
from iroyin.ports import DeskStore
from iroyin.ports_site import Speaker
from iroyin.publish import AUDIO, spoken, story_path
from iroyin.publish.evidence import proved


class SpeechDesk:
    """Knows the recording of each page; without `speaker` there are none."""

    def __init__(self, store: DeskStore, speaker: Speaker | None = None) -> None:
        self._store, self._speaker = store, speaker

    def recording(self, brief: Brief, path: str) -> Recording | None:
        """The recording of this proved brief at the path of its page: there, or due. None: none is wished."""
        etag = self._speaker.made_from(spoken(brief), brief.language) if self._speaker else ""
        if not etag:
            return None
        kept = self._store.page(path.lstrip("/") + AUDIO)
        return Recording(kept.body if kept is not None and kept.etag == etag else b"", etag)

    def recorded(self, story_id: StoryId) -> list[Page]:
        """The next recording that this story's published pages lack: one, so that the job ends within its lease."""
        slugs = self._store.slugs(story_id) if self._speaker else {}
        articles = {one.id: one for one in self._store.story_articles(story_id)} if slugs else {}
        for brief in self._store.briefs(story_id) if slugs else ():
            path = story_path(brief.language, slugs[brief.language]) if brief.language in slugs else ""
            told = proved(brief, articles) if self._store.page(f"{path}/index.html".lstrip("/")) else None
            due = self.recording(told, path) if told else None
            if told is None or due is None or due.mp3 or self._speaker is None:
                continue
            try:
                made = self._speaker.speak(spoken(told), brief.language, story_id)
            except SpeechError as error:
                structlog.get_logger().warning("not read aloud", page=path, reason=error.reason)
                continue
            return [Page(path.lstrip("/") + AUDIO, "audio/mpeg", made, story_id, due.etag)]
        return []
