"""The dossier: articles oldest first, groups completed, the desk's counts kept."""

from iroyin.model import Counts
from iroyin.write import build
from stories_on_file import STORIES, dossier


def test_copies_and_ai_outlets_do_not_count() -> None:
    story, _ = dossier(STORIES / "ferry.toml")

    assert Counts(articles=6, texts=5, newsrooms=4) == story.counts
    assert ("Harbour Wire", "") == (story.newsroom_of["a2"], story.newsroom_of["a5"])


def test_oldest_first() -> None:
    story, _ = dossier(STORIES / "ferry.toml")

    assert ["a1", "a2", "a3", "a6", "a4", "a5"] == [a.id for a in story.articles]


def test_an_article_without_a_text_group_is_its_own() -> None:
    story, _ = dossier(STORIES / "ferry.toml")
    rebuilt = build(
        story.story, story.articles[::-1], language="en", lineage={"a1": 7, "a2": 7},
        newsroom_of=story.newsroom_of, counts=story.counts,
    )  # fmt: skip

    assert 7 == rebuilt.lineage["a1"] == rebuilt.lineage["a2"]
    assert 5 == len(set(rebuilt.lineage.values()))
    assert story.articles == rebuilt.articles
