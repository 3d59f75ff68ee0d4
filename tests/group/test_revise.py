"""Second thoughts: which live stories become one, what leaves one, and that editors are obeyed."""

from itertools import permutations

import numpy as np
import pytest
from made_articles import article, direction

from iroyin.group.assign import LiveStories
from iroyin.group.features import features
from iroyin.group.links import Links
from iroyin.group.revise import Change, Merge, Split
from iroyin.group.stream import group
from iroyin.model import Article, ArticleId, StoryId, short_id

Member = tuple[Article, np.ndarray, str]
DIMS = 64


def told(
    name: str, topic: str, title: str, body: str, story: str, *, language: str = "en", hours: float = 0
) -> Member:
    return article(name, title, body, language=language, hours=hours), direction(topic, name, share=0.3), story


SNOW = told(
    "n1", "snow", "Snow strands 17 trains in Orlek", "Some 3,200 people wait; 94 centimetres fell.", "snow"
)
SNOW_AGAIN = told(
    "n2",
    "snow",
    "Trains stuck in the snow near Orlek",
    "94 centimetres of snow; 3,200 people wait.",
    "snow2",
    hours=2,
)
SNOW_ES = told(
    "n3", "snow", "La nieve detiene trenes en Orlek", "Hay 3.200 personas; cayeron 94 centímetros.", "nieve",
    language="es", hours=3,
)  # fmt: skip
CUP = told("c1", "cup", "Harbour Rovers win the cup", "They beat Mill Town 3-1 on Sunday.", "cup", hours=1)
CUP_AGAIN = told("c2", "cup", "Rovers lift the cup", "Harbour Rovers beat Mill Town 3-1.", "cup2", hours=4)


def live_with(*members: Member, links: Links | None = None) -> LiveStories:
    live = LiveStories(DIMS, links=links)
    for one, vector, story in members:
        live.add(features(one), vector, StoryId(story))
    return live


def revised(live: LiveStories) -> list[Change]:
    changes = live.revise()
    for change in changes:
        live.apply(change)
    return changes


def where(live: LiveStories, *members: Member) -> list[str]:
    """The story of each member as it now stands."""
    return [live.story_of(one.id) or "" for one, _, _ in members]


def test_one_event_in_two_stories_becomes_one_and_the_first_keeps_its_id() -> None:
    live = live_with(SNOW, CUP, SNOW_AGAIN, SNOW_ES)
    changes = revised(live)

    assert {("snow2", "snow"), ("nieve", "snow")} == {
        (c.story_id, c.into) for c in changes if isinstance(c, Merge)
    }
    assert all("same event" in change.reason for change in changes)
    assert ["snow", "cup", "snow", "snow"] == where(live, SNOW, CUP, SNOW_AGAIN, SNOW_ES)


def test_the_larger_story_keeps_its_id() -> None:
    one, vector, _ = SNOW_ES
    live = live_with(SNOW, SNOW_AGAIN, (one, vector, "snow2"))
    revised(live)

    assert ["snow2"] * 3 == where(live, SNOW, SNOW_AGAIN, SNOW_ES)


def test_what_tells_another_event_leaves_for_a_story_of_its_own() -> None:
    one, vector, _ = CUP
    live = live_with(SNOW, (*SNOW_AGAIN[:2], "snow"), (*SNOW_ES[:2], "snow"), (one, vector, "snow"))
    changes = revised(live)

    own = StoryId(short_id("s", "c1"))
    assert [(StoryId("snow"), (ArticleId("c1"),), own)] == [
        (c.story_id, c.article_ids, c.new_id) for c in changes if isinstance(c, Split)
    ]
    assert ["snow", "snow", "snow", own] == where(live, SNOW, SNOW_AGAIN, SNOW_ES, CUP)


def test_what_stands_in_the_wrong_story_goes_to_the_right_one() -> None:
    live = live_with(SNOW, (*SNOW_AGAIN[:2], "snow"), CUP, (*CUP_AGAIN[:2], "snow"))
    revised(live)

    assert ["snow", "snow", "cup", "cup"] == where(live, SNOW, SNOW_AGAIN, CUP, CUP_AGAIN)


def test_a_second_look_finds_nothing_left_to_do() -> None:
    live = live_with(SNOW, CUP, SNOW_AGAIN, SNOW_ES, CUP_AGAIN)
    revised(live)

    assert [] == live.revise()
    assert 2 == len(live)


@pytest.mark.parametrize("order", list(permutations(range(5)))[::7])
def test_the_order_of_arrival_does_not_matter(order: tuple[int, ...]) -> None:
    members = [SNOW, SNOW_AGAIN, SNOW_ES, CUP, CUP_AGAIN]
    live = live_with(*((members[n][0], members[n][1], f"s{n}") for n in order))
    revised(live)
    found = where(live, *members)

    assert (1, 1) == (len(set(found[:3])), len(set(found[3:])))
    assert found[0] != found[3]


def test_a_file_gives_the_same_stories_in_any_order() -> None:
    members = [SNOW, SNOW_AGAIN, SNOW_ES, CUP, CUP_AGAIN]
    first = group([m[0] for m in members], np.stack([m[1] for m in members]))
    again = group([m[0] for m in members[::-1]], np.stack([m[1] for m in members[::-1]]))

    assert first == again[::-1]
    assert 2 == len(set(first))


def test_an_editors_word_wins() -> None:
    apart = Links(cannot=frozenset({(ArticleId("n1"), ArticleId("n2"))}))
    together = Links(must=frozenset({(ArticleId("n1"), ArticleId("c1"))}))
    frozen = Links(frozen=frozenset({StoryId("snow")}))
    for links, same in (
        (None, (True, False)),
        (apart, (False, False)),
        (together, (True, True)),
        (frozen, (False, False)),
    ):
        live = live_with(SNOW, SNOW_AGAIN, CUP, links=links)
        revised(live)
        snow, again, cup = where(live, SNOW, SNOW_AGAIN, CUP)
        assert same == (snow == again, snow == cup), links


def test_an_editors_word_holds_when_an_article_comes() -> None:
    one, vector, _ = SNOW_AGAIN
    pair = (ArticleId("n2"), ArticleId("n1"))
    assert "snow" == live_with(SNOW).place(features(one), vector).story_id
    assert "snow" != live_with(SNOW, links=Links(cannot=frozenset({pair}))).place(features(one), vector).story_id
    assert (
        "snow"
        != live_with(SNOW, links=Links(frozen=frozenset({StoryId("snow")}))).place(features(one), vector).story_id
    )
    assert (
        "cup"
        == live_with(SNOW, CUP, links=Links(must=frozenset({(ArticleId("n2"), ArticleId("c1"))})))
        .place(features(one), vector)
        .story_id
    )


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(told("o1", "goals", "Record of goals", "5,600 fans saw it.", "o"), id="not near"),
        pytest.param(
            told("o1", "snow", SNOW[0].title, "94 centimetres fell.", "o", hours=24 * 9), id="out of the window"
        ),
        pytest.param(told("o1", "snow", "Morning briefing: snow strands trains", "94 cm.", "o"), id="a digest"),
    ],
)
def test_what_stays_apart(second: Member) -> None:
    assert [] == live_with(SNOW, second).revise()


@pytest.mark.parametrize(("title", "expected"), [("paquete 12", 1), ("paquete 13", 0), ("13.º paquete", 0)])
def test_the_thirteenth_is_not_the_twelfth_in_any_language(title: str, expected: int) -> None:
    one = told("p1", "eu", "EU adopts 12th package of sanctions", "It names 640 firms and 218 people.", "en")
    two = told(
        "p2",
        "eu",
        f"La UE adopta el {title} de sanciones",
        "Nombra a 640 empresas y 218 personas.",
        "es",
        language="es",
    )

    assert expected == len(live_with(one, two).revise())


def test_after_a_restart_what_was_looked_at_is_not_looked_at_again() -> None:
    live = live_with(SNOW, SNOW_AGAIN)
    live.settle(newest=0)

    assert [] == live.revise()


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (Merge(StoryId("nobody"), StoryId("snow"), 0, ""), 2),
        (Merge(StoryId("snow"), StoryId("snow"), 0, ""), 2),
        (Merge(StoryId("cup"), StoryId("closed"), 0, ""), 2),
        (Merge(StoryId("cup"), StoryId("snow"), 0, ""), 1),
        (Split(StoryId("cup"), (ArticleId("x"),), StoryId("new"), 0, ""), 2),
    ],
)
def test_applying_what_does_not_fit(change: Change, left: int) -> None:
    """A story or article that is not live cannot go; a goal that is not live is opened."""
    live = live_with(SNOW, CUP)
    live.apply(change)

    assert left == len(live)


@pytest.mark.parametrize("members", [(), (SNOW,)])
def test_too_few_stories(members: tuple[Member, ...]) -> None:
    assert [] == live_with(*members).revise()


def test_vectors_of_zeros_are_no_reason_to_stop() -> None:
    empty = np.zeros(DIMS, np.float32)
    live = live_with((SNOW[0], empty, "snow"), (CUP[0], empty, "cup"))

    assert [] == live.revise()


@pytest.mark.parametrize(("links", "apart"), [(Links(), False), (Links(cannot=frozenset({("n1", "m3")})), True)])
def test_a_large_lone_story_is_looked_through_again_when_editors_want_members_apart(
    links: Links, apart: bool
) -> None:
    members = [
        (
            article(f"m{n}", "Snow strands 17 trains in Orlek", hours=n),
            direction("snow", f"m{n}", share=0.1),
            "snow",
        )
        for n in range(24)
    ]
    live = live_with(*members)
    revised(live)
    one, vector, story = SNOW
    live.add(features(one), vector, StoryId(story))
    live.relink(links)

    revised(live)

    assert apart == (live.story_of(ArticleId("n1")) != live.story_of(ArticleId("m3")))
