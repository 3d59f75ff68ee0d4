"""`bench/trace.py` must find a sentence that nobody said, wherever a page could print it."""

import re
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from iroyin import publish
from iroyin.model import (
    Article,
    ArticleId,
    Brief,
    Counts,
    Difference,
    EvidenceKind,
    Section,
    Sentence,
    Story,
    StoryId,
)
from iroyin.publish import IndexView, RelatedCard, SiteView, StoryCard, StoryView, story_path

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
SITE = SiteView("Iroyin", "https://desk.example", ("en",), ("world",), NOW)
LIE = "Nobody ever said this of the bridge. "
BODY = (
    "A new bridge over the river opened in Kolme on Monday",
    "The bridge of Kolme opened to traffic on Monday.",
    "It cost 12 million crowns and took four years to build.",
    "“We waited for this for forty years,” said mayor Ada Lind.",
    "Ferries will go on until the end of March.",
    "Some 3,000 people walked over it on the first day.",
)


def article(name: str, outlet: str, hours: int) -> Article:
    text = BODY[0] + "\n\n" + " ".join(BODY[1:])
    at = NOW - timedelta(hours=hours)
    bounds = tuple((text.index(line), text.index(line) + len(line)) for line in BODY)
    return Article(
        ArticleId(name), f"https://{name}.example/1", BODY[0], text, "en", at, at, outlet, outlet, bounds
    )


ARTICLES = {one.id: one for one in (article("a1", "River Post", 9), article("a2", "The Harbour Times", 5))}


def said(number: int, name: str = "a1", **more: Any) -> Sentence:
    one = ARTICLES[ArticleId(name)]
    start, end = one.sentences[number]
    return Sentence(one.text[start:end], "en", EvidenceKind.VERBATIM, (one.span(start, end),), **more)


def view(name: str, related: tuple[RelatedCard, ...] = ()) -> StoryView:
    story = Story(StoryId(name), 1, tuple(ARTICLES), NOW - timedelta(hours=9), NOW - timedelta(hours=5), ("en",))
    lede = (said(1, attribution="River Post"), said(2, "a2", attribution="The Harbour Times"))
    brief = Brief(
        story.id, 1, "en", said(0), lede, (Section((said(4),)),), (said(3, speaker="Ada Lind"),), Counts(2, 2, 2),
        tuple(ARTICLES), NOW, "extractive/1", (Difference("people", (said(5), said(5, "a2"))),),
    )  # fmt: skip
    rooms = {one.id: one.newsroom for one in ARTICLES.values()}
    return StoryView(
        story, brief, ARTICLES, f"bridge-{name}", {"en": f"bridge-{name}"}, rooms, {"a1": 0, "a2": 1}, related
    )  # fmt: skip


def card(of: StoryView) -> StoryCard:
    path = story_path("en", of.slug)
    return StoryCard(of.story.id, of.brief.headline.text, publish.opening(of.brief), "en", path, "world",
                     of.brief.counts, NOW, NOW, f"{path}/figure.svg")  # fmt: skip


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    other = view("s2")
    first = view("s1", (RelatedCard(card(other), "earlier"),))
    pages = [*publish.story_pages(first, SITE), *publish.story_pages(other, SITE)]
    pages += publish.index_pages(IndexView("en", (card(first), card(other))), SITE)
    return {page.path: page.body for page in pages}


@pytest.fixture
def trace(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    bench = Path(__file__).parents[2] / "bench"
    monkeypatch.syspath_prepend(str(bench))
    spec = spec_from_file_location("bench_trace", bench / "trace.py")  # Python has a module `trace` of its own
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


TEXTS = {one.id: (one.text, one.outlet) for one in ARTICLES.values()}
STORY = "en/articles/bridge-s1/"
TAMPERED = {
    "a sentence": (f"{STORY}index.html", r'(data-claim="2">)', rf"\1{LIE}"),
    "a sentence left out": (f"{STORY}index.html", r'data-claim="2"', 'class="gone"'),
    "a sentence printed twice": (
        f"{STORY}index.html",
        r'(<div class="prose"[^>]*>)',
        rf'\1<i data-claim="1">{LIE}</i>',
    ),
    "prose beside the sentences": (f"{STORY}index.html", r'(<div class="prose"[^>]*>)', rf"\1<p>{LIE}</p>"),
    "words after a sentence": (f"{STORY}index.html", r'(data-claim="1">[^<]*</span>)', rf"\1{LIE}"),
    "the outlet": (f"{STORY}index.html", r'(<span class="by">)River Post', r"\1Radio Nobody"),
    "a source": (f"{STORY}index.html", r'(<p class="source"[^>]*>)', rf"\1{LIE}"),
    "a related headline": (f"{STORY}index.html", r'(<h3><a href="/en/articles/bridge-s2">)', rf"\1{LIE}"),
    "a related lede": (f"{STORY}index.html", r'(<p class="excerpt">)', rf"\1{LIE}"),
    "the title": (f"{STORY}index.html", r"(<title>)", rf"\1{LIE}"),
    "the description": (f"{STORY}index.html", r'(<meta name="description" content=")', rf"\1{LIE}"),
    "the description for networks": (f"{STORY}index.html", r'(og:description" content=")', rf"\1{LIE}"),
    "the headline for machines": (f"{STORY}index.html", r'("headline":")', rf"\1{LIE}"),
    "the description for machines": (f"{STORY}index.html", r'("description":")', rf"\1{LIE}"),
    "the picture's words": (f"{STORY}figure.svg", r"(<text[^>]*>)", rf"\1{LIE}"),
    "the picture's remainder": (f"{STORY}figure.svg", r"(<text[^>]*>)", r"<text>+ 3 countries</text>\1"),
    "the picture's title": (f"{STORY}figure.svg", r"(<title>)", rf"\1{LIE}"),
    "a card's headline": ("en/index.html", r'(<a href="/en/articles/bridge-s1">)', rf"\1{LIE}"),
    "a card's lede": ("en/index.html", r'(<p class="lede">)', rf"\1{LIE}"),
    "a section's card": ("en/sections/world/index.html", r'(<p class="lede">)', rf"\1{LIE}"),
    "a card that leads nowhere": ("en/index.html", r'(<a href="/en/articles/)bridge-s1">', r'\1gone">'),
    "Atom's title": ("en/feed.atom", r"(<entry>.*?<title>)", rf"\1{LIE}"),
    "Atom's summary": ("en/feed.atom", r"(<summary>)", rf"\1{LIE}"),
    "Atom's content": ("en/feed.atom", r"(&lt;/p&gt;&lt;p&gt;)", rf"\1{LIE}"),
    "JSON Feed's title": ("en/feed.json", r'("items".*?"title": ")', rf"\1{LIE}"),
    "JSON Feed's summary": ("en/feed.json", r'("summary": ")', rf"\1{LIE}"),
    "JSON Feed's content": ("en/feed.json", r"(</p><p>)", rf"\1{LIE}"),
    "the news sitemap": ("en/news.xml", r"(<news:title>)", rf"\1{LIE}"),
    "the ledger's hash": (f"{STORY}claims.json", r'"sha256": "....', '"sha256": "0000'),
    "the ledger's offsets": (f"{STORY}claims.json", r'"start": 0', '"start": 3'),
    "the ledger's kind": (f"{STORY}claims.json", r'"kind": "verbatim"', '"kind": "felt"'),
    "the ledger's quotation": (f"{STORY}claims.json", r'("spans": .*?"text": ")', rf"\1{LIE}"),
    "the ledger's outlet": (
        f"{STORY}claims.json",
        r'"attribution": "River Post"',
        '"attribution": "Radio Nobody"',
    ),
}


def test_an_honest_site_has_no_fault(site: dict[str, bytes], trace: ModuleType) -> None:
    seen, faults = trace.audit(site, TEXTS)

    assert [] == faults
    assert (2, 14, 14) == (seen["story_pages"], seen["sentences"], seen["proved"])


@pytest.mark.parametrize("where", TAMPERED)
def test_what_nobody_said_is_found(site: dict[str, bytes], trace: ModuleType, where: str) -> None:
    path, pattern, change = TAMPERED[where]
    body, changed = re.subn(pattern, change, site[path].decode(), count=1, flags=re.DOTALL)
    assert changed, "the page has no such place any more: the test tampers with nothing"

    _, faults = trace.audit(site | {path: body.encode()}, TEXTS)

    assert [] != faults


def test_a_stored_article_that_changed_proves_nothing(site: dict[str, bytes], trace: ModuleType) -> None:
    changed = {name: (text.replace("Monday", "Friday"), outlet) for name, (text, outlet) in TEXTS.items()}

    assert [] != trace.audit(site, changed)[1]
