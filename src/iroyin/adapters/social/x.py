"""X, API v2: recent search (the last seven days) with a bearer token.

Documented at docs.x.com: 100 posts a page, `next_token`; 450 requests in 15 minutes for an app; reading is paid for by
the post, so no more than a day's allowance is read (counted since the desk began to run). Deleted posts must be taken
away within a day: a lookup leaves them out of `data`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from iroyin.adapters.social.api import Api, Limit
from iroyin.adapters.social.gather import gathered, looked_up, missing, trouble_of
from iroyin.adapters.social.values import Object, language_of, moment, name, number, objects, said, text, within
from iroyin.errors import FetchError
from iroyin.model import Account, Platform, Post, Query, Verified
from iroyin.ports_reaction import Gathered, Looked

BASE = "https://api.x.com"
LIMIT = Limit(450, 900.0)
_PAGE, _LEAST, _BATCH = 100, 10, 100
_RECENT = timedelta(days=7, seconds=-30)
_FIELDS = {
    "tweet.fields": "author_id,created_at,edit_history_tweet_ids,lang,referenced_tweets",
    "expansions": "author_id",
    "user.fields": "created_at,description,name,public_metrics,username,verified_type",
}
_VERIFIED = {"government": Verified.GOVERNMENT, "business": Verified.ORGANISATION}


class X:
    """The one server there is. The allowance of `posts_per_day` begins anew with each day of the desk's clock."""

    platform = Platform.X

    def __init__(self, api: Api, *, token: str, posts_per_day: int) -> None:
        self._api, self._most = api, posts_per_day
        self._headers = {"Authorization": f"Bearer {token}"}
        self._day, self._read = date.min, 0

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
            found = self._posts(self._get("/2/tweets", {"ids": ",".join(post.ref for post in some), **_FIELDS}))
            return found, missing(some, found)

        return looked_up(posts, _BATCH, ask)

    def probe(self) -> str:
        """See `SocialSource`; asks for ten posts, the least that can be asked for."""
        asked: dict[str, str | int] = {"query": "news -is:retweet", "max_results": _LEAST}
        return trouble_of(lambda: self._get("/2/tweets/search/recent", asked))

    def _pages(self, query: Query, since: datetime, until: datetime, limit: int) -> Iterator[list[Post]]:
        now = self._api.wire.now()
        asked: dict[str, str | int] = {
            "query": f"{query.text} -is:retweet", "max_results": max(_LEAST, min(_PAGE, limit)),
            "start_time": max(since, now - _RECENT).strftime("%Y-%m-%dT%H:%M:%SZ"), **_FIELDS,
        }  # fmt: skip
        if until < now - timedelta(seconds=30):
            asked["end_time"] = until.strftime("%Y-%m-%dT%H:%M:%SZ")
        while True:
            answer = self._get("/2/tweets/search/recent", asked)
            yield self._posts(answer)
            token = text(answer, "meta", "next_token")
            if not token:
                return
            asked["next_token"] = token

    def _get(self, path: str, query: Mapping[str, str | int]) -> Any:
        """A GET within the day's allowance of posts. Raises FetchError("allowance")."""
        today = self._api.wire.now().date()
        if today != self._day:
            self._day, self._read = today, 0
        if self._read >= self._most:
            raise FetchError(self._api.base + path, "allowance")
        answer = self._api.get(path, query, self._headers)
        self._read += len(list(objects(answer, "data")))
        return answer

    def _posts(self, answer: Any) -> list[Post]:
        users = {text(user, "id"): user for user in objects(answer, "includes", "users")}
        return [post for one in objects(answer, "data") if (post := self._post(one, users))]

    def _post(self, one: Object, users: Mapping[str, Object]) -> Post | None:
        user = users.get(text(one, "author_id"))
        own, words, then = text(one, "id"), said(text(one, "text")), moment(one, "created_at")
        if not (own and words and then and user and text(user, "username")):
            return None
        # An edit is a new post with a new id; the first of the history is the post's own.
        history = within(one, "edit_history_tweet_ids")
        first = history[0] if isinstance(history, list) and history and isinstance(history[0], str) else own
        account = Account(
            self.platform,
            text(user, "username"),
            name(text(user, "name")),
            name(text(user, "description")),
            moment(user, "created_at"),
            number(user, "public_metrics", "tweet_count"),
            verified=_VERIFIED.get(text(user, "verified_type"), Verified.NOTHING),
        )
        url = f"https://x.com/{account.handle}/status/{own}"
        edited = then if first != own else None
        stated = text(one, "lang")
        return Post(
            self.platform, self.server, first, url, account, words, then,
            language_of(words, stated if stated != "und" else ""), edited, ref=own,
        )  # fmt: skip
