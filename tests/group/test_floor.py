"""Grouping on real labelled streams: what was reached on the development parts must not be lost unseen."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import pytest

from iroyin.adapters.embedders.ngrams import Ngrams
from iroyin.group.features import lead_text
from iroyin.group.stream import group
from iroyin.model import Article, ArticleId


def test_a_real_stream_keeps_most_events_whole(shared_data: Path) -> None:
    """With nothing but character n-grams as vectors, two thirds of the placed pairs of a real stream are right."""
    with gzip.open(shared_data / "allsides_events" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["split"] == "dev"][:250]
    articles = [_article(row) for row in rows]
    vectors = Ngrams().embed([lead_text(one) for one in articles], ["en"] * len(articles))
    gold = {row["id"]: row["cluster"] for row in rows}
    made = {one.article_id: one.story_id for one in group(articles, vectors)}
    pairs = [
        (a, b) for n, a in enumerate(gold) for b in list(gold)[:n] if made[ArticleId(a)] == made[ArticleId(b)]
    ]
    right = [pair for pair in pairs if gold[pair[0]] == gold[pair[1]]]
    wanted = sum(1 for n, a in enumerate(gold) for b in list(gold)[:n] if gold[a] == gold[b])

    assert len(right) / len(pairs) > 0.66
    assert len(right) / wanted > 0.4


def _article(row: dict[str, str]) -> Article:
    at = datetime.fromisoformat(row["published_at"].replace("Z", "+00:00"))
    return Article(
        id=ArticleId(row["id"]),
        url="",
        title=row["title"],
        text=f"{row['title']}\n\n{row['text']}",
        language="en",
        published_at=at,
        seen_at=at,
        outlet=row["source"],
        newsroom=row["source"],
        sentences=((0, len(row["title"])),),
    )


@pytest.mark.parametrize(
    ("gold", "made", "pair", "bcubed"),
    [
        ("aabb", "1122", 100.0, 100.0),
        ("aabb", "1111", 50.0, 66.7),
        ("aabb", "1234", 0.0, 66.7),
        ("aaab", "1122", 40.0, 70.6),
    ],
)
def test_the_measures_agree_with_sums_by_hand(
    gold: str, made: str, pair: float, bcubed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    import measures

    found = measures.scores(gold, made, "xxxx")

    assert pair == round(found["pair_f1"], 1)
    assert bcubed == round(found["bcubed_f1"], 1)


def test_pairs_across_languages_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    import measures

    found = measures.scores("aaab", "1112", ["en", "en", "es", "es"])

    assert (100.0, 100.0) == (found["cross_p"], found["cross_r"])
    assert 0.0 == measures.scores("aaab", "1123", ["en", "en", "es", "es"])["cross_f1"]
