"""Who may be printed as the speaker of a quote."""

from datetime import UTC, datetime

import pytest

from iroyin.verify.evidence import Passage
from iroyin.verify.quotes import wrong_quote

DAY = datetime(2026, 3, 10, tzinfo=UTC)
NAMED = 'Lena Marsh left the port early. "We will find the cause," said Ana Teller.'
UNNAMED = 'Ruth Amadi leads the union. "We asked for a second drill."'
CASES = [
    ("the speaker the passage names", NAMED, "Ana Teller", True),
    ("her surname", NAMED, "Teller", True),
    ("with her office", NAMED, "Prime Minister Ana Teller", True),
    ("somebody else in the passage", NAMED, "Lena Marsh", False),
    ("somebody who is not there", NAMED, "Karen Holt", False),
    ("no speaker beside it, but the name is in the passage", UNNAMED, "Ruth Amadi", True),
    ("no speaker beside it and no such name", UNNAMED, "Lena Marsh", False),
]


@pytest.mark.parametrize(("name", "source", "speaker", "allowed"), CASES, ids=[row[0] for row in CASES])
def test_speaker(name: str, source: str, speaker: str, allowed: bool) -> None:
    text = source.split(". ", 1)[1]
    finding = wrong_quote(text, [Passage(source, "en", DAY)], "en", speaker=speaker)

    assert allowed is (finding is None)


def test_a_quote_needs_a_passage_of_its_own_language() -> None:
    foreign = Passage("« C'est le pire jour de notre côte », a dit Ana Teller.", "fr", DAY)

    assert wrong_quote("“C'est le pire jour de notre côte,” Ana Teller said.", [foreign], "en") is not None


def test_half_a_quotation_is_refused() -> None:
    passage = Passage("Teller said: “We will find the cause.”", "en", DAY)

    assert wrong_quote("Teller said: “We will find the cause.", [passage], "en") is not None
