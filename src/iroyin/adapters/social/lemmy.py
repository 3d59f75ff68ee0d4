"""Lemmy: search of posts and comments on one server (api/v3), newest first, 50 a page.

What was deleted by its author or removed by a moderator is marked so, or answered with 404.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from iroyin.adapters.social.api import Api, Limit
from iroyin.adapters.social.gather import gathered, looked_up_singly, trouble_of
from iroyin.adapters.social.values import Object, language_of, moment, name, number, objects, said, text, within
from iroyin.model import Account, Platform, Post, Query
from iroyin.ports_reaction import Gathered, Looked

BASE = "https://lemmy.world"
LIMIT = Limit(60, 600.0)  # a server's usual limit for searching
_PAGE = 50
_GONE = {400, 404}  # 400 with "couldnt_find_post" in older servers


class Lemmy:
    """One server."""

    platform = Platform.LEMMY

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
            kind, _, own = post.ref.partition(":")
            view = within(self._api.get(f"/api/v3/{kind}", {"id": own}), f"{kind}_view")
            return self._post(view, kind) if view else None

        return looked_up_singly(posts, _GONE, ask)

    def probe(self) -> str:
        """See `SocialSource`."""
        return trouble_of(lambda: self._api.get("/api/v3/search", {"q": "news", "limit": 1}))

    def _pages(self, query: Query, since: datetime, until: datetime) -> Iterator[list[Post]]:
        page = 1
        while True:
            asked: dict[str, str | int] = {
                "q": " ".join(query.words), "type_": "All", "sort": "New", "limit": _PAGE, "page": page
            }  # fmt: skip
            answer = self._api.get("/api/v3/search", asked)
            raw = [("post", one) for one in objects(answer, "posts")]
            raw += [("comment", one) for one in objects(answer, "comments")]
            found = [post for kind, one in raw if (post := self._post(one, kind))]
            yield [post for post in found if since <= post.created_at <= until]
            if not raw or (found and all(post.created_at < since for post in found)):
                return
            page += 1

    def _post(self, view: Object, kind: str) -> Post | None:
        own, creator = within(view, kind), within(view, "creator")
        if within(own, "deleted") is True or within(own, "removed") is True:
            return None
        title, body = said(text(own, "name")), said(text(own, "body") or text(own, "content"))
        words, then, number_ = "\n".join(filter(None, (title, body))), moment(own, "published"), number(own, "id")
        actor = text(creator, "actor_id") or text(creator, "name")
        if not (words and then and number_ is not None and actor and text(own, "ap_id")):
            return None
        account = Account(
            self.platform,
            actor,
            name(text(creator, "display_name") or text(creator, "name")),
            name(text(creator, "bio")),
            moment(creator, "published"),
            automated=within(creator, "bot_account") is True,
        )
        answers = said(text(view, "post", "name")) if kind == "comment" else ""
        address = text(own, "ap_id")
        return Post(
            self.platform, self.server, address, address, account, words, then, language_of(words),
            moment(own, "updated"), answers, f"{kind}:{number_}",
        )  # fmt: skip
