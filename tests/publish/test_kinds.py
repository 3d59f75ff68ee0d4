"""The kinds of illustration: which is chosen, what it stands on, and that it says so."""

import json
import re
from dataclasses import replace

import pytest
from lxml import etree
from newsroom import site, views

from iroyin.model import Article, ArticleId, Brief, Figure, Section
from iroyin.publish import figure, painted, story_pages
from iroyin.publish.canvas import HIGH, WIDE
from iroyin.publish.locale import label_languages, labels
from iroyin.publish.typeset import width

VIEW = next(v for v in views() if v.brief.language == "en")
ONE = replace(VIEW.brief.lede[0], text="", language="en", spans=VIEW.brief.lede[0].spans[:1])
ONE_COUNTRY = {key: replace(a, country="NG") for key, a in VIEW.articles.items()}  # no map


def brief(*texts: str, headline: str = "A town decides", language: str = "en") -> Brief:
    said = tuple(replace(ONE, text=text, language=language, attribution="") for text in texts)
    head = replace(VIEW.brief.headline, text=headline, language=language, spans=ONE.spans)
    return replace(
        VIEW.brief, headline=head, lede=said[:1], body=(Section(said[1:], ""),), quotes=(), differences=(),
        language=language, tags=(),
    )  # fmt: skip


def spread(countries: int) -> dict[ArticleId, Article]:
    """Articles of as many countries, two outlets in the first; the one that the sentences cite among them."""
    cited = VIEW.articles[ONE.spans[0].article_id]
    codes = ["NG", "NG", "FR", "BR", "JP", "US", "KE", "RU", "IN", "ZA"][: countries + 1]
    made = [
        replace(cited, id=ArticleId(f"m{n}"), outlet=f"Outlet {n}", country=code) for n, code in enumerate(codes)
    ]
    return {a.id: a for a in made[1:]} | {cited.id: replace(cited, country="NG")}


VOTE = "Parliament passed it with 312 votes in favour, 198 against and 5 abstentions."
DAYS = (
    "It began on 2 January 2026 in the north.", "Talks opened on 3 January 2026 in town.",
    "They closed on 5 January 2026 without a word.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("vote", brief(VOTE, "It cost 400 million dollars.", headline="It cost 400 million dollars")),
        ("number", brief("It cost 400 million dollars.", *DAYS, headline="Bridge costs 400 million dollars")),
        ("days", brief(*DAYS, "It rained.")),
        ("days", brief("It cost 400 million dollars.", *DAYS)),  # a number that the headline does not turn on
        ("number", brief("It cost 400 million dollars.")),
        ("words", brief("The town has a new bell.")),
        ("words", brief("A very long sentence " * 20, headline="A bell")),
    ],
)
def test_the_first_kind_that_finds_something_is_drawn(kind: str, told: Brief) -> None:
    assert kind == figure(told, ONE_COUNTRY).kind


@pytest.mark.parametrize(("countries", "kind"), [(2, "words"), (3, "coverage"), (7, "coverage")])
def test_a_map_needs_three_countries_and_four_outlets(countries: int, kind: str) -> None:
    assert kind == figure(brief("The town has a new bell."), spread(countries)).kind


def groups(art: Figure) -> set[int]:
    tree = etree.fromstring(art.svg.encode())
    return {int(n) for group in tree.iter("{*}g") for n in (group.get("data-claim") or "").split()}


@pytest.mark.parametrize("view", views(), ids=lambda v: f"{v.story.id}-{v.brief.language}")
def test_every_mark_stands_on_a_printed_sentence_or_the_coverage(view: object) -> None:
    art = figure(view.brief, view.articles)  # type: ignore[attr-defined]
    printed = view.brief.all_sentences()  # type: ignore[attr-defined]
    tree = etree.fromstring(art.svg.encode())
    loose = [e for e in tree if e.tag.rpartition("}")[2] in {"text", "circle", "path"}]

    assert set(art.claims) == groups(art) and all(0 <= n < len(printed) for n in art.claims)
    assert not loose


def test_words_on_a_vote_are_those_of_its_sentence() -> None:
    art = figure(brief("A town decides today.", VOTE), VIEW.articles)
    texts = [e.text for e in etree.fromstring(art.svg.encode()).iter("{*}text")]

    assert (2,) == art.claims and VOTE in art.alt
    assert ["312", "198", "For", "Against", "5 abstained"] == texts[:5]


def dots(art: Figure, at: int) -> int:
    paths = [p.get("d") for p in etree.fromstring(art.svg.encode()).iter("{*}path") if "h0" in p.get("d")]
    return paths[at].count("h0")


@pytest.mark.parametrize(("one", "other"), [(312, 198), (7, 2), (1000, 3)])
def test_a_vote_has_as_many_dots_as_votes(one: int, other: int) -> None:
    art = figure(brief(f"It drew {one} votes for and {other} against."), VIEW.articles)

    assert (one, other) == (dots(art, 0), dots(art, 1))


def test_too_many_votes_for_dots_are_bars_in_their_proportion() -> None:
    art = figure(brief("It drew 30000 votes for and 10000 against."), VIEW.articles)
    wide = [float(r.get("width")) for r in etree.fromstring(art.svg.encode()).iter("{*}rect")][1:]

    assert abs(wide[0] / wide[1] - 3) < 0.01
    assert labels("en").say("figure.vote.dots") not in art.caption


def test_no_side_is_named_where_the_sentence_names_none() -> None:
    art = figure(brief("MPs rejected it by 312 votes to 198."), VIEW.articles)

    assert ">For<" not in art.svg and ">Against<" not in art.svg and ">312<" in art.svg


@pytest.mark.parametrize("language", sorted(label_languages()))
@pytest.mark.parametrize("countries", [1, 7])
def test_nothing_runs_off_the_picture(language: str, countries: int) -> None:
    word = {"zh": "河边的小城有了一座新钟", "ja": "川辺の町に新しい鐘が", "th": "เมืองริมแม่น้ำ"}.get(
        language, "parliament "
    )
    told = brief("", language=language)
    told = replace(told, lede=(replace(told.lede[0], text=(word * 9).strip() + "."),))
    art = figure(told, spread(countries) if countries > 1 else ONE_COUNTRY)

    for text in etree.fromstring(art.svg.encode()).iter("{*}text"):
        size, x = float(text.get("font-size")), float(text.get("x"))
        long = width((text.text or "").strip("\u2067\u2069")) * size
        start = x - long if text.get("text-anchor") == "end" else x
        assert 0 <= start and start + long <= WIDE and 0 < float(text.get("y")) <= HIGH, text.text


def test_the_map_shows_every_country_and_russia_whole() -> None:
    art = figure(brief("The town has a new bell."), spread(7))
    x = [int(n) for n in re.findall(r"M(\d+) \d+l", art.svg)]

    assert "7" in art.alt and len(art.svg) < 45_000 and max(x) <= WIDE
    assert 7 == art.svg.count('fill="none"')


@pytest.mark.parametrize("language", ["en", "ar", "ru", "ja"])
@pytest.mark.parametrize("countries", [6, 7, 9])
def test_the_map_says_how_many_countries_its_list_leaves_out(language: str, countries: int) -> None:
    art = figure(brief("", language=language, headline="A bell"), spread(countries))
    rest = f"+ {labels(language).count('count.countries', countries - 6)}" if countries > 6 else "+ "

    assert (countries > 6) == (rest in art.svg) == (rest in art.alt)


def test_the_list_on_the_page_says_it_too() -> None:
    articles = {**VIEW.articles, **spread(9)}
    rest = len({a.country for a in articles.values()} - {""}) - 8
    pages = {page.path.rpartition("/")[2]: page for page in story_pages(replace(VIEW, articles=articles), site())}

    assert rest > 0 and f"+ {labels('en').count('count.countries', rest)}<" in pages["index.html"].body.decode()


@pytest.mark.parametrize(
    "told",
    [brief(VOTE), brief(*DAYS), brief(*(f"{day[:-1]} {'and said no more of it ' * 5}." for day in DAYS)),
     brief("It cost 400 million dollars."), brief("The town has a new bell.")],
)  # fmt: skip
@pytest.mark.parametrize("countries", [1, 9])
def test_letters_are_large_enough_for_a_phone(told: Brief, countries: int) -> None:
    arts = (figure(told, spread(countries) if countries > 1 else ONE_COUNTRY), painted(told, b"jpeg"))

    for art in arts:
        assert all(float(t.get("font-size")) >= 30 for t in etree.fromstring(art.svg.encode()).iter("{*}text"))


def test_right_to_left_charts_begin_at_the_right() -> None:
    told = brief("أقره البرلمان بأغلبية 312 صوتاً مقابل 198.", language="ar", headline="خبر")
    art = figure(told, VIEW.articles)
    first = next(etree.fromstring(art.svg.encode()).iter("{*}text"))
    firsts = re.findall(r"M([\d.]+) [\d.]+h0", art.svg)

    assert "312" == (first.text or "").strip("\u2067\u2069") and "end" == first.get("text-anchor")
    assert float(firsts[0]) > WIDE / 2 > float(firsts[-1]) - 250


def test_a_light_picture_has_colours_for_the_night() -> None:
    light = next(f for v in views() if "<style>" in (f := figure(v.brief, v.articles)).svg)

    assert "prefers-color-scheme:dark" in light.svg and 'style="' not in light.svg


def test_the_ledger_says_what_the_picture_stands_on() -> None:
    pages = {page.path.rpartition("/")[2]: page for page in story_pages(VIEW, site())}
    told, art = json.loads(pages["claims.json"].body), figure(VIEW.brief, VIEW.articles)

    assert {"kind": art.kind, "made_by": "code", "sentences": list(art.claims)} == told["figure"]
    assert art.claims
