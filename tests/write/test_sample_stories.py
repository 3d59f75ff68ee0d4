"""What the sample's stories are known to hold is found: figures that differ, facts that several newsrooms tell."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from iroyin.model import Brief
from iroyin.verify import gate, objections
from iroyin.write import ExtractiveWriter
from stories_on_file import assembled, sample_articles

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
DIFFERENCES = [
    ("ferry", "fr", "Douze", "onze"), ("ferry", "es", "once", "nueve"), ("ferry", "en", "12", "nine"),
    ("airline-merger", "fr", "2,6", "2,4"), ("airline-merger", "es", "2600", "2400"),
    ("earthquake", "en", "6.3", "6.1"), ("earthquake", "en", "Five", "three"), ("earthquake", "es", "6,3", "6,1"),
    ("earthquake", "ja", "5人", "3人"), ("textile-fire", "en", "22", "Fourteen"), ("textile-fire", "ar", "22", "14"),
    ("locusts", "en", "5,000", "4,200"), ("locusts", "sw", "5,000", "4,200"),
    ("dam-floods", "en", "18,500", "12,000"), ("dam-floods", "hi", "18,500", "12,000"),
    ("glass-bridge", "zh", "4000", "6000"), ("glass-bridge", "ja", "4000", "6000"),
]  # fmt: skip


def brief(story: str, language: str) -> Brief:
    dossier = assembled(sample_articles(story), language)
    draft = ExtractiveWriter().write(dossier, objections(dossier, now=NOW), now=NOW)
    written = gate(draft, dossier, now=NOW, words_per_source=120)
    assert written is not None
    return written


@pytest.mark.parametrize(("story", "language", "one", "other"), DIFFERENCES)
def test_figures_that_differ(story: str, language: str, one: str, other: str) -> None:
    shown = [[s.text for s in d.statements] for d in brief(story, language).differences]

    assert any(one in first and other in second for texts in shown for first, second in permutations(texts, 2))


def test_the_winner_is_told_by_three_newsrooms_or_more() -> None:
    lede = brief("island-election", "sw").lede[0]

    assert "52.4" in lede.text
    assert lede.newsrooms >= 3


def test_night_crossings_are_told_once() -> None:
    text = " ".join(s.text for s in brief("ferry", "en").all_sentences())

    assert 1 == text.count("night crossings")


@pytest.mark.parametrize(("story", "never"), [
    ("dam-floods", "depends on whom you ask"), ("dam-floods", "What is not in dispute"),
    ("airline-merger", "The higher one"), ("rail-line", "she put down"), ("port-strike", "has offered 7 percent"),
])  # fmt: skip
def test_what_reads_badly_is_not_printed(story: str, never: str) -> None:
    assert never not in " ".join(s.text for s in brief(story, "en").all_sentences())
