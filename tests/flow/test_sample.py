"""The sample newsroom from the wire to the page, once, read over loopback by the real fetcher."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import answers
import pytest
from machine_files import faults, kind_of
from sample_desk import Desk
from starlette.testclient import TestClient

from iroyin.adapters.store import SqlStore
from iroyin.group import rank
from iroyin.sample.server import SampleWeb
from iroyin.settings import Settings
from iroyin.web import api
from iroyin.web.app import make_app

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "fr", "es", "yo", "sw", "ko", "ar", "hi", "zh", "ru", "ja")


def test_every_sentence_has_evidence(desk: Desk) -> None:
    assert desk.summary["sentences"] == desk.summary["sentences_with_evidence"] > 0


def test_machine_files_are_sound_by_the_rules_of_their_formats(desk: Desk) -> None:
    met = Counter(kind_of(path) for path in desk.pages())

    assert not [(path, fault) for path, text in desk.pages().items() for fault in faults(path, text.encode())]
    assert (
        met["html"] > 500
        and min(met[kind] for kind in ("atom", "json feed")) > 100
        and met["sitemap"] == 2 * 32 + 1
    )


def test_every_answer_of_the_api_is_as_described(desk: Desk) -> None:
    settings = Settings(desk_languages=LANGUAGES, desk_sample=True)
    with SqlStore(desk.database, clock=lambda: datetime.now(UTC)) as store:
        client = TestClient(make_app(store, languages=LANGUAGES, api=api.routes(store, settings)))
        document = client.get("/api/v1/openapi.json").json()
        asked = answers.every(client, LANGUAGES)
        for path in asked:
            got = client.get(path)
            assert not answers.faults(document, path, got.status_code, got.json())

    assert len(asked) > desk.summary["briefs"]


def test_there_are_enough_articles_stories_and_languages(desk: Desk) -> None:
    assert desk.summary["articles"] >= 160
    assert desk.summary["stories"] >= 20
    assert desk.summary["languages"] >= 10


def test_the_pages_prove_every_sentence_to_a_stranger(desk: Desk) -> None:
    command = [sys.executable, str(ROOT / "bench" / "trace.py"), str(desk.database)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert ran.returncode == 0, ran.stdout
    assert json.loads(ran.stdout.splitlines()[-1])["share"] == 1.0


def test_every_event_is_one_story_and_every_story_one_event(desk: Desk) -> None:
    with SampleWeb() as web:
        gold = {f"{urlsplit(url).hostname}{urlsplit(url).path}": key for url, key in web.gold().items()}
    events: dict[str, set[str]] = defaultdict(set)
    stories: dict[str, set[str]] = defaultdict(set)
    for article, story in desk.placements().items():
        event = gold.get(article, article)
        events[story].add(event)
        stories[event].add(story)

    assert [] == [told for told in events.values() if len(told) > 1]
    assert [] == [event for event, told in stories.items() if len(told) > 1]
    assert {"beijing-summit"} <= set(stories)


def test_nothing_is_given_up_and_every_entry_has_its_state(desk: Desk) -> None:
    assert [] == desk.sql.execute("SELECT step, key, reason FROM job WHERE buried").fetchall()
    states = dict(desk.sql.execute("SELECT state, count(*) FROM entry GROUP BY 1"))
    assert {"read", "skipped"} == set(states)
    assert [] == desk.sql.execute("SELECT id FROM entry WHERE state = 'skipped' AND reason = ''").fetchall()


def test_the_hostile_outlet_puts_no_script_on_any_page(desk: Desk) -> None:
    for path, body in desk.pages().items():
        if path.endswith(".html"):
            assert "<script>" not in body, path
            assert "javascript:" not in body, path
            assert "onerror" not in body, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_front_page_with_stories_and_the_sample_mark(desk: Desk, language: str) -> None:
    front = desk.pages()[f"{language}/index.html"]

    assert f'href="/{language}/articles/' in front
    assert 'class="sample' in front


def test_a_story_page_exists_only_in_languages_its_sources_speak(desk: Desk) -> None:
    spoken: dict[str, set[str]] = defaultdict(set)
    for story, language in desk.sql.execute(
        "SELECT p.story_id, a.language FROM placement p JOIN article a ON a.id = p.article_id"
    ):
        spoken[story].add(language)

    told = desk.sql.execute("SELECT story_id, language FROM brief WHERE current").fetchall()

    assert told
    assert [] == [(story, language) for story, language in told if language not in spoken[story]]


def test_a_place_has_one_address_in_every_language_that_tells_of_it(desk: Desk) -> None:
    pages = desk.pages()
    names = {"en": "South Korea", "ja": "韓国", "sw": "Korea Kusini"}

    assert dict.fromkeys(names, True) == {
        code: f"<bdi>{name}</bdi></h1>" in pages[f"{code}/tags/place-kr/index.html"]
        for code, name in names.items()
    }


def test_a_related_story_says_what_it_shares(desk: Desk) -> None:
    dockers = next(
        body for path, body in desk.pages().items() if path.startswith("en/articles/mwambazuri-dockers")
    )

    assert "Same place: Kenya" in dockers


def test_the_method_page_prints_the_formula_by_which_the_front_was_ranked(desk: Desk) -> None:
    method = desk.pages()["en/method/index.html"]

    assert f"<sup>{rank.WEIGHT}</sup> × 0.5<sup>t ÷ {rank.HALF_LIFE:.0f}</sup>" in method
    assert f"up to {rank.SAMENESS:.0%} of its score" in method and f"and {rank.SECTION:.0%} for each" in method


def test_what_people_say_of_the_summit_stands_on_its_pages_and_counts_again_to_the_same(desk: Desk) -> None:
    command = [sys.executable, str(ROOT / "bench" / "recount.py"), str(desk.database)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert ran.returncode == 0, ran.stdout
    told = json.loads(ran.stdout.splitlines()[-1])
    assert 0 == told["wrong"] < told["figures"]
    assert {"en", "yo", "ko"} <= set(told["languages with a summary"])


def test_nobody_private_and_nothing_hostile_is_shown_of_the_posts(desk: Desk) -> None:
    published = "\n".join(desk.pages().values())

    for never in (
        "Walter Finchley",
        "Elm Street",
        "7946 0958",
        "Ignore all previous",
        "Grey umbrella",
        "quietferry",
    ):
        assert never not in published
    assert "Ministry of Coastal Trade" in published
