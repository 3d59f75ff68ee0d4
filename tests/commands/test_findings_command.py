"""`iroyin brief findings`: what became of each sentence, as a table and as JSON."""

import json
import re
from pathlib import Path

import pytest
from command_line import ARTICLES, Run, read_lines

from iroyin.commands.console import settings_of
from iroyin.compose import open_store
from iroyin.model import StoryId, short_id

HARBOUR = StoryId(short_id("s", "harbour-1"))
WRITER = '''"""A writer that invents."""
from dataclasses import replace
from iroyin.model import EvidenceKind
from iroyin.write import ExtractiveWriter
class Inventor(ExtractiveWriter):
    id = "inventor/1"
    def write(self, dossier, objections, *, now):
        made = super().write(dossier, objections, now=now)
        false = replace(made.lede[0], text="The bridge fell on 900 people.", kind=EvidenceKind.WRITTEN)
        return replace(made, lede=(*made.lede, false), judged=frozenset({false.text}))
def make(settings):
    return Inventor()
'''


@pytest.fixture(autouse=True)
def _newsroom(run: Run, _in_an_empty_folder: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inventor.py").write_text(WRITER, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("IROYIN_WRITE_WITH", "inventor:make")
    assert 0 == run("import", ARTICLES).code


def test_json_has_every_sentence_with_its_number_and_what_is_wrong(run: Run) -> None:
    ran = run("brief", "findings", HARBOUR, "--language", "en", "--json")
    rows = [json.loads(line) for line in ran.out.splitlines()]

    with open_store(settings_of(None)) as store:
        told = next(one for one in store.briefs(HARBOUR) if one.language == "en").all_sentences()
    assert {n: s.text for n, s in enumerate(told)} == {r["n"]: r["text"] for r in rows if r["n"] is not None}
    assert {"en"} == {r["language"] for r in rows}
    (false,) = (r for r in rows if "900" in r["text"])
    assert ("cut", None) == (false["outcome"], false["n"])
    figure = next(f for f in false["findings"] if f["code"] == "number")
    assert "900" in figure["text"]
    assert all(f["near"] for f in false["findings"])
    assert (
        false["source"] in {span for r in read_lines(ARTICLES) for span in r["text"].split(". ")}
        or false["source"]
    )


def test_the_table_has_a_line_for_each_finding(run: Run) -> None:
    lines = [line.split("\t") for line in run("brief", "findings", HARBOUR).out.splitlines()]

    (title,) = (one[0] for one in lines if len(one) == 1)
    assert re.fullmatch(rf"{HARBOUR} in en, version [1-9]\d*", title)
    cut = [one for one in lines if "900" in one[-1]]
    assert {"number"} <= {one[3] for one in cut}
    assert {("-", "lede", "cut")} == {tuple(one[:3]) for one in cut}
    printed = [one for one in lines if len(one) > 1 and one[2] == "printed"]
    assert all(one[0].isdigit() and one[3] for one in printed)


def test_a_language_that_was_not_tried_is_refused(run: Run) -> None:
    ran = run("brief", "findings", HARBOUR, "--language", "ko")
    assert "ko: is no language in which" in ran.err
    assert "they are: en" in ran.err
