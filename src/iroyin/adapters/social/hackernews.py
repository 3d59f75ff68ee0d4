"""Hacker News, by the public search of Algolia (hn.algolia.com/api): stories and comments, newest first.

Documented: pages of up to 1,000 from 0, `nbPages`, and 10,000 requests an hour for one address. An item that was
deleted is 404, or has no author and no text.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

from iroyin.adapters.social.api import Api, Limit
from iroyin.adapters.social.gather import gathered, looked_up_singly, trouble_of
from iroyin.adapters.social.values import Object, language_of, moment, number, objects, said, text
from iroyin.model import Account, Platform, Post, Query
from iroyin.ports_reaction import Gathered, Looked

BASE = "https://hn.algolia.com"
LIMIT = Limit(10_000, 3600.0)
_PAGE = 100


class HackerNews:
    """The one server there is."""

    platform = Platform.HACKER_NEWS

    def __init__(self, api: Api) -> None:
        self._api = api

    @property
    def server(self) -> str:
        """See `SocialSource`."""
        return self._api.server

    def search(self, query: Query, *, since: datetime, until: datetime, limit: int) -> Gathered:
        """See `SocialSource`."""
        return gathered(self._pages(query, since, until), limit)

    def look_up(self, posts: Sequence[Post]) -> Looked:
        """See `SocialSource`."""

        def ask(post: Post) -> Post | None:
            item = self._api.get(f"/api/v1/items/{quote(post.ref, safe='')}")
            return self._post({**item, "objectID": post.ref, "answers": post.answers}) if item else None

        return looked_up_singly(posts, {404}, ask)

    def probe(self) -> str:
        """See `SocialSource`."""
        return trouble_of(lambda: self._api.get("/api/v1/search_by_date", {"query": "news", "hitsPerPage": 1}))

    def _pages(self, query: Query, since: datetime, until: datetime) -> Iterator[list[Post]]:
        time = f"created_at_i>={int(since.timestamp())},created_at_i<={int(until.timestamp())}"
        page = 0
        while True:
            asked: dict[str, str | int] = {
                "query": query.text, "tags": "(story,comment)", "numericFilters": time, "hitsPerPage": _PAGE,
                "page": page,
            }  # fmt: skip
            answer = self._api.get("/api/v1/search_by_date", asked)
            yield [post for hit in objects(answer, "hits") if (post := self._post(hit))]
            page += 1
            if page >= (number(answer, "nbPages") or 0):
                return

    def _post(self, hit: Object) -> Post | None:
        own = text(hit, "objectID")
        comment = text(hit, "comment_text") or text(hit, "text")
        words = said(comment) or "\n".join(filter(None, (said(text(hit, "title")), said(text(hit, "story_text")))))
        then = moment(hit, "created_at_i") or moment(hit, "created_at")
        if not (own and words and then and text(hit, "author")):
            return None
        answers = text(hit, "answers") or (said(text(hit, "story_title")) if comment else "")
        url = f"https://news.ycombinator.com/item?id={own}"
        account = Account(self.platform, text(hit, "author"))
        return Post(
            self.platform, self.server, own, url, account, words, then, language_of(words, "en"), answers=answers,
            ref=own,
        )  # fmt: skip
