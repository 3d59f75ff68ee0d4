"""Bluesky: search by the AT Protocol (`app.bsky.feed.searchPosts`), in a session where an app password is given.

Documented at docs.bsky.app: 100 posts a page, a cursor; `getPosts` takes 25 addresses and leaves out what is deleted.
A session's token is good for minutes: one that is refused is renewed once.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from iroyin.adapters.social.api import Api, Limit
from iroyin.adapters.social.gather import gathered, looked_up, missing, trouble_of
from iroyin.adapters.social.values import Object, first_text, language_of, moment, name, objects, said, text
from iroyin.errors import FetchError
from iroyin.model import Account, Platform, Post, Query
from iroyin.ports_reaction import Gathered, Looked

BASE = "https://api.bsky.app"
SIGNED_IN = "https://bsky.social"
LIMIT = Limit(3000, 300.0)
_PAGE, _BATCH = 100, 25
_EXPIRED = {400, 401}


class Bluesky:
    """One AT Protocol service. Without handle and password it asks without a session, which some services refuse."""

    platform = Platform.BLUESKY

    def __init__(self, api: Api, *, handle: str = "", password: str = "") -> None:
        self._api, self._handle, self._password = api, handle, password
        self._token = ""

    @property
    def server(self) -> str:
        """See `SocialSource`."""
        return self._api.server

    def search(self, query: Query, *, since: datetime, until: datetime, limit: int) -> Gathered:
        """See `SocialSource`."""
        return gathered(self._pages(query, since, until, limit), limit)

    def look_up(self, posts: Sequence[Post]) -> Looked:
        """See `SocialSource`."""

        def ask(some: Sequence[Post]) -> tuple[list[Post], list[str]]:
            path = "/xrpc/app.bsky.feed.getPosts?" + "&".join(f"uris={_quoted(post.native)}" for post in some)
            found = [post for one in objects(self._get(path), "posts") if (post := self._post(one))]
            return found, missing(some, found)

        return looked_up(posts, _BATCH, ask)

    def probe(self) -> str:
        """See `SocialSource`."""
        return trouble_of(lambda: self._get("/xrpc/app.bsky.feed.searchPosts", {"q": "news", "limit": 1}))

    def probe_posts(self) -> str:
        """Why posts cannot be looked up; "" when they can. The one that is asked for is nobody's."""
        nobody = "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/aaaaaaaaaaaaa"
        return trouble_of(lambda: self._get(f"/xrpc/app.bsky.feed.getPosts?uris={_quoted(nobody)}"))

    def _pages(self, query: Query, since: datetime, until: datetime, limit: int) -> Iterator[list[Post]]:
        asked: dict[str, str | int] = {
            "q": query.text, "sort": "latest", "limit": min(_PAGE, limit),
            "since": since.strftime("%Y-%m-%dT%H:%M:%SZ"), "until": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }  # fmt: skip
        while True:
            answer = self._get("/xrpc/app.bsky.feed.searchPosts", asked)
            yield [post for one in objects(answer, "posts") if (post := self._post(one))]
            cursor = text(answer, "cursor")
            if not cursor or cursor == asked.get("cursor"):
                return
            asked["cursor"] = cursor

    def _get(self, path: str, query: Mapping[str, str | int] | None = None) -> Any:
        """A GET in the session, which is begun when there is none and renewed when it has ended."""
        if not self._handle:
            return self._api.get(path, query)
        if not self._token:
            self._sign_in()
        try:
            return self._api.get(path, query, {"Authorization": f"Bearer {self._token}"})
        except FetchError as error:
            if error.status not in _EXPIRED:
                raise
        self._sign_in()
        return self._api.get(path, query, {"Authorization": f"Bearer {self._token}"})

    def _sign_in(self) -> None:
        self._token = ""
        sent = json.dumps({"identifier": self._handle, "password": self._password}).encode()
        self._token = text(
            self._api.post("/xrpc/com.atproto.server.createSession", sent, "application/json"), "accessJwt"
        )
        if not self._token:
            raise FetchError(self._api.base, "no session")

    def _post(self, one: Object) -> Post | None:
        uri, words = text(one, "uri"), said(text(one, "record", "text"))
        then = moment(one, "record", "createdAt") or moment(one, "indexedAt")
        handle, owner = text(one, "author", "handle"), text(one, "author", "did")
        if not (uri.startswith("at://") and words and then and owner):
            return None
        labels = {text(label, "val") for label in objects(one, "author", "labels")}
        account = Account(
            self.platform,
            handle if handle and handle != "handle.invalid" else owner,
            name(text(one, "author", "displayName")),
            created_at=moment(one, "author", "createdAt"),
            automated="bot" in labels,
        )
        url = f"https://bsky.app/profile/{owner}/post/{uri.rpartition('/')[2]}"
        language = language_of(words, first_text(one, "record", "langs"))
        return Post(self.platform, self.server, uri, url, account, words, then, language, ref=uri)


def _quoted(uri: str) -> str:
    return quote(uri, safe="")
