"""Sources of public posts, one file each, made from the settings. Nothing is read until `react.sources` names it."""

import time
from collections.abc import Callable
from datetime import datetime

from iroyin.adapters.http import line_of, user_agent
from iroyin.adapters.netguard import check_url
from iroyin.adapters.social import bluesky, hackernews, lemmy, mastodon, reddit, x
from iroyin.adapters.social.api import Api, Limit, Wire
from iroyin.adapters.social.bluesky import Bluesky
from iroyin.adapters.social.forum import Forum
from iroyin.adapters.social.hackernews import HackerNews
from iroyin.adapters.social.jetstream import Jetstream
from iroyin.adapters.social.lemmy import Lemmy
from iroyin.adapters.social.mastodon import Mastodon
from iroyin.adapters.social.reddit import Reddit
from iroyin.adapters.social.websocket import http_address
from iroyin.adapters.social.x import X
from iroyin.errors import AddressRefused, SettingsError
from iroyin.model import Platform
from iroyin.ports import Fetcher, Parser
from iroyin.ports_reaction import SocialSource
from iroyin.settings import Settings

__all__ = ["make_source", "make_sources"]


def make_sources(
    settings: Settings, fetcher: Fetcher, parser: Parser, now: Callable[[], datetime]
) -> tuple[SocialSource, ...]:
    """The sources that `react.sources` names. Raises SettingsError for one that is not known or lacks its key."""
    return tuple(make_source(one, settings, fetcher, parser, now) for one in settings.react_sources)


def make_source(
    named: str, settings: Settings, fetcher: Fetcher, parser: Parser, now: Callable[[], datetime]
) -> SocialSource:
    """One source, named `platform` or `platform@address`. Raises SettingsError."""
    kind, _, address = named.partition("@")
    streams = kind.strip().lower() == JETSTREAM
    try:
        platform = Platform.BLUESKY if streams else Platform(kind.strip().lower())
        base = check_url(http_address(address.strip())).url.rstrip("/") if address else ""
    except ValueError as error:
        known = ", ".join((*Platform, JETSTREAM))
        raise SettingsError("react.sources", f"{kind!r} is none of {known}") from error
    except AddressRefused as error:
        raise SettingsError("react.sources", f"{named!r}: {error.reason}") from error
    if platform is Platform.FORUM:
        if not base:
            raise SettingsError("react.sources", "a forum needs the address of its feed: forum@https://…")
        return Forum(base, fetcher, parser, now)
    wire = _wire(settings, now)
    for name in _NEEDS.get(platform, ()):
        if not getattr(settings, f"react_{name}"):
            raise SettingsError(f"react.{name}", f"is empty, and {platform} asks for it; see docs/reaction.md")
    if streams:
        appview = Bluesky(Api(wire, bluesky.BASE, bluesky.LIMIT))
        return Jetstream(wire, appview, base=base, back=60.0 * settings.react_jetstream_minutes)
    return _speaker(platform, base, wire, settings)


JETSTREAM = "jetstream"  # Bluesky's posts, by its stream instead of its search
_NEEDS = {Platform.REDDIT: ("reddit_app", "reddit_secret"), Platform.X: ("x_token",)}


def _speaker(platform: Platform, base: str, wire: Wire, settings: Settings) -> SocialSource:
    """A platform's own protocol at its usual address or at `base`."""

    def api(usual: str, limit: Limit) -> Api:
        return Api(wire, base or usual, limit)

    if platform is Platform.BLUESKY:
        usual = bluesky.SIGNED_IN if settings.react_bluesky_handle else bluesky.BASE
        handle, password = settings.react_bluesky_handle, settings.react_bluesky_password
        return Bluesky(api(usual, bluesky.LIMIT), handle=handle, password=password)
    if platform is Platform.MASTODON:
        return Mastodon(api(mastodon.BASE, mastodon.LIMIT), token=settings.react_mastodon_token)
    if platform is Platform.REDDIT:
        sign_in = Api(wire, base or reddit.SIGN_IN, reddit.LIMIT)
        app, secret = settings.react_reddit_app, settings.react_reddit_secret
        return Reddit(api(reddit.BASE, reddit.LIMIT), sign_in, app=app, secret=secret)
    if platform is Platform.HACKER_NEWS:
        return HackerNews(api(hackernews.BASE, hackernews.LIMIT))
    if platform is Platform.LEMMY:
        return Lemmy(api(lemmy.BASE, lemmy.LIMIT))
    per_day = settings.react_x_posts_per_day
    return X(api(x.BASE, x.LIMIT), token=settings.react_x_token, posts_per_day=per_day)


def _wire(settings: Settings, now: Callable[[], datetime]) -> Wire:
    return Wire(line_of(settings), user_agent(settings), settings.fetch_deadline, time.monotonic, now)
