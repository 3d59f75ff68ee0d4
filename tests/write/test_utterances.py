"""The quote desk: who said what where, and which quotations are one utterance."""

from datetime import UTC, datetime, timedelta

import pytest

from iroyin.languages import split
from iroyin.model import Article, ArticleId
from iroyin.write.utterances import taken, utterances
from stories_on_file import assembled

DAY = datetime(2026, 1, 8, tzinfo=UTC)


def article(body: str, language: str = "en", outlet: str = "Post", hours: int = 0) -> Article:
    text = f"Oakham\n\n{body}"
    ranges = ((0, 6), *((start + 8, end + 8) for start, end in split(body, language)))
    at = DAY + timedelta(hours=hours)
    return Article(ArticleId(f"{outlet}-{language}"), "", "Oakham", text, language, at, at, outlet, outlet, ranges)


TAKEN = [
    (
        "en",
        "“Nobody saw the light that night,” said Ana Teller, a pilot at Oakham harbour.",
        ("Ana Teller", "a pilot at Oakham harbour", "said"),
    ),
    (
        "en",
        "Ana Teller runs the harbour. “Nobody saw the light that night,” Teller said.",
        ("Ana Teller", "", "said"),
    ),
    (
        "fr",
        "« Personne n’a vu la lumière cette nuit-là », a déclaré Ana Teller, pilote du port.",
        ("Ana Teller", "pilote du port", "a déclaré"),
    ),
    ("es", "«Nadie vio la luz esa noche», dijo Ana Teller en el puerto.", ("Ana Teller", "", "dijo")),
    ("en", "“Nobody saw the light that night,” a pilot quoted by AFP said.", None),
    ("en", "“Nobody saw the light that night,” the Post said.", None),
    ("en", "Ana Teller called it “a night”.", None),
    ("en", "“Nobody saw the light that night,” he said in Oakham.", None),
]


@pytest.mark.parametrize(("language", "body", "expected"), TAKEN, ids=[row[1][:50] for row in TAKEN])
def test_a_quotation_with_its_speaker_role_and_verb(
    language: str, body: str, expected: tuple[str, str, str] | None
) -> None:
    found = taken(article(body, language))

    assert ([expected] if expected else []) == [(q.speaker, q.role, q.verb) for q in found]


def test_the_offsets_prove_the_words() -> None:
    one = article("It rained. “Nobody saw the light that night,” said Ana Teller.")
    (quote,) = taken(one)

    assert quote.text == one.text[quote.span.start : quote.span.end]
    assert one.proves(quote.span) and one.proves(quote.within)


def test_variants_in_one_language_and_a_translation_are_one_utterance() -> None:
    told = [
        article("“Nobody saw the light that night,” said Ana Teller, a pilot.", outlet="Post"),
        article("“Nobody saw the light that night, nobody,” Teller told the court.", outlet="Echo", hours=1),
        article("«Nadie vio la luz esa noche», dijo Ana Teller.", "es", "Faro", hours=2),
        article("“The court must wait until March,” said Hugo Brandt.", outlet="Herald", hours=3),
    ]
    first, second = utterances(assembled(told, "en"))

    assert ("Ana Teller", "a pilot") == (first.speaker, first.role)
    assert [("Post", False), ("Echo", False), ("Faro", True)] == [(q.outlet, q.translated) for q in first.variants]
    assert "Hugo Brandt" == second.speaker


def test_two_things_that_one_speaker_says_are_two_utterances() -> None:
    told = [
        article("“Nobody saw the light that night,” said Ana Teller.", outlet="Post"),
        article("“The court must wait until March,” said Ana Teller.", outlet="Echo", hours=1),
    ]

    assert 2 == len(utterances(assembled(told, "en")))


def test_the_same_name_in_another_script_is_the_same_speaker() -> None:
    told = [
        article("“Nobody saw the light that night,” said Noémie Vaitiare.", outlet="Post"),
        article("«Никто не видел света той ночью», — сказала Ноэми Вайтиаре.", "ru", "Вестник", hours=1),
    ]
    (one,) = utterances(assembled(told, "en"))

    assert [False, True] == [quote.translated for quote in one.variants]
