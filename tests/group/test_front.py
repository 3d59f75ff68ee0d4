"""Related stories and the front page."""

from datetime import timedelta

import numpy as np
import pytest
from made_articles import MONDAY, direction

from iroyin.group.rank import Candidate, front_page, score
from iroyin.group.relate import Shelf, Sketch, related
from iroyin.model import ArticleId, Counts, Story, StoryId


def story(name: str, *, begins: float = 0, lasts: float = 1, section: str = "world") -> Story:
    first = MONDAY + timedelta(hours=begins)
    return Story(StoryId(name), 1, (ArticleId(name),), first, first + timedelta(hours=lasts), ("en",), section)


def at_cosine(cosine: float) -> np.ndarray:
    """A vector of length 1 at this cosine to (1, 0)."""
    return np.array([cosine, np.sqrt(1 - cosine**2)], np.float32)


SAME = at_cosine(1.0)
VECTORS = {
    "quake": at_cosine(0.6),
    "close": at_cosine(0.52),
    "near": at_cosine(0.45),
    "akin": at_cosine(0.37),
    "far": at_cosine(0.2),
}
VECTORS["cup"] = at_cosine(0.0)
SHELF = Shelf(
    100, {"person-ana-lopez": 2, "person-head-of-state": 90, "place-pe": 6, "place-us": 95, "org-un": 40}
)
OWN = frozenset({"person-ana-lopez", "person-head-of-state", "place-pe", "place-us", "org-un", "topic-earthquake"})
RELATIONS = [
    ("the same matter a day later", 24, "quake", (), "follow-up"),
    ("the same matter a day before", -24, "quake", (), "earlier"),
    ("the same matter three weeks later", 24 * 21, "quake", (), "follow-up"),
    ("the same matter three weeks before", -24 * 21, "quake", (), "background"),
    ("close and a place that few stories have", -24, "close", ("place-pe",), "earlier"),
    ("close as an earthquake to a ferry disaster", -24, "close", (), None),
    ("close and a place that nearly all have", -24, "close", ("place-us",), None),
    (
        "akin, a rare person and place, as in another language",
        24 * 21,
        "akin",
        ("person-ana-lopez", "place-pe"),
        "follow-up",
    ),
    ("the same three weeks before", -24 * 21, "akin", ("person-ana-lopez", "place-pe"), "background"),
    ("akin and a rare person alone", 24 * 21, "akin", ("person-ana-lopez",), "same people"),
    ("unlike but a rare person", -24, "far", ("person-ana-lopez",), "same people"),
    ("near and a place that few stories have", -24, "near", ("place-pe",), "same place"),
    ("akin only and a place", -24, "akin", ("place-pe",), None),
    ("near and a place that nearly all have", -24, "near", ("place-us",), None),
    ("unlike and a person that nearly all have", -24, "far", ("person-head-of-state",), None),
    ("near and an organisation that many have", -24, "near", ("org-un",), None),
    ("near and a topic", -24, "near", ("topic-earthquake",), None),
    ("near and nothing shared", -24, "near", (), None),
    ("another matter with a person and a place", -24, "cup", ("person-ana-lopez", "place-pe"), None),
]


@pytest.mark.parametrize(("name", "begins", "topic", "keys", "want"), RELATIONS, ids=[row[0] for row in RELATIONS])
def test_the_relation_is_named(
    name: str, begins: float, topic: str, keys: tuple[str, ...], want: str | None
) -> None:
    one = Sketch(story("s1"), SAME, OWN)
    other = Sketch(story("s2", begins=begins), VECTORS[topic], frozenset(keys))
    found = related(one, [one, other], SHELF)

    assert [want] * (want is not None) == [each.relation for each in found]


def test_the_reason_is_what_is_rare_and_shared() -> None:
    one = Sketch(story("s1"), SAME, OWN)
    other = Sketch(story("s2"), VECTORS["far"], OWN)

    assert [("person-ana-lopez",)] == [each.shared for each in related(one, [other], SHELF)]


def test_what_all_stories_have_weighs_nothing_and_what_one_has_weighs_most() -> None:
    shelf = Shelf(100, {"all": 101, "one": 1, "some": 10})

    assert [0.0, 1.0, pytest.approx(0.5, abs=0.01)] == [shelf.rarity(key) for key in ("all", "one", "some")]
    assert 0.0 <= Shelf().rarity("any") <= 1.0


def test_related_stories_are_the_nearest_and_few() -> None:
    one = Sketch(story("s"), direction("quake"))
    others = [Sketch(story(f"s{n}"), direction("quake", "b", share=0.05 * n)) for n in range(1, 9)]
    found = related(one, others[::-1], SHELF, limit=3)

    assert ["s1", "s2", "s3"] == [each.story_id for each in found]


def test_a_story_without_vector_has_no_relations() -> None:
    assert [] == related(
        Sketch(story("s"), np.zeros(64, np.float32)), [Sketch(story("t"), direction("quake"))], SHELF
    )


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


def test_a_fresh_single_is_not_above_a_big_event_of_the_day_before_yesterday() -> None:
    event = candidate("event", 12, hours_old=50)
    singles = [candidate(f"single{n}", 1) for n in range(5)]

    assert "event" == front_page([*singles, event], now=MONDAY, limit=6)[0][0].story.id


def test_one_section_does_not_fill_the_top() -> None:
    def of(name: str, section: str, newsrooms: int) -> Candidate:
        told = story(name, lasts=0, section=section)
        return Candidate(told, Counts(newsrooms, newsrooms, newsrooms), direction(name))

    sport = [of(f"sport{n}", "sport", 6) for n in range(4)]
    page = front_page([*sport, of("vote", "politics", 5)], now=MONDAY, limit=3)

    assert "vote" in [one.story.id for one, _ in page]


def test_the_page_is_limited_and_steady() -> None:
    many = [candidate(f"s{n:03}", 3) for n in range(200)]

    assert 30 == len(front_page(many, now=MONDAY, limit=30))
    assert front_page(many, now=MONDAY, limit=30) == front_page(many[::-1], now=MONDAY, limit=30)
    assert [] == front_page([], now=MONDAY, limit=30)
