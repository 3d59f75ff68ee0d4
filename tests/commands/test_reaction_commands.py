"""`iroyin reaction remove`, and what `iroyin doctor` says of sources of posts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import Run

from iroyin.adapters.store import SqlStore
from iroyin.model import Account, Platform, Post, Step, StoryId
from iroyin.ports_reaction import KeptPost
from iroyin.sample.social import SocialWeb, sample_posts

NOW = datetime(2026, 1, 8, tzinfo=UTC)
STORY = StoryId("s1")


def post(number: int, handle: str) -> Post:
    url = f"https://social.example/@{handle}/{number}"
    return Post(
        Platform.MASTODON, "social.example", str(number), url, Account(Platform.MASTODON, handle), "Words", NOW
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with SqlStore(tmp_path / "d.db") as store:
        store.enqueue(Step.REACT, STORY, run_at=NOW)
        job = store.claim(Step.REACT, limit=1, now=NOW)[0]
        kept = [KeptPost(post(1, "ann@social.example"), NOW), KeptPost(post(2, "bob@social.example"), NOW)]
        store.commit_reaction(job, None, kept, [], embedder="e", next_at=None)
    (tmp_path / "iroyin.toml").write_text(f'[desk]\ndatabase = "{tmp_path / "d.db"}"\n', "utf-8")
    return tmp_path


def left(folder: Path) -> list[str]:
    with SqlStore(folder / "d.db") as store:
        return [one.post.account.handle for one in store.posts(STORY, "e")]


CASES = [
    (["https://social.example/@ann@social.example/1"], ["bob@social.example"]),
    (["https://social.example/@ann@social.example/1/"], ["bob@social.example"]),
    (["@BOB@social.example"], ["ann@social.example"]),
    (["bob@social.example", "--platform", "mastodon"], ["ann@social.example"]),
    (["bob@social.example", "--platform", "x"], ["ann@social.example", "bob@social.example"]),
    (["nobody"], ["ann@social.example", "bob@social.example"]),
]


@pytest.mark.parametrize(("arguments", "expected"), CASES)
def test_a_post_or_an_account_is_removed(
    arguments: list[str], expected: list[str], folder: Path, run: Run
) -> None:
    done = run("reaction", "remove", *arguments, "--config", str(folder / "iroyin.toml"))

    assert 0 == done.code
    assert expected == sorted(left(folder))
    with SqlStore(folder / "d.db") as store:
        assert (len(expected) == 1) == bool(store.claim(Step.REACT, limit=9, now=datetime.now(UTC)))


@pytest.mark.parametrize("arguments", [["two words"], ["name", "--platform", "telegraph"], [" "]])
def test_what_is_no_address_and_no_handle_is_refused(arguments: list[str], folder: Path, run: Run) -> None:
    done = run("reaction", "remove", *arguments, "--config", str(folder / "iroyin.toml"))

    assert 1 == done.code
    assert 2 == len(left(folder))


@pytest.fixture
def network() -> Iterator[SocialWeb]:
    with SocialWeb(sample_posts(), now=NOW) as web:
        yield web


def test_the_doctor_says_of_each_source_whether_it_works(
    folder: Path, network: SocialWeb, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = ["hackernews", "lemmy", "mastodon", "x", "reddit"]
    sources = ", ".join(f'"{one}@{network.address(one)}"' for one in named)
    config = folder / "iroyin.toml"
    allowed = f'[fetch]\nallow = ["*.localhost:{network.port}"]\n'
    config.write_text(config.read_text("utf-8") + f"{allowed}[react]\nsources = [{sources}]\n", "utf-8")
    monkeypatch.setenv("IROYIN_REACT_X_TOKEN", "a-wr0ng-token")
    network.faults[Platform.LEMMY].status = 503

    said = run("doctor", "--config", str(config)).out

    assert "ok   reaction: hackernews at hackernews.localhost answers" in said
    assert "bad  reaction: lemmy at lemmy.localhost: status 503" in said
    assert "ok   reaction: mastodon at mastodon.localhost answers" in said
    assert "bad  reaction: x at x.localhost: status 401" in said
    assert "react.reddit_app" in said
    assert "a-wr0ng-token" not in said


@pytest.mark.parametrize("name", ["x_token", "bluesky_password", "mastodon_token", "reddit_secret"])
def test_a_key_in_a_settings_file_is_refused_without_being_said(name: str, folder: Path, run: Run) -> None:
    config = folder / "iroyin.toml"
    config.write_text(config.read_text("utf-8") + f'[react]\n{name} = "s3cret-value"\n', "utf-8")

    done = run("doctor", "--config", str(config))

    assert 1 == done.code
    assert f"IROYIN_REACT_{name.upper()}" in (done.out + done.err)
    assert "s3cret-value" not in (done.out + done.err)
