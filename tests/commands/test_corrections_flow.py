"""From an article that was read again to the page: what it no longer says is taken out, told as such, and listed."""

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import ARTICLES, Run, read_lines, write_lines

from iroyin.commands.console import settings_of
from iroyin.compose import open_store
from iroyin.model import StoryId, short_id

HARBOUR = StoryId(short_id("s", "harbour-1"))
OLD, NEW = "three weeks", "five weeks"


@pytest.fixture(autouse=True)
def _newsroom(run: Run, _in_an_empty_folder: None) -> None:
    assert 0 == run("import", ARTICLES).code


def pages() -> dict[str, str]:
    with open_store(settings_of(None)) as store:
        found = {path: store.page(path) for path in store.page_paths()}
        slug = store.slugs(HARBOUR)["en"]
    named = {path.replace(slug, "STORY"): page for path, page in found.items()}
    return {
        path: page.body.decode(errors="replace") for path, page in named.items() if page and path.startswith("en/")
    }


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(pages()["en/corrections.json"])["corrections"]
    return found


def corrected(run: Run, tmp_path: Path) -> None:
    """Both English newsrooms print another figure; the third language says nothing of it."""
    rows = [row | {"text": row["text"].replace(OLD, NEW)} for row in read_lines(ARTICLES) if row["lang"] == "en"]
    changed = [row for row in rows if NEW in row["text"]]
    assert 2 == len(changed)
    assert 0 == run("import", write_lines(tmp_path / "again.jsonl", changed)).code


def test_a_figure_that_its_sources_corrected_is_corrected_and_listed_with_the_reason(
    run: Run, tmp_path: Path
) -> None:
    before = pages()
    assert OLD in before["en/articles/STORY/index.html"]
    assert [] == listed()

    corrected(run, tmp_path)

    found = listed()
    assert {("changed", "source-changed")} == {(one["kind"], one["reason"]) for one in found}
    assert all(OLD in one["before"] and NEW in one["after"] for one in found)
    after = pages()
    story = after["en/articles/STORY/index.html"]
    claims = json.loads(after["en/articles/STORY/claims.json"])
    assert not any(OLD in one["text"] for one in claims["sentences"])
    assert any(NEW in one["text"] for one in claims["sentences"])
    assert {one["before"] for one in found} <= {one["before"] for one in claims["changes"]}
    assert "Corrected" in story
    assert "a source changed its text" in story
    assert f"<del>{found[0]['before']}" in story
    assert found[0]["before"] in after["en/corrections/index.html"]
    assert found[0]["before"] in after["en/corrections/feed.atom"]
    data = json.loads(story.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert {"CorrectionComment"} == {one["@type"] for one in data["correction"]}


def test_ids_stay_when_more_is_corrected_and_the_same_articles_change_nothing(run: Run, tmp_path: Path) -> None:
    corrected(run, tmp_path)
    first = [one["id"] for one in listed()]
    corrected(run, tmp_path)
    assert first == [one["id"] for one in listed()]

    again = [row | {"text": row["text"].replace(OLD, "nine weeks")} for row in read_lines(ARTICLES)]
    run("import", write_lines(tmp_path / "third.jsonl", [row for row in again if "nine weeks" in row["text"]]))

    ids = [one["id"] for one in listed()]
    assert len(first) < len(ids) == len(set(ids))
    assert first == ids[-len(first) :]


def test_a_retracted_story_is_listed_alone_and_its_sentences_are_not(run: Run, tmp_path: Path) -> None:
    corrected(run, tmp_path)
    words = {one["before"] for one in listed()} | {one["after"] for one in listed()}
    run("story", "retract", HARBOUR, "--reason", "another bridge")
    run("once")

    (found,) = listed()
    assert ("retracted", "editor", "another bridge", "") == tuple(
        found[key] for key in ("kind", "reason", "detail", "before")
    )
    assert not any(word in body for word in words for body in pages().values())

    run("story", "unretract", HARBOUR, "--reason", "that bridge")
    run("once")
    assert ["restored", "retracted"] == [one["kind"] for one in listed()][:2]
    assert words <= {one[key] for one in listed() for key in ("before", "after")}


def reasons() -> set[tuple[str, str]]:
    """Kind and reason of every change of the story's English page."""
    with open_store(settings_of(None)) as store:
        return {(one.kind, one.reason) for one in store.amendments(HARBOUR, "en", limit=99)}


def test_what_came_and_went_with_other_stories_says_so(run: Run) -> None:
    run("story", "merge", short_id("s", "maize-1"), HARBOUR)
    run("once")
    assert ("added", "merged") in reasons()
    assert {"added"} == {kind for kind, reason in reasons() if reason == "merged"}
    assert "stories were merged" in pages()["en/articles/STORY/index.html"]
    assert [] == listed()

    run("story", "split", HARBOUR, "maize-1", "maize-2")
    run("once")
    gone = [one for one in listed() if one["reason"] == "split"]
    assert gone
    maize = " ".join(f"{row['title']}. {row['text']}" for row in read_lines(ARTICLES) if "maize" in row["id"])
    assert all(one["before"] in maize for one in gone)
    assert {one["url"] for one in gone} == {one["url"] for one in listed()}
