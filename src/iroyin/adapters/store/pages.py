"""Rows of briefs, slugs and published pages."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store import articles
from iroyin.adapters.store.codec import pack, unpack
from iroyin.adapters.store.schema import brief, page, shown, slug, story
from iroyin.model import Brief, Page, Story, StoryId
from iroyin.publish.views import TOMBSTONE, story_path


def keep_briefs(connection: Connection, told: Story, briefs: Sequence[Brief]) -> None:
    """Keep the briefs of this version as the current ones; older versions stay as history."""
    connection.execute(update(brief).where(brief.c.story_id == told.id).values(current=False))
    for one in briefs:
        row = insert(brief).values(
            story_id=told.id,
            language=one.language,
            version=one.version,
            current=True,
            written_at=one.written_at,
            data=pack(one),
        )
        connection.execute(
            row.on_conflict_do_update(
                index_elements=["story_id", "language", "version"],
                set_={"current": True, "data": row.excluded.data, "written_at": row.excluded.written_at},
            )
        )
    connection.execute(
        update(story).where(story.c.id == told.id).values(reported=told.version, section=told.section)
    )


def keep_slug(connection: Connection, story_id: StoryId, language: str, wanted: str) -> str:
    """Give the story its slug in this language; one taken by another story gets a number behind it."""
    chosen, turn = wanted, 1
    while True:
        owner = connection.execute(
            select(slug.c.story_id).where(slug.c.language == language, slug.c.slug == chosen)
        ).scalar()
        if owner is None or owner == story_id:
            break
        turn += 1
        chosen = f"{wanted}-{turn}"
    connection.execute(
        update(slug).where(slug.c.language == language, slug.c.story_id == story_id).values(current=False)
    )
    row = insert(slug).values(language=language, slug=chosen, story_id=story_id, current=True)
    connection.execute(row.on_conflict_do_update(index_elements=["language", "slug"], set_={"current": True}))
    return chosen


def withdraw(connection: Connection, story_id: StoryId) -> None:
    """Take away the briefs and pages of a story that was merged; its slugs stay its own and lead on by `resolve`."""
    connection.execute(delete(shown).where(shown.c.story_id == story_id))
    connection.execute(update(brief).where(brief.c.story_id == story_id).values(current=False))
    connection.execute(delete(page).where(page.c.story_id == story_id))


def slugs_of(connection: Connection, story_id: StoryId) -> dict[str, str]:
    """The story's current slug in each language."""
    rows = connection.execute(
        select(slug.c.language, slug.c.slug).where(slug.c.story_id == story_id, slug.c.current)
    )
    return {row.language: row.slug for row in rows}


def resolve(
    connection: Connection, language: str, wanted: str, languages: Sequence[str]
) -> tuple[str, str] | None:
    """Where the story that has or once had this slug is told now: language and slug, of a page that is published.

    In the language asked for when there is such a page, else in the first of `languages` in which there is one. The
    page that says that a story was retracted is such a page.
    """
    found = connection.execute(
        select(slug.c.story_id).where(slug.c.language == language, slug.c.slug == wanted)
    ).scalar()
    if found is None:
        return None
    story_id = articles.end_of(connection, StoryId(found))
    told = slugs_of(connection, story_id)
    made = set(connection.execute(select(page.c.path).where(page.c.story_id == story_id)).scalars())
    for code in (language, *languages):
        if code in told:
            folder = story_path(code, told[code]).lstrip("/")
            if made & {f"{folder}/index.html", f"{folder}/{TOMBSTONE}"}:
                return code, told[code]
    return None


def withdrawn(connection: Connection, language: str, wanted: str) -> bool:
    """Whether a story had this slug and has no brief in this language now."""
    found = connection.execute(
        select(slug.c.story_id).where(slug.c.language == language, slug.c.slug == wanted)
    ).scalar()
    told = select(brief.c.story_id).where(brief.c.story_id == found, brief.c.language == language, brief.c.current)
    return found is not None and connection.execute(told).first() is None


def redirects(connection: Connection, languages: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Every slug that leads elsewhere now: its language, itself, then language and slug of the page it leads to."""
    rows = connection.execute(
        select(slug.c.language, slug.c.slug)
        .join(story, story.c.id == slug.c.story_id)
        .where(~slug.c.current | story.c.merged_into.is_not(None))
        .order_by(slug.c.language, slug.c.slug)
    ).all()
    found = ((row.language, row.slug, resolve(connection, row.language, row.slug, languages)) for row in rows)
    return [(code, old, *told) for code, old, told in found if told and told != (code, old)]


def briefs_of(connection: Connection, story_id: StoryId) -> list[Brief]:
    """The current briefs of a story, by language."""
    rows = connection.execute(
        select(brief.c.data).where(brief.c.story_id == story_id, brief.c.current).order_by(brief.c.language)
    )
    return [unpack(Brief, row.data) for row in rows]


def current_briefs(connection: Connection) -> Iterator[Brief]:
    """The current brief of every story in every language, newest story first."""
    rows = connection.execute(
        select(brief.c.data)
        .join(story, story.c.id == brief.c.story_id)
        .where(brief.c.current)
        .order_by(story.c.last_at.desc(), story.c.id, brief.c.language)
    )
    for row in rows:
        yield unpack(Brief, row.data)


def first_written(connection: Connection, story_id: StoryId) -> datetime | None:
    """When a story was first reported."""
    first: datetime | None = connection.execute(
        select(func.min(brief.c.written_at)).where(brief.c.story_id == story_id)
    ).scalar()
    return first


def reported(connection: Connection, *, limit: int) -> list[tuple[StoryId, int]]:
    """The newest stories with a current brief and their versions, newest activity first."""
    rows = connection.execute(
        select(story.c.id, story.c.version)
        .where(story.c.id.in_(select(brief.c.story_id).where(brief.c.current)))
        .order_by(story.c.last_at.desc(), story.c.id)
        .limit(limit)
    )
    return [(StoryId(found), version) for found, version in rows.all()]


def reported_mark(connection: Connection) -> str:
    """Another text whenever `reported` answers otherwise.

    Versions and briefs only grow; a brief that is taken back is current no longer.
    """
    stories = select(func.count(), func.sum(story.c.version), func.max(story.c.last_at)).select_from(story)
    briefs = select(func.count(), func.count().filter(brief.c.current)).select_from(brief)
    return repr((*connection.execute(stories).one(), *connection.execute(briefs).one()))


def published(connection: Connection) -> set[StoryId]:
    """Stories with a page."""
    rows = connection.execute(select(page.c.story_id).where(page.c.story_id.is_not(None)).distinct())
    return {StoryId(found) for found in rows.scalars()}


def keep_pages(connection: Connection, pages: Sequence[Page], *, prefixes: Sequence[str]) -> int:
    """Keep pages whose bytes changed, drop those under `prefixes` that are no longer made; the number changed."""
    changed = 0
    for one in pages:
        etag = one.etag or sha256(one.body).hexdigest()[:32]
        known = connection.execute(select(page.c.etag).where(page.c.path == one.path)).scalar()
        if known == etag:
            continue
        row = insert(page).values(
            path=one.path,
            media_type=one.media_type,
            etag=etag,
            story_id=one.story_id,
            body=zlib.compress(one.body, 6),
        )
        new = {name: row.excluded[name] for name in ("media_type", "etag", "story_id", "body")}
        connection.execute(row.on_conflict_do_update(index_elements=["path"], set_=new))
        changed += 1
    made = {one.path for one in pages}
    for prefix in prefixes:
        under = func.substr(page.c.path, 1, len(prefix)) == prefix
        old = connection.execute(select(page.c.path).where(under)).scalars()
        gone = [path for path in old if path not in made]
        for path in gone:
            connection.execute(delete(page).where(page.c.path == path))
        changed += len(gone)
    return changed


def drop_story_pages(connection: Connection, story_id: StoryId, keep: Sequence[Page]) -> None:
    """Take away pages of a story that this publishing no longer makes (a language that fell out)."""
    made = {one.path for one in keep}
    for path in connection.execute(select(page.c.path).where(page.c.story_id == story_id)).scalars().all():
        if path not in made:
            connection.execute(delete(page).where(page.c.path == path))


def keep_shown(connection: Connection, story_id: StoryId, shows: Mapping[StoryId, str]) -> None:
    """Remember which cards of other stories this story's pages print."""
    connection.execute(delete(shown).where(shown.c.story_id == story_id))
    rows = [{"story_id": story_id, "other_id": other, "card": card} for other, card in shows.items()]
    if rows:
        connection.execute(insert(shown), rows)


def shown_otherwise(connection: Connection, story_id: StoryId, card: str) -> list[StoryId]:
    """The stories whose pages print another card of this story than this one."""
    stale = select(shown.c.story_id).where(shown.c.other_id == story_id, shown.c.card != card)
    return [StoryId(found) for found in connection.execute(stale.order_by(shown.c.story_id)).scalars()]


def read_page(connection: Connection, path: str) -> Page | None:
    """One page by its path."""
    row = connection.execute(select(page).where(page.c.path == path)).first()
    if row is None:
        return None
    told = StoryId(row.story_id) if row.story_id else None
    return Page(row.path, row.media_type, zlib.decompress(row.body), told, row.etag)


def paths(connection: Connection) -> list[str]:
    """The path of every page."""
    return list(connection.execute(select(page.c.path).order_by(page.c.path)).scalars())


def etags(connection: Connection) -> dict[str, str]:
    """The path of every page and its hash."""
    return {row.path: row.etag for row in connection.execute(select(page.c.path, page.c.etag))}
