"""The three honest counts of every story of the sample newsroom, beside what a reader of its files counts."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iroyin.group.lineage import counts, first_to_report, newsroom_of, text_groups
from iroyin.ingest.article import build
from iroyin.model import Article, Confidence, Extract, Feed, FeedId
from iroyin.sample.newsroom import Piece, outlets, pieces

READ = Path(__file__).parents[1] / "data" / "lineage" / "sample.txt"
LINES = [line.split() for line in READ.read_text("utf-8").splitlines() if line and not line.startswith("#")]
LATER = datetime(2026, 2, 1, tzinfo=UTC)
OUTLETS = {outlet.slug: outlet for outlet in outlets()}
STORIES: dict[str, list[Piece]] = defaultdict(list)
for piece in pieces():
    STORIES[piece.story].append(piece)


def article(piece: Piece, *, stated: bool) -> Article:
    """The piece as the desk reads it; its page may or may not state where the text is from."""
    outlet = OUTLETS[piece.outlet]
    feed = Feed(
        FeedId(outlet.slug), "https://feed.example/", outlet.name, outlet.language, family=outlet.family,
        ai_written=outlet.ai_written,
    )  # fmt: skip
    page = Extract(
        piece.title, "\n".join(piece.paragraphs), published_at=piece.published, date_confidence=Confidence.HIGH,
        origin=piece.origin if stated else "",
        canonical_url=f"https://{outlet.slug}.example{piece.path}",
    )  # fmt: skip
    made = build(None, feed, page, seen_at=LATER)
    assert isinstance(made, Article)
    return made


def test_every_story_of_the_sample_has_been_counted() -> None:
    assert {line[0] for line in LINES} | {""} == set(STORIES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_counts_are_those_of_a_reader(line: list[str]) -> None:
    story, number, texts, first, *rooms = line
    told = [article(piece, stated=True) for piece in STORIES[story]]
    groups = text_groups(told)
    newsrooms = newsroom_of(told, groups)
    found = counts(told, groups, newsrooms)
    earliest = first_to_report(told)

    names = {slug: outlet.name for slug, outlet in OUTLETS.items()} | {"meridian": "Meridian Group"}
    assert {names[room] for room in rooms} == set(newsrooms.values()) - {""}
    assert (int(number), int(texts), len(rooms)) == (found.articles, found.texts, found.newsrooms)
    assert earliest is not None
    assert names[first] == earliest.outlet
