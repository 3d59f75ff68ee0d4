"""Text made to waste time: every reader stays near linear and never raises."""

import time
from datetime import UTC, datetime

import pytest

from iroyin.languages import date_faults, dates, detect, names, numbers, places, quotes, split, tidy, words

NOW = datetime(2026, 1, 6, tzinfo=UTC)
REPEATED = [
    "1,", "1 ", "\"", "“", "‘a’ ", "A ", "Aa-", "a.", "five ", "thousand ", "三", "百", "5-", " ", "a", "'s ",
    "milioni ", "가 ",
    "李", "«a", "Mr. ", "“a” said Ana. ", "January ", "总统", "대통령 ", "e\u0301", "\u202e", "\ud800",
]  # fmt: skip
READERS = {
    "tidy": lambda text, language: tidy(text),
    "split": split,
    "words": words,
    "numbers": numbers,
    "dates": lambda text, language: dates(text, language, published=NOW),
    "date_faults": lambda text, language: date_faults(text, language, published=NOW),
    "names": names,
    "places": places,
    "quotes": quotes,
    "detect": lambda text, language: detect(text),
}


@pytest.mark.parametrize("reader", READERS)
def test_repeated_text_costs_little(reader: str) -> None:
    for language in ("en", "zh", "ko"):
        READERS[reader]("warm", language)
        for piece in REPEATED:
            text = piece * (6000 // len(piece))
            started = time.process_time()

            READERS[reader](text, language)

            assert time.process_time() - started < 2, (language, piece)
