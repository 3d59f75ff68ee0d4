"""Related stories and the front page."""

from datetime import timedelta

import numpy as np
import pytest
from made_articles import MONDAY, direction

from iroyin.group.rank import Candidate, front_page, score
from iroyin.group.relate import Sketch, related
from iroyin.model import ArticleId, Counts, Story, StoryId


def story(name: str, *, begins: float = 0, lasts: float = 1, section: str = "world") -> Story:
    first = MONDAY + timedelta(hours=begins)
    return Story(StoryId(name), 1, (ArticleId(name),), first, first + timedelta(hours=lasts), ("en",), section)


@pytest.mark.parametrize(
    ("begins", "topic", "names", "places", "want"),
    [
        (24, "quake", (), (), "follow-up"),
        (-24, "quake", (), (), "earlier"),
        (-24 * 30, "quake", (), (), "background"),
        (-24, "near", ("ana", "lopez"), (), "same people"),
        (-24, "near", ("ana",), ("PE",), "same place"),
        (-24, "near", (), (), None),
        (-24, "cup", ("ana", "lopez"), ("PE",), None),
    ],
)
def test_the_relation_is_named(
    begins: float, topic: str, names: tuple[str, ...], places: tuple[str, ...], want: str | None
) -> None:
    vectors = {
        "quake": direction("quake", "b"),
        "near": direction("quake", "x", share=0.68),
        "cup": direction("cup"),
    }
    one = Sketch(story("s1"), direction("quake"), frozenset({"ana", "lopez"}), frozenset({"PE"}))
    other = Sketch(story("s2", begins=begins), vectors[topic], frozenset(names), frozenset(places))
    found = related(one, [one, other])

    assert [want] * (want is not None) == [each.relation for each in found]


def test_related_stories_are_the_nearest_and_few() -> None:
    one = Sketch(story("s"), direction("quake"))
    others = [Sketch(story(f"s{n}"), direction("quake", "b", share=0.05 * n)) for n in range(1, 9)]
    found = related(one, others[::-1], limit=3)

    assert ["s1", "s2", "s3"] == [each.story_id for each in found]


def test_a_story_without_vector_has_no_relations() -> None:
    assert [] == related(Sketch(story("s"), np.zeros(64, np.float32)), [Sketch(story("t"), direction("quake"))])


def candidate(name: str, newsrooms: int, *, hours_old: float = 0, articles: int = 0, topic: str = "") -> Candidate:
    told = story(name, begins=-hours_old, lasts=0)
    return Candidate(told, Counts(articles or newsrooms, newsrooms, newsrooms), direction(topic or name))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (candidate("a", 5), candidate("b", 2)),
        (candidate("a", 2, hours_old=1), candidate("b", 2, hours_old=9)),
        (candidate("a", 2), candidate("b", 1, articles=50)),
        (candidate("a", 2), candidate("b", 3, hours_old=24)),
    ],
)
def test_newsrooms_and_recency_lead(better: Candidate, worse: Candidate) -> None:
    assert score(better, now=MONDAY) > score(worse, now=MONDAY)
    assert better == front_page([worse, better], now=MONDAY, limit=2)[0][0]


def test_the_score_is_the_formula() -> None:
    assert pytest.approx(2**1.5 / 2) == score(candidate("a", 3, hours_old=24), now=MONDAY)
    assert pytest.approx(2**1.5) == score(candidate("a", 3, hours_old=-5), now=MONDAY)
    assert 0.0 == score(candidate("a", 0), now=MONDAY)


def test_one_topic_does_not_fill_the_page() -> None:
    same = [candidate(f"g{n}", 8, topic="games") for n in range(3)]
    page = front_page([*same, candidate("z", 6)], now=MONDAY, limit=3)

    assert ["g0", "z", "g1"] == [one.story.id for one, _ in page]


def test_the_page_is_limited_and_steady() -> None:
    many = [candidate(f"s{n:03}", 3) for n in range(200)]

    assert 30 == len(front_page(many, now=MONDAY, limit=30))
    assert front_page(many, now=MONDAY, limit=30) == front_page(many[::-1], now=MONDAY, limit=30)
    assert [] == front_page([], now=MONDAY, limit=30)
