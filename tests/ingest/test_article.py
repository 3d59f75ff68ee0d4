"""From entry and page to article: which text is taken, what is named as its origin, and why some give none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from gold import NOW

from iroyin.errors import InputError
from iroyin.ingest.article import build, from_row
from iroyin.ingest.origin import named
from iroyin.model import Article, Confidence, Entry, EntryId, Extract, Feed, FeedEntry, FeedId

FEED = Feed(
    FeedId("f1"), "https://post.example/feed", "The Harbour Post", language="en", country="GB", family="Meridian"
)
PAGE_TEXT = (
    "The harbour council voted on Monday to rebuild the old bridge, ending a debate of ten years.\n"
    "“We have waited long enough,” said council leader Mara Lind. The work will cost 12.4 million crowns.\n"
    "Opponents said the money would be better spent on the flooded northern districts of the city."
)
PAGE = Extract(
    title="Page title", text=PAGE_TEXT, published_at=NOW - timedelta(hours=3), date_confidence=Confidence.HIGH
)
SUMMARY = "The council of the harbour city has voted to rebuild its old bridge after a debate of ten years in all."
ITEM = FeedEntry(key="k", url="https://post.example/bridge?utm_source=rss", title="Bridge vote", summary=SUMMARY)
ENTRY = Entry(EntryId("e1"), FEED.id, ITEM, NOW, "h")


def made(entry: Entry | None = ENTRY, feed: Feed = FEED, page: Extract | None = PAGE) -> Article:
    article = build(entry, feed, page, seen_at=NOW)
    assert isinstance(article, Article), article
    return article


def test_article_of_a_good_page() -> None:
    article = made()

    assert f"Bridge vote\n\n{PAGE_TEXT}" == article.text
    assert ("en", "GB", "Meridian", "The Harbour Post") == (
        article.language,
        article.country,
        article.newsroom,
        article.outlet,
    )
    assert (0, len("Bridge vote")) == article.sentences[0]
    spoken = [article.text[start:end] for start, end in article.body_sentences]
    assert "The work will cost 12.4 million crowns." in spoken
    assert all(line in PAGE_TEXT for line in spoken)
    assert all(article.proves(article.span(start, end)) for start, end in article.sentences)
    assert (NOW - timedelta(hours=3), Confidence.HIGH) == (article.published_at, article.date_confidence)
    assert (False, EntryId("e1")) == (article.thin, article.entry_id)


@pytest.mark.parametrize(
    "page",
    [
        None,
        replace(PAGE, paywalled=True),
        replace(PAGE, text="Please enable JavaScript to read this page. " * 8, thin=True),
        replace(PAGE, text="", thin=True),
    ],
    ids=["no page", "paywall", "wall", "empty"],
)
def test_the_feeds_own_text_stands_in(page: Extract | None) -> None:
    assert f"Bridge vote\n\n{SUMMARY}" == made(page=page).text


@pytest.mark.parametrize(
    ("item", "page", "reason"),
    [
        (ITEM, replace(PAGE, opt_out="meta robots: noai"), "opted out: meta robots: noai"),
        (replace(ITEM, title=""), replace(PAGE, title=""), "no title"),
        (replace(ITEM, summary="Short."), None, "too short: 6 characters"),
        (replace(ITEM, summary=""), replace(PAGE, paywalled=True), "too short: 0 characters"),
    ],
)
def test_why_there_is_no_article(item: FeedEntry, page: Extract | None, reason: str) -> None:
    assert reason == build(replace(ENTRY, item=item), FEED, page, seen_at=NOW)


def test_a_broken_off_summary_loses_its_last_sentence_and_boilerplate() -> None:
    told = "The council voted to rebuild the old bridge on Monday. The work will cost 12.4 mill […]"
    summary = f"{told}\nThe post Bridge vote appeared first on The Harbour Post."

    article = made(replace(ENTRY, item=replace(ITEM, summary=summary)), page=None)

    assert "Bridge vote\n\nThe council voted to rebuild the old bridge on Monday." == article.text
    assert article.thin


def test_title_loses_the_outlets_name_and_nothing_else() -> None:
    for title, want in [("Rain - The Harbour Post", "Rain"), ("Rain - and sun", "Rain - and sun")]:
        assert want == made(replace(ENTRY, item=replace(ITEM, title=title))).title


def test_date_is_never_after_first_sight_and_low_is_better_than_none() -> None:
    late = replace(ITEM, published_at=NOW + timedelta(hours=5), date_confidence=Confidence.HIGH)
    vague = replace(ITEM, published_at=NOW - timedelta(days=1), date_confidence=Confidence.LOW)
    undated = replace(PAGE, published_at=None, date_confidence=Confidence.NONE)

    assert NOW == made(replace(ENTRY, item=late)).published_at
    assert Confidence.HIGH == made(replace(ENTRY, item=vague)).date_confidence
    assert NOW - timedelta(days=1) == made(replace(ENTRY, item=vague), page=undated).published_at
    assert (NOW, Confidence.NONE) == (
        made(page=undated).published_at,
        made(page=undated).date_confidence,
    )


def test_origin_is_another_newsroom_than_the_outlet() -> None:
    wire = replace(PAGE, text="HARBOUR CITY (Reuters) - " + PAGE_TEXT)

    assert "Reuters" == made(page=wire).origin
    assert "" == made(feed=replace(FEED, outlet="Reuters"), page=wire).origin
    assert "Küstenagentur" == made(replace(ENTRY, item=replace(ITEM, origin="Küstenagentur"))).origin
    assert "" == made(replace(ENTRY, item=replace(ITEM, origin="Harbour Post"))).origin


@pytest.mark.parametrize(
    ("text", "language", "want"),
    [
        ("LONDON, Nov 3 (Reuters) - Rain fell.", "en", "Reuters"),
        ("Yonhap reported that rain fell.", "en", "Yonhap"),
        ("Rain fell, the minister told the Harbour Post on Monday.", "en", "Harbour Post"),
        ("Rain fell.\n(Additional reporting by AFP)", "en", ""),
        ("According to police, rain fell, the mayor said.", "en", ""),
        ("The news reported that rain fell.", "en", ""),
        ("한빛통신에 따르면 비가 내렸다.", "ko", "한빛통신"),
        ("(서울=연합뉴스) 김 기자 = 비가 내렸다.", "ko", "Yonhap"),
        ("경찰에 따르면 비가 내렸다.", "ko", ""),
        ("据新华社报道，下雨了。", "zh", "Xinhua"),
        ("共同通信によると、雨が降った。", "ja", "Kyodo"),
        ("Selon l'AFP, il pleut.", "fr", "AFP"),
        ("По данным ТАСС, идёт дождь.", "ru", "TASS"),
        ("По данным агентства Интерфакс, идёт дождь.", "ru", "Interfax"),
        ("وقالت وكالة رويترز إن المطر هطل.", "ar", "Reuters"),
        ("(서울=한빛통신) 비가 내렸다.", "ko", "한빛통신"),
        ("비가 내렸다고 7일 한빛통신이 전했다.", "ko", "한빛통신"),
        ("Il pleut. (avec AFP)", "fr", "AFP"),
        ("D’après l’agence Openwire, il pleut.", "fr", "Openwire"),
        ("Il pleut, a rapporté l'agence Openwire.", "fr", "Openwire"),
        ("Rain fell, the Openwire agency reports.", "en", "Openwire"),
        ("As the Harbour Post reported, rain fell.", "en", "Harbour Post"),
        ("Rain fell, she told the Harbour Post the day before.", "en", "Harbour Post"),
        ("Rain fell, he told the Harbour News Monday.", "en", "Harbour News"),
        ("Rain fell, Press Secretary Ann Lee said.", "en", ""),
        ("Rain fell, the Water Management Agency said.", "en", ""),
    ],
)
def test_newsroom_named_by_the_text(text: str, language: str, want: str) -> None:
    assert want == named(text, language)


ROW = {
    "id": "row-1", "lang": "yo", "title": "Òjò ńlá", "text": "Òjò ńlá rọ̀ ní ìlú ní ọjọ́ Ajé.", "source": "Ìwé Ìròyìn",
    "published_at": "2026-11-20T10:00:00+01:00", "url": "https://iwe.example/1",
}  # fmt: skip


def test_article_of_a_row() -> None:
    article = from_row(ROW, now=NOW)

    assert ("row-1", "yo", "Ìwé Ìròyìn") == (article.id, article.language, article.newsroom)
    assert datetime(2026, 11, 20, 9, tzinfo=UTC) == article.published_at
    assert "Òjò ńlá\n\nÒjò ńlá rọ̀ ní ìlú ní ọjọ́ Ajé." == article.text
    assert 2 == len(article.sentences)


def test_rows_with_little_in_them() -> None:
    title_only = from_row({"title": "Rain in the harbour", "published_at": "2026-11-20T10:00:00Z"}, now=NOW)
    odd_id = from_row(ROW | {"id": "../../etc/passwd"}, now=NOW)

    assert ("Rain in the harbour", ((0, 19),), True) == (title_only.text, title_only.sentences, title_only.thin)
    assert odd_id.id.startswith("a")
    assert 17 == len(odd_id.id)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "neither title nor text"),
        (ROW | {"published_at": "yesterday"}, "published_at"),
        (ROW | {"published_at": None}, "published_at"),
        (ROW | {"title": None, "text": ["x"]}, "neither title nor text"),
    ],
)
def test_rows_that_give_no_article(row: dict[str, object], words: str) -> None:
    with pytest.raises(InputError) as error:
        from_row(row, now=NOW)

    assert words in error.value.reason
