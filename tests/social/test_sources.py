"""The contract of `SocialSource`, for each source against its network on loopback."""

import re
from datetime import timedelta

import pytest
from network import NOW, SINCE, Network

from iroyin.adapters.social.api import Limit
from iroyin.model import Platform, Post, Query
from iroyin.ports_reaction import Gathered, SocialSource

ALL = tuple(Platform)
APIS = tuple(platform for platform in Platform if platform is not Platform.FORUM)
QUERY = Query(("Varland", "Ostmark"), "en")


def found(source: SocialSource, *, limit: int = 500) -> Gathered:
    return source.search(QUERY, since=SINCE, until=NOW, limit=limit)


def numbers(posts: tuple[Post, ...]) -> set[int]:
    return {int(re.findall(r"\d+", post.url)[-1]) for post in posts}


@pytest.mark.parametrize("platform", ALL)
def test_every_page_is_read_and_every_post_given_once(platform: Platform, network: Network) -> None:
    got = found(network.source(platform))

    about = {one.number for one in network.web.posts(platform) if "Varland" in network.web.shown(one)}
    assert "" == got.trouble
    assert len(got.posts) == len({post.key for post in got.posts})
    assert about == numbers(got.posts)
    if platform in APIS:
        assert network.web.count(platform) > 1


@pytest.mark.parametrize("platform", ALL)
def test_a_post_is_whole(platform: Platform, network: Network) -> None:
    for post in found(network.source(platform)).posts:
        assert platform is post.platform
        assert post.server == f"{platform}.localhost"
        assert post.text
        assert post.account.handle
        assert post.url.startswith("http")
        assert "en" == post.language
        assert SINCE <= post.created_at <= NOW


@pytest.mark.parametrize("platform", ALL)
def test_no_more_than_the_limit_is_given(platform: Platform, network: Network) -> None:
    assert 7 == len(found(network.source(platform), limit=7).posts)


@pytest.mark.parametrize("platform", ALL)
def test_posts_outside_the_window_are_not_given(platform: Platform, network: Network) -> None:
    until = SINCE + timedelta(minutes=20)
    got = network.source(platform).search(QUERY, since=SINCE + timedelta(minutes=10), until=until, limit=500)

    assert got.posts
    assert all(SINCE + timedelta(minutes=10) <= post.created_at <= until for post in got.posts)


@pytest.mark.parametrize("platform", ALL)
def test_what_was_deleted_is_gone_and_what_was_edited_reads_anew(platform: Platform, network: Network) -> None:
    source = network.source(platform)
    posts = found(source).posts
    by_number = {next(iter(numbers((post,)))): post for post in posts}
    deleted, edited = sorted(by_number)[3], sorted(by_number)[5]
    network.web.delete(deleted)
    network.web.edit(edited, "Varland and Ostmark: I was wrong about that")

    looked = source.look_up(posts)

    assert ("", (by_number[deleted].key,)) == (looked.trouble, looked.gone)
    here = {post.key: post for post in looked.here}
    assert {post.key for post in posts} - {by_number[deleted].key} == set(here)
    assert "I was wrong" in here[by_number[edited].key].text
    assert by_number[deleted].key not in {post.key for post in found(source).posts}


@pytest.mark.parametrize("platform", APIS)
def test_a_servers_limit_is_obeyed_and_counted(platform: Platform, network: Network) -> None:
    source, fault = network.source(platform), network.web.faults[platform]
    fault.allowed = 2
    got = found(source)

    asked = network.web.count(platform)
    assert asked <= 3
    assert ("limit" in got.trouble) or ("429" in got.trouble)
    for _ in range(5):
        assert "limit" in found(source).trouble
    assert asked == network.web.count(platform)

    network.clock.seconds += fault.reset_in + 1
    fault.allowed = None
    assert "" == found(source).trouble
    assert network.web.count(platform) > asked


@pytest.mark.parametrize("platform", APIS)
def test_our_own_limit_is_obeyed_when_the_server_tells_none(platform: Platform, network: Network) -> None:
    network.limit = Limit(3, 60.0)
    source = network.source(platform)
    for _ in range(8):
        found(source)

    signing = (
        1 if platform is Platform.REDDIT else 0
    )  # tokens are given by another server, which has its own limit
    assert 3 + signing == network.web.count(platform)
    network.clock.seconds += 61
    found(source)
    assert 3 + signing < network.web.count(platform) <= 6 + signing


@pytest.mark.parametrize("platform", ALL)
@pytest.mark.parametrize("status", [500, 503, 403])
def test_an_error_is_told_and_nothing_is_raised(platform: Platform, status: int, network: Network) -> None:
    source = network.source(platform)
    posts = found(source).posts
    network.web.faults[platform].status = status

    assert f"status {status}" == found(source).trouble
    assert f"status {status}" == source.probe()
    looked = source.look_up(posts)
    assert ((), ()) == (looked.here, looked.gone)
    assert f"status {status}" == looked.trouble


@pytest.mark.parametrize("platform", ALL)
def test_a_page_of_html_instead_of_an_answer_is_told(platform: Platform, network: Network) -> None:
    source = network.source(platform)
    network.web.faults[platform].says_html = True

    got = found(source)
    assert () == got.posts
    assert got.trouble
    assert source.probe()


@pytest.mark.parametrize("platform", ALL)
def test_a_source_that_works_says_so(platform: Platform, network: Network) -> None:
    assert "" == network.source(platform).probe()


SIGNED = {Platform.BLUESKY: "password", Platform.REDDIT: "secret", Platform.X: "token", Platform.MASTODON: "token"}


@pytest.mark.parametrize("platform", SIGNED)
def test_a_wrong_key_is_told_without_the_key(
    platform: Platform, network: Network, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    network.secrets[SIGNED[platform]] = "wr0ng-s3cret-value"
    source = network.source(platform)
    with caplog.at_level("DEBUG"):
        said = (source.probe(), found(source).trouble, source.look_up([]).trouble, repr(found(source)))

    assert "status 401" == said[0] == said[1]
    printed = "".join([*said, caplog.text, *capfd.readouterr()])
    assert "wr0ng-s3cret-value" not in printed


@pytest.mark.parametrize("platform", [Platform.BLUESKY, Platform.REDDIT])
def test_a_session_that_has_ended_is_renewed_once(platform: Platform, network: Network) -> None:
    source = network.source(platform)
    assert found(source).posts
    network.web.faults[platform].expire_token_once = True

    assert "" == found(source).trouble


def test_without_a_token_mastodon_is_read_by_its_tags(network: Network) -> None:
    from iroyin.adapters.social.api import Api
    from iroyin.adapters.social.mastodon import LIMIT, Mastodon

    named = network.source(Platform.MASTODON)
    api: Api = named._api  # type: ignore[attr-defined]
    number = network.web.posts(Platform.MASTODON)[4].number
    network.web.edit(number, "#Varland is in the news with Ostmark again, it is good")

    got = Mastodon(Api(api.wire, api.base, LIMIT)).search(QUERY, since=SINCE, until=NOW, limit=50)

    assert {number} == numbers(got.posts)


def test_x_reads_no_more_than_is_paid_for(network: Network) -> None:
    from iroyin.adapters.social.x import X

    api = network.source(Platform.X)._api  # type: ignore[attr-defined]
    source = X(api, token="sample-token", posts_per_day=30)

    assert "allowance" == found(source).trouble
    assert 2 == network.web.count(Platform.X)
    network.clock.seconds += 86_400
    assert 50 >= len(found(source).posts) > 0
