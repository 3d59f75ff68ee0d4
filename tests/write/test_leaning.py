"""Sentences whose person or day only the sentence before would tell, and sentences that only ask."""

from datetime import UTC, datetime

import pytest

from iroyin.model import Article, ArticleId
from iroyin.write.candidates import candidates
from iroyin.write.leaning import is_asking, is_place, leans
from stories_on_file import assembled

DAY = datetime(2026, 1, 8, tzinfo=UTC)
LEANING = [
    ("en", "Rescuers said that they had seen the boat.", True),
    ("en", "When the window at Oakham opened on Sunday, she put down 35 rupees for a ticket.", True),
    ("en", "When Ana Teller arrived in Oakham on Sunday, she put down 35 rupees for a ticket.", False),
    ("en", "North Arden, which had fired missiles the day before, hung over the meeting.", True),
    ("en", "North Arden, which had fired missiles on 4 January, the day before, hung over the meeting.", False),
    ("en", "The higher one, US$2.6 billion, includes the debts of Arden Air.", True),
    ("en", "“We will find the cause,” he told reporters at the harbour.", True),
    ("en", "“We will find the cause,” Ana Teller told reporters.", False),
    ("en", "Four sailors were hurt, the company said.", True),
    ("en", "Four sailors were hurt, the company said in Oakham.", True),
    ("en", "Four sailors were hurt, said Ana Teller of the company.", False),
    ("en", "Late Thursday, they took over the Oakham Police Department.", True),
    ("en", "On Monday, they said, Ana Teller took over the Oakham Police Department.", True),
    ("en", "The Senate of Arden voted to strip those protections from the bill.", True),
    ("en", "Arden Mobile says it will release this smartphone in May.", True),
    ("en", "This year's harvest in Arden fell by 12 percent.", False),
    ("en", "Leaders gather in Oakham for this week's summit.", False),
    ("en", "On Monday, it rained across Arden.", False),
    ("fr", "En France, il y a 12 millions de retraités selon Ana Teller.", False),
    ("fr", "Le vote de Lyon a lieu ce 26 novembre, a dit Ana Teller.", False),
    ("es", "Un incendio destruyó viviendas en el este del país.", False),
    ("es", "El Senado de Tarrin aprobó la ley este 26 de noviembre.", False),
    ("en", "Ana Teller thanked those who had helped in Oakham this week.", False),
    ("es", "Ana Ruiz presentó esa ley en Tarrin.", True),
    ("es", "Ana Ruiz presentó la ley esta semana en Tarrin.", False),
    ("fr", "Ana Teller a présenté ces mesures à Lyon.", True),
    ("fr", "Ana Teller a présenté les mesures cette semaine à Lyon.", False),
    ("de", "Ana Teller stellte diese Maßnahmen in Lyon vor.", True),
    ("en", "Taken together, the orders show how Ana Teller works.", True),
    ("fr", "Celui-ci transportera 41 millions de passagers depuis Lyon.", True),
    ("es", "«Nadie debe volver a zarpar de noche con ese mar», declaró en Tarrin.", True),
    ("es", "«Nadie debe volver a zarpar de noche con ese mar», declaró Ana Ruiz en Tarrin.", False),
    ("ko", "전날 내린 눈으로 열차 17편이 멈췄다.", True),
]


def lead(text: str, language: str):
    whole = f"Oakham\n\n{text}"
    ranges = ((0, 6), (8, len(whole)))
    article = Article(ArticleId("a"), "", "Oakham", whole, language, DAY, DAY, "Post", "Post", ranges)
    return candidates(assembled([article], language))[1]


@pytest.mark.parametrize(("language", "text", "expected"), LEANING, ids=[row[1][:40] for row in LEANING])
def test_leans(language: str, text: str, expected: bool) -> None:
    assert expected is leans(lead(text, language))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "How many people had to run depends on whom you ask.", True),
        ("en", "However, nobody had to run.", False),
        ("fr", "Ce qui compte est la taille de la chose.", True),
        ("es", "Lo que nadie discute es el tamaño.", True),
        ("zh", "桥面离谷底236米。", False),
    ],
)
def test_is_asking(language: str, text: str, expected: bool) -> None:
    assert expected is is_asking(text, language)


def test_a_name_behind_in_is_a_place() -> None:
    text = "declaró en Tarrin"

    assert is_place(text, text.index("Tarrin"), "es")
    assert not is_place("declaró Tarrin", 8, "es")
