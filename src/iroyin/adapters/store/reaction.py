"""Rows of posts and reactions: what one connection reads and writes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store.codec import pack, pack_vector, unpack, unpack_vector
from iroyin.adapters.store.reaction_tables import post, post_gone, reaction
from iroyin.model import Post, Reaction, StoryId, short_id
from iroyin.ports_reaction import KeptPost

_AT_ONCE = 500  # keys of one question


def address_key(url: str) -> str:
    """The key under which an address is remembered as gone."""
    return short_id("l", url.strip().rstrip("/"))


def keys_of(one: Post) -> tuple[str, str, str]:
    """The keys under which a post may be remembered as gone: its own, its account's, its address's."""
    return one.key, one.account.key, address_key(one.url)


def posts_of(connection: Connection, story_id: StoryId, embedder: str) -> list[KeptPost]:
    """The story's posts, with a vector where it is of this embedder."""
    rows = connection.execute(select(post).where(post.c.story_id == story_id).order_by(post.c.key))
    return [
        KeptPost(
            unpack(Post, row.data), row.checked_at, unpack_vector(row.vector) if row.embedder == embedder else None
        )
        for row in rows
    ]


def keep_posts(connection: Connection, story_id: StoryId, kept: Sequence[KeptPost], embedder: str) -> None:
    """Exactly these posts are the story's from now on."""
    connection.execute(delete(post).where(post.c.story_id == story_id))
    rows = [
        {
            "story_id": story_id, "key": one.post.key, "account": one.post.account.key, "url": one.post.url,
            "checked_at": one.checked_at, "data": pack(one.post), "embedder": embedder,
            "vector": pack_vector(one.vector) if one.vector is not None else b"",
        }
        for one in kept
    ]  # fmt: skip
    if rows:
        connection.execute(insert(post), rows)


def gone_among(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the keys that are remembered as gone."""
    asked, found = sorted(set(keys)), set()
    for at in range(0, len(asked), _AT_ONCE):
        some = select(post_gone.c.key).where(post_gone.c.key.in_(asked[at : at + _AT_ONCE]))
        found |= set(connection.execute(some).scalars())
    return found


def remember_gone(connection: Connection, keys: Iterable[str], why: str, *, at: datetime) -> None:
    """Remember keys as gone, for ever."""
    for key in keys:
        connection.execute(insert(post_gone).values(key=key, why=why, at=at).on_conflict_do_nothing())


def drop_posts(connection: Connection, keys: Collection[str], urls: Collection[str]) -> list[StoryId]:
    """Take away posts by their own or their account's key, or their address; the stories that had them."""
    found = or_(post.c.key.in_(keys), post.c.account.in_(keys), post.c.url.in_(urls))
    stories = connection.execute(select(post.c.story_id).where(found).distinct()).scalars().all()
    connection.execute(delete(post).where(found))
    return [StoryId(one) for one in stories]


def reaction_of(connection: Connection, story_id: StoryId) -> Reaction | None:
    """What people say of the story, as last made."""
    data = connection.execute(select(reaction.c.data).where(reaction.c.story_id == story_id)).scalar()
    return unpack(Reaction, data) if data else None


def keep_reaction(connection: Connection, made: Reaction) -> None:
    """Keep it in the place of what was there."""
    row = insert(reaction).values(story_id=made.story_id, made_at=made.made_at, data=pack(made))
    new = {"made_at": row.excluded.made_at, "data": row.excluded.data}
    connection.execute(row.on_conflict_do_update(index_elements=["story_id"], set_=new))


def drop_reaction(connection: Connection, story_id: StoryId) -> None:
    """Take away the reaction; the posts stay until it is made anew."""
    connection.execute(delete(reaction).where(reaction.c.story_id == story_id))
