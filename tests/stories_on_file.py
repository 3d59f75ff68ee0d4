"""Stories written for tests, read from `tests/data/stories/*.toml` into dossiers."""

import tomllib
from datetime import datetime
from pathlib import Path

from iroyin.group.lineage import counts, newsroom_of
from iroyin.languages import split, tidy
from iroyin.model import Article, ArticleId, Dossier, OutletKind, Story, StoryId
from iroyin.sample.newsroom import outlets, pieces
from iroyin.write.dossier import build

STORIES = Path(__file__).parent / "data" / "stories"


def dossier(path: Path | str, language: str = "") -> tuple[Dossier, datetime]:
    """The story's dossier in its language (or the one given) and the time at which it is written."""
    data = tomllib.loads(Path(path).read_text("utf-8"))
    articles = [article(row, data["language"]) for row in data["article"]]
    groups = {a.id: row["group"] for a, row in zip(articles, data["article"], strict=True) if "group" in row}
    return assembled(articles, language or data["language"], groups), data["now"]


def assembled(articles: list[Article], language: str, groups: dict[ArticleId, int] | None = None) -> Dossier:
    """A dossier as the desk makes it; an article without a text group is a group of its own."""
    groups = dict(groups or {})
    for number, one in enumerate(articles):
        groups.setdefault(one.id, 10_000 + number)
    times = sorted(a.published_at for a in articles)
    story = Story(StoryId("story"), 1, tuple(a.id for a in articles), times[0], times[-1])
    rooms = newsroom_of(articles, groups)
    told = counts(articles, groups, rooms)
    return build(story, articles, language=language, lineage=groups, newsroom_of=rooms, counts=told)


def article(row: dict, language: str) -> Article:
    """One `[[article]]` of a file."""
    language = row.get("language", language)
    title, body = tidy(row["title"]), tidy(row["text"])
    text = f"{title}\n\n{body}"
    offset = len(title) + 2
    ranges = ((0, len(title)), *((offset + start, offset + end) for start, end in split(body, language)))
    return Article(
        ArticleId(row["id"]),
        f"https://{row['id']}.example/",
        title,
        text,
        language,
        row["published"],
        row["published"],
        row["outlet"],
        row.get("newsroom", row["outlet"]),
        ranges,
        kind=OutletKind(row.get("kind", "unknown")),
        origin=row.get("origin", ""),
        ai_written=row.get("ai_written", False),
    )


def sample_articles(story: str) -> list[Article]:
    """The articles of one event of the sample newsroom (`beijing-summit`), oldest first."""
    known = {outlet.slug: outlet for outlet in outlets()}
    found = []
    for number, piece in enumerate(p for p in pieces() if p.story == story):
        outlet = known[piece.outlet]
        title, body = tidy(piece.title), tidy(piece.text)
        offset = len(title) + 2
        ranges = (
            (0, len(title)),
            *((offset + start, offset + end) for start, end in split(body, outlet.language)),
        )
        found.append(
            Article(
                ArticleId(f"a{number:02}"), "", title, f"{title}\n\n{body}", outlet.language, piece.published,
                piece.published, outlet.name, outlet.family or outlet.name, ranges, origin=piece.origin,
                ai_written=outlet.ai_written,
            )
        )  # fmt: skip
    return found
