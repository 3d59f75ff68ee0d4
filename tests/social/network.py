"""The networks on loopback, and sources that ask them with a clock of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from iroyin.adapters.exchange import line_through
from iroyin.adapters.http import GuardedFetcher
from iroyin.adapters.netguard import Guard
from iroyin.adapters.sandbox import ChildParser
from iroyin.adapters.social import bluesky, hackernews, lemmy, mastodon, reddit, x
from iroyin.adapters.social.api import Api, Limit, Wire
from iroyin.adapters.social.bluesky import Bluesky
from iroyin.adapters.social.forum import Forum
from iroyin.adapters.social.hackernews import HackerNews
from iroyin.adapters.social.lemmy import Lemmy
from iroyin.adapters.social.mastodon import Mastodon
from iroyin.adapters.social.reddit import Reddit
from iroyin.adapters.social.x import X
from iroyin.model import Platform
from iroyin.ports_reaction import SocialSource
from iroyin.sample.social import SamplePost, SocialWeb
from iroyin.sample.social.server import APP, HANDLE, PASSWORD, SECRET, TOKEN
from iroyin.settings import Settings

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
SINCE = NOW - timedelta(days=3)


@dataclass
class Clock:
    """Seconds that pass only when told to; the time of day goes with them."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds - 1000.0)


@dataclass
class Network:
    """The loopback web, its clock, and the sources made on it."""

    web: SocialWeb
    clock: Clock
    parser: ChildParser
    limit: Limit | None = None
    secrets: dict[str, str] = field(default_factory=dict)

    def source(self, platform: Platform) -> SocialSource:
        """A source of this network, with its documented limit unless `limit` is set."""
        line = line_through(Guard((f"*.localhost:{self.web.port}",)), connect=2.0, read=5.0)
        wire = Wire(line, "Iroyin/test", 10.0, self.clock, self.clock.now)
        base = self.web.address(platform)

        def api(usual: Limit) -> Api:
            return Api(wire, base, self.limit or usual)

        token = self.secrets.get("token", TOKEN)
        made: dict[Platform, Callable[[], SocialSource]] = {
            Platform.BLUESKY: lambda: Bluesky(
                api(bluesky.LIMIT), handle=HANDLE, password=self.secrets.get("password", PASSWORD)
            ),
            Platform.MASTODON: lambda: Mastodon(api(mastodon.LIMIT), token=token),
            Platform.REDDIT: lambda: Reddit(
                api(reddit.LIMIT), api(reddit.LIMIT), app=APP, secret=self.secrets.get("secret", SECRET)
            ),
            Platform.HACKER_NEWS: lambda: HackerNews(api(hackernews.LIMIT)),
            Platform.LEMMY: lambda: Lemmy(api(lemmy.LIMIT)),
            Platform.X: lambda: X(api(x.LIMIT), token=token, posts_per_day=1000),
            Platform.FORUM: lambda: Forum(f"{base}/feed", self.fetcher(), self.parser, self.clock.now),
        }
        return made[platform]()

    def fetcher(self) -> GuardedFetcher:
        """The desk's own fetcher on loopback."""
        return GuardedFetcher(Settings(fetch_allow=(f"*.localhost:{self.web.port}",), fetch_host_delay=0.0))


def crowd(platform: Platform, size: int = 60) -> list[SamplePost]:
    """So many posts about Varland, one about something else among each ten; half of them answer the first."""
    first = SamplePost(1, platform, "opener", "Varland and Ostmark sign papers\nWhat do you think?", "en", SINCE)
    posts = [replace(first, at=SINCE + timedelta(minutes=1))]
    for number in range(2, size + 1):
        words = (
            "My cat sleeps" if number % 10 == 0 else f"Varland and Ostmark, thought number {number}: it is good"
        )
        answers = 1 if number % 2 and platform in {Platform.REDDIT, Platform.LEMMY, Platform.HACKER_NEWS} else 0
        at = SINCE + timedelta(minutes=number)
        posts.append(
            SamplePost(number, platform, f"user{number}", words, "en", at, f"User {number}", answers=answers)
        )
    return posts


def numbered(posts: list[SamplePost], base: int) -> list[SamplePost]:
    return [
        replace(one, number=one.number + base, answers=one.answers + base if one.answers else 0) for one in posts
    ]
