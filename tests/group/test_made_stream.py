"""The made stream of the scale benchmark: real articles recombined, the same from the same seed, in order of time."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from made_articles import article, direction

from iroyin.model import Article

Batches = Callable[[int], list[tuple[list[Article], np.ndarray]]]
TOPICS = [
    "Flood in Harbour Town",
    "Chess cup won by Ana Mill",
    "Snow over Orlek",
    "Maize price falls again",
    "Port strike",
]
BODY = "Rain fell over the hills all week. The council met late on Monday. Some 3200 people waited for news."


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> Batches:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    import labelled
    import made_stream

    articles = [article(f"a{n}", title, BODY) for n, title in enumerate(TOPICS)]
    vectors = np.stack([direction(title) for title in TOPICS])
    source = made_stream.source_of(labelled.Set(articles, vectors, [""] * 5, [""] * 5, "", ""))
    return lambda seed: list(made_stream.MadeStream(source, seed=seed).batches(500, per_day=200, size=64))


def test_so_many_articles_in_order_of_time_with_unit_vectors(batches: Batches) -> None:
    found = batches(1)
    articles = [one for batch, _ in found for one in batch]
    vectors = np.concatenate([rows for _, rows in found])

    assert [64] * 7 + [52] == [len(batch) for batch, _ in found]
    assert articles == sorted(articles, key=lambda one: one.published_at)
    assert 500 == len({one.id for one in articles})
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)


def test_articles_of_one_event_are_nearer_than_others(batches: Batches) -> None:
    found = batches(1)
    events = np.array([one.id.partition("-")[0] for batch, _ in found for one in batch])
    vectors = np.concatenate([rows for _, rows in found])
    cosines, same = vectors @ vectors.T, events[:, None] == events[None, :]
    apart = ~np.eye(len(events), dtype=bool)

    assert cosines[same & apart].mean() > 2 * cosines[~same].mean()


def test_one_seed_makes_one_stream(batches: Batches) -> None:
    once, again, other = batches(1), batches(1), batches(2)

    assert [batch for batch, _ in once] == [batch for batch, _ in again]
    np.testing.assert_array_equal(once[-1][1], again[-1][1])
    assert [batch for batch, _ in once] != [batch for batch, _ in other]
