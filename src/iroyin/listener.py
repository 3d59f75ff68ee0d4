"""Listening to what people say of a story: posts looked for and looked up, then counted by `reaction`.

Source by source: the story's queries are asked, and widened or narrowed by what comes back; posts that are kept and did
not come again are looked up. What is deleted is forgotten for ever, what is edited is read anew, and what nobody could
look up for two days is not shown. A source that fails costs its posts, never the page: its receipt says why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
import structlog

from iroyin.errors import ModelError
from iroyin.model import Article, Job, Post, Query, Reaction, Receipt, Story, StoryId
from iroyin.ports import DeskStore, Embedder, Vectors
from iroyin.ports_reaction import WINDOW, KeptPost, SocialSource, Teller
from iroyin.reaction import (
    FEW,
    Ends,
    Found,
    Position,
    Profile,
    fault,
    is_relevant,
    next_query,
    positions,
    profile,
    queries,
    react,
    shown,
)
from iroyin.settings import Settings

BEFORE = timedelta(hours=12)  # before its first article a story may be talked of already
UNSEEN = timedelta(days=2)  # a post that could not be looked up for so long is not shown
SOME = 40  # posts by which the precision of a query is told
RARELY = timedelta(days=1)  # between two looks at a story that has ended: what is deleted must still go


@dataclass(slots=True)
class Look:
    """What a look at one story brings together. `seen` are posts as they stand now, by key."""

    seen: dict[str, Post] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    receipts: list[Receipt] = field(default_factory=list)


class Listener:
    """Asks the sources and counts; holds nothing but its ports."""

    def __init__(
        self,
        store: DeskStore,
        embedder: Embedder,
        sources: Sequence[SocialSource],
        settings: Settings,
        teller: Teller | None = None,
    ) -> None:
        self._store, self._embedder, self._sources, self._settings = store, embedder, sources, settings
        self._teller = teller
        self._log = structlog.get_logger()

    def begin(self, story_id: StoryId, *, newsrooms: int, now: datetime) -> None:
        """Listen to a story that enough newsrooms tell, when there is somebody to ask."""
        if self._sources and newsrooms >= self._settings.react_newsrooms:
            self._store.listen_to(story_id, now=now)

    def listen(self, job: Job, *, now: datetime) -> None:
        """One look: the reaction as it is now, or none when the story has gone."""
        story = self._store.story(StoryId(job.key))
        articles = self._store.story_articles(story.id) if story else []
        if story is None or not articles:
            return self._store.commit_reaction(job, None, (), (), embedder=self._embedder.id, next_at=None)
        about = profile(articles, self._article_vectors(articles))
        kept = {one.post.key: one for one in self._store.posts(story.id, self._embedder.id)}
        heard = Look()
        for source in self._sources:
            self._ask(source, story, about, list(kept.values()), heard, now=now)
        posts = self._standing(kept, heard, now=now)
        made = self._count(story, articles, about, posts, heard.receipts, now=now)
        made = self._told(made, [one.post for one in posts], about)
        next_at = now + self._pause(story, now=now) if self._sources else None
        self._store.commit_reaction(
            job, made, posts, sorted(heard.gone), embedder=self._embedder.id, next_at=next_at
        )
        return None

    def _pause(self, story: Story, *, now: datetime) -> timedelta:
        often = timedelta(minutes=self._settings.react_minutes)
        return often if now <= self._end(story) else max(often, RARELY)

    def _end(self, story: Story) -> datetime:
        return story.last_at + timedelta(days=self._settings.react_days)

    # asking

    def _ask(
        self,
        source: SocialSource,
        story: Story,
        about: Profile,
        kept: Sequence[KeptPost],
        heard: Look,
        *,
        now: datetime,
    ) -> None:
        """Search for new posts while the story is young, then look up those that did not come again."""
        asked: list[str] = []
        troubles: list[str] = []
        found: dict[str, Post] = {}
        if now <= self._end(story):
            asked, troubles = self._search(source, story, about, found, now=now)
        own = [
            one
            for one in sorted(kept, key=lambda one: one.checked_at)
            if (one.post.platform, one.post.server) == (source.platform, source.server)
            and one.post.key not in found
        ]
        looked = source.look_up([one.post for one in own])
        heard.seen |= {post.key: post for post in looked.here} | found
        heard.gone |= set(looked.gone)
        troubles += [looked.trouble] * bool(looked.trouble)
        heard.receipts.append(
            Receipt(source.platform, source.server, tuple(asked), 0, trouble=", ".join(dict.fromkeys(troubles)))
        )

    def _search(
        self, source: SocialSource, story: Story, about: Profile, found: dict[str, Post], *, now: datetime
    ) -> tuple[list[str], list[str]]:
        """Every query and what follows from it, into `found`; what was asked and what went wrong."""
        asked: list[str] = []
        troubles: list[str] = []
        waiting = list(queries(about, self._settings.desk_languages))
        wider: list[Query] = []
        while waiting or (wider and len(found) < FEW):
            query = waiting.pop(0) if waiting else wider.pop(0)
            left = self._settings.react_posts - len(found)
            if query.text in asked or left <= 0:
                continue
            asked.append(query.text)
            got = source.search(query, since=story.first_at - BEFORE, until=now, limit=left)
            found.update((post.key, post) for post in got.posts)
            if got.trouble:
                troubles.append(got.trouble)
            if got.trouble not in {"", WINDOW}:
                break
            some = got.posts[:SOME]
            relevant = self._relevant(some, about)
            after = next_query(query, about, found=len(some), relevant=relevant, so_far=len(found))
            if after is not None:
                (waiting if len(after.words) > len(query.words) else wider).append(after)
        return asked, troubles

    def _relevant(self, posts: Sequence[Post], about: Profile) -> int:
        vectors = self._embed([(post.text, post.language) for post in posts])
        return sum(is_relevant(post.text, vector, about) for post, vector in zip(posts, vectors, strict=True))

    def _standing(self, kept: Mapping[str, KeptPost], heard: Look, *, now: datetime) -> list[KeptPost]:
        """The posts that stand, those seen just now and those seen not long ago, with their vectors."""
        posts = {post.key: (post, now) for post in self._store.still_here(heard.seen.values())}
        for key, one in kept.items():
            if key not in heard.seen and key not in heard.gone and now - one.checked_at <= UNSEEN:
                posts[key] = (one.post, one.checked_at)
        new = [key for key, (post, _) in posts.items() if not _is_known(post, kept.get(key))]
        fresh = dict(zip(new, self._embed([(posts[k][0].text, posts[k][0].language) for k in new]), strict=True))
        return [
            KeptPost(post, seen_at, fresh[key] if key in fresh else kept[key].vector)
            for key, (post, seen_at) in sorted(posts.items())
        ]

    # counting

    def _count(
        self,
        story: Story,
        articles: Sequence[Article],
        about: Profile,
        posts: Sequence[KeptPost],
        receipts: Sequence[Receipt],
        *,
        now: datetime,
    ) -> Reaction:
        answers = list(dict.fromkeys((one.post.answers, one.post.language) for one in posts if one.post.answers))
        rows = {text: at for at, (text, _) in enumerate(answers)}
        found = Found(
            tuple(one.post for one in posts),
            self._stack([one.vector for one in posts if one.vector is not None]),
            self._embed(answers),
            tuple(rows.get(one.post.answers, -1) for one in posts),
        )
        claims, against = positions(articles)
        ends = Ends(self._embed(_said(claims)), self._embed(_said(against)))
        told = [
            Receipt(
                one.platform,
                one.server,
                one.queries,
                sum((p.post.platform, p.post.server) == (one.platform, one.server) for p in posts),
                trouble=one.trouble,
            )
            for one in receipts
        ]
        return react(
            story.id, articles, found, about, ends, told,
            since=story.first_at - BEFORE, now=now, floor=self._settings.react_floor,
        )  # fmt: skip

    def _told(self, made: Reaction, posts: Sequence[Post], about: Profile) -> Reaction:
        """The reaction with what a model says of its views; a model that fails costs its sentences alone."""
        if self._teller is None or not made.enough:
            return made
        for brief in self._store.briefs(made.story_id):
            views = shown(made, posts, about, brief.language)
            if brief.language not in self._settings.desk_languages or not views:
                continue
            try:
                told, lost = self._teller.tell(
                    made.story_id, views, brief.language, lambda text, code, cited: fault(text, code, cited, about)
                )
            except ModelError as error:
                self._log.warning("no model tells what people say", story=made.story_id, reason=error.reason)
                return made
            made = replace(
                made,
                views=tuple(replace(v, told=(*v.told, *told.get(v.stance, ()))) for v in made.views),
                teller=self._teller.id,
                untold=made.untold + lost,
            )
        return made

    def _article_vectors(self, articles: Sequence[Article]) -> Vectors:
        known = [self._store.vector(article.id, self._embedder.id) for article in articles]
        return self._stack([vector for vector in known if vector is not None])

    def _embed(self, texts: Sequence[tuple[str, str]]) -> Vectors:
        if not texts:
            return self._stack([])
        return self._embedder.embed([text for text, _ in texts], [language for _, language in texts])

    def _stack(self, vectors: Sequence[Vectors]) -> Vectors:
        return np.stack(vectors) if vectors else np.zeros((0, self._embedder.dims), np.float32)


def _said(found: Iterable[Position]) -> list[tuple[str, str]]:
    return [(one.text, one.language) for one in found]


def _is_known(post: Post, before: KeptPost | None) -> bool:
    """Whether the post's vector is there already and still its own."""
    return before is not None and before.vector is not None and before.post.text == post.text
