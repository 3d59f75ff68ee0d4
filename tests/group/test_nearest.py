"""The nearest live stories: what the codes leave out does not matter, rows come and go."""

import numpy as np
from made_articles import article, direction

from iroyin.group.account import Account
from iroyin.group.features import features
from iroyin.group.nearest import SHORTLIST, Directions
from iroyin.group.rarity import Rarity

DIMS, STORIES = 128, 2000


def told(vector: np.ndarray, day: float = 0.0) -> Account:
    return Rarity().account(features(article(f"a{day}", "Snow", hours=24 * day)), vector)


def filled(vectors: np.ndarray) -> Directions:
    """All of day 0, each in the row of its number."""
    directions, same = Directions(vectors.shape[1]), told(vectors[0])
    for vector in vectors:
        same.vector = vector
        directions.set(directions.open(), same)
    return directions


def near(directions: Directions, vector: np.ndarray, day: float = 0.0, *, limit: int = 24) -> list[int]:
    at = told(vector, day).first_at
    return [row for row, _ in directions.nearest(vector, at, at, window=7.0, limit=limit)]


def unit(rows: np.ndarray) -> np.ndarray:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)


def test_few_stories_are_compared_exactly() -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(SHORTLIST, DIMS)))

    for vector in vectors[:20]:
        assert np.argsort(-(vectors @ vector))[:24].tolist() == near(filled(vectors), vector)


def test_the_nearest_of_many_is_found() -> None:
    chance = np.random.default_rng(2)
    topics = unit(chance.normal(size=(40, DIMS)))
    vectors = unit(topics[chance.integers(40, size=STORIES)] + 0.1 * chance.normal(size=(STORIES, DIMS)))
    asked = unit(vectors[:200] + 0.08 * chance.normal(size=(200, DIMS)))
    directions = filled(vectors)

    found = [near(directions, one)[0] == np.argmax(vectors @ one) for one in asked]

    assert sum(found) >= 198


def test_the_mean_cosine_to_members_is_told() -> None:
    directions = Directions(DIMS)
    story = told(direction("snow", "a", dims=DIMS)).join(told(direction("snow", "b", dims=DIMS)))
    directions.set(directions.open(), story)
    asked = direction("snow", "c", dims=DIMS)

    [(row, cosine)] = directions.nearest(asked, story.first_at, story.first_at, window=7.0, limit=24)

    expected = np.mean([direction("snow", twist, dims=DIMS) @ asked for twist in "ab"])
    assert 0 == row
    np.testing.assert_allclose(cosine, expected, atol=1e-3)


def test_a_story_beyond_the_window_is_not_near() -> None:
    directions, snow = Directions(DIMS), direction("snow", dims=DIMS)
    for day in (0.0, 6.0, 20.0):
        directions.set(directions.open(), told(snow, day))

    assert [0, 1] == near(directions, snow, 0.0)
    assert [1] == near(directions, snow, 12.5)
    assert [0, 1] == directions.ended(told(snow, 15.0).first_at)


def test_a_closed_row_is_given_out_again() -> None:
    directions, snow = Directions(DIMS), direction("snow", dims=DIMS)
    for _ in range(3):
        directions.set(directions.open(), told(snow))
    directions.close(1)

    assert [0, 2] == near(directions, snow)
    assert [] == directions.ended(told(snow, -1.0).first_at)
    assert 1 == directions.open()


def test_what_has_no_direction_is_near_to_none_and_no_crash() -> None:
    directions = filled(np.zeros((3 * SHORTLIST, DIMS), np.float32))

    assert 24 == len(near(directions, direction("snow", dims=DIMS)))
