"""What one run of `iroyin demo --once` leaves behind, read with plain SQL."""

import zlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pysqlite3


class Desk:
    """The run's database and the summary it printed."""

    def __init__(self, database: Path, summary: dict[str, Any]) -> None:
        self.database, self.summary = database, summary
        self.sql = pysqlite3.connect(str(database))

    def pages(self, ending: str = "") -> dict[str, str]:
        rows = self.sql.execute("SELECT path, body FROM page")
        return {
            path: zlib.decompress(body).decode(errors="replace") for path, body in rows if path.endswith(ending)
        }

    def placements(self) -> dict[str, str]:
        """Host and path of each article to its story."""
        rows = self.sql.execute("SELECT a.url, p.story_id FROM article a JOIN placement p ON p.article_id = a.id")
        return {f"{urlsplit(url).hostname}{urlsplit(url).path}": story for url, story in rows}
