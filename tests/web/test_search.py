"""Search on the live site: every language of the newsroom, filters, hostile words, and a bound in time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from newsroom import views
from starlette.testclient import TestClient
from stored import NOW, SETTINGS, claimed, stored

from iroyin.adapters.store import SqlStore
from iroyin.adapters.store.search import Asked
from iroyin.languages.searching import question
from iroyin.model import Step
from iroyin.publish.locale import labels
from iroyin.web.app import make_app
from iroyin.web.search import Searching
from markup import read


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    with stored(tmp_path_factory.mktemp("search")) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: SqlStore) -> TestClient:
    return TestClient(make_app(store, languages=SETTINGS.desk_languages, search=Searching(store, SETTINGS)))


@pytest.mark.parametrize("view", views(), ids=lambda v: f"{v.brief.language}-{v.story.id}")
def test_a_story_is_found_by_words_of_its_headline_in_its_language(client: TestClient, view: object) -> None:
    brief = view.brief  # type: ignore[attr-defined]
    words = brief.headline.text.split()
    asked = " ".join(words[:3]) if len(words) > 3 else brief.headline.text[:6]

    got = client.get(f"/{brief.language}/search", params={"q": asked, "in": brief.language})

    assert 200 == got.status_code
    shown = [text for _, inside, text in read(got.content).texts if "h2" in inside]
    assert any(brief.headline.text[:12] in text for text in shown)


@pytest.mark.parametrize(
    ("filters", "found"),
    [({}, True), ({"in": "en"}, True), ({"in": "ko"}, False), ({"section": "sport"}, False),
     ({"since": "2027-01-01"}, False), ({"until": "2001-01-01"}, False),
     ({"since": "nonsense", "section": "nonsense", "in": "nonsense"}, True)],
)  # fmt: skip
def test_filters(client: TestClient, filters: dict[str, str], found: bool) -> None:
    text = client.get("/en/search", params={"q": "bridge", **filters}).text

    assert found == ('class="card' in text)
    assert found != (labels("en").say("search.none") in text)


@pytest.mark.parametrize(
    "asked",
    [
        '" OR 1=1 --',
        "<script>alert(1)</script>",
        "a" * 5000,
        "NEAR(",
        "*",
        "\x00",
        "headline:x",
        "'; DROP TABLE page",
    ],
)
def test_hostile_words_are_only_words(client: TestClient, asked: str) -> None:
    got = client.get("/en/search", params={"q": asked})

    assert 200 == got.status_code and "<script>alert" not in got.text
    assert [] == read(got.content).faults


def test_a_search_ends_when_its_time_is_over(store: SqlStore) -> None:
    never = Asked(question("bridge"), seconds=-1.0)

    assert store.search(never).stopped or store.search(never).found


def test_what_is_told_no_longer_is_found_no_longer(tmp_path: Path) -> None:
    with stored(tmp_path) as store:
        story, _ = store.search(Asked(question("bridge"), languages=("en",))).found[0]
        told = store.story(story)
        assert told is not None
        store.enqueue(Step.REPORT, story, run_at=NOW)
        store.commit_report(claimed(store, Step.REPORT, story), told, [], {})

        assert story not in {found for found, _ in store.search(Asked(question("bridge"))).found}


def test_a_store_from_before_the_index_is_filled(tmp_path: Path) -> None:
    with (
        stored(tmp_path) as store,
        store._writer.begin() as connection,
    ):  # as a file looks right after the migration
        connection.exec_driver_sql("DELETE FROM searched")
        connection.exec_driver_sql("DELETE FROM search")
    with SqlStore(tmp_path / "newsroom.db") as again:
        found = again.search(Asked(question("bridge"), since=date(2026, 1, 1)))

    assert found.found
