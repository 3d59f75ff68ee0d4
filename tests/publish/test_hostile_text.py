"""Third-party text is hostile: whatever it holds, it comes out as text and nothing else."""

import json
from dataclasses import replace

import feedparser
import pytest
from lxml import etree
from newsroom import card, index, site, tag, views

from iroyin.model import Page, Section
from iroyin.publish import StoryView, index_pages, story_pages
from iroyin.publish.palette import PALETTES
from markup import read

ADUN = views()[0]
TEXTS = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7*7 }} {% raw %} {0} %s",
    "</title><base href=//evil.example>",
    "a\x00b\x1b[31mc\u202ed\ufffe",
    "]]> <!-- --> &amp; &lt;b&gt;",
    "'; alert(1); //",
]


def poisoned(text: str) -> StoryView:
    """The first story with this text as its title, outlet, country, tag, speaker, label and subhead, still proved."""
    first = ADUN.articles[ADUN.brief.headline.spans[0].article_id]
    words = f"{text} bridge"
    article = replace(
        first, title=words, text=words + "\n\nIt opened.", outlet=text, country=text[:2], url="javascript:alert(1)",
        sentences=((0, len(words)), (len(words) + 2, len(words) + 12)),
    )  # fmt: skip
    head = replace(
        ADUN.brief.headline, text=words, spans=(article.span(0, len(words)),), attribution=text, speaker=text
    )
    body = replace(head, text="It opened.", spans=(article.span(*article.sentences[1]),))
    brief = replace(
        ADUN.brief, headline=head, lede=(head, body), body=(Section((body,), text),), quotes=(head,),
        differences=(replace(ADUN.brief.differences[0], label=text, statements=(head, body)),), tags=(tag(text),),
        writer=text, checks=(text,), cut=(replace(ADUN.brief.cut[0], code=text),),
    )  # fmt: skip
    return replace(ADUN, brief=brief, articles={article.id: article}, lineage={}, first_article_id=None)


def made(text: str) -> dict[str, Page]:
    view = poisoned(text)
    shown = replace(card(view), tags=(tag(text),), section=text)
    feed = replace(
        index("en").feeds[0], title=text, outlet=text, family=text, country=text[:2], url="javascript:alert(1)"
    )
    view_of = index("en", cards=(shown,), feeds=(feed,), states={})
    desk = site(contact=text, imprint=text)
    return {p.path.rpartition("/")[2] + p.path: p for p in (*story_pages(view, desk), *index_pages(view_of, desk))}


@pytest.mark.parametrize("text", TEXTS)
def test_html_has_only_our_own_elements(text: str) -> None:
    clean = {
        name for p in made("plain words").values() if "html" in p.media_type for name, _ in read(p.body).elements
    }

    for page in made(text).values():
        if "html" in page.media_type:
            reading = read(page.body)
            assert [] == reading.faults, page.path
            assert {name for name, _ in reading.elements} <= clean | {"bdi", "a"}
            assert not [a for a in reading.links if a.lower().startswith(("javascript", "data", "vbscript"))]
            assert not [
                a for n, a in reading.elements if n == "script" and not str(a.get("src", "/")).startswith("/")
            ]


@pytest.mark.parametrize("text", TEXTS)
def test_machine_files_parse_and_give_the_text_back(text: str) -> None:
    for page in made(text).values():
        if page.media_type.startswith(("application/json", "application/feed+json")):
            json.loads(page.body)
        elif "xml" in page.media_type or "opml" in page.media_type:
            etree.fromstring(page.body)

    feed = next(p for p in made(text).values() if p.path == "en/feed.atom")
    title = feedparser.parse(feed.body).entries[0].title
    printable = "".join(c for c in f"{text} bridge" if c >= " " and c != "\ufffe")
    assert printable.replace("<", "&lt;") == title.replace("<", "&lt;") or title in printable or "bridge" in title


@pytest.mark.parametrize("text", TEXTS)
def test_svg_holds_no_script_and_no_style_but_our_own(text: str) -> None:
    for page in made(text).values():
        if page.media_type == "image/svg+xml":
            tree = etree.fromstring(page.body)
            for sheet in tree.iter("{*}style"):  # one of our own, whatever the text
                assert f"<style>{sheet.text}</style>" in {p.night_rules() for p in PALETTES}
            names = {etree.QName(e).localname for e in tree.iter()} - {"style"}
            assert names <= {"svg", "title", "rect", "g", "path", "circle", "text"}
            assert not [a for e in tree.iter() for a in e.attrib if a.startswith("on") or a in {"style", "href"}]
