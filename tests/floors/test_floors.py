"""Quality that was reached is not lost unseen: floors with the digest of the data they were measured on."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = json.loads((ROOT / "bench" / "floors.json").read_text("utf-8"))


def measured(name: str, shared_data: Path, *arguments: str) -> dict[str, Any]:
    """What the benchmark prints now, on the very data the floor was measured on."""
    digest = sha256()
    for file in sorted(shared_data.glob(FLOORS[name]["file"])):
        digest.update(file.read_bytes())
    if digest.hexdigest() != FLOORS[name]["sha256"]:
        pytest.skip(f"the data behind the floor of {name} has changed: measure again and pin the new digest")
    command = [sys.executable, str(ROOT / "bench" / f"{name}.py"), *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, timeout=300)
    result: dict[str, Any] = json.loads((ROOT / "bench" / "results" / f"{name}.json").read_text("utf-8"))
    return result


def test_extraction_is_not_below_its_floor_nor_the_library_alone(shared_data: Path) -> None:
    found = measured("extraction", shared_data)

    assert found["iroyin"]["f1"] >= FLOORS["extraction"]["f1"]
    assert found["f1_ratio"] >= FLOORS["extraction"]["f1_ratio"]


def test_feed_fixtures_parse_or_are_refused_and_nothing_escapes(shared_data: Path) -> None:
    found = measured("feeds", shared_data)

    assert found["parsed"] >= FLOORS["feeds"]["parsed"]
    assert len(found["exceptions"]) == FLOORS["feeds"]["exceptions"]


def test_copies_cuts_and_translations_are_found_and_other_reports_are_not_taken_for_them(
    shared_data: Path,
) -> None:
    found, floor = measured("lineage", shared_data, "quick")["iroyin"], FLOORS["lineage"]

    for kind, recall in floor["recall"].items():
        assert found[kind]["recall"] >= recall, kind
        assert found[kind]["precision"] >= floor["precision"], kind
    told = found["real events"]
    assert told["made_one"] - told["right"] <= floor["real events wrong"]


def test_related_stories_are_of_one_crisis_as_often_as_the_nearest_vectors(shared_data: Path) -> None:
    found = measured("related", shared_data)

    assert found["same_crisis"] >= FLOORS["related"]["same_crisis"]
    assert found["ratio"] >= FLOORS["related"]["ratio"]
    assert found["with_related"] >= FLOORS["related"]["with_related"]


def test_posts_of_an_event_are_found_and_their_stances_told_better_than_both_peers_tell_them(
    shared_data: Path,
) -> None:
    found, floor = measured("reaction", shared_data, "quick"), FLOORS["reaction"]

    for figure, least in floor["relevance"]["quick"].items():
        assert found["relevance"]["germanwings"][figure] >= least, figure
    for kind, figures in floor["quick"].items():
        told = found["stance"][kind]
        for figure, least in figures.items():
            assert told["iroyin"][figure] >= max(least, told["k-means"][figure], told["vader"][figure]), kind
    assert found["copies"]["recall"] >= floor["copies"]["recall"]
    assert found["copies"]["unlike"] <= floor["copies"]["unlike"] * found["copies"]["among"]


def test_checks_catch_false_twins_and_let_true_sentences_pass(shared_data: Path) -> None:
    found, floor = measured("verify", shared_data, "quick"), FLOORS["verify"]
    mutations = found["mutations"]

    for code, caught in floor["caught"].items():
        assert mutations["caught"][code] >= caught, code
    assert mutations["false_alarms_clean"] <= floor["false_alarms_clean"]
    assert mutations["paraphrases"]["own"].get("any", 0.0) <= floor["false_alarms_paraphrases"]
    assert mutations["languages"] >= floor["languages"]
    assert len(mutations["languages_below"]) <= floor["languages_below"]
    for name, balanced in floor["public"].items():
        assert found["public"]["sets"][name]["ours"] >= balanced, name
