"""`iroyin story retract`: nothing of the story is left to read, and no new article brings it back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import ARTICLES, Run, read_lines, write_lines
from starlette.testclient import TestClient

from iroyin.adapters.store import SqlStore
from iroyin.commands.console import settings_of
from iroyin.compose import open_store
from iroyin.model import INDEX, Step, StoryId, short_id
from iroyin.web import api
from iroyin.web.app import make_app
from iroyin.web.search import Searching

HARBOUR = StoryId(short_id("s", "harbour-1"))
WHY = "the photograph was of another bridge"
SENTENCES = ("crack in its eastern pier", "Repairs will take three weeks", "14,000")


@pytest.fixture(autouse=True)
def _newsroom(run: Run, _in_an_empty_folder: None) -> None:
    assert 0 == run("import", ARTICLES).code


def site(store: SqlStore) -> TestClient:
    settings = settings_of(None)
    app = make_app(
        store,
        languages=settings.desk_languages,
        search=Searching(store, settings),
        api=api.routes(store, settings),
    )
    return TestClient(app, follow_redirects=False, client=("127.0.0.1", 5000))


def address(store: SqlStore, language: str = "en") -> str:
    return f"/{language}/articles/{store.slugs(HARBOUR)[language]}"


def retract(run: Run) -> None:
    ran = run("story", "retract", HARBOUR, "--reason", WHY, "--by", "Ada")
    assert (0, True) == (ran.code, f"to undo: iroyin story unretract {HARBOUR}" in ran.err)


def test_the_address_says_that_it_was_retracted_and_nothing_else_tells_the_story(run: Run) -> None:
    with open_store(settings_of(None)) as store:
        here, slug = address(store), store.slugs(HARBOUR)["en"]
        assert 200 == site(store).get(here).status_code
        retract(run)
        assert [410, 410] == [site(store).get(here + end).status_code for end in ("", "/claims.json")]
        assert 0 == run("once").code

        got = site(store).get(here)
        assert 410 == got.status_code
        assert "This article was retracted" in got.text
        assert WHY in got.text
        assert "noindex" in got.text
        assert "Ada" not in got.text
        for path in store.page_paths():
            page = store.page(path)
            assert page is not None
            assert not any(one.encode() in page.body for one in SENTENCES), path
            assert slug.encode() not in page.body or slug in path or "corrections" in path, path
        assert slug not in site(store).get("/en/search?q=bridge").text
        assert 410 == site(store).get(f"/api/v1/stories/{HARBOUR}").status_code
        assert 410 == site(store).get(f"/api/v1/stories/{HARBOUR}/claims").status_code
        assert HARBOUR not in site(store).get("/api/v1/stories").text
        assert HARBOUR not in site(store).get("/api/v1/search?q=bridge").text


def test_every_address_says_why_at_once_and_no_page_under_way_comes_over_it(run: Run) -> None:
    with open_store(settings_of(None)) as store:
        here = [address(store, language) for language in settings_of(None).desk_languages]
        told = tuple(
            page for path in store.page_paths() if (page := store.page(path)) and page.story_id == HARBOUR
        )
        now = datetime.now(UTC)
        store.enqueue(Step.PUBLISH, HARBOUR, run_at=now)
        (job,) = store.claim(Step.PUBLISH, limit=1, now=now)

        retract(run)
        answers = [site(store).get(path) for path in here]
        store.commit_publish(job, told)
        store.enqueue(Step.DRAW, HARBOUR, run_at=now)
        (job,) = store.claim(Step.DRAW, limit=1, now=now)
        store.commit_draw(job, told)
        answers += [site(store).get(path) for path in here]

        assert told and here
        assert all((410, True) == (one.status_code, WHY in one.text) for one in answers)
        assert HARBOUR in {job.key for job in store.claim(Step.PUBLISH, limit=9, now=datetime.now(UTC))}


@pytest.mark.parametrize("name", ["harbour-1", "harbour-4"], ids=["the same article, changed", "a new article"])
def test_what_is_read_later_does_not_bring_it_back(run: Run, tmp_path: Path, name: str) -> None:
    retract(run)
    told = next(row for row in read_lines(ARTICLES) if row["id"] == "harbour-1")
    again = told | {"id": name, "text": told["text"] + " Divers looked at the crack.", "source": "Kolme Courier"}

    assert 0 == run("import", write_lines(tmp_path / "again.jsonl", [again])).code
    assert 0 == run("once").code

    with open_store(settings_of(None)) as store:
        assert name in run("story", "show", HARBOUR).out
        assert "retracted" in run("story", "list").out
        assert 410 == site(store).get(address(store)).status_code
        assert all("Divers" not in one.headline.text for one in store.latest_briefs())
        assert HARBOUR not in {one.story_id for one in store.latest_briefs()}


def test_a_merge_would_tell_it_elsewhere_and_is_refused(run: Run) -> None:
    retract(run)
    maize = short_id("s", "maize-1")

    assert "is retracted, and a merge would tell it in" in run("story", "merge", HARBOUR, maize).err
    assert "is retracted already" in run("story", "retract", HARBOUR, "--reason", "again").err
    assert "is a retraction" in run("story", "unlink", "1").err
    assert "is not retracted" in run("story", "unretract", maize, "--reason", "x").err
    assert "--reason: is empty" in run("story", "retract", maize, "--reason", " ").err

    run("story", "merge", maize, HARBOUR)
    run("once")
    with open_store(settings_of(None)) as store:
        told = store.resolve_slug("en", next(iter(store.slugs(StoryId(maize)).values())), ["en"])
        assert ("en", store.slugs(HARBOUR)["en"]) == told
        assert 410 == site(store).get(address(store)).status_code


def test_it_is_told_again_only_by_an_editor_and_answers_503_until_its_page_is_made(run: Run) -> None:
    with open_store(settings_of(None)) as store:
        here, before = address(store), site(store).get(address(store)).text
        retract(run)
        run("once")
        assert 0 == run("story", "unretract", HARBOUR, "--reason", "it was that bridge", "--by", "Bo").code
        got = site(store).get(here)
        assert (503, "60", "no-store") == (
            got.status_code, got.headers["retry-after"], got.headers["cache-control"]
        )  # fmt: skip
        assert "is being prepared" in got.text

        run("once")

        assert 200 == site(store).get(here).status_code
        assert all(one in site(store).get(here).text for one in SENTENCES if one in before)
    log = [line.split("\t") for line in run("story", "log", HARBOUR).out.splitlines()]
    assert [("retracted", "Ada", WHY), ("unretracted", "Bo", "it was that bridge")] == [
        (line[1], line[5], line[6]) for line in log if line[1].endswith("retracted")
    ]


def test_a_report_that_was_under_way_is_not_published(run: Run) -> None:
    with open_store(settings_of(None)) as store:
        told, briefs, now = store.story(HARBOUR), store.briefs(HARBOUR), datetime.now(UTC)
        assert told is not None
        store.enqueue(Step.REPORT, HARBOUR, run_at=now)
        (job,) = store.claim(Step.REPORT, limit=1, now=now)
        retract(run)

        store.commit_report(job, told, briefs, {})

        assert [] == store.briefs(HARBOUR)
        assert {HARBOUR, INDEX} <= {job.key for job in store.claim(Step.PUBLISH, limit=9, now=datetime.now(UTC))}


def test_a_static_copy_has_the_notice_at_the_address(run: Run, tmp_path: Path) -> None:
    retract(run)
    run("once")
    assert 0 == run("export", tmp_path / "out").code
    with open_store(settings_of(None)) as store:
        notice = (tmp_path / "out" / address(store)[1:] / "index.html").read_text("utf-8")
    assert WHY in notice
    assert "retracted" in notice

    run("story", "unretract", HARBOUR, "--reason", "fine")
    run("once")
    run("export", tmp_path / "out")
    with open_store(settings_of(None)) as store:
        folder = tmp_path / "out" / address(store)[1:]
        assert WHY not in (folder / "index.html").read_text("utf-8")
        assert HARBOUR == json.loads((folder / "claims.json").read_text("utf-8"))["story"]
        assert not (folder / "410.html").exists()
