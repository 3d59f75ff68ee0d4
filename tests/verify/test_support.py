"""When a second newsroom says what a sentence says: agreement in figures, names, days and words, never likeness."""

from datetime import UTC, datetime

import pytest

from iroyin.model import Article, ArticleId
from iroyin.verify.evidence import Passage
from iroyin.verify.support import supports

DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
WON = "Noémie Vaitiare has won the presidential election in Samarelle with 52.4 percent of the vote."
TOLL = "The ferry capsized off Port Selwyn on Sunday with 148 people on board, of whom 127 were rescued."
CASES = [
    ("in other words", "en", WON, "en",
     ["Vaitiare took 52.4 percent of the vote in the presidential race in Samarelle."], True),
    ("in two sentences", "en", TOLL, "en",
     ["The ferry rolled over off Port Selwyn late on Sunday.", "Of 148 people on board 127 were rescued."], True),
    ("another figure", "en", WON, "en",
     ["Vaitiare took 51.4 percent of the vote in the election in Samarelle."], False),
    ("another day", "en", "Ana Teller met 220 voters in Oakham on Monday, 5 January.", "en",
     ["Ana Teller met 220 voters in Oakham on Tuesday, 6 January."], False),
    ("denied", "en", "Ana Teller signed the plan for 220 houses in Oakham.", "en",
     ["Ana Teller has not signed the plan for 220 houses in Oakham."], False),
    ("the same matter only", "en", "Ana Teller promised voters in Oakham a new hospital.", "en",
     ["Ana Teller visited the old hospital in Oakham."], False),
    ("a clause left out", "en", "Owl Mills has 1,150 workers, who will be sent home on half pay for six weeks.", "en",
     ["Owl Mills, which employs 1,150 workers, stays closed for six weeks."], False),
    ("a quote that it does not have", "en",
     "“Their map ends where the road ends,” said the union’s secretary, Ana Teller.", "en",
     ["Aid follows the official map of the road, said Ana Teller, the union’s secretary."], False),
    ("across languages", "en", "Together they would fly 212 aircraft and carry 41 million passengers a year.", "fr",
     ["L’ensemble comptera 212 appareils et 41 millions de passagers par an."], True),
    ("across scripts", "en", "The drug was tested in 1,860 patients at 22 hospitals in India, Nigeria and Peru.", "ja",
     ["治験にはインド、ナイジェリア、ペルーの22病院で患者1860人が参加した。"], True),
    ("another figure across languages", "en", "Together they would fly 212 aircraft and carry 41 million passengers.",
     "fr", ["L’ensemble comptera 221 appareils et 41 millions de passagers par an."], False),
    ("one round figure and a name", "en", "Ana Teller lifted the trophy before a crowd of 22,000 in the evening sun.",
     "fr", ["Ana Teller a joué devant 22 000 spectateurs."], False),
    ("little figures", "en", "Two men were seen near three cars.", "fr", ["Deux hommes et trois voitures."], False),
    ("other countries", "en", "In Kenya 212 aircraft and 1,400 buses were sold.", "fr",
     ["Au Pérou, 212 avions et 1 400 bus ont été vendus."], False),
]  # fmt: skip


def passage(text: str, language: str) -> Passage:
    article = Article(ArticleId("b"), "", "", text, language, DAY, DAY, "Second Post", "Second Post", ())
    return Passage(text, language, DAY, article, article.span(0, len(text)))


@pytest.mark.parametrize(
    ("name", "language", "text", "other", "said", "expected"), CASES, ids=[c[0] for c in CASES]
)
def test_supports(name: str, language: str, text: str, other: str, said: list[str], expected: bool) -> None:
    assert expected is supports(text, [passage(s, other) for s in said], language, DAY)


def test_no_passage_supports_nothing() -> None:
    assert not supports(WON, [], "en", DAY)
