"""The API: described by a document that an independent validator accepts, and answering as described."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient
from stored import SETTINGS, stored

from iroyin.adapters.store import SqlStore
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


def asked(client: TestClient) -> list[str]:
    story = client.get("/api/v1/stories?language=en").json()["stories"][0]["id"]
    told = ["/languages", "/stories?language=yo&limit=2", "/search?q=bridge", "/feeds", "/kite/en"]
    lost = ["/stories?language=tlh", "/search?q=", "/stories/none", "/kite/tlh"]
    return [*told, f"/stories/{story}", f"/stories/{story}/claims?language=en", *lost]


def test_every_answer_is_as_described(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    for path in asked(client):
        got = client.get("/api/v1" + path)
        schema = described(document, path.split("?")[0], got.status_code)
        jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(got.json())
        again = client.get("/api/v1" + path, headers={"if-none-match": got.headers["etag"]})
        assert (304 if got.status_code == 200 else got.status_code) == again.status_code


def described(document: dict[str, Any], path: str, status: int) -> dict[str, Any]:
    """The schema of this path's answer."""
    wanted = path.split("/")
    for template, methods in document["paths"].items():
        parts = template.removeprefix("/api/v1").split("/")
        if len(parts) == len(wanted) and all(
            p == w or p.startswith("{") for p, w in zip(parts, wanted, strict=True)
        ):
            schema: dict[str, Any] = methods["get"]["responses"][str(status)]["content"]["application/json"][
                "schema"
            ]
            return schema
    raise AssertionError(path)


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
