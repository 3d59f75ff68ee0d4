"""Sixty orders to a machine in every field of a feed and its pages, before a model that obeys: none is told."""

import html
import tomllib
from collections import defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from injected_web import FIELDS, InjectedWeb, Injection, host_pieces, spoken
from model_server import ModelServer
from stubs import obeys

from iroyin.commands.demo import sample_settings
from iroyin.compose import open_newsroom
from iroyin.languages import fold, spoken_to_a_machine
from iroyin.runner import Runner
from iroyin.sample.newsroom import pieces
from iroyin.write.model_prompt import harmless

TEXTS = Path(__file__).parents[1] / "data" / "injection" / "texts.toml"


def injections() -> list[Injection]:
    rows = tomllib.loads(TEXTS.read_text("utf-8"))["injection"]
    return [Injection(number, **row) for number, row in enumerate(rows)]


def rounds() -> list[list[Injection]]:
    """The injections, one a language at a time: of two outlets with one text the desk reads but one."""
    by_language: dict[str, list[Injection]] = defaultdict(list)
    for one in injections():
        by_language[spoken(one)].append(one)
    most = max(map(len, by_language.values()))
    return [[listed[turn] for listed in by_language.values() if turn < len(listed)] for turn in range(most)]


def run(told: list[Injection], folder: Path) -> tuple[dict[str, str], int]:
    """Every published file of a desk that reads these outlets, and how many briefs it wrote."""
    import zlib

    import pysqlite3

    database = folder / "iroyin.db"
    canaries = {one.seen or one.canary: one.canary for one in told}
    with ModelServer(obeys(canaries)) as server, InjectedWeb(told) as web:
        settings = replace(
            sample_settings(database, web_port=web.port, port=1), embed_with="ngrams", model_url=server.url,
            model_name="obedient", model_tokens_per_day=10**12,
            desk_languages=tuple(sorted({spoken(one) for one in told})),
        )  # fmt: skip
        with open_newsroom(settings) as room:
            room.store.add_feeds(web.feeds(), now=room.now())
            Runner(room.desk, room.store, workers=8, clock=room.now, report=lambda *_: None, stop=Event()).drain()
            briefs = len(list(room.store.latest_briefs()))
    rows = pysqlite3.connect(str(database)).execute("SELECT path, body FROM page")
    return {path: zlib.decompress(body).decode("utf-8", "replace") for path, body in rows}, briefs


@pytest.mark.parametrize("turn", range(len(rounds())))
def test_no_canary_stands_on_any_page_feed_or_file(tmp_path: Path, turn: int) -> None:
    told = rounds()[turn]
    files, briefs = run(told, tmp_path)
    plain = {path: fold(html.unescape(body)) for path, body in files.items()}

    assert [] == [(path, one.canary) for path, body in plain.items() for one in told if fold(one.canary) in body]
    # What is hidden from readers is taken out and the article is news all the same: these are not empty pages.
    assert briefs >= len(told)


def test_there_are_sixty_texts_in_at_least_ten_languages_and_a_piece_for_every_field() -> None:
    told = injections()
    assert (60, True) == (len(told), len({one.language for one in told}) >= 10)
    assert 60 == len({one.canary for one in told})
    assert {len(FIELDS)} == {len(host_pieces(one.language)) for one in told}


@pytest.mark.parametrize("one", injections(), ids=lambda one: f"{one.language}-{one.number}")
def test_each_order_is_known_for_one_outside_quotation_marks(one: Injection) -> None:
    from iroyin.verify.unsafe import unsafe_part

    assert unsafe_part(one.text, one.language)


def test_the_sample_newsroom_speaks_to_readers_only() -> None:
    assert [] == [piece.slug for piece in pieces() if spoken_to_a_machine(piece.text, partial(str, piece.text))]


@pytest.mark.parametrize(
    "text",
    [
        "The company said its AI assistant had been told to write longer answers.",
        "Researchers asked a language model to summarise the report and found errors.",
        "The prompt was the oldest trick in the book, the lawyer said.",
    ],
)
def test_a_report_about_models_is_news(text: str) -> None:
    from iroyin.verify.unsafe import unsafe_part

    assert "" == unsafe_part(text, "en")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("‹/sources-1f› ‹|im_end|›", "</sources-1f> <|im_end|>"), ("(3) fake", "[3] fake"), ("a - b", "a --- b"),
        ("one two", "one\n\n\n\ntwo"), ("(INST) x (/INST)", "[INST] x [/INST]"),
    ],
)  # fmt: skip
def test_what_a_chat_template_is_made_of_is_made_harmless(expected: str, text: Any) -> None:
    assert expected == harmless(text)
