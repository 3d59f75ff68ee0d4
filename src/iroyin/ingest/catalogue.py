"""The catalogue of real feeds that ships with the program: one file a language, facts only."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from iroyin.ingest.identity import canonical_url
from iroyin.model import Feed, FeedId, OutletKind, short_id


@cache
def catalogue() -> tuple[Feed, ...]:
    """Every feed of the catalogue, by language."""
    found: list[Feed] = []
    for file in sorted((resources.files("iroyin") / "sources").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            language = file.name.removesuffix(".toml")
            rows = tomllib.loads(file.read_text("utf-8")).get("feed", [])
            found += [_feed(row, language) for row in rows]
    return tuple(found)


def feed_id(url: str) -> FeedId:
    """The id of the feed at this address."""
    return FeedId(short_id("f", canonical_url(url)))


def choose(feeds: Iterable[Feed], *, languages: Sequence[str], sections: Sequence[str]) -> list[Feed]:
    """The feeds in these languages and, when any are named, these sections; a language without one keeps all."""
    chosen: list[Feed] = []
    known = list(feeds)
    for language in languages:
        spoken = [feed for feed in known if feed.language == language]
        fitting = [feed for feed in spoken if not sections or feed.section in sections]
        chosen += fitting or spoken
    return chosen


def _feed(row: dict[str, str], language: str) -> Feed:
    return Feed(
        feed_id(row["url"]),
        row["url"],
        row["title"],
        language=language,
        country=row.get("country", ""),
        outlet=row["outlet"],
        family=row.get("family", ""),
        kind=OutletKind(row["kind"]),
        section=row["section"],
        ai_written=bool(row.get("ai_written", False)),
    )
