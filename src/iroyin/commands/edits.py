"""`iroyin story merge|split|link|unlink|freeze|retract` and back: an editor's word, acted on at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from iroyin.adapters.store import SqlStore
from iroyin.commands.console import say, settings_of, tell
from iroyin.commands.found import found_store
from iroyin.errors import InputError
from iroyin.group import edits
from iroyin.group.edits import Word
from iroyin.ingest import plain
from iroyin.model import DESK, ArticleId, Heard, LinkKind, Story, StoryId
from iroyin.press import tombstones
from iroyin.settings import Settings

SEE = "`iroyin story list` shows the newest stories"
TOLD = "the desk that runs tells it anew, or the next `iroyin once`"
AFTER = "the desk that runs takes it off the lists, or the next `iroyin once`"
NAMED = 10  # articles that are named in advice


def merge(config: Path | None, story: str, into: str, *, why: str, by: str) -> None:
    """All articles of one story go into another."""
    with _speaking(config, why, by) as (store, word, heard):
        one, other = live_story(store, story), live_story(store, into)
        if one.id in store.retractions():
            raise InputError(story, f"is retracted, and a merge would tell it in {other.id}; unretract it first")
        if one.id == other.id:
            raise InputError(story, "is the same story twice; name two")
        store.commit_act(edits.merge(one, other, store.links(), word), heard=heard)
    say(f"{_articles(len(one.article_ids))} of {one.id} now in {other.id}, and its addresses lead there; {TOLD}")
    many = len(one.article_ids) > NAMED
    named = f"ARTICLE..., as `iroyin story log {one.id}` has them" if many else " ".join(one.article_ids)
    _undo(f"iroyin story split {other.id} {named}")


def split(config: Path | None, story: str, articles: Sequence[str], *, why: str, by: str) -> None:
    """Some articles of a story get one of their own."""
    with _speaking(config, why, by) as (store, word, heard):
        one = live_story(store, story)
        for name in articles:
            if name not in one.article_ids:
                raise InputError(name, f"is no article of {one.id}; `iroyin story show {one.id}` lists them")
        if len(set(articles)) == len(one.article_ids):
            raise InputError(story, "has no other article: leave at least one in it")
        named = [ArticleId(name) for name in articles]
        act = edits.split(one, named, store.links(), word, lambda found: not store.lives(found))
        store.commit_act(act, heard=heard)
    into = act.moves[0].into
    say(f"{_articles(len(set(articles)))} of {one.id} now in {into}; {TOLD}")
    _undo(f"iroyin story merge {into} {one.id}")


def link(config: Path | None, one: str, other: str, *, must: bool, why: str, by: str) -> None:
    """Two articles must or cannot stand in one story."""
    if one == other:
        raise InputError(one, "is the same article twice; name two")
    with _speaking(config, why, by) as (store, word, heard):
        first, second = ArticleId(one), ArticleId(other)
        here, there = _story_of(store, one), _story_of(store, other)
        links = store.links()
        if must:
            act = edits.together(first, second, here, there, links, word)
        else:
            act = edits.apart(first, second, here, there, links, word, lambda found: not store.lives(found))
        store.commit_act(act, heard=heard)
        number = store.links()[-1].id
    for move in act.moves:
        gone = _articles(len(move.article_ids or here.article_ids))
        say(f"{gone} of {move.story_id} now in {move.into}; {TOLD}")
    say(f"link {number}: {one} and {other} {'must' if must else 'cannot'} stand in one story")
    stays = [
        name
        for move in act.moves
        for name in here.article_ids
        if move.article_ids and name not in move.article_ids
    ]
    _undo(f"iroyin story link {one} {stays[0]} --must" if must and stays else f"iroyin story unlink {number}")


def unlink(config: Path | None, number: int, *, why: str, by: str) -> None:
    """A link no longer stands."""
    with _speaking(config, why, by) as (store, word, heard):
        found = next((one for one in store.links() if one.id == number), None)
        if found is None:
            raise InputError(
                str(number), "is not a link that stands; `iroyin story show ID` lists those of a story"
            )
        if found.kind is LinkKind.FREEZE:
            raise InputError(str(number), f"is a freeze; `iroyin story unfreeze {found.one}` takes it back")
        if found.kind is LinkKind.RETRACT:
            raise InputError(str(number), f"is a retraction; `iroyin story unretract {found.one}` takes it back")
        here, there = _story_of(store, found.one), _story_of(store, found.other)
        store.commit_act(edits.unlink(found, here.id, there.id, word), heard=heard)
    say(f"link {number} taken back: {found.one} and {found.other} stand where the desk thinks they should")
    _undo(f"iroyin story link {found.one} {found.other} --{found.kind}")


def freeze(config: Path | None, story: str, *, why: str, by: str) -> None:
    """The desk leaves a story as it is."""
    with _speaking(config, why, by) as (store, word, heard):
        one = live_story(store, story)
        if _frozen(store, one.id):
            raise InputError(story, "is frozen already")
        store.commit_act(edits.freeze(one.id, word), heard=heard)
    say(f"{one.id} is frozen: the desk leaves it as it is")
    _undo(f"iroyin story unfreeze {one.id}")


def unfreeze(config: Path | None, story: str, *, why: str, by: str) -> None:
    """The desk may change a story again."""
    with _speaking(config, why, by) as (store, word, heard):
        one = live_story(store, story)
        if not _frozen(store, one.id):
            raise InputError(story, "is not frozen")
        store.commit_act(edits.unfreeze(one.id, store.links(), word), heard=heard)
    say(f"{one.id} is no longer frozen")
    _undo(f"iroyin story freeze {one.id}")


def retract(config: Path | None, story: str, *, why: str, by: str) -> None:
    """A story is told no more, and its addresses say so."""
    settings = settings_of(config)
    with _speaking(config, reason_of(why), by) as (store, word, heard):
        one = live_story(store, story)
        if one.id in store.retractions():
            raise InputError(story, "is retracted already")
        act = edits.retract(one.id, word)
        store.commit_act(act, heard=heard, pages=tuple(tombstones(store, settings, act.links[0], now=word.at)))
    say(f"{one.id} is retracted: its addresses say so and why, search and the API have it no more; {AFTER}")
    _undo(f"iroyin story unretract {one.id} --reason REASON")


def unretract(config: Path | None, story: str, *, why: str, by: str) -> None:
    """A retracted story is told again, anew from its sources."""
    with _speaking(config, reason_of(why), by) as (store, word, heard):
        one = live_story(store, story)
        if one.id not in store.retractions():
            raise InputError(story, "is not retracted")
        store.commit_act(edits.unretract(one.id, store.links(), word), heard=heard)
    say(f"{one.id} is no longer retracted; {TOLD}")
    _undo(f"iroyin story retract {one.id} --reason REASON")


def reread(config: Path | None, story: str) -> None:
    """The pages of a story's articles are looked at once more, whatever their feeds say."""
    settings = settings_of(config)
    with found_store(settings) as store:
        one = live_story(store, story)
        queued = store.read_again(one.id, now=settings.now(datetime.now(UTC)))
    if not queued:
        raise InputError(story, "has no article that came by a feed: what came from a file is read from the file")
    say(
        f"{_articles(queued)} of {one.id} will be read again; the desk that runs does it, or the next `iroyin once`"
    )


def reason_of(why: str) -> str:
    """The reason, which readers see. Raises InputError for an empty one."""
    if not plain.line(why):
        raise InputError("--reason", "is empty; readers are shown it")
    return why


def live_story(store: SqlStore, name: str) -> Story:
    """The story of this id. Raises InputError for an id that is none, or of a story that was merged into another."""
    found = store.story(StoryId(name))
    if found is None:
        placed = store.placement(ArticleId(name))
        if placed:
            raise InputError(name, f"is an article, not a story; it stands in {placed.story_id}")
        raise InputError(name, f"is not a story; {SEE}")
    end = store.end_of(found.id)
    if end != found.id:
        raise InputError(name, f"was merged and is now part of {end}; name that")
    return found


def _story_of(store: SqlStore, name: str) -> Story:
    placed = store.placement(ArticleId(name))
    if placed is None:
        if store.article(ArticleId(name)):
            raise InputError(name, "stands in no story yet; `iroyin once` places it")
        raise InputError(name, "is not an article; `iroyin story show ID` lists those of a story")
    return live_story(store, placed.story_id)


def _frozen(store: SqlStore, story_id: StoryId) -> bool:
    return any(one.kind is LinkKind.FREEZE and one.one == story_id for one in store.links())


@contextmanager
def _speaking(config: Path | None, why: str, by: str) -> Iterator[tuple[SqlStore, Word, Heard]]:
    """The database, the editor's word, and what editors had said before it."""
    settings = settings_of(config)
    with found_store(settings) as store:
        yield store, word_of(settings, why, by), store.heard()


def word_of(settings: Settings, why: str, by: str) -> Word:
    """Who speaks, when and why. Raises InputError for a name that would say nothing, or that the desk did it."""
    if not by:
        try:
            by = getuser()
        except (KeyError, OSError) as error:
            raise InputError("--by", "is needed here: this user has no name") from error
    name = plain.line(by)
    if not name or name == DESK:
        raise InputError(by, "is no editor's name; --by takes yours")
    return Word(name, settings.now(datetime.now(UTC)), plain.line(why))


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"


def _undo(line: str) -> None:
    tell(f"to undo: {line}")
