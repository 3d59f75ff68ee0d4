"""Any forum with a feed of its newest posts, read by the desk's own guarded fetcher and child parser.

A feed has no search: its entries are kept when they have the query's words. A post whose page is gone is gone.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from iroyin.adapters.social.gather import looked_up
from iroyin.adapters.social.values import language_of
from iroyin.errors import FetchError, ParseError
from iroyin.languages.words import fold
from iroyin.model import Account, FeedEntry, ParsedFeed, Platform, Post, Query
from iroyin.ports import Fetcher, Parser
from iroyin.ports_reaction import Gathered, Looked

_GONE = {404, 410}


class Forum:
    """One feed. Without an author an entry is no post: its account could not be counted."""

    platform = Platform.FORUM

    def __init__(self, address: str, fetcher: Fetcher, parser: Parser, now: Callable[[], datetime]) -> None:
        self._address, self._fetcher, self._parser, self._now = address, fetcher, parser, now

    @property
    def server(self) -> str:
        """See `SocialSource`."""
        return urlsplit(self._address).hostname or self._address

    def search(self, query: Query, *, since: datetime, until: datetime, limit: int) -> Gathered:
        """See `SocialSource`."""
        try:
            feed = self._feed()
        except (FetchError, ParseError) as error:
            return Gathered((), error.reason)
        posts = [post for entry in feed.entries if (post := self._post(entry, feed.language))]
        wanted = [fold(word) for word in query.words]
        found = [
            post
            for post in posts
            if since <= post.created_at <= until and all(word in fold(post.text) for word in wanted)
        ]
        return Gathered(tuple(found[:limit]))

    def look_up(self, posts: Sequence[Post]) -> Looked:
        """See `SocialSource`; what the feed still holds is read from it, the rest by asking for its page."""
        try:
            feed = self._feed()
        except (FetchError, ParseError) as error:
            return Looked((), (), error.reason)
        fresh = {post.key: post for entry in feed.entries if (post := self._post(entry, feed.language))}

        def ask(some: Sequence[Post]) -> tuple[list[Post], list[str]]:
            post = some[0]
            try:
                self._fetcher.fetch(post.url, "page")
            except FetchError as error:
                if error.status in _GONE:
                    return [], [post.key]
                raise
            return [fresh.get(post.key, post)], []

        return looked_up(posts, 1, ask)

    def probe(self) -> str:
        """See `SocialSource`."""
        try:
            self._feed()
        except (FetchError, ParseError) as error:
            return error.reason
        return ""

    def _feed(self) -> ParsedFeed:
        return self._parser.feed(self._fetcher.fetch(self._address, "feed"), now=self._now())

    def _post(self, entry: FeedEntry, stated: str) -> Post | None:
        body = entry.content or entry.summary
        begun = entry.title.rstrip("…. ")  # many forums make the title of the first words
        words = body if begun and body.startswith(begun) else "\n".join(filter(None, (entry.title, body)))
        if not (entry.url and entry.author and words and entry.published_at):
            return None
        account = Account(self.platform, f"{entry.author}@{self.server}", entry.author)
        return Post(
            self.platform, self.server, entry.url, entry.url, account, words, entry.published_at,
            language_of(words, entry.language or stated), answers=entry.title if words != body else "", ref=entry.url,
        )  # fmt: skip
