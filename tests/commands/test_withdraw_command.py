"""`iroyin brief withdraw`: the sentence goes, it is listed, and neither it nor its claim comes back."""

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import ARTICLES, Run, read_lines, write_lines

from iroyin.commands.console import settings_of
from iroyin.compose import open_store
from iroyin.model import Brief, StoryId, short_id

HARBOUR = StoryId(short_id("s", "harbour-1"))
WHY = "the mayor was misheard"
CLAIM = "three weeks"


@pytest.fixture(autouse=True)
def _newsroom(run: Run, _in_an_empty_folder: None) -> None:
    assert 0 == run("import", ARTICLES).code


def told(language: str = "en") -> Brief:
    with open_store(settings_of(None)) as store:
        return next(one for one in store.briefs(HARBOUR) if one.language == language)


def texts(language: str = "en") -> list[str]:
    return [one.text for one in told(language).all_sentences()]


def number_of(words: str) -> int:
    return next(n for n, text in enumerate(texts()) if words in text)


def pages() -> dict[str, str]:
    with open_store(settings_of(None)) as store:
        found = {path: store.page(path) for path in store.page_paths()}
    return {path: page.body.decode(errors="replace") for path, page in found.items() if page}


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(pages()["en/corrections.json"])["corrections"]
    return found


def withdraw(run: Run, *options: str) -> str:
    """Withdraw the sentence with the claim; the sentence."""
    text = texts()[number_of(CLAIM)]
    ran = run("brief", "withdraw", HARBOUR, "en", number_of(CLAIM), "--reason", WHY, "--by", "Ada", *options)
    assert (0, True) == (ran.code, text in ran.out)
    assert 0 == run("once").code
    return text


def test_the_sentence_goes_and_the_correction_is_listed_with_the_editors_reason(run: Run) -> None:
    text = withdraw(run)

    assert not any(CLAIM in one for one in texts())
    assert not any(CLAIM in one.text for quote in told().utterances for one in quote.variants)
    assert [("editor", WHY, text)] == [(one["reason"], one["detail"], one["before"]) for one in listed()]
    assert f"a correction by an editor: {WHY}" in pages()["en/corrections/index.html"]
    assert f"“{text}”; Ada, " in run("story", "show", HARBOUR).out
    assert ["withdrawn", "Ada", WHY] == [
        part
        for at, part in enumerate(run("story", "log", HARBOUR).out.splitlines()[-1].split("\t"))
        if at in {1, 5, 6}
    ]


def test_neither_a_new_article_nor_the_same_one_brings_the_claim_back(run: Run, tmp_path: Path) -> None:
    text = withdraw(run)
    rows = {row["id"]: row for row in read_lines(ARTICLES)}
    again = rows["harbour-1"] | {
        "id": "harbour-9", "source": "Kolme Times", "url": "https://times.example/bridge",
        "text": f"Divers went down to the crack in the Kolme bridge at noon. {text} The pier is 61 metres high.",
    }  # fmt: skip
    longer = rows["harbour-2"] | {"text": "Read this first, it is new. " + rows["harbour-2"]["text"]}

    assert 0 == run("import", write_lines(tmp_path / "new.jsonl", [again, longer])).code

    assert any("Divers" in one or "61 metres" in one for one in texts())
    assert not any(CLAIM in one for one in texts())


def test_an_editor_lets_it_stand_again(run: Run) -> None:
    text = withdraw(run)
    assert 0 == run("brief", "restore", 1, "--reason", "she said it", "--by", "Bo").code
    assert 0 == run("once").code

    assert text in texts()
    assert "is not a withdrawal that stands" in run("brief", "restore", 1, "--reason", "x").err


def test_words_that_are_not_to_be_repeated_stand_nowhere(run: Run) -> None:
    text = withdraw(run, "--unprinted")

    assert not any(text in body for body in pages().values())
    assert [("editor", WHY, "")] == [(one["reason"], one["detail"], one["before"]) for one in listed()]
    assert "The words that were taken out are not repeated." in pages()["en/corrections/index.html"]


REFUSED = [
    ([HARBOUR, "ko", "1"], "ko: is no language in which"),
    ([HARBOUR, "en", "99"], "99: is no sentence of this page: 0 is the headline, "),
    (["nope", "en", "1"], "nope: is not a story"),
]


@pytest.mark.parametrize(("arguments", "expected"), REFUSED, ids=str)
def test_what_cannot_be_withdrawn_is_refused_in_one_line(run: Run, arguments: list[str], expected: str) -> None:
    ran = run("brief", "withdraw", *arguments, "--reason", WHY)

    assert (1, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))
    assert expected in ran.err


def test_a_reason_is_needed(run: Run) -> None:
    assert "--reason: is empty" in run("brief", "withdraw", HARBOUR, "en", "1", "--reason", " ").err
    assert 2 == run("brief", "withdraw", HARBOUR, "en", "1").code
