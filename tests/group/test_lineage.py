"""Copies, newsrooms and counts."""

import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from made_articles import article

from iroyin.group.lineage import counts, first_to_report, newsroom_of, text_groups
from iroyin.languages import split
from iroyin.model import Article, Counts

TEXTS = tomllib.loads((Path(__file__).parents[1] / "data" / "lineage" / "texts.toml").read_text("utf-8"))


def told(name: str, key: str = "", **facts: object) -> Article:
    """The text of this key (else of this name) as an article with its sentences."""
    row = TEXTS[key or name]
    language, title, body = row.get("language", "en"), row["title"], row["text"].strip()
    offset = len(title) + 2
    ranges = ((0, len(title)), *((start + offset, end + offset) for start, end in split(body, language)))
    made = article(name, title, body, language=language, **facts)  # type: ignore[arg-type]
    return replace(made, sentences=ranges)


@pytest.mark.parametrize(
    ("why", "names", "want"),
    [
        ("cut to its first half, under another headline", ["ferry", "ferry-cut"], [0, 0]),
        ("few words changed, one sentence added", ["ferry", "ferry-rewritten"], [0, 0]),
        ("a cut of a rewrite", ["ferry-cut", "ferry-rewritten"], [0, 0]),
        ("same statement and same quotation, another report", ["ferry", "ferry-own"], [0, 1]),
        ("one paragraph taken from the wire in a report of its own", ["ferry", "ferry-paragraph"], [0, 1]),
        ("a short piece that two reports have", ["ferry", "ferry-both", "ferry-lead"], [0, 1, 0]),
        ("translated sentence by sentence", ["ferry", "ferry-spanish"], [0, 0]),
        ("another report in another language", ["ferry", "ferry-french-own"], [0, 1]),
        ("Chinese, written without spaces", ["bridge", "bridge-cut"], [0, 0]),
        ("Chinese, another report", ["bridge", "bridge-own"], [0, 1]),
        ("equal headlines without a text", ["headline", "headline-too"], [0, 0]),
        ("equal headlines too short to tell", ["flash", "flash-too"], [0, 1]),
        ("a headline like that of a text", ["ferry", "ferry-headline"], [0, 0]),
        ("copies in two languages", ["ferry-own", "ferry-spanish", "ferry", "ferry-cut"], [0, 1, 1, 1]),
    ],
)  # fmt: skip
def test_copies_share_a_group(why: str, names: list[str], want: list[int]) -> None:
    assert want == list(text_groups([told(name) for name in names]).values()), why


def test_a_story_of_a_hundred_long_articles_takes_no_time() -> None:
    """Half a second is the limit; a slow shared machine gets four times as much."""
    body = TEXTS["ferry"]["text"].strip().split()
    articles = []
    for number in range(100):
        words = [f"{word}{number * 7 % 13 if at % 3 else ''}" for at, word in enumerate(body * 9)]
        articles.append(article(f"a{number}", "A long report", " ".join(words)[:5000]))
    begun = time.perf_counter()
    text_groups(articles)

    assert time.perf_counter() - begun < 2.0


def test_the_owner_family_is_one_newsroom() -> None:
    articles = [
        article("a", "One", newsroom="Coast Media"),
        article("b", "Two", newsroom="Coast Media"),
        article("c", "Three", newsroom="Hill Daily"),
    ]
    groups = text_groups(articles)
    newsrooms = newsroom_of(articles, groups)

    assert {"a": "Coast Media", "b": "Coast Media", "c": "Hill Daily"} == newsrooms
    assert Counts(3, 3, 2) == counts(articles, groups, newsrooms)


def test_copies_of_an_agency_count_for_the_agency() -> None:
    """Five outlets print the wire: five articles, one text, one newsroom; the agency's own copy is the same one."""
    articles = [told(f"a{n}", "ferry", outlet=f"Paper {n}", hours=n) for n in range(4)]
    articles[2] = told("a2", "ferry-cut", outlet="Paper 2", origin="north wire", hours=2)
    articles.append(told("w", "ferry", outlet="North Wire", hours=5))
    groups = text_groups(articles)
    newsrooms = newsroom_of(articles, groups)

    assert {"North Wire"} == set(newsrooms.values())
    assert Counts(5, 1, 1) == counts(articles, groups, newsrooms)


def test_a_text_of_its_own_that_names_its_source_counts_for_the_source() -> None:
    articles = [article("a", "One", outlet="Paper", origin="North Wire"), article("b", "Two", outlet="North Wire")]
    groups = text_groups(articles)

    assert Counts(2, 2, 1) == counts(articles, groups, newsroom_of(articles, groups))


def test_an_origin_is_known_by_its_outlet_and_counts_for_what_that_outlet_counts_for() -> None:
    """A paper that relies on another, which relies on the wire, relies on the wire; a family's outlet is the family."""
    articles = [
        article("w", "Wire", outlet="North Wire"),
        article("b", "B", outlet="The Coast Post", newsroom="Coast Media", origin="North Wire", hours=1),
        article("c", "C", outlet="Hill Daily", origin="Coast Post", hours=2),
        article("d", "D", outlet="Lake Sun", newsroom="Lake Group", hours=3),
        article("e", "E", outlet="Moor Mail", origin="lake sun", hours=4),
    ]
    groups = text_groups(articles)
    newsrooms = newsroom_of(articles, groups)

    assert ["North Wire", "North Wire", "North Wire", "Lake Group", "Lake Group"] == [
        newsrooms[one.id] for one in articles
    ]
    assert Counts(5, 5, 2) == counts(articles, groups, newsrooms)


def test_papers_that_name_each_other_end_nowhere() -> None:
    articles = [article("a", "A", outlet="One", origin="Two"), article("b", "B", outlet="Two", origin="One")]

    assert {"a", "b"} == set(newsroom_of(articles, text_groups(articles)))


def test_unnamed_copies_count_for_the_first() -> None:
    articles = [told("a1", "ferry-cut", hours=1), told("a0", "ferry")]
    groups = text_groups(articles)

    assert {"Outlet of a0"} == set(newsroom_of(articles, groups).values())


def test_what_an_ai_wrote_corroborates_nothing() -> None:
    articles = [article("a", "One"), article("b", "Two", ai_written=True), article("c", "Three", ai_written=True)]
    groups = text_groups(articles)
    newsrooms = newsroom_of(articles, groups)

    assert {"a": "Outlet of a", "b": "", "c": ""} == newsrooms
    assert Counts(3, 3, 1) == counts(articles, groups, newsrooms)


def test_first_to_report_is_the_earliest_person() -> None:
    articles = [article("b", "B", hours=1), article("a", "A", hours=1), article("z", "Z", ai_written=True)]

    first = first_to_report(articles)

    assert first is not None
    assert "a" == first.id
    assert first_to_report([]) is None
