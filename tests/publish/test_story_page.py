"""The story page: what stands on it, in which order, and that it can be checked by a machine."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from lxml.html import fromstring
from newsroom import related, site, views

from iroyin.model import ArticleId, EvidenceKind, Gap, Page, Sentence, Span
from iroyin.publish import StoryView, static_pages, story_pages
from iroyin.publish.evidence import footnotes
from iroyin.publish.locale import labels
from markup import read

SITE = site()
VIEWS = [replace(view, related=related(view)) for view in views()]
NAMES = [f"{v.story.id}-{v.brief.language}" for v in VIEWS]
ADUN = VIEWS[0]


def pages(view: StoryView) -> dict[str, Page]:
    return {page.path.rpartition("/")[2]: page for page in story_pages(view, SITE)}


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_html_is_well_formed_and_has_no_inline_code(view: StoryView) -> None:
    page = read(pages(view)["index.html"].body)

    assert [] == page.faults
    assert len(page.ids) == len(set(page.ids))
    assert all(link[1:] in page.ids for link in page.links if link.startswith("#"))


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_each_printed_sentence_equals_its_entry_in_the_ledger(view: StoryView) -> None:
    made = pages(view)
    html = made["index.html"].body.decode()
    ledger = json.loads(made["claims.json"].body)
    printed = dict(re.findall(r'<span class="s" data-claim="(\d+)"[^>]*>([^<]*)</span>', html))

    assert len(view.brief.all_sentences()) == len(ledger["sentences"]) == len(printed)
    for entry in ledger["sentences"]:
        said = unescape(printed[str(entry["n"])])
        assert entry["text"] == said.replace("\u00a0", " ") or entry["text"] == said


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_each_span_of_the_ledger_proves_itself(view: StoryView) -> None:
    for entry in json.loads(pages(view)["claims.json"].body)["sentences"]:
        assert entry["spans"]
        for span in entry["spans"]:
            article = view.articles[span["article"]]
            assert article.proves(Span(article.id, span["start"], span["end"], span["sha256"]))
            assert span["text"] == article.text[span["start"] : span["end"]]


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_every_sentence_leads_to_its_footnotes_and_back(view: StoryView) -> None:
    page = read(pages(view)["index.html"].body)
    notes = footnotes(view.brief, view.articles)

    for note in notes:
        assert f"#n{note.number}" in page.links
        assert all(f"#s{claim}" in page.links for claim in note.claims)


def test_each_source_stands_once_with_its_sentences_under_it() -> None:
    notes = footnotes(ADUN.brief, ADUN.articles)
    tree = fromstring(pages(ADUN)["index.html"].body.decode())
    told = [
        (block.xpath("string(.//cite)").strip(), [int(li.get("id")[1:]) for li in block.xpath(".//li")])
        for block in tree.xpath("//div[@class='from']")
    ]

    assert len(told) == len({title for title, _ in told}) > 1
    assert sorted(n for _, own in told for n in own) == [note.number for note in notes]
    by_number = {note.number: note.article.title for note in notes}
    assert all({by_number[n] for n in own} == {title} for title, own in told)


def test_parts_stand_in_their_order() -> None:
    html = pages(ADUN)["index.html"].body.decode()
    marks = ['class="kicker"', "<h1>", 'class="byline"', 'class="plate"', 'class="lede"', 'class="subhead"', "h-quotes",
             "h-differ", "h-people", "h-coverage", "h-related", "h-notes", "h-page", 'class="colophon"']  # fmt: skip

    places = [html.index(mark) for mark in marks]

    assert sorted(places) == places


def test_byline_counts_states_and_copies() -> None:
    text = read(pages(ADUN)["index.html"].body).said("en", without=("script",))

    assert "Reported by AI from 10 articles, 8 different texts, 8 independent newsrooms" in text
    assert "First to report" in text and "Written by AI" in text and "State-run" in text
    assert "2 copies of this text" in text and "3 sentences that failed a check" in text
    assert "no social source" in text


def test_the_outlet_is_named_in_words_before_a_sentence_that_needs_it() -> None:
    html = pages(ADUN)["index.html"].body.decode()

    assert '<span class="by">The Harbour Post reports: </span><span class="s" data-claim="2">Engineers' in html


def test_a_story_page_with_its_style_stays_under_60_kilobytes() -> None:
    sheets = {p.path.split("/")[-1].split(".")[0]: len(p.body) for p in static_pages() if p.path.endswith(".css")}
    style = sheets["page"] + sheets["people"] + sheets["aids"]

    assert style < 20_200
    assert max(len(pages(v)["index.html"].body) for v in VIEWS) + style < 60_000


def test_alternates_are_only_the_languages_the_story_exists_in() -> None:
    page = read(pages(ADUN)["index.html"].body)
    given = {a["hreflang"] for t, a in page.elements if t == "link" and "hreflang" in a}

    assert {"en", "yo", "ko", "ar", "zh-Hans", "hi", "x-default"} == given


def test_a_sentence_whose_source_changed_is_not_printed() -> None:
    first = ADUN.articles[ADUN.brief.headline.spans[0].article_id]
    tampered = replace(first, text=first.text.replace("2,140 steel", "2,150 steel"))
    view = replace(ADUN, articles={**ADUN.articles, first.id: tampered})

    made = pages(view)

    assert "2,140" not in made["index.html"].body.decode() + made["claims.json"].body.decode()
    assert "2,140" not in made["figure.svg"].body.decode()


def test_nothing_is_published_when_the_headline_or_the_whole_lede_is_unproved() -> None:
    bare = Sentence("Bridge falls into the bay", "en", EvidenceKind.WRITTEN, ())

    assert [] == story_pages(replace(ADUN, brief=replace(ADUN.brief, headline=bare)), SITE)
    assert [] == story_pages(replace(ADUN, brief=replace(ADUN.brief, lede=(bare,))), SITE)


def test_pages_are_the_same_for_the_same_values() -> None:
    assert story_pages(ADUN, SITE) == story_pages(ADUN, SITE)
    later = replace(SITE, now=SITE.now.replace(year=2027))
    assert story_pages(ADUN, SITE) == story_pages(ADUN, later)


def test_arabic_is_set_from_right_to_left() -> None:
    view = next(v for v in VIEWS if v.brief.language == "ar")
    html = pages(view)["index.html"].body.decode()

    assert '<html lang="ar" dir="rtl">' in html
    assert '<p class="title" lang="en" dir="ltr">' in html


def test_a_sample_says_so() -> None:
    shown = story_pages(ADUN, site(sample=True))[0].body.decode()

    assert "sample newsroom" in shown and "sample newsroom" not in pages(ADUN)["index.html"].body.decode()


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_what_is_unknown_stands_on_spans_or_on_the_articles_that_were_read(view: StoryView) -> None:
    language = view.brief.language
    native = next(one for one in view.articles.values() if one.language == language)
    start, end = native.sentences[-1]
    said = Sentence(
        native.text[start:end], language, EvidenceKind.VERBATIM, (native.span(start, end),), native.outlet
    )
    gap = Gap("injured", tuple(view.articles))
    asked = replace(view, brief=replace(view.brief, unknown=(said,), gaps=(gap,)))

    made = pages(asked)
    ledger = json.loads(made["claims.json"].body)
    html = made["index.html"].body.decode()
    part = html.partition('aria-labelledby="h-unknown"')[2].partition("</section>")[0]

    number = len(ledger["sentences"]) - 1
    assert ("unknown", said.text) == (ledger["sentences"][number]["part"], ledger["sentences"][number]["text"])
    assert f'data-claim="{number}"' in part
    assert 'class="cite"' in part
    assert labels(language).say("gap.injured") in part
    assert [{"field": "injured", "read": list(view.articles)}] == ledger["gaps"]
    gone = replace(asked, brief=replace(asked.brief, gaps=(replace(gap, read=(*gap.read, ArticleId("gone"))),)))
    assert [] == json.loads(pages(gone)["claims.json"].body)["gaps"]
