"""What other newsrooms say against a sentence: another day, another count of years."""

from datetime import UTC, datetime

import pytest

from iroyin.languages import split
from iroyin.model import Article, ArticleId, EvidenceKind, Sentence
from iroyin.verify import objections
from stories_on_file import assembled

DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
SINCE = "No Tavorian president had made a visit to Arden since 2019."
YEARS = [
    ("as many years as no month is given for", ["No president came for seven years since 2019."], False),
    ("with another newsroom", ["The first visit in six years, since 2019.",
                               "Nobody came for six years since 2019."], True),
    ("against another newsroom", ["The first visit in seven years, since 2019.",
                                  "No visit for six years since 2019."], False),
    ("about", ["No president came for about six years since 2019."], True),
    ("about, against another", ["The first visit in about seven years, since 2019.",
                                "No visit for about six years since 2019."], False),
    ("told in two sentences", [f"The visit is the first by a Tavorian president in seven years. {SINCE}"], False),
    ("another matter", [f"Ann Ode, jailed for seven years, came home. {SINCE}"], True),
    ("no arithmetic", [SINCE], True),
]  # fmt: skip
MET = "President Ana Teller and President Ole Brandt met in Arden City on {}, 2026, for talks."
DAYS = [
    ("two against one", ["January 6", "January 5", "January 5"], False),
    ("one against one", ["January 6", "January 5"], True),
    ("two against two", ["January 6", "January 5", "January 5", "January 6"], True),
]


def article(number: int, body: str) -> Article:
    text = f"Title {number}\n\n{body}"
    shift = len(f"Title {number}") + 2
    ranges = ((0, shift - 2), *((s + shift, e + shift) for s, e in split(body, "en")))
    return Article(ArticleId(f"a{number}"), "", "", text, "en", DAY, DAY, f"Post {number}", f"P{number}", ranges)


def codes(bodies: list[str]) -> set[str]:
    """What is objected to the first body sentence of the first article."""
    articles = [article(number, body) for number, body in enumerate(bodies)]
    span = articles[0].span(*articles[0].sentences[1])
    text = articles[0].text[span.start : span.end]
    ask = objections(assembled(articles, "en"), now=DAY)
    return {f.code for f in ask(Sentence(text, "en", EvidenceKind.VERBATIM, (span,)))}


@pytest.mark.parametrize(("name", "bodies", "stands"), YEARS, ids=[row[0] for row in YEARS])
def test_years_since(name: str, bodies: list[str], stands: bool) -> None:
    assert (set() if stands else {"date"}) == codes(bodies)


@pytest.mark.parametrize(("name", "days", "stands"), DAYS, ids=[row[0] for row in DAYS])
def test_a_day_that_others_deny(name: str, days: list[str], stands: bool) -> None:
    assert (set() if stands else {"date"}) == codes([MET.format(day) for day in days])
