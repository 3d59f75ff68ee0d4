"""Second thoughts: which live stories become one, and that memory afterwards is as if they had always been one."""

import numpy as np
import pytest
from made_articles import article, direction

from iroyin.group.assign import LiveStories
from iroyin.group.evidence import telling
from iroyin.group.revise import Merge
from iroyin.model import Article, StoryId

Member = tuple[Article, np.ndarray, str]


def half(topic: str, twist: str) -> np.ndarray:
    """A vector at a cosine of about 0.5 to others of the topic, as reports in two languages are."""
    return direction(topic, twist, share=0.5)


SNOW = (
    article(
        "n1",
        "Snow strands 17 trains in Orlek",
        "Some 3,200 people wait; 94 centimetres fell; train 118 holds 412.",
    ),
    half("snow", "en"),
    "snow",
)
SNOW_ES = (
    article(
        "n2",
        "La nieve detiene trenes",
        "Hay 3.200 personas; cayeron 94 centímetros; tren 118.",
        language="es",
        hours=2,
    ),
    half("snow", "es"),
    "nieve",
)
SNOW_ZH = (
    article("n3", "大雪困住列车", "约3200人被困，积雪94厘米，118号列车有412人。", language="zh", hours=4),
    half("snow", "zh"),
    "xue",
)
CUP = (article("c1", "Harbour Rovers win the cup", "They beat Mill Town 3-1.", hours=1), half("cup", "en"), "cup")


def live_with(*members: Member, merged: dict[str, str] | None = None) -> LiveStories:
    live = LiveStories(64)
    for one, vector, story in members:
        live.add(one, vector, StoryId((merged or {}).get(story, story)))
    return live


def pairs(merges: list[Merge]) -> list[tuple[str, str]]:
    return [(merge.story_id, merge.into) for merge in merges]


def test_one_event_in_two_languages_becomes_one_story_and_the_first_keeps_its_id() -> None:
    merges = live_with(SNOW, CUP, SNOW_ES).merges()

    assert [("nieve", "snow")] == pairs(merges)
    assert "3200" in merges[0].reason


def test_the_first_placed_keeps_the_id_even_when_published_later() -> None:
    assert [("snow", "nieve")] == pairs(live_with(SNOW_ES, SNOW).merges())


def test_a_chain_ends_in_the_story_that_stays() -> None:
    merges = live_with(SNOW, CUP, SNOW_ES, SNOW_ZH).merges()

    assert [("nieve", "snow"), ("xue", "snow")] == pairs(merges)


def test_after_the_merges_there_is_nothing_left_to_merge() -> None:
    live = live_with(SNOW, CUP, SNOW_ES, SNOW_ZH)
    for merge in live.merges():
        live.merge(merge.story_id, merge.into)

    assert [] == live.merges()
    assert 2 == len(live)


def test_looking_changes_nothing() -> None:
    live = live_with(SNOW, SNOW_ES, SNOW_ZH)

    assert live.merges() == live.merges()
    assert 3 == len(live)


def other(title: str, body: str, *, language: str = "es", hours: float = 2, vector: str = "snow") -> Member:
    return article("o1", title, body, language=language, hours=hours), half(vector, "o"), "other"


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(other("Nieva en la sierra", "Cayeron 31 cm y 5.600 casas sin luz."), id="other figures"),
        pytest.param(other("Récord de 94 goles", "3.200 aficionados; 118.", vector="goals"), id="not near"),
        pytest.param(other("Nieve", "3.200 personas; 94 cm; 118.", hours=24 * 9), id="out of the window"),
        pytest.param(other("Resumen semanal", "3.200 personas; 94 centímetros; tren 118."), id="a digest"),
        pytest.param(other("Snow again", "Now 31 cm fell and 5,600 wait.", language="en"), id="one language"),
    ],
)
def test_what_stays_apart(second: Member) -> None:
    assert [] == live_with(SNOW, second).merges()


def test_stories_of_one_language_need_many_figures_in_common() -> None:
    again = other(
        "Voices from the snow", "Some 3,200 people, 94 centimetres, train 118, 412 aboard.", language="en"
    )

    assert [("other", "snow")] == pairs(live_with(SNOW, again).merges())


@pytest.mark.parametrize(("title", "expected"), [("paquete 12", 1), ("paquete 13", 0), ("13.º paquete", 0)])
def test_the_thirteenth_is_not_the_twelfth_in_any_language(title: str, expected: int) -> None:
    one = (
        article("p1", "EU adopts 12th package of sanctions", "It names 640 firms and 218 people."),
        half("eu", "a"),
        "en",
    )
    two = (
        article(
            "p2", f"La UE adopta el {title} de sanciones", "Nombra a 640 empresas y 218 personas.", language="es"
        ),
        half("eu", "b"),
        "es",
    )

    assert expected == len(live_with(one, two).merges())


def test_the_same_elsewhere_stays_apart() -> None:
    there = article("e1", "Quake in Peru", "A quake of 6.1 hit Peru at night."), half("quake", "a"), "peru"
    here = (
        article("e2", "日本で地震", "日本で18日未明、強い地震があった。", language="ja"),
        half("quake", "b"),
        "japan",
    )

    assert [] == live_with(there, here).merges()


def test_merging_is_as_if_the_stories_had_always_been_one() -> None:
    """Memory after a merge equals memory rebuilt from the placings with the merged ids."""
    members = [SNOW, CUP, SNOW_ES]
    for number in range(12):  # more than a story remembers one by one, in turns
        text = f"Report {number} from the snow of Orlek"
        one = article(
            f"m{number}", text, "94 centimetres", hours=3 + number, language="en" if number % 2 else "es"
        )
        members.append((one, half("snow", str(number)), "nieve" if number % 2 == 0 else "snow"))
    merged = live_with(*members)
    merged.merge(StoryId("nieve"), StoryId("snow"))
    rebuilt = live_with(*members, merged={"nieve": "snow"})
    again = article("s1", "La nieve de Orlek detiene trenes", "94 centímetros", language="es", hours=6)

    assert len(rebuilt) == len(merged)
    for one in (SNOW_ZH[0], again):
        found, expected = (live.place(one, SNOW_ZH[1]) for live in (merged, rebuilt))
        assert expected.story_id == found.story_id == "snow"
        assert dict(expected.views) == pytest.approx(dict(found.views), abs=1e-4)
    assert rebuilt.merges() == merged.merges()


def test_a_merged_story_is_found_and_the_gone_one_is_not() -> None:
    live = live_with(SNOW, CUP, SNOW_ES)
    live.merge(StoryId("nieve"), StoryId("snow"))
    again = article("n4", "La nieve detiene trenes", "3.200 personas", language="es", hours=3)

    assert "snow" == live.place(again, SNOW_ES[1]).story_id


@pytest.mark.parametrize(
    ("gone", "into", "left"),
    [("nobody", "snow", 2), ("snow", "snow", 2), ("cup", "closed", 2), ("cup", "snow", 1)],
)
def test_merging_what_is_not_live(gone: str, into: str, left: int) -> None:
    """A story that is not live cannot go; one whose goal is not live takes its id."""
    live = live_with(SNOW, CUP)
    live.merge(StoryId(gone), StoryId(into))

    assert left == len(live)
    assert [] == live.merges()
    if into == "closed":
        assert "closed" == live.place(CUP[0], CUP[1]).story_id


def test_a_freed_place_is_used_again() -> None:
    live = live_with(SNOW, SNOW_ES)
    live.merge(StoryId("nieve"), StoryId("snow"))
    live.add(CUP[0], CUP[1], StoryId("cup"))

    assert "cup" == live.place(CUP[0], CUP[1]).story_id
    assert [] == live.merges()


@pytest.mark.parametrize("members", [(), (SNOW,)])
def test_too_few_stories(members: tuple[Member, ...]) -> None:
    assert [] == live_with(*members).merges()


def test_vectors_of_zeros_are_left_alone() -> None:
    empty = np.zeros(64, np.float32)

    assert [] == live_with((SNOW[0], empty, "snow"), (SNOW_ES[0], empty, "nieve")).merges()


@pytest.mark.parametrize(
    ("figure", "expected"),
    [(0, 0.1), (6, 0.1), (28, 0.4), (100, 0.4), (640, 1.0), (6.1, 0.7), (94.25, 1.0), (31e9, 1.0), (-640, 1.0)],
)
def test_how_telling_a_figure_is(figure: float, expected: float) -> None:
    assert expected == telling(float(figure))
