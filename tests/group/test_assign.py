"""Placing: what joins, what does not, and what is written down about it."""

import numpy as np
import pytest
from made_articles import article, direction

from iroyin.group.assign import LiveStories
from iroyin.group.features import features
from iroyin.group.stream import group
from iroyin.group.views import VIEWS
from iroyin.model import Article, short_id

QUAKE = article(
    "q1", "Earthquake kills dozens in southern Peru", "A strong quake of 6.1 hit Arequipa in Peru on Monday."
)
QUAKE_AGAIN = article(
    "q2", "Peru earthquake: dozens dead in the south", "Rescuers dig in Arequipa, Peru, after the quake.", hours=3
)
CUP = article("c1", "Harbour Rovers win the cup final", "The club beat Mill Town on penalties.", hours=1)


def placed(*pairs: tuple[Article, np.ndarray], window_days: float = 7.0) -> list[str]:
    articles, vectors = zip(*pairs, strict=True)
    return list(group(articles, np.stack(vectors), window_days=window_days))


def test_two_reports_of_one_event_are_one_story_and_another_is_not() -> None:
    stories = placed(
        (QUAKE, direction("quake", "a")), (CUP, direction("cup")), (QUAKE_AGAIN, direction("quake", "b"))
    )

    assert stories[0] == stories[2] != stories[1]


def test_a_story_has_the_id_of_its_first_article() -> None:
    stories = placed((QUAKE, direction("quake", "a")), (QUAKE_AGAIN, direction("quake", "b")))

    assert [short_id("s", "q1")] * 2 == stories


def test_placing_decides_and_changes_nothing() -> None:
    live = LiveStories(64)
    live.add(features(QUAKE), direction("quake"), live.place(features(QUAKE), direction("quake")).story_id)

    assert live.place(features(QUAKE_AGAIN), direction("quake", "b")) == live.place(
        features(QUAKE_AGAIN), direction("quake", "b")
    )
    assert 1 == len(live)


def test_the_placement_says_why() -> None:
    live = LiveStories(64)
    for one, topic in ((QUAKE, "quake"), (CUP, "cup")):
        live.add(features(one), direction(topic), short_id("s", one.id))
    found = live.place(features(QUAKE_AGAIN), direction("quake", "b"))

    assert list(VIEWS) == [name for name, _ in found.views]
    assert "same event" in found.reason
    assert found.score > found.runner_up_score
    assert short_id("s", "c1") == found.runner_up


def test_a_new_story_says_what_was_nearest() -> None:
    live = LiveStories(64)
    live.add(features(QUAKE), direction("quake"), short_id("s", "q1"))
    found = live.place(features(CUP), direction("cup"))

    assert short_id("s", "c1") == found.story_id
    assert short_id("s", "q1") == found.runner_up
    assert "not near enough" in found.reason


def test_across_languages_the_vector_is_enough() -> None:
    spanish = article(
        "q3", "Terremoto en el sur de Perú", "El sismo golpeó Arequipa, en Perú.", hours=2, language="es"
    )
    stories = placed((QUAKE, direction("quake", "a")), (spanish, direction("quake", "b")))

    assert stories[0] == stories[1]


@pytest.mark.parametrize(
    "title",
    [
        "Morning briefing: earthquake in Peru, cup final",
        "Peru earthquake live updates",
        "Horóscopo de hoy, lunes 2 de marzo",
        "Гороскоп на 2 марта",
        "The week in pictures",
    ],
)
def test_digests_and_live_blogs_stand_alone(title: str) -> None:
    """They never join a story and nothing joins theirs, however alike the vectors."""
    digest = article("d", title, hours=1)
    stories = placed((QUAKE, direction("q")), (digest, direction("q")), (QUAKE_AGAIN, direction("q", "b")))

    assert stories[0] == stories[2] != stories[1]


def test_a_digest_attracts_nothing() -> None:
    digest = article("d", "Morning briefing: earthquake in Peru, cup final")
    stories = placed((digest, direction("q")), (QUAKE, direction("q")))

    assert stories[0] != stories[1]


def test_the_thirteenth_package_is_not_the_twelfth() -> None:
    one = article("p1", "EU adopts 12th package of sanctions against Russia")
    two = article("p2", "EU adopts 13th package of sanctions against Russia", hours=2)
    live = LiveStories(64)
    live.add(features(one), direction("sanctions"), short_id("s", "p1"))
    found = live.place(features(two), direction("sanctions"))

    assert short_id("s", "p2") == found.story_id
    assert "package 13" in found.reason


def test_the_same_elsewhere_is_another_event() -> None:
    there = article(
        "e2", "Strong earthquake shakes Japan", "The quake of 5.8 hit Sendai in Japan at dawn.", hours=2
    )
    live = LiveStories(64)
    live.add(features(QUAKE), direction("quake"), short_id("s", "q1"))
    found = live.place(features(there), direction("quake"))

    assert short_id("s", "e2") == found.story_id
    assert "elsewhere: JP, not PE" in found.reason


def test_time_parts_stories() -> None:
    """The longer the silence, the less probable that it is the same event."""
    live = LiveStories(64)
    live.add(features(QUAKE), direction("quake", "a"), short_id("s", "q1"))
    scores = []
    for days in (0.1, 1, 3, 6):
        later = article(f"q{days}", "Earthquake in southern Peru", "A quake hit Peru.", hours=24 * days)
        found = live.place(features(later), direction("quake", "b"))
        scores.append(found.score if found.story_id == short_id("s", "q1") else found.runner_up_score)

    assert sorted(scores, reverse=True) == scores
    assert 4 == len(set(scores))


def test_nothing_outside_the_window_is_joined() -> None:
    same = article("q2", QUAKE.title, "A strong quake hit Arequipa in Peru on Monday.", hours=49)
    pair = (QUAKE, direction("quake")), (same, direction("quake"))

    assert 2 == len(set(placed(*pair, window_days=2)))
    assert 1 == len(set(placed(*pair, window_days=3)))


def test_a_late_arrival_finds_its_story() -> None:
    """An article older than what came before it is placed by its own time."""
    live = LiveStories(64)
    live.add(features(QUAKE_AGAIN), direction("quake", "b"), short_id("s", "q2"))

    assert short_id("s", "q2") == live.place(features(QUAKE), direction("quake", "a")).story_id


def test_closed_stories_leave_memory() -> None:
    live = LiveStories(64, window_days=1)
    for number in range(600):
        one = article(f"n{number}", f"Event {number} in town", hours=number)
        live.add(features(one), direction(str(number)), short_id("s", one.id))

    assert len(live) < 300


def test_a_restart_forgets_nothing_that_decides() -> None:
    """Stories rebuilt from the placed articles place the next one as before, to the last digit."""
    first, second = LiveStories(64), LiveStories(64)
    for one, topic in ((QUAKE, "quake"), (CUP, "cup")):
        story = first.place(features(one), direction(topic)).story_id
        first.add(features(one), direction(topic), story)
        second.add(features(one), direction(topic), story)

    assert first.place(features(QUAKE_AGAIN), direction("quake", "b")) == second.place(
        features(QUAKE_AGAIN), direction("quake", "b")
    )


def test_order_of_the_file_does_not_matter() -> None:
    pairs = [(QUAKE, direction("quake", "a")), (CUP, direction("cup")), (QUAKE_AGAIN, direction("quake", "b"))]

    assert placed(*pairs) == placed(*pairs[::-1])[::-1]


@pytest.mark.parametrize("title", ["", " ", "\0", "a\ud800b", "1" * 5000, "ﷺ" * 500])
def test_poor_input_is_placed(title: str) -> None:
    """No text and a vector of zeros still give a story of one's own, with a reason."""
    one = article("x", title)
    live = LiveStories(64)
    live.add(features(QUAKE), direction("quake"), short_id("s", "q1"))
    found = live.place(features(one), np.zeros(64, np.float32))
    live.add(features(one), np.zeros(64, np.float32), found.story_id)

    assert short_id("s", "x") == found.story_id
    assert found.reason


def test_no_articles() -> None:
    assert [] == group([], np.zeros((0, 64), np.float32))
