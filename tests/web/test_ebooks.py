"""A day's e-book from the live server, from an export and from the command line: the same bytes."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient
from stored import NOW, SETTINGS, claimed, stored

from iroyin.adapters.store import SqlStore
from iroyin.cli import main
from iroyin.model import Step
from iroyin.press import day_view, site_view
from iroyin.publish import ebook
from iroyin.web.app import make_app
from iroyin.web.ebooks import Ebooks

DAY = "2026-01-05"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with stored(tmp_path) as made:
        yield made


@pytest.fixture
def client(store: SqlStore) -> TestClient:
    languages = SETTINGS.desk_languages
    return TestClient(make_app(store, languages=languages, books=Ebooks(store, SETTINGS)))


def test_the_book_comes_with_its_type_its_name_and_its_hash(client: TestClient) -> None:
    got = client.get(f"/ar/archive/{DAY}.epub")

    assert 200 == got.status_code and "application/epub+zip" == got.headers["content-type"]
    assert f'attachment; filename="ar-{DAY}.epub"' == got.headers["content-disposition"]
    assert "nosniff" == got.headers["x-content-type-options"]
    assert "EPUB/nav.xhtml" in ZipFile(BytesIO(got.content)).namelist()
    again = client.get(f"/ar/archive/{DAY}.epub", headers={"if-none-match": got.headers["etag"]})
    assert (304, b"") == (again.status_code, again.content)


def test_every_link_to_a_book_is_answered(client: TestClient, store: SqlStore) -> None:
    linked = 0
    for path in store.page_paths():
        if "/archive/" in path:
            page = store.page(path)
            assert page
            book = "/" + path.removesuffix("/index.html") + ".epub"
            told = f'href="{book}"'.encode() in page.body
            linked += told
            assert (200 if told else 404) == client.get(book).status_code

    assert linked > 5


@pytest.mark.parametrize(
    "path",
    ["en/archive/2020-01-01", "en/archive/20260105", "en/archive/2026-W02-1", "en/archive/2026-01-05x",
     "tlh/archive/2026-01-05", "en/archive/2026-13-45", "en/archive/%00"],
)  # fmt: skip
def test_what_is_no_day_with_a_story_is_the_404_page(client: TestClient, path: str) -> None:
    assert 404 == client.get(f"/{path}.epub").status_code


def test_a_book_is_made_anew_once_a_story_of_the_day_is_told_otherwise(store: SqlStore) -> None:
    books = Ebooks(store, SETTINGS)
    before = books("en", date.fromisoformat(DAY))
    assert before is books("en", date.fromisoformat(DAY))
    view = day_view(store, "en", date.fromisoformat(DAY))
    told = view.stories[0].story
    store.enqueue(Step.REPORT, told.id, run_at=NOW)
    store.commit_report(claimed(store, Step.REPORT, told.id), told, [], {})

    after = books("en", date.fromisoformat(DAY))
    assert after is None or (before and after.etag != before.etag)


def test_stories_of_a_day_stand_in_the_order_of_their_newsrooms_and_of_no_other_day(store: SqlStore) -> None:
    for language in SETTINGS.desk_languages:
        for day in store.told_days(language):
            view = day_view(store, language, day)
            assert view.stories and {day} == {one.story.first_at.date() for one in view.stories}
            counts = [one.brief.counts.newsrooms for one in view.stories]
            assert sorted(counts, reverse=True) == counts


def test_export_and_command_give_the_bytes_of_the_server(
    client: TestClient,
    store: SqlStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("IROYIN_DESK_DATABASE", str(tmp_path / "newsroom.db"))
    monkeypatch.setenv("IROYIN_DESK_LANGUAGES", ",".join(SETTINGS.desk_languages))
    monkeypatch.setenv("IROYIN_DESK_NOW", NOW.isoformat())
    monkeypatch.setenv("IROYIN_DESK_URL", SETTINGS.desk_url)
    for arguments in (
        ["export", "site"],
        ["export", "site"],
        ["ebook", "--language", "ko", "--day", DAY, "--out", "x.epub"],
    ):
        with monkeypatch.context() as here, pytest.raises(SystemExit) as ended:
            here.chdir(tmp_path)
            main(arguments)
        assert ended.value.code in (0, None)
    served = client.get(f"/ko/archive/{DAY}.epub").content

    assert served == (tmp_path / "x.epub").read_bytes() == (tmp_path / f"site/ko/archive/{DAY}.epub").read_bytes()
    assert "0 files written" in capsys.readouterr().out.splitlines()[-1]
    made = ebook(day_view(store, "ko", date.fromisoformat(DAY)), site_view(SETTINGS, NOW))
    assert made and made.body == served
