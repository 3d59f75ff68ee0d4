"""Bluesky's Jetstream: all public posts as they are written, heard in short looks into a window of the newest.

Documented at github.com/bluesky-social/jetstream: `/subscribe` with the wanted collection and a cursor in microseconds;
events are commits (create, update, delete), identities, and accounts that are deleted or taken down. A look goes on
where the last one ended and stops when the stream has come to the present. The stream names authors by number alone,
so posts that have a query's words are read whole from the public AppView, by which they are looked up later too;
what the stream says is deleted is gone at once.
"""

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import inf
from urllib.parse import urlencode, urlsplit

from iroyin.adapters.social.api import Limit, Wire
from iroyin.adapters.social.bluesky import Bluesky
from iroyin.adapters.social.values import Object, first_text, language_of, moment, said, text, within
from iroyin.adapters.social.websocket import http_address, messages
from iroyin.errors import FetchError
from iroyin.languages.words import fold
from iroyin.model import Account, Platform, Post, Query
from iroyin.ports_reaction import WINDOW, Gathered, Looked

BASE = "wss://jetstream2.us-east.bsky.network"
LIMIT = Limit(20, 300.0)  # looks; ours, for a subscription has no documented limit
POSTS = "app.bsky.feed.post"
_MOST_BYTES = 256 * 1024  # of a message
_MOST_TEXT = 3_000  # characters of a post; the protocol allows 300 letters
_MOST_GONE = 200_000
_MICROSECONDS = 1_000_000
_LATEST = 4_102_444_800 * _MICROSECONDS  # the year 2100: no event can push the stream's place beyond use
_LEAVING = {"deleted", "takendown", "deactivated", "suspended"}


@dataclass(frozen=True, slots=True)
class Written:
    """A post as the stream tells it, its words also folded for finding."""

    did: str
    rkey: str
    text: str
    folded: str
    created_at: datetime
    language: str

    @property
    def uri(self) -> str:
        """Its address in the AT Protocol."""
        return f"at://{self.did}/{POSTS}/{self.rkey}"


@dataclass(slots=True)
class Window:
    """The newest posts heard, at most `most`; what was deleted; and where the stream stands, in microseconds."""

    most: int
    at: int = 0
    since: int = 0
    posts: OrderedDict[str, Written] = field(default_factory=OrderedDict)
    gone: OrderedDict[str, None] = field(default_factory=OrderedDict)

    def hear(self, event: Object) -> None:
        """Take in one event; what is not understood changes nothing but the place in the stream."""
        then = event.get("time_us")
        if isinstance(then, int) and then < _LATEST:
            self.at = max(self.at, then)
        did, kind = text(event, "did"), text(event, "kind")
        if kind == "account" and within(event, "account", "active") is False:
            if text(event, "account", "status") in _LEAVING:
                self._forget(did)
        elif kind == "commit" and text(event, "commit", "collection") == POSTS:
            uri = f"at://{did}/{POSTS}/{text(event, 'commit', 'rkey')}"
            if text(event, "commit", "operation") == "delete":
                self._forget(uri)
            elif (one := _written(did, event)) is not None:
                self.posts[uri] = one
                self.gone.pop(did, None)  # an account that writes again has come back
                while len(self.posts) > self.most:
                    self.since = int(self.posts.popitem(last=False)[1].created_at.timestamp() * _MICROSECONDS)

    def having(self, query: Query, since: datetime, until: datetime) -> list[Written]:
        """The posts of this time that have all the query's words, newest first."""
        words = [fold(word) for word in query.words]
        found = [
            one
            for one in self.posts.values()
            if since <= one.created_at <= until
            and one.did not in self.gone
            and all(word in one.folded for word in words)
        ]
        return sorted(found, key=lambda one: (one.created_at, one.rkey), reverse=True)

    def is_gone(self, uri: str) -> bool:
        """Whether the stream has said that the post or its account went away."""
        return uri in self.gone or uri.split("/")[2] in self.gone

    def _forget(self, name: str) -> None:
        self.posts.pop(name, None)
        self.gone[name] = None
        while len(self.gone) > _MOST_GONE:
            self.gone.popitem(last=False)


class Jetstream:
    """One Jetstream server. `back`: seconds before now from which the first look hears; `quiet`: see `messages`."""

    platform = Platform.BLUESKY

    def __init__(
        self,
        wire: Wire,
        appview: Bluesky,
        *,
        base: str = "",
        limit: Limit = LIMIT,
        back: float = 1800.0,
        seconds: float = 20.0,
        quiet: float = 2.0,
        most: int = 100_000,
    ) -> None:
        self._wire, self._appview, self._limit = wire, appview, limit
        self._base = http_address(base or BASE).rstrip("/")
        self._back, self._seconds, self._quiet = back, seconds, quiet
        self._window = Window(most)
        self._next = -inf  # seconds of the clock before which it is not asked again

    @property
    def server(self) -> str:
        """See `SocialSource`."""
        return urlsplit(self._base).hostname or self._base

    def search(self, query: Query, *, since: datetime, until: datetime, limit: int) -> Gathered:
        """See `SocialSource`. Of the time before the window nothing is known, which the answer says."""
        trouble = self._catch_up()
        found = [_post(self.server, one) for one in self._window.having(query, since, until)[:limit]]
        whole = self._appview.look_up(found)
        here = {post.key: replace(post, server=self.server) for post in whole.here}
        lost = set(whole.gone)
        posts = [here.get(post.key, post) for post in found if post.key not in lost]
        short = WINDOW if self._window.since > since.timestamp() * _MICROSECONDS else ""
        return Gathered(tuple(posts), trouble or whole.trouble or short)

    def look_up(self, posts: Sequence[Post]) -> Looked:
        """See `SocialSource`."""
        trouble = self._catch_up() if posts else ""
        gone = {post.key for post in posts if self._window.is_gone(post.native)}
        looked = self._appview.look_up([post for post in posts if post.key not in gone])
        here = tuple(replace(post, server=self.server) for post in looked.here)
        return Looked(here, (*sorted(gone), *looked.gone), looked.trouble or trouble)

    def probe(self) -> str:
        """See `SocialSource`."""
        return self._catch_up() or self._appview.probe_posts()

    def _catch_up(self) -> str:
        """Hear the stream up to the present, unless that was done moments ago; why that failed, "" when not."""
        now = self._wire.clock()
        if now < self._next:
            return ""
        self._next = now + self._limit.seconds / self._limit.requests
        present = int(self._wire.now().timestamp() * _MICROSECONDS)
        earliest = present - int(self._back * _MICROSECONDS)
        if self._window.at < earliest:
            self._window.at = self._window.since = earliest
        try:
            for event in self._events():
                self._window.hear(event)
                if self._window.at >= present:
                    break
        except FetchError as error:
            return error.reason
        return ""

    def _events(self) -> Iterator[Object]:
        asked = {"wantedCollections": POSTS, "cursor": self._window.at, "maxMessageSizeBytes": _MOST_BYTES}
        url = f"{self._base}/subscribe?{urlencode(asked)}"
        for message in messages(
            self._wire.line, url, self._wire.agent, seconds=self._seconds, quiet=self._quiet, most=_MOST_BYTES
        ):
            try:
                event = json.loads(message)
            except (ValueError, RecursionError):
                continue
            if isinstance(event, dict):
                yield event


def _written(did: str, event: Object) -> Written | None:
    record = within(event, "commit", "record")
    words, then = text(record, "text")[:_MOST_TEXT], moment(record, "createdAt")
    rkey = text(event, "commit", "rkey")
    if not (did.startswith("did:") and rkey and words and then):
        return None
    return Written(did, rkey, words, fold(words), then.astimezone(UTC), first_text(record, "langs"))


def _post(server: str, one: Written) -> Post:
    """The post with what the stream knows of its author: a number."""
    words = said(one.text)
    url = f"https://bsky.app/profile/{one.did}/post/{one.rkey}"
    account = Account(Platform.BLUESKY, one.did)
    return Post(
        Platform.BLUESKY, server, one.uri, url, account, words, one.created_at,
        language_of(words, one.language), ref=one.uri,
    )  # fmt: skip
