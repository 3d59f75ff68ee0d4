"""Reddit's Data API with an app's own credentials (OAuth 2, client credentials): submissions, and what answers them.

Documented: 100 requests a minute, listings of 100 with `after`, `x-ratelimit-remaining` and `-reset` in seconds;
`/api/info` gives up to 100 things by name. Use needs Reddit's leave. What its author deleted has no author; what a
moderator removed says so.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from iroyin.adapters.social.api import Api, Limit
from iroyin.adapters.social.gather import gathered, looked_up, missing, trouble_of
from iroyin.adapters.social.values import Object, language_of, moment, objects, said, text, within
from iroyin.errors import FetchError
from iroyin.model import Account, Platform, Post, Query
from iroyin.ports_reaction import Gathered, Looked

BASE = "https://oauth.reddit.com"
SIGN_IN = "https://www.reddit.com"
LIMIT = Limit(100, 60.0)
_PAGE, _BATCH = 100, 100
_THREADS = 5  # submissions of a page whose comments are read
_TAKEN_AWAY = {"[deleted]", "[removed]", ""}


class Reddit:
    """`sign_in` is the server that gives tokens, `api` the one that takes them."""

    platform = Platform.REDDIT

    def __init__(self, api: Api, sign_in: Api, *, app: str, secret: str) -> None:
        self._api, self._sign_in = api, sign_in
        self._basic = base64.b64encode(f"{app}:{secret}".encode()).decode()
        self._token = ""

    @property
    def server(self) -> str:
        """See `SocialSource`."""
        return self._api.server

    def search(self, query: Query, *, since: datetime, until: datetime, limit: int) -> Gathered:
        """See `SocialSource`."""

        def within_time() -> Iterator[list[Post]]:
            for page in self._pages(query):
                yield [post for post in page if since <= post.created_at <= until]

        return gathered(within_time(), limit)

    def look_up(self, posts: Sequence[Post]) -> Looked:
        """See `SocialSource`; what comments answer is not told by a lookup and stays as it was."""

        def ask(some: Sequence[Post]) -> tuple[list[Post], list[str]]:
            answers = {post.ref: post.answers for post in some}
            raw = self._get("/api/info", {"id": ",".join(post.ref for post in some), "raw_json": 1})
            found = [
                post for one in _children(raw) if (post := self._post(one, answers.get(text(one, "name"), "")))
            ]
            return found, missing(some, found)

        return looked_up(posts, _BATCH, ask)

    def probe(self) -> str:
        """See `SocialSource`."""
        return trouble_of(lambda: self._get("/search", {"q": "news", "limit": 1, "raw_json": 1}))

    def _pages(self, query: Query) -> Iterator[list[Post]]:
        asked: dict[str, str | int] = {
            "q": query.text, "sort": "new", "t": "week", "type": "link", "limit": _PAGE, "raw_json": 1
        }  # fmt: skip
        while True:
            answer = self._get("/search", asked)
            raw = list(_children(answer))
            threads = [(one, post) for one in raw if (post := self._post(one, ""))]
            yield [post for _, post in threads]
            talked = [one for one, _ in threads if (within(one, "num_comments") or 0) > 0]
            for one in talked[:_THREADS]:
                yield self._comments(one)
            after = text(answer, "data", "after")
            if not after:
                return
            asked["after"] = after

    def _comments(self, thread: Object) -> list[Post]:
        path = f"/comments/{text(thread, 'id')}"
        answer = self._get(path, {"limit": _PAGE, "depth": 2, "sort": "new", "raw_json": 1})
        listing = answer[1] if isinstance(answer, list) and len(answer) > 1 else None
        title = said(text(thread, "title"))
        return [post for one in _children(listing) if (post := self._post(one, title))]

    def _get(self, path: str, query: Mapping[str, str | int]) -> Any:
        """A GET with the app's token, which is asked for when there is none and once anew when it is refused."""
        if not self._token:
            self._ask_for_token()
        try:
            return self._api.get(path, query, {"Authorization": f"Bearer {self._token}"})
        except FetchError as error:
            if error.status != 401:
                raise
        self._ask_for_token()
        return self._api.get(path, query, {"Authorization": f"Bearer {self._token}"})

    def _ask_for_token(self) -> None:
        answer = self._sign_in.post(
            "/api/v1/access_token",
            b"grant_type=client_credentials",
            "application/x-www-form-urlencoded",
            {"Authorization": f"Basic {self._basic}"},
        )
        self._token = text(answer, "access_token")
        if not self._token:
            raise FetchError(self._sign_in.base, "no token")

    def _post(self, one: Object, answers: str) -> Post | None:
        author = text(one, "author")
        title, body = said(text(one, "title")), said(text(one, "selftext") or text(one, "body"))
        taken = author in _TAKEN_AWAY or body in _TAKEN_AWAY - {""} or bool(text(one, "removed_by_category"))
        words, then = "\n".join(filter(None, (title, body))), moment(one, "created_utc")
        own = text(one, "name")
        if taken or not (words and then and own):
            return None
        url = f"https://www.reddit.com{text(one, 'permalink')}"
        return Post(
            self.platform, self.server, own, url, Account(self.platform, author), words, then, language_of(words),
            moment(one, "edited"), answers, own,
        )  # fmt: skip


def _children(listing: Any) -> Iterator[Object]:
    for child in objects(listing, "data", "children"):
        if text(child, "kind") in {"t1", "t3"} and isinstance(within(child, "data"), Mapping):
            yield child["data"]
