"""The API: described by a document that an independent validator accepts, and answering as described."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import every, faults, template
from openapi_spec_validator import validate
from starlette.testclient import TestClient
from stored import NOW, SETTINGS, stored

from iroyin.adapters.store import SqlStore
from iroyin.group import edits
from iroyin.web import api
from iroyin.web.app import make_app
from iroyin.web.search import Searching


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    with stored(tmp_path_factory.mktemp("api")) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: SqlStore) -> TestClient:
    app = make_app(
        store,
        languages=SETTINGS.desk_languages,
        search=Searching(store, SETTINGS),
        api=api.routes(store, SETTINGS),
    )
    return TestClient(app, follow_redirects=False)


def test_the_description_is_valid_openapi(client: TestClient) -> None:
    validate(client.get("/api/v1/openapi.json").json())


def test_every_path_is_described_and_every_answer_is_as_described(client: TestClient, store: SqlStore) -> None:
    document = client.get("/api/v1/openapi.json").json()
    served = {route.path for route in api.routes(store, SETTINGS)} - {"/api/v1/openapi.json"}
    asked = every(client, SETTINGS.desk_languages)
    got = {path: client.get(path) for path in asked}

    assert served == set(document["paths"]) == {template(document, path) for path in asked}
    assert not [one for path, g in got.items() for one in faults(document, path, g.status_code, g.json())]
    assert {200, 400, 404} == {g.status_code for g in got.values()} and len(asked) > 50


def test_an_answer_is_not_sent_twice_while_its_etag_holds(client: TestClient) -> None:
    for path in every(client, ("en",)):
        got = client.get(path)
        again = client.get(path, headers={"if-none-match": got.headers["etag"]})
        assert (304 if got.status_code == 200 else got.status_code) == again.status_code


def test_an_answer_that_is_not_as_described_is_found(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    story = client.get("/api/v1/stories?language=en").json()["stories"][0]["id"]
    claims = client.get(f"/api/v1/stories/{story}/claims?language=en").json()
    path = f"/api/v1/stories/{story}/claims"

    assert not faults(document, path, 200, claims)
    for wrong in (
        {**claims, "more": 1},
        {**claims, "format": ""},
        {k: v for k, v in claims.items() if k != "story"},
    ):
        assert faults(document, path, 200, wrong)
    assert faults(document, path, 500, {}) and faults(document, "/api/v1/secret", 200, {})


def test_a_retracted_story_answers_410(tmp_path: Path) -> None:
    with stored(tmp_path) as own:
        story = own.told("en", after=None, limit=1)[0][3].story_id
        own.commit_act(edits.retract(story, edits.Word("Ada", NOW, "it never happened")), heard=own.heard())
        one = TestClient(make_app(own, languages=SETTINGS.desk_languages, api=api.routes(own, SETTINGS)))
        document = one.get("/api/v1/openapi.json").json()

        for path in (f"/api/v1/stories/{story}", f"/api/v1/stories/{story}/claims?language=en"):
            got = one.get(path)
            assert 410 == got.status_code and not faults(document, path, 410, got.json())


def test_a_merged_story_answers_as_the_one_that_it_is_in(tmp_path: Path) -> None:
    with stored(tmp_path) as own:
        ids = [row[3].story_id for row in own.told("en", after=None, limit=2)]
        gone, kept = (own.story(one) for one in ids)
        assert gone and kept
        own.commit_act(edits.merge(gone, kept, own.links(), edits.Word("Ada", NOW)), heard=own.heard())
        one = TestClient(make_app(own, languages=SETTINGS.desk_languages, api=api.routes(own, SETTINGS)))

        for rest in ("", "/claims?language=en"):
            got = [one.get(f"/api/v1/stories/{name}{rest}") for name in (gone.id, kept.id)]
            assert 200 == got[0].status_code and got[0].json() == got[1].json()
        assert kept.id == one.get(f"/api/v1/stories/{gone.id}").json()["id"]


def test_paging_by_cursor_meets_every_story_once(client: TestClient) -> None:
    whole = [s["id"] for s in client.get("/api/v1/stories?language=en&limit=100").json()["stories"]]
    met, cursor = [], ""
    while True:
        page = client.get(f"/api/v1/stories?language=en&limit=1&cursor={cursor}").json()
        met += [s["id"] for s in page["stories"]]
        cursor = page["next"]
        if not cursor:
            break

    assert len(whole) > 2 and whole == met


@pytest.mark.parametrize("cursor", ["x", "%00", "YWJj", "a" * 500, "MjAyNi0wMS0wNXxz"])
def test_a_made_up_cursor_is_refused(client: TestClient, cursor: str) -> None:
    assert 400 == client.get(f"/api/v1/stories?language=en&cursor={cursor}").status_code


def test_a_claim_of_the_api_is_the_published_ledger(client: TestClient, store: SqlStore) -> None:
    story = client.get("/api/v1/stories?language=ar").json()["stories"][0]
    ledger = client.get(f"/api/v1/stories/{story['id']}/claims?language=ar").json()

    assert "iroyin-claims/1" == ledger["format"] and story["id"] == ledger["story"]
    assert all(one["spans"] for one in ledger["sentences"])


def test_kite_citations_name_an_article_that_is_listed(client: TestClient) -> None:
    for story in client.get("/api/v1/kite/en").json()["stories"]:
        domains = [a["domain"] for a in story["articles"]]
        said = " ".join([story["short_summary"], *story["talking_points"]])
        for domain, number in re.findall(r"\[([\w.-]+)#(\d+)\]", said):
            assert 1 <= int(number) <= domains.count(domain)
