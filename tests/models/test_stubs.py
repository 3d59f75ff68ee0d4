"""The whole sample newsroom written by a model that invents and by one that writes well; nothing invented is published.

The sample is read once; each writer begins from a copy of that file.
"""

import html
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pysqlite3
import pytest
from model_server import Answer, ModelServer, Raw
from stubs import INVENTED, invents, recorded, writes_well

from iroyin.adapters.store.connect import copy
from iroyin.commands.demo import sample_settings
from iroyin.compose import open_newsroom
from iroyin.languages import fold
from iroyin.model import Brief, EvidenceKind, Step
from iroyin.runner import Runner
from iroyin.sample.server import SampleWeb
from iroyin.settings import Settings

SURVIVE = 0.7


def drain(settings: Settings, web: SampleWeb | None, *steps: Step) -> list[Brief]:
    with open_newsroom(settings) as room:
        if web:
            room.store.add_feeds(web.feeds(), now=room.now())
        runner = Runner(room.desk, room.store, workers=8, clock=room.now, report=lambda *_: None, stop=Event())
        runner.drain(steps=steps)
        assert 0 == runner.failed
        return list(room.store.latest_briefs())


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample with every article in its story and nothing written yet."""
    database = tmp_path_factory.mktemp("placed") / "iroyin.db"
    with SampleWeb() as web:
        settings = sample_settings(database, web_port=web.port, port=1)
        drain(settings, web, Step.POLL, Step.READ, Step.PLACE)
    yield database


def written(placed: Path, folder: Path, answer: Answer) -> tuple[list[Brief], dict[str, str]]:
    """The briefs and the published files of a desk that asks this model."""
    database = folder / "iroyin.db"
    copy(placed, database)
    with ModelServer(answer) as server:
        settings = replace(
            sample_settings(database, web_port=1, port=1), model_url=server.url, model_name="stub",
            model_tokens_per_day=10**12,
        )  # fmt: skip
        briefs = drain(settings, None, Step.REPORT, Step.PUBLISH)
    rows = pysqlite3.connect(str(database)).execute("SELECT path, body FROM page")
    return briefs, {path: zlib.decompress(body).decode("utf-8", "replace") for path, body in rows}


def test_a_writer_that_invents_publishes_nothing_of_its_own(placed: Path, tmp_path: Path) -> None:
    briefs, files = written(placed, tmp_path, invents)

    assert len(briefs) > 100
    assert [] == [s.text for b in briefs for s in b.all_sentences() if s.kind is EvidenceKind.WRITTEN]
    plain = {path: fold(html.unescape(body)) for path, body in files.items()}
    assert [] == [(path, one) for path, body in plain.items() for one in INVENTED if fold(one) in body]


def test_most_true_sentences_of_a_strong_writer_survive(placed: Path, tmp_path: Path) -> None:
    briefs, files = written(placed, tmp_path, writes_well)

    told = {s.text for b in briefs for s in b.all_sentences() if s.kind is EvidenceKind.WRITTEN}
    assert told <= {text for one in recorded() for text in (one["text"], one.get("again"))}
    survive = [one for one in recorded() if told & {one["text"], one.get("again")}]
    print(f"{len(survive)} of {len(recorded())} true sentences of a strong writer survive")  # noqa: T201
    assert len(survive) >= SURVIVE * len(recorded())
    ledgers = [body for path, body in files.items() if path.endswith("claims.json")]
    assert any('"kind": "written"' in body and '"writer": "stub (report/1' in body for body in ledgers)


def test_a_model_that_is_down_leaves_the_extract_and_the_page_says_so(placed: Path, tmp_path: Path) -> None:
    briefs, files = written(placed, tmp_path, lambda _: Raw(500))

    assert {"extractive/1"} == {brief.writer.split(" ")[0] for brief in briefs}
    assert all("stub: " in brief.writer for brief in briefs)
    pages = [
        body for path, body in files.items() if path.startswith("en/articles/") and path.endswith("index.html")
    ]
    assert pages
    assert [] == [body[:200] for body in pages if "no language model (stub: " not in body]
