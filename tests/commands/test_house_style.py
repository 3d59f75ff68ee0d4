"""A setting that pages show is seen on every page after the next pass; a pass without such a change prints nothing."""

import pytest
from command_line import ARTICLES, Ran, Run

from iroyin.commands.console import settings_of
from iroyin.compose import open_newsroom, open_store
from iroyin.model import INDEX, Page, Step


def stories(now: dict[str, Page]) -> list[str]:
    """The English pages of stories."""
    return [
        page.body.decode()
        for path, page in now.items()
        if path.startswith("en/articles/") and path.endswith(".html")
    ]


def pages() -> dict[str, Page]:
    with open_store(settings_of(None)) as store:
        return {path: page for path in store.page_paths() if (page := store.page(path))}


def printed(ran: Ran) -> bool:
    assert 0 == ran.code
    return " 0 publish," not in ran.out


@pytest.fixture(autouse=True)
def _newsroom(run: Run, _in_an_empty_folder: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IROYIN_DESK_LANGUAGES", "en,fr")
    assert printed(run("import", ARTICLES))


@pytest.mark.parametrize(
    ("name", "value"),
    [("DESK_URL", "https://elsewhere.example"), ("DESK_NAME", "The Other Desk"), ("DESK_CONTACT", "new@desk.example"),
     ("SITE_IMPRINT", "The Imprint Society"),
     ("SITE_ANALYTICS", "https://count.example/c.js")],
)  # fmt: skip
def test_what_pages_show_is_otherwise_on_all_of_them(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"IROYIN_{name}", value)

    assert printed(run("once"))

    told = stories(pages())
    assert len(told) == 3 and all(value in page for page in told)


def test_no_page_and_no_file_has_the_old_address(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = b"http://127.0.0.1:8000", b"https://elsewhere.example"
    had = {path for path, page in pages().items() if old in page.body}
    monkeypatch.setenv("IROYIN_DESK_URL", new.decode())

    assert printed(run("once"))

    now = pages()
    assert had == {path for path, page in now.items() if new in page.body}
    assert [] == [path for path, page in now.items() if old in page.body]


def test_a_pass_after_which_nothing_is_otherwise_prints_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not printed(run("once"))

    monkeypatch.setenv("IROYIN_FETCH_DEADLINE", "9")  # no page shows it
    assert not printed(run("once"))

    monkeypatch.setenv("IROYIN_SITE_FRONT", "2")
    assert [True, False] == [printed(run("once")) for _ in range(2)]


def test_a_language_that_was_given_up_has_no_pages(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any(path.startswith("fr/") for path in pages())
    monkeypatch.setenv("IROYIN_DESK_LANGUAGES", "en")

    run("once")

    assert [] == [path for path in pages() if path.startswith("fr/")]
    assert not any('hreflang="fr"' in page for page in stories(pages()))


def test_a_language_that_comes_back_has_its_pages_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of stories that no other language of the site tells."""
    before = {path for path in pages() if "/articles/" in path}
    monkeypatch.setenv("IROYIN_DESK_LANGUAGES", "yo")
    run("once")
    assert [] == [path for path in pages() if "/articles/" in path]
    monkeypatch.setenv("IROYIN_DESK_LANGUAGES", "en,fr")

    run("once")

    assert before == {path for path in pages() if "/articles/" in path}


def test_the_style_sheets_are_there_before_the_stories_that_ask_for_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IROYIN_DESK_NAME", "The Other Desk")
    with open_newsroom(settings_of(None)) as room:
        room.desk.restyle()
        order = [job.key for job in room.store.claim(Step.PUBLISH, limit=99, now=room.now())]

    assert INDEX == order[0] and len(order) > 1
