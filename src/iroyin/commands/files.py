"""`iroyin import` and `iroyin group`: articles from a file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from iroyin.commands.console import Bars, interruptible, say, settings_of, tell
from iroyin.commands.found import labelled
from iroyin.commands.rows import NO_ARTICLE, LeftOut, articles, line_of, rows, writing
from iroyin.compose import open_embedder, open_newsroom
from iroyin.errors import InputError
from iroyin.ingest.article import from_row
from iroyin.model import Article, ArticleId, Step, StoryId, short_id
from iroyin.ports import Embedder

BATCH = 64
INDOORS = (Step.PLACE, Step.REPORT, Step.PUBLISH, Step.DRAW)  # importing a file polls no feed
INTERRUPTED = 130  # exit code after Ctrl-C, as shells expect it


def import_articles(config: Path | None, file: Path, *, publish: bool) -> None:
    """Keep the articles of a file and, unless told otherwise, carry them through to pages.

    What is known already changes nothing; of two lines with one id the first counts.
    """
    from iroyin.adapters.store.alone import alone
    from iroyin.commands.work import runner_of

    settings = settings_of(config)
    labelled(settings)
    source = _batches(_once_each(articles(file, now=settings.now(datetime.now(UTC)))))
    first = next(source)  # a file that cannot be used is refused before the model is loaded
    with alone(Path(settings.desk_database)), open_newsroom(settings) as room, interruptible() as flag:
        room.store.free_leases()
        read = new = 0
        with Bars() as bars:
            try:
                for batch in chain([first], source):
                    if flag.event.is_set():
                        break
                    vectors = embed(room.embedder, batch)
                    new += room.store.add_articles(batch, vectors, room.embedder.id)
                    read += len(batch)
                    bars.show("taking articles in", read)
            except InputError as error:
                kept = f"{error.reason}; {read} articles before that are kept, `iroyin once` publishes them"
                raise InputError(str(file), kept) from error
            if publish:
                runner_of(room, bars, flag.event).drain(steps=INDOORS)
        say(f"{read} articles read, {new} new; {room.store.count('story')} stories in all")
        if flag.event.is_set():
            tell(f"stopped: what was read is kept; the same import of {file} again goes on from there")
            raise SystemExit(INTERRUPTED)


def _batches(source: Iterator[Article]) -> Iterator[list[Article]]:
    """The articles by the batch; also the last ones before a file breaks off."""
    batch: list[Article] = []
    try:
        for article in source:
            batch.append(article)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except InputError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _once_each(found: Iterator[Article]) -> Iterator[Article]:
    seen: set[ArticleId] = set()
    for article in found:
        if article.id in seen:
            tell(f"{article.id} stands in the file more than once: the first line counts")
        else:
            seen.add(article.id)
            yield article


def embed(embedder: Embedder, batch: list[Article]) -> Any:
    """Vectors of title and lead of these articles."""
    from iroyin.group.features import lead_text

    return embedder.embed([lead_text(a) for a in batch], [a.language for a in batch])


def group_file(config: Path | None, file: Path, output: Path) -> None:
    """Stream the articles through the grouping, in order of time, and write the story of each in the file's order.

    Each object of the file gets a line, under its own id as it stands there (else its line number); one without
    text or a usable date is a story of its own. Nothing but text, date, language, source and address is read.
    """
    settings = settings_of(config)
    with writing(output) as lines:
        ids, told = _told(file, now=settings.now(datetime.now(UTC)))
        stories = {at: StoryId(short_id("s", f"line {at}")) for at in range(len(ids)) if at not in told}
        if told:
            embedder = open_embedder(settings)
            with Bars() as bars:
                stories |= _placed(told, embedder, settings.group_window_days, bars)
        for at, own in enumerate(ids):
            lines.write(line_of({"id": own, "story": stories[at]}))
    tell(f"{len(ids)} articles in {len(set(stories.values()))} stories, written to {output}")


def _told(file: Path, *, now: datetime) -> tuple[list[Any], dict[int, Article]]:
    """The id of each row, and by position the article of each row that gives one, no two of the same id."""
    left_out = LeftOut(file)
    ids: list[Any] = []
    told: dict[int, Article] = {}
    seen: set[ArticleId] = set()
    for number, row in rows(file):
        if isinstance(row, str):
            left_out.add(number, row)
            continue
        left_out.good()
        try:
            article = from_row(row, now=now)
            if article.id in seen:
                article = replace(article, id=ArticleId(f"{article.id} {number}"))
            seen.add(article.id)
            told[len(ids)] = article
        except InputError as error:
            tell(f"{file}, line {number} stands alone: {error.reason}")
        ids.append(row.get("id", number))
    left_out.end(NO_ARTICLE)
    return ids, told


def _placed(told: dict[int, Article], embedder: Embedder, window_days: float, bars: Bars) -> dict[int, StoryId]:
    import numpy as np

    from iroyin.group.stream import group

    articles = list(told.values())
    batches = []
    for begin in range(0, len(articles), BATCH):
        batches.append(embed(embedder, articles[begin : begin + BATCH]))
        bars.show("reading", min(begin + BATCH, len(articles)), len(articles))
    stories = group(
        articles,
        np.concatenate(batches),
        window_days=window_days,
        tell=lambda done: bars.show("grouping", done, len(articles)),
    )
    return dict(zip(told, stories, strict=True))
