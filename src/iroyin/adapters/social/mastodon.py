"""Mastodon: search of posts where a token is given, and the public timelines of tags, on one server.

Documented at docs.joinmastodon.org: at most 40 posts a page (a server may give fewer, so only an empty page is the
last), the next page by `max_id`; 300 requests in five minutes. Accounts
that ask not to be indexed are left out, as is everything that is not public.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from iroyin.adapters.social.api import Api, Limit
from iroyin.adapters.social.gather import gathered, looked_up, trouble_of
from iroyin.adapters.social.values import Object, language_of, moment, name, number, objects, said, text, within
from iroyin.errors import FetchError
from iroyin.model import Account, Platform, Post, Query
from iroyin.ports_reaction import Gathered, Looked

BASE = "https://mastodon.social"
LIMIT = Limit(300, 300.0)
_PAGE = 40
_GONE = {404, 410}
_WISHES = re.compile(r"#(?:nobots?|noindex|nosearch)\b", re.IGNORECASE)
_NOT_A_TAG = re.compile(r"[\W_]+")


class Mastodon:
    """One server."""

    platform = Platform.MASTODON

    def __init__(self, api: Api, *, token: str = "") -> None:
        self._api = api
        self._headers: Mapping[str, str] = {"Authorization": f"Bearer {token}"} if token else {}

    @property
    def server(self) -> str:
        """See `SocialSource`."""
        return self._api.server

    def search(self, query: Query, *, since: datetime, until: datetime, limit: int) -> Gathered:
        """See `SocialSource`; without a token only posts that have a word of the query as a tag can be found."""
        pages = self._found(query) if self._headers else self._tagged(query)

        def within_time() -> Iterator[list[Post]]:
            for page in pages:
                yield [post for post in page if since <= post.created_at <= until]
                if page and all(post.created_at < since for post in page):
                    return

        return gathered(within_time(), limit)

    def look_up(self, posts: Sequence[Post]) -> Looked:
        """See `SocialSource`."""

        def ask(some: Sequence[Post]) -> tuple[list[Post], list[str]]:
            post = some[0]
            try:
                found = self._post(self._get(f"/api/v1/statuses/{quote(post.ref, safe='')}"))
            except FetchError as error:
                if error.status in _GONE:
                    return [], [post.key]
                raise
            return ([found], []) if found else ([], [post.key])

        return looked_up(posts, 1, ask)

    def probe(self) -> str:
        """See `SocialSource`."""
        if self._headers:
            return trouble_of(lambda: self._get("/api/v2/search", {"q": "news", "type": "statuses", "limit": 1}))
        return trouble_of(lambda: self._get("/api/v1/timelines/tag/news", {"limit": 1}))

    def _get(self, path: str, query: Mapping[str, str | int] | None = None) -> Any:
        return self._api.get(path, query, self._headers)

    def _found(self, query: Query) -> Iterator[list[Post]]:
        offset = 0
        while True:
            asked: dict[str, str | int] = {"q": query.text, "type": "statuses", "limit": _PAGE, "offset": offset}
            raw = list(objects(self._get("/api/v2/search", asked), "statuses"))
            yield [post for one in raw if (post := self._post(one))]
            if not raw:
                return
            offset += len(raw)

    def _tagged(self, query: Query) -> Iterator[list[Post]]:
        """The timeline of each word as a tag; a post must have the other words too, in its text."""
        for word in query.words:
            tag, last = _NOT_A_TAG.sub("", word), ""
            while tag:
                asked: dict[str, str | int] = {"limit": _PAGE, **({"max_id": last} if last else {})}
                raw = [
                    one
                    for one in self._list(f"/api/v1/timelines/tag/{quote(tag, safe='')}", asked)
                    if isinstance(one, Mapping)
                ]
                yield [post for one in raw if (post := self._post(one))]
                before, last = last, text(raw[-1], "id") if raw else ""
                if not raw or last == before:
                    break

    def _list(self, path: str, asked: Mapping[str, str | int]) -> list[Any]:
        found = self._get(path, asked)
        return found if isinstance(found, list) else []

    def _post(self, one: Object) -> Post | None:
        uri, words = text(one, "uri"), said(text(one, "content"))
        then, acct = moment(one, "created_at"), text(one, "account", "acct")
        about = text(one, "account", "note")
        wished = within(one, "account", "noindex") is True or _WISHES.search(about)
        if not (uri and words and then and acct) or text(one, "visibility") != "public" or wished:
            return None
        account = Account(
            self.platform,
            acct if "@" in acct else f"{acct}@{self.server}",
            name(text(one, "account", "display_name")),
            name(about),
            moment(one, "account", "created_at"),
            number(one, "account", "statuses_count"),
            within(one, "account", "bot") is True,
        )
        return Post(
            self.platform, self.server, uri, text(one, "url") or uri, account, words, then,
            language_of(words, text(one, "language")), moment(one, "edited_at"), ref=text(one, "id"),
        )  # fmt: skip
