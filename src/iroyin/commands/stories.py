"""`iroyin story list|show|log`: stories as an editor looks at them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from iroyin.adapters.store import SqlStore
from iroyin.commands.console import say, settings_of, table, tell
from iroyin.commands.edits import SEE, live_story
from iroyin.commands.found import found_store
from iroyin.errors import InputError
from iroyin.group.lineage import counts, newsroom_of, text_groups
from iroyin.model import Article, Counts, Event, Link, LinkKind, LogLine, Placement, Story, StoryId

LIST = ("story", "articles", "newsrooms", "last told", "state", "headline")
LOG = ("when", "what", "story", "other", "articles", "who", "why")
ARTICLES = ("article", "published", "language", "outlet", "title", "why here", "next best")

ALONE = {LinkKind.FREEZE: "frozen", LinkKind.RETRACT: "retracted"}


def show_all(config: Path | None, *, limit: int) -> None:
    """Print the newest stories, a line each."""
    settings = settings_of(config)
    with found_store(settings) as store:
        states = _states(store)
        rows = [_row(store, one, settings.desk_languages, states) for one in store.stories(limit=limit)]
    if not rows:
        tell(
            "No stories yet: `iroyin once` makes a first pass, `iroyin import FILE.jsonl` takes articles from a file"
        )
        return
    table(LIST, rows)


def show_one(config: Path | None, name: str) -> None:
    """Print one story with all that an editor needs to judge it."""
    settings = settings_of(config)
    with found_store(settings) as store:
        end = store.end_of(StoryId(name))
        log = store.log(StoryId(name))
        if end != name:
            say(f"{name} was merged and is now part of {end}; its addresses lead there")
            table(LOG, [_happened(line) for line in log])
            return
        story = live_story(store, name)
        articles = store.story_articles(story.id, gone=True)
        links = [one for one in store.links() if {one.one, one.other} & {story.id, *story.article_ids}]
        say(f"{story.id}: {_headline(store, story, settings.desk_languages) or _title(store, story)}")
        say(_measured(story, _counts([one for one in articles if not one.gone]), _states(store).get(story.id, "")))
        for language, slug in store.slugs(story.id).items():
            say(f"address: {settings.desk_url.rstrip('/')}/{language}/articles/{slug}")
        moves = (line for line in log if line.what in {Event.MERGED, Event.SPLIT} and line.other == story.id)
        came = {one: line for line in moves for one in line.article_ids}
        table(ARTICLES, [_placed(one, store.placement(one.id), came.get(one.id)) for one in articles])
        for link in links:
            say(_said(link))
        for one in store.withdrawals():
            if one.story_id == story.id or any(span.article_id in story.article_ids for span in one.spans):
                say(
                    f"withdrawal {one.id} ({one.language}): “{one.text}”; {one.by}, {one.at:%Y-%m-%d %H:%M}: {one.why}"
                )
        table(LOG, [_happened(line) for line in log])


def show_log(config: Path | None, name: str, *, limit: int) -> None:
    """Print what happened, the newest last."""
    with found_store(settings_of(config)) as store:
        if name and store.story(StoryId(name)) is None:
            raise InputError(name, f"is not a story; {SEE}")
        lines = store.log(StoryId(name) if name else None, limit=limit)
    table(LOG, [_happened(line) for line in lines])


def _measured(story: Story, told: Counts, state: str) -> str:
    return (
        f"{told.articles} articles, {told.texts} different texts, {told.newsrooms} independent newsrooms; "
        f"in {', '.join(story.languages)}; version {story.version}{state and f', {state}'}"
    )


def _row(store: SqlStore, story: Story, languages: Sequence[str], states: Mapping[str, str]) -> tuple[str, ...]:
    told = _counts(store.story_articles(story.id))
    headline = _headline(store, story, languages)
    state = states.get(story.id) or ("-" if headline else "untold")
    last = f"{story.last_at:%Y-%m-%d %H:%M}"
    return (story.id, str(told.articles), str(told.newsrooms), last, state, headline or _title(store, story))


def _counts(articles: Sequence[Article]) -> Counts:
    lineage = text_groups(articles)
    return counts(articles, lineage, newsroom_of(articles, lineage))


def _states(store: SqlStore) -> dict[str, str]:
    """What an editor made of each story, in a word: a retraction says more than a freeze."""
    said = [one for one in store.links() if one.kind in ALONE]
    return {one.one: ALONE[one.kind] for one in sorted(said, key=lambda one: one.kind is LinkKind.RETRACT)}


def _headline(store: SqlStore, story: Story, languages: Sequence[str]) -> str:
    """The story's headline in the first of the site's languages it is told in; nothing when it is told in none."""
    told = {brief.language: brief.headline.text for brief in store.briefs(story.id)}
    return next((told[code] for code in languages if code in told), "")


def _title(store: SqlStore, story: Story) -> str:
    """The title of its oldest article."""
    first = store.article(story.article_ids[0]) if story.article_ids else None
    return first.title if first else ""


def _placed(one: Article, placement: Placement | None, came: LogLine | None) -> tuple[str, ...]:
    """The article with why it was placed, and before that how it came here when it was placed elsewhere."""
    why = f"{placement.reason} ({placement.score:.2f})" if placement else ""
    why = f"gone ({one.gone}), nothing stands on it; {why}" if one.gone else why
    if came:
        why = f"{came.what} from {came.story_id} by {came.who}{': ' if came.why else ''}{came.why}; before: {why}"
    other = placement.runner_up if placement else None
    best = f"{other} ({placement.runner_up_score:.2f})" if placement and other else "-"
    return (one.id, f"{one.published_at:%Y-%m-%d %H:%M}", one.language, one.outlet, one.title, why, best)


def _said(link: Link) -> str:
    what = ALONE.get(link.kind) or f"{link.one} and {link.other} {link.kind} stand in one story"
    return f"link {link.id}: {what}; {link.by}, {link.at:%Y-%m-%d %H:%M}{': ' if link.why else ''}{link.why}"


def _happened(line: LogLine) -> tuple[str, ...]:
    score = f" ({line.score:.2f})" if line.score else ""
    articles = " ".join(line.article_ids) or "-"
    return (
        f"{line.at:%Y-%m-%d %H:%M}", line.what, line.story_id, line.other or "-", articles, line.who, line.why + score
    )  # fmt: skip
