"""Differences are shown only where two newsrooms tell one matter with other figures."""

from datetime import UTC, datetime, timedelta

import pytest

from iroyin.languages import split
from iroyin.model import Article, ArticleId
from iroyin.write import ExtractiveWriter
from stories_on_file import assembled

DAY = datetime(2026, 3, 10, 8, tzinfo=UTC)
CASES = [
    ("two tolls", "en", "The fire in Oakham killed 9 people on Mill Street.",
     "The fire in Oakham killed 11 people on Mill Street.", True),
    ("the same toll", "en", "The fire in Oakham killed 9 people on Mill Street.",
     "The fire in Oakham killed nine people on Mill Street.", False),
    ("dead and hurt are two matters", "en", "The fire in Oakham killed 9 people on Mill Street.",
     "The fire in Oakham left 31 firemen tired on Mill Street.", False),
    ("two countries", "en", "In Canada 14,000 of the phones were sold by Nurion shops.",
     "In Australia 21,000 of the phones were sold by Nurion shops.", False),
    ("rounding that is said", "en", "More than 214,000 people voted in Oakham on Mill Street.",
     "In Oakham 214,300 people voted on Mill Street.", False),
    ("parts of one whole", "en", "In Oakham two of seven members voted against the plan.",
     "In Oakham five of seven members voted for the plan.", False),
    ("a sentence that has both", "en", "The fire in Oakham killed 11 people, not 9 people as first said.",
     "The fire in Oakham killed 9 people on Mill Street.", False),
    ("magnitudes", "es", "Un sismo de magnitud 6,1 sacudió la localidad de Puerto Quelmar.",
     "Un sismo de magnitud 6,3 sacudió la localidad de Puerto Quelmar.", True),
]  # fmt: skip


def article(number: int, outlet: str, language: str, sentence: str) -> Article:
    title = "Oakham" if language == "en" else "Puerto Quelmar"
    text = f"{title}\n\n{sentence}"
    at = DAY + timedelta(hours=number)
    ranges = ((0, len(title)), *((s + len(title) + 2, e + len(title) + 2) for s, e in split(sentence, language)))
    return Article(ArticleId(f"a{number}"), "", title, text, language, at, at, outlet, outlet, ranges)


@pytest.mark.parametrize(("name", "language", "one", "other", "expected"), CASES, ids=[row[0] for row in CASES])
def test_differences(name: str, language: str, one: str, other: str, expected: bool) -> None:
    pair = [article(0, "First Post", language, one), article(1, "Second Post", language, other)]
    dossier = assembled(pair, language)
    draft = ExtractiveWriter().write(dossier, lambda sentence: (), now=DAY)
    told = [[s.attribution for s in d.statements] for d in draft.differences]

    assert ([["Second Post", "First Post"]] if expected else []) == told
