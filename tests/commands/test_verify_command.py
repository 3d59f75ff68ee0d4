"""`iroyin verify`: one verdict a line, whatever stands in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Run, read_lines, write_lines

SOURCES = [
    "The Kolme harbour bridge was closed on Monday after engineers found a crack. Repairs will take three weeks."
]
GOOD = {"id": 1, "claim": "The Kolme harbour bridge was closed on Monday.", "lang": "en", "sources": SOURCES}


def verdicts(run: Run, rows: list[Any]) -> list[dict[str, Any]]:
    assert 0 == run("verify", write_lines(Path("in.jsonl"), rows), "-o", "out.jsonl").code
    return read_lines(Path("out.jsonl"))


def test_a_claim_that_its_source_states_is_supported_and_a_wrong_figure_is_not(run: Run) -> None:
    wrong = GOOD | {"id": "2", "claim": "Repairs of the Kolme harbour bridge will take 9 weeks."}
    first, second = verdicts(run, [GOOD, wrong])
    assert (1, True, []) == (first["id"], first["supported"], first["findings"])
    assert ("2", False) == (second["id"], second["supported"])
    assert "number" in {finding["code"] for finding in second["findings"]}
    assert [{"code", "text", "near"}] * len(second["findings"]) == [set(f) for f in second["findings"]]


@pytest.mark.parametrize(
    "row",
    [
        {}, [], "text", 5, None, {"claim": 5, "sources": SOURCES}, {"claim": "x", "sources": {}},
        {"claim": "x", "sources": [1, None]}, {"claim": "", "sources": []}, {"claim": "\ud800", "sources": ["\udfff"]},
        {"claim": "a" * 30_000, "sources": SOURCES}, {"claim": "x\u202ey\x00", "sources": ["\x1b[31m"], "lang": 7},
        {"claim": "٣ و ४ 5 1e999", "sources": ["1" * 5000], "lang": "no-such-language"},
    ],
)  # fmt: skip
def test_an_odd_row_gets_its_line_too(run: Run, row: object) -> None:
    told = verdicts(run, [GOOD, row, GOOD])
    assert [1, row.get("id", 2) if isinstance(row, dict) else 2, 1] == [line["id"] for line in told]
    assert [{"id", "supported", "score", "findings"}] * 3 == [set(line) for line in told]
    assert told[1]["supported"] is False
    assert 0 <= told[1]["score"] <= 1
    assert told[1]["findings"]


def test_broken_lines_get_their_line_and_empty_ones_do_not(run: Run) -> None:
    Path("in.jsonl").write_bytes(json.dumps(GOOD).encode() + b"\n\n{broken\n\xff\n")
    ran = run("verify", "in.jsonl", "-o", "out.jsonl")
    told = read_lines(Path("out.jsonl"))
    assert [1, 3, 4] == [line["id"] for line in told]
    assert ["unreadable"] == [finding["code"] for finding in told[2]["findings"]]
    assert "line 3 counts as not supported: not JSON" in ran.err


def test_sources_may_be_one_text(run: Run) -> None:
    assert verdicts(run, [GOOD])[0] == verdicts(run, [GOOD | {"sources": SOURCES[0]}])[0]
