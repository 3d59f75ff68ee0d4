"""The invented stories of `tests/data/publish` as values, and a whole site made of them."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from iroyin.model import (
    Amendment,
    AmendmentKind,
    Article,
    ArticleId,
    Brief,
    Counts,
    Difference,
    EvidenceKind,
    Feed,
    FeedId,
    FeedState,
    FeedStatus,
    Finding,
    OutletKind,
    Page,
    Reason,
    Section,
    Sentence,
    Story,
    StoryId,
    Tag,
    TagKind,
)
from iroyin.publish import (
    BriefVersion,
    DayView,
    IndexView,
    RelatedCard,
    SiteView,
    StoryCard,
    StoryView,
    ebook,
    index_pages,
    site_pages,
    slug,
    static_pages,
    story_pages,
    story_path,
    tag_pages,
)

# ruff: noqa: E501
DATA = Path(__file__).parents[1] / "data" / "publish" / "stories.toml"
NOW = datetime(2026, 1, 5, 14, 20, tzinfo=UTC)
TOLD = ("en", "yo", "ko", "ar", "fr", "zh", "sw", "es", "hi", "ru", "ja")  # languages with stories
LANGUAGES = (
    *TOLD, "bn", "cs", "da", "de", "el", "fa", "fi", "he", "id", "it", "nl", "no", "pl", "pt", "ro", "sv", "th", "tr",
    "uk", "ur", "vi",
)  # fmt: skip
SECTIONS = ("world", "politics", "business", "science", "technology", "culture", "local")


def site(**changes: Any) -> SiteView:
    values: dict[str, Any] = {
        "name": "Iroyin", "url": "https://news.example", "languages": LANGUAGES, "sections": SECTIONS, "now": NOW,
        "contact": "desk@news.example",
    }  # fmt: skip
    return SiteView(**(values | changes))


def article(row: dict[str, Any]) -> Article:
    title, *body = row["text"]
    joiner = "" if row["language"] in {"zh", "ja"} else " "
    text = title + "\n\n" + joiner.join(body)
    ranges, at = [(0, len(title))], len(title) + 2
    for sentence in body:
        ranges.append((at, at + len(sentence)))
        at += len(sentence) + len(joiner)
    when = datetime.fromisoformat(row["at"])
    return Article(
        id=ArticleId(row["id"]), url=f"https://{row['id']}.example/news", title=title, text=text, language=row["language"],
        published_at=when, seen_at=when, outlet=row["outlet"], newsroom=row.get("family") or row["outlet"],
        sentences=tuple(ranges), country=row["country"], kind=OutletKind(row.get("kind", "private")),
        ai_written=row.get("ai", False),
    )  # fmt: skip


def sentence(pick: str, articles: dict[str, Article], language: str, speaker: str = "") -> Sentence:
    named = pick.endswith("@")
    places = [p.split(":") for p in pick.rstrip("@").split("+")]
    spans = tuple(articles[a].span(*articles[a].sentences[int(n)]) for a, n in places)
    first = articles[places[0][0]]
    start, end = first.sentences[int(places[0][1])]
    return Sentence(
        first.text[start:end], language, EvidenceKind.VERBATIM, spans, first.outlet if named else "", speaker, len(spans)
    )  # fmt: skip


def tag(name: str) -> Tag:
    return Tag(f"name-{slug(name, 'en')}", TagKind.NAME, name)


def brief(row: dict[str, Any], story: dict[str, Any], articles: dict[str, Article], counts: Counts) -> Brief:
    language = row["language"]

    def say(pick: str, speaker: str = "") -> Sentence:
        return sentence(pick, articles, language, speaker)

    return Brief(
        story_id=StoryId(story["id"]), version=row.get("version", 1), language=language, headline=say(row["headline"]),
        lede=tuple(say(p) for p in row["lede"]),
        body=tuple(Section(tuple(say(p) for p in picks), head) for head, picks in row["body"]),
        quotes=tuple(say(p, who) for p, who in row.get("quotes", [])), counts=counts,
        sources=tuple(a.id for a in articles.values() if a.language == language),
        written_at=datetime(2026, 1, 5, 12, 30, tzinfo=UTC), writer="extractive",
        differences=tuple(Difference(d, tuple(say(p) for p in picks)) for d, picks in row.get("differences", [])),
        tags=tuple(tag(name) for name in story.get("tags", [])) if language == "en" else (),
        checks=("quote", "number", "date", "name", "negation", "modality"),
        cut=tuple(Finding(code, "…") for code in row.get("cut", [])),
    )  # fmt: skip


def amended(b: Brief) -> tuple[Amendment, ...]:
    """A sentence that was added, one that was changed because its source was, and one that fell out."""
    first = Amendment(b.story_id, b.language, 2, b.written_at, AmendmentKind.ADDED, Reason.NEW_ARTICLE, after="z")
    changed = replace(
        first,
        kind=AmendmentKind.CHANGED,
        reason=Reason.SOURCE_CHANGED,
        before="y14",
        after="y41",
        of_substance=True,
    )
    return first, changed, replace(first, kind=AmendmentKind.WITHDRAWN, reason=Reason.CHOSEN, before="w", after="")


@cache
def views() -> tuple[StoryView, ...]:
    """Every brief of every story as a view, stories in the order of their rank."""
    made = []
    for row in tomllib.loads(DATA.read_text("utf-8"))["story"]:
        articles = {a["id"]: article(a) for a in row["article"]}
        groups = {a["id"]: a.get("copy_of", a["id"]) for a in row["article"]}
        lineage = {ArticleId(i): sorted(set(groups.values())).index(g) for i, g in groups.items()}
        counts = Counts(
            len(articles), len(set(groups.values())), len({articles[g].newsroom for g in groups.values()})
        )
        story = Story(StoryId(row["id"]), 1, tuple(a.id for a in articles.values()),
                      datetime.fromisoformat(row["first"]), NOW, section=row["section"])  # fmt: skip
        briefs = [brief(b, row, articles, counts) for b in row["brief"]]
        slugs = {b.language: slug(b.headline.text, b.language) for b in briefs}
        for b in briefs:
            made.append(StoryView(
                story=story, brief=b, articles={a.id: a for a in articles.values()}, slug=slugs[b.language], languages=slugs,
                newsroom_of={a.id: a.newsroom for a in articles.values()}, lineage=lineage,
                published_at=story.first_at,
                versions=(BriefVersion(1, story.first_at), BriefVersion(2, b.written_at, amended(b)))
                if b.version > 1 else (),
            ))  # fmt: skip
    return tuple(made)


def card(view: StoryView) -> StoryCard:
    b = view.brief
    return StoryCard(
        story_id=view.story.id, headline=b.headline.text, lede=" ".join(s.text for s in b.lede), language=b.language,
        href=view.path, section=view.story.section, counts=b.counts, first_at=view.story.first_at, updated=b.written_at,
        figure=f"{view.path}/figure.svg", figure_alt=b.headline.text, tags=b.tags,
        editions={code: story_path(code, s) for code, s in view.languages.items()}, day=view.story.first_at.date(),
        outlets=tuple(dict.fromkeys(a.outlet for a in view.articles.values())),
        countries=tuple(dict.fromkeys(a.country for a in view.articles.values() if a.country)),
    )  # fmt: skip


def cards(language: str) -> tuple[StoryCard, ...]:
    """One card a story: in the language where it exists in it, else in English, else in its first language."""
    best: dict[str, StoryView] = {}
    for view in views():
        held = best.get(view.story.id)
        if held is None or view.brief.language == language:
            best[view.story.id] = view
    return tuple(card(v) for v in best.values())


FEEDS = (
    Feed(FeedId("f1"), "https://en1.example/feed", "The Harbour Post: all", "en", "GB", "The Harbour Post", "", OutletKind.PRIVATE),
    Feed(FeedId("f2"), "https://en2.example/feed", "Openwire", "en", "CH", "Openwire", "", OutletKind.AGENCY),
    Feed(FeedId("f3"), "https://en3.example/feed", "Lagos Meridian", "en", "NG", "Lagos Meridian", "Meridian Group", OutletKind.PRIVATE),
    Feed(FeedId("f4"), "https://en4.example/feed", "AutoBrief", "en", "US", "AutoBrief Daily", "", OutletKind.UNKNOWN, ai_written=True),
    Feed(FeedId("f5"), "https://ar2.example/feed", "وكالة الضفتين", "ar", "MA", "وكالة الضفتين", "", OutletKind.STATE),
    Feed(FeedId("f6"), "javascript:alert(1)", "Odd", "und", "", "", "", OutletKind.INDEPENDENT),
)  # fmt: skip
STATES = {
    FeedId("f1"): FeedState(FeedId("f1"), ok_at=NOW, status=FeedStatus.OK),
    FeedId("f2"): FeedState(FeedId("f2"), ok_at=NOW, status=FeedStatus.NOT_MODIFIED),
    FeedId("f3"): FeedState(FeedId("f3"), status=FeedStatus.FAILING, reason="status 503"),
}


def shared_tags(listed: Iterable[StoryCard]) -> dict[str, frozenset[str]]:
    return tag_pages([{c.language: c.tags} for c in listed])


def index(language: str, **changes: Any) -> IndexView:
    values: dict[str, Any] = {"language": language, "cards": cards(language), "feeds": FEEDS, "states": STATES}
    changes.setdefault("tag_pages", shared_tags(changes.get("cards", cards(language))))
    return IndexView(**(values | changes))


def related(view: StoryView) -> tuple[RelatedCard, ...]:
    others = [c for c in cards(view.brief.language) if c.story_id != view.story.id]
    return tuple(RelatedCard(c, r) for c, r in zip(others, ("background", "earlier", "same-place"), strict=False))


def days(language: str) -> list[DayView]:
    """The days on which stories told in a language began."""
    own = [v for v in views() if v.brief.language == language]
    began = sorted({v.story.first_at.date() for v in own})
    return [DayView(language, day, tuple(v for v in own if v.story.first_at.date() == day)) for day in began]


def every(site_view: SiteView) -> list[Page]:
    """Every page of the invented newsroom, in the order of its making."""
    pages = [*static_pages(), *site_pages(site_view)]
    for view in views():
        linked = shared_tags(cards("en")).get(view.brief.language, frozenset())
        pages += story_pages(replace(view, related=related(view), linked_tags=linked), site_view)
    for language in site_view.languages:
        pages += index_pages(index(language), site_view)
        pages += [book for day in days(language) if (book := ebook(day, site_view))]
    return pages


def whole(site_view: SiteView) -> dict[str, Page]:
    """Every page of the invented newsroom by path."""
    return {page.path: page for page in every(site_view)}
