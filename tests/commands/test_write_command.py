"""`iroyin write`: a brief that a stranger can check with nothing but the file and SHA-256."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from command_line import Run, write_lines


def sentences(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in the brief that has spans."""
    if isinstance(value, dict):
        if "spans" in value:
            yield value
        for part in value.values():
            yield from sentences(part)
    elif isinstance(value, list):
        for part in value:
            yield from sentences(part)


def brief(run: Run, rows: list[Any], language: str = "en") -> dict[str, Any]:
    ran = run("write", write_lines(Path("in.jsonl"), rows), "-o", "brief.json", "--lang", language)
    assert (0, "") == (ran.code, ran.out)
    told: dict[str, Any] = json.loads(Path("brief.json").read_text("utf-8"))
    return told


def test_every_sentence_is_proved_by_the_texts_beside_it(run: Run, articles: list[dict[str, Any]]) -> None:
    told = brief(run, articles[:3])
    found = list(sentences(told))
    assert len(found) >= 3
    for sentence in found:
        assert sentence["text"]
        assert sentence["kind"] in {"verbatim", "cut", "built"}
        assert sentence["spans"]
        for span in sentence["spans"]:
            text = told["articles"][span["article_id"]]["text"][span["start"] : span["end"]]
            assert span["hash"] == sha256(text.encode()).hexdigest()


def test_the_articles_stand_beside_the_brief(run: Run, articles: list[dict[str, Any]]) -> None:
    told = brief(run, articles[:3])["articles"]
    assert [row["id"] for row in articles[:3]] == list(told)
    assert {
        "text": f"{articles[0]['title']}\n\n{articles[0]['text']}",
        "url": "https://courier.example/bridge",
        "outlet": "Kolme Courier",
        "language": "en",
        "published_at": "2024-05-06T08:00:00+00:00",
    } == told["harbour-1"]


def test_the_language_asked_for_is_written(run: Run, articles: list[dict[str, Any]]) -> None:
    told = brief(run, articles[:3], "fr")
    assert {"fr"} == {sentence["language"] for sentence in sentences(told)}


@pytest.mark.parametrize("own", ["a/b c", "né 1", 17])
def test_odd_ids_are_kept(run: Run, articles: list[dict[str, Any]], own: object) -> None:
    told = brief(run, [articles[0] | {"id": own}, articles[1]])
    assert {str(own), "harbour-2"} == set(told["articles"])


def test_a_language_that_no_article_speaks_is_refused_with_the_ones_there_are(
    run: Run, articles: list[dict[str, Any]]
) -> None:
    ran = run("write", write_lines(Path("in.jsonl"), articles[:3]), "-o", "brief.json", "--lang", "ko")
    assert 1 == ran.code
    assert "has no article in 'ko'; write in one of: en, fr" in ran.err
    assert not Path("brief.json").exists()
