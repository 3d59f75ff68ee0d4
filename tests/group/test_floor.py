"""Story recognition on real labelled streams: what was reached on the development parts must not be lost unseen."""

import json
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).parents[2] / "bench"
FLOORS = json.loads((BENCH / "floors.json").read_text("utf-8"))["grouping"]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    """The modules of the benchmarks can be imported."""
    monkeypatch.syspath_prepend(str(BENCH))


def test_the_beginnings_of_real_streams_are_not_below_their_floors(
    shared_data: Path, tmp_path: Path, bench: None
) -> None:
    """With the vectors of the shipped model, made here. The whole parts are held by `make bench-grouping`."""
    import grouping

    found = grouping.beginnings(shared_data, kept=tmp_path / "vectors", cache=tmp_path / "models")

    assert set(FLOORS["quick"]) == set(found)
    same_data = [name for name, floor in FLOORS["quick"].items() if floor["sha256"] == found[name]["sha256"]]
    below = [
        (name, figure, found[name][figure])
        for name in same_data
        for figure in ("pair_f1", "bcubed_f1", "cross_f1")
        if found[name].get(figure, 0.0) < FLOORS["quick"][name].get(figure, 0.0)
    ]
    assert [] == below
    if not same_data:
        pytest.skip("the data behind the floors have changed: measure again and pin the new digests")


def test_a_floor_that_is_missed_is_named_and_one_of_other_data_is_not(
    bench: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import grouping

    floors = {"a": {"sha256": "1", "pair_f1": 70.0, "bcubed_f1": 80.0}, "b": {"sha256": "2", "pair_f1": 70.0}}
    monkeypatch.setitem(grouping.FLOORS, "parts", floors)
    figures = {"pair_f1": 69.9, "bcubed_f1": 80.0}

    found = grouping.missed({name: {"sha256": "1", "iroyin": figures} for name in ("a", "b", "c")})

    assert ["a: pair_f1 69.9 < 70.0"] == found


def test_a_peer_joins_what_is_alike_and_near_in_time(bench: None) -> None:
    """Two of one event, one that has nothing in common, and the event again after a month."""
    import labelled
    import peers

    titles = ["Flood in Harbour Town", "Flood reaches Harbour Town", "Chess cup won", "Flood in Harbour Town"]
    days = ["2024-01-01T08:00:00Z", "2024-01-01T09:00:00Z", "2024-01-01T10:00:00Z", "2024-03-01T08:00:00Z"]
    rows = [
        {"id": n, "lang": "en", "title": t, "published_at": d}
        for n, (t, d) in enumerate(zip(titles, days, strict=True))
    ]
    vectors = np.array([[1, 0, 0], [0.9, 0.1, 0], [0, 0, 1], [1, 0, 0]], np.float32)
    given = labelled.Set([labelled.article(row) for row in rows], vectors, ["a", "a", "b", "c"], [""] * 4, "", "")

    for peer in peers.both():
        best = peer.best([(given, given.counted())])
        assert [0, 0, 1, 2] == peer.made(given)[best], peer.name


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
    gold: str, made: str, pair: float, bcubed: float, bench: None
) -> None:
    import measures

    found = measures.scores(gold, made, "xxxx")

    assert pair == round(found["pair_f1"], 1)
    assert bcubed == round(found["bcubed_f1"], 1)


def test_pairs_across_languages_are_counted_apart(bench: None) -> None:
    import measures

    found = measures.scores("aaab", "1112", ["en", "en", "es", "es"])

    assert (100.0, 100.0) == (found["cross_p"], found["cross_r"])
    assert 0.0 == measures.scores("aaab", "1123", ["en", "en", "es", "es"])["cross_f1"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3], [2, 4, 6], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([1, 2, 3, 4], [1, 3, 2, 4], 0.8),
        ([1, 1], [1, 2], 0.0),
    ],
)
def test_pearson_agrees_with_sums_by_hand(
    one: list[float], other: list[float], expected: float, bench: None
) -> None:
    import measures

    assert expected == pytest.approx(measures.pearson(one, other))


def test_judged_pairs_of_one_story_are_counted(bench: None) -> None:
    import measures

    pairs = [("a", "b", True), ("a", "c", True), ("a", "d", False), ("c", "d", False), ("a", "missing", True)]

    found = measures.same_story(pairs, {"a": 1, "b": 1, "c": 2, "d": 2})

    assert (50.0, 50.0, 50.0, 4) == (found["same_p"], found["same_f1"], found["accuracy"], found["pairs"])
