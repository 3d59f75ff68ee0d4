"""A brief in a language that no source speaks: what is locked comes through, what is not true of it does not."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from chat_stage import Chats
from model_server import Asked, ModelServer
from stubs import LISTED, question, yes

from iroyin.adapters.models.edition import EditionWriter
from iroyin.copydesk import brief_of, edition_of
from iroyin.model import Brief, EvidenceKind, Sentence
from iroyin.settings import Settings
from iroyin.write import ExtractiveWriter
from iroyin.write.model_lock import Locked, locked, unlocked
from stories_on_file import assembled, sample_articles

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
# Marked sentences of the central bank's story, and our French for them.
FRENCH = {
    "⟦1⟧ raises key rate to 8.25 percent": "La ⟦1⟧ relève son taux directeur à 8,25 pour cent",
    "The ⟦1⟧ raised its key interest rate by half a percentage point to 8.25 percent on ⟦2⟧.":
        "La ⟦1⟧ a relevé son taux directeur d’un demi-point de pourcentage à 8,25 pour cent, ⟦2⟧.",
    "Annual inflation in ⟦1⟧ reached 9.1 percent in December 2025, the highest figure in three years.":
        "L’inflation annuelle en ⟦1⟧ a atteint 9,1 pour cent en décembre 2025, son plus haut niveau en trois ans.",
    "⟦1⟧, the governor, did not rule out another move at the meeting of ⟦2⟧.":
        "La gouverneure ⟦1⟧ n’a pas exclu une autre hausse à la réunion du ⟦2⟧.",
    "Five of the seven members of the rate board voted for the rise.":
        "Cinq des sept membres du conseil ont voté pour la hausse.",
}  # fmt: skip


def translates(change: Callable[[str], str] = str) -> Callable[[Asked], str]:
    def answer(asked: Asked) -> str:
        name, user = question(asked)
        if name == "judge":
            return yes(user)
        told = [{"n": int(n), "text": change(FRENCH[text])} for n, text in LISTED.findall(user) if text in FRENCH]
        return json.dumps({"sentences": told}, ensure_ascii=False)

    return answer


def edition(chat: Chats, answer: Callable[[Asked], str]) -> Brief | None:
    articles = [a for a in sample_articles("central-bank") if a.language == "en"]
    story = assembled(articles, "en").story
    brief = brief_of(story, articles, "en", ExtractiveWriter(), Settings(), now=NOW)
    assert brief
    with ModelServer(answer) as server:
        asks = chat(server)
        return edition_of(brief, story, articles, "fr", EditionWriter(asks, asks), Settings(), now=NOW)


def test_an_edition_has_the_same_claims_names_dates_and_spans(chat: Chats) -> None:
    made = edition(chat, translates())

    assert made
    texts = [s.text for s in made.all_sentences()]
    assert "La Central Bank of Tavoria relève son taux directeur à 8,25 pour cent" == made.headline.text
    assert any("mardi 6 janvier 2026" in text for text in texts)
    assert any("Katarin Vossberg n’a pas exclu" in text for text in texts)
    assert {("fr", EvidenceKind.WRITTEN)} == {(s.language, s.kind) for s in made.all_sentences()}
    assert all(s.spans for s in made.all_sentences())
    assert "small (edition/1, en → fr)" == made.writer


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("⟦1⟧", "La Banque"),  # a name of its own
        lambda text: f"{text} ⟦1⟧",  # a mark twice
        lambda text: f"⟦9⟧ {text}",  # a mark of its own
        lambda text: text.replace("8,25", "8,75").replace("9,1", "9,4").replace("Cinq", "Six"),  # other figures
        lambda text: text.replace("n’a pas exclu", "a exclu").replace("a relevé", "n’a pas relevé")
        .replace("relève", "ne relève pas").replace("a atteint", "n’a pas atteint"),  # denials lost and added
        lambda text: "The bank raised its rate and the governor spoke to reporters about ⟦1⟧ and ⟦2⟧.",
        lambda text: text.replace("La ⟦1⟧", "La ⟦1⟧ de Jean Dupont-Morel"),  # a name of its own beside
    ],
)  # fmt: skip
def test_a_translation_that_changes_facts_is_no_edition(chat: Chats, change: Callable[[str], str]) -> None:
    assert edition(chat, translates(change)) is None


def sentence(text: str) -> Sentence:
    return Sentence(text, "en", EvidenceKind.VERBATIM, ())


@pytest.mark.parametrize(
    ("expected", "held", "text"),
    [
        ("⟦1⟧ met ⟦2⟧ in ⟦3⟧.", ("Anna Quill", "Ben Otto", "Paris"), "Anna Quill met Ben Otto in Paris."),
        ("On ⟦1⟧ the river rose.", ("7 janvier 2026",), "On 7 January 2026 the river rose."),
        ("Growers lost ⟦1⟧ of ⟦2⟧ trees.", ("40", "11,400"), "Growers lost 40 of 11,400 trees."),
    ],
)
def test_what_is_locked(expected: str, held: tuple[str, ...], text: str) -> None:
    assert Locked(expected, held) == locked(sentence(text), "fr", ())


def test_a_quotation_is_not_translated() -> None:
    assert locked(sentence("“The river rose,” said Anna Quill."), "fr", ()) is None


@pytest.mark.parametrize(
    ("expected", "text"),
    [("A b B", "⟦1⟧ b ⟦2⟧"), ("B b A", "⟦2⟧ b ⟦1⟧"), ("", "⟦1⟧ b"), ("", "⟦1⟧ ⟦2⟧ ⟦2⟧"), ("", "⟦1⟧ ⟦2⟧ ⟦3⟧"),
     ("", "1 ⟦2⟧"),
     ("", "⟦1⟧ ⟦2⟧ ⟦")],
)  # fmt: skip
def test_marks_come_back_once_each_or_not_at_all(expected: str, text: str) -> None:
    assert expected == unlocked(text, Locked("", ("A", "B")))
