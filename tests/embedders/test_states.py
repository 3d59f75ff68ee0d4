"""States of words in context: what is near, what is far, and what cannot be compared."""

from pathlib import Path

import pytest

from iroyin.adapters.embedders import states
from iroyin.verify import verify_claim

SOURCE = ["The coast guard searched the harbour for two days.", "Ministers met in the capital on Monday."]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> states.States:
    return states.make(tmp_path_factory.mktemp("states"))


def test_a_sentence_is_nearest_to_itself_and_a_strange_one_is_far(model: states.States) -> None:
    same = model.traits(SOURCE[0], SOURCE)
    changed = model.traits("The coast guard searched the orchard for two days.", SOURCE)
    strange = model.traits("Olive oil prices doubled over the summer.", SOURCE)

    assert same["near words"] == pytest.approx(1.0, abs=1e-3)
    for trait in ("near words", "far words"):
        assert same[trait] > changed[trait] > strange[trait]


@pytest.mark.parametrize(
    ("text", "sentences"), [("", SOURCE), ("The harbour", []), ("\x00", [""]), ("...", ["", " "])]
)
def test_what_cannot_be_compared_is_near_nothing(model: states.States, text: str, sentences: list[str]) -> None:
    assert model.traits(text, sentences) == {"near words": 0.0, "far words": 0.0}


def test_the_answer_does_not_depend_on_what_was_read_before(model: states.States, tmp_path: Path) -> None:
    fresh = states.make(tmp_path)

    assert fresh.traits(SOURCE[1], SOURCE[:1]) == model.traits(SOURCE[1], SOURCE[:1])


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("The coast guard searched the harbour for two days.", True),
        ("For two days the harbour was searched by the coast guard.", True),
        ("The coast guard searched the harbour for nine days.", False),
        ("The coast guard did not search the harbour.", False),
        ("Olive oil prices doubled over the summer.", False),
    ],
)
def test_a_verdict_weighs_the_model_beside_the_checks(model: states.States, claim: str, supported: bool) -> None:
    assert supported is verify_claim(claim, SOURCE, "en", model).supported
