"""Commands that read a file and write a file: import, group, write, verify, extract."""

import json
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from iroyin.adapters.store.codec import pack
from iroyin.commands.console import Bars, err, out, settings_of
from iroyin.commands.rows import articles, rows
from iroyin.compose import open_embedder, open_newsroom, open_writer
from iroyin.errors import InputError, ParseError
from iroyin.ports import Embedder

BATCH = 64


def import_articles(config: Path | None, file: Path, *, publish: bool) -> None:
    """Keep the articles of a file and, unless told otherwise, carry them through to pages."""
    from iroyin.adapters.store.alone import alone
    from iroyin.commands.console import interruptible
    from iroyin.commands.work import runner_of

    settings = settings_of(config)
    with alone(Path(settings.desk_database)), open_newsroom(settings) as room, interruptible() as flag:
        room.store.free_leases()
        with Bars() as bars:
            read = new = 0
            source = articles(file, now=room.now())
            while not flag.event.is_set() and (batch := list(islice(source, BATCH))):
                vectors = embed(room.embedder, batch)
                new += room.store.add_articles(batch, vectors, room.embedder.id)
                read += len(batch)
                bars.show("taking articles in", read, read)
            if publish:
                runner_of(room, bars, flag.event).drain()
        out.print(f"{read} articles read, {new} new; {room.store.count('story')} stories in all")


def embed(embedder: Embedder, batch: list[Any]) -> Any:
    """Vectors of title and lead of these articles."""
    from iroyin.group.features import lead_text

    return embedder.embed([lead_text(a) for a in batch], [a.language for a in batch])


def group_file(config: Path | None, file: Path, output: Path) -> None:
    """Stream the articles through the grouping, in order of time, and write the story of each."""
    from iroyin.group.assign import LiveStories

    settings = settings_of(config)
    embedder = open_embedder(settings)
    told = sorted(articles(file, now=datetime.now(UTC)), key=lambda a: (a.published_at, a.id))
    live = LiveStories(embedder.dims, window_days=settings.group_window_days)
    stories: set[str] = set()
    with output.open("w", encoding="utf-8") as lines, Bars() as bars:
        for at in range(0, len(told), BATCH):
            batch = told[at : at + BATCH]
            for article, vector in zip(batch, embed(embedder, batch), strict=True):
                placement = live.place(article, vector)
                live.add(article, vector, placement.story_id)
                stories.add(placement.story_id)
                lines.write(json.dumps({"id": article.id, "story": placement.story_id}) + "\n")
            bars.show("grouping", at + len(batch), len(told))
    out.print(f"{len(told)} articles in {len(stories)} stories, written to {output}")


def write_brief(config: Path | None, file: Path, output: Path, *, language: str) -> None:
    """One story's articles to one brief with its ledger, as JSON."""
    from iroyin.desk import brief_of
    from iroyin.model import Story, StoryId, short_id

    settings = settings_of(config)
    now = datetime.now(UTC)
    told = sorted(articles(file, now=now), key=lambda a: (a.published_at, a.id))
    if not told:
        raise InputError(str(file), "holds no article")
    story = Story(
        StoryId(short_id("s", told[0].id)),
        1,
        tuple(a.id for a in told),
        told[0].published_at,
        told[-1].published_at,
        tuple(dict.fromkeys(a.language for a in told)),
    )
    brief = brief_of(story, told, language, open_writer(settings), settings, now=now)
    if brief is None:
        known = ", ".join(story.languages)
        raise InputError(str(file), f"nothing in {language!r} passes the checks; the articles are in {known}")
    output.write_bytes(pack(brief))
    out.print(f"{len(brief.all_sentences())} sentences, {len(brief.cut)} refused, written to {output}")


def verify_file(file: Path, output: Path) -> None:
    """Each claim against its sources."""
    from iroyin.verify import verify_claim

    done = 0
    with output.open("w", encoding="utf-8") as lines:
        for number, row in rows(file):
            claim, sources = row.get("claim"), row.get("sources")
            if not isinstance(claim, str) or not isinstance(sources, list):
                err.print(f"{file}, line {number} left out: needs 'claim' (text) and 'sources' (list of texts)")
                continue
            verdict = verify_claim(claim, [str(s) for s in sources], str(row.get("lang") or ""))
            findings = [{"code": f.code, "text": f.text, "near": f.near} for f in verdict.findings]
            told = {"id": row.get("id", number), "supported": verdict.supported, "score": verdict.score}
            lines.write(json.dumps(told | {"findings": findings}, ensure_ascii=False) + "\n")
            done += 1
    out.print(f"{done} claims checked, written to {output}")


def extract_file(config: Path | None, file: Path, *, url: str) -> None:
    """Title, text, dates and language of a page as JSON on standard output."""
    from iroyin.adapters.sandbox import ChildParser
    from iroyin.languages import detect

    try:
        body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        with ChildParser(settings_of(config)) as parser:
            page = parser.page(body, url or "http://page.invalid/")
    except OSError as error:
        raise InputError(str(file), str(error)) from error
    except ParseError as error:
        raise InputError(str(file), f"gave no article: {error.reason}") from error
    language, confidence = detect(page.text, prior=page.language)
    told = json.loads(pack(page)) | {"language": language, "language_confidence": confidence}
    print(json.dumps(told, ensure_ascii=False, indent=2))  # noqa: T201  # the command's own output
