"""`iroyin group`: one line for each article, whatever its id looks like, and no label is read."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import ARTICLES, Run, read_lines, write_lines


def stories(run: Run, rows: list[Any]) -> list[dict[str, Any]]:
    assert 0 == run("group", write_lines(Path("in.jsonl"), rows), "-o", "out.jsonl").code
    return read_lines(Path("out.jsonl"))


def test_each_article_gets_one_line_in_the_files_order(run: Run, articles: list[dict[str, Any]]) -> None:
    told = stories(run, articles[::-1])
    assert [row["id"] for row in articles[::-1]] == [line["id"] for line in told]
    assert [{"id", "story"}] * len(articles) == [set(line) for line in told]


def test_articles_of_one_event_share_a_story_and_others_do_not(run: Run, articles: list[dict[str, Any]]) -> None:
    told = {line["id"]: line["story"] for line in stories(run, articles)}
    assert told["harbour-1"] == told["harbour-2"]
    assert told["maize-1"] == told["maize-2"]
    assert 3 == len({told["harbour-1"], told["maize-1"], told["chess-1"]})


def test_labels_in_the_file_change_nothing(run: Run, articles: list[dict[str, Any]]) -> None:
    plain = [{name: value for name, value in row.items() if name != "cluster"} for row in articles]
    misleading = [row | {"cluster": "all one", "story": "s1", "label": 1} for row in articles]
    expected = stories(run, plain)
    assert expected == stories(run, articles)
    assert expected == stories(run, misleading)


def test_the_order_of_the_file_changes_no_story(run: Run, articles: list[dict[str, Any]]) -> None:
    forwards = {line["id"]: line["story"] for line in stories(run, articles)}
    assert forwards == {line["id"]: line["story"] for line in stories(run, articles[::-1])}


@pytest.mark.parametrize(
    "own",
    ["a/b c", "", " spaced ", "../../etc", "\ud800", "x" * 5000, "é", 7, 0, -1.5, True, None, ["a"], {"b": 1}],
)
def test_an_id_comes_back_as_it_was(run: Run, articles: list[dict[str, Any]], own: object) -> None:
    told = stories(run, [articles[0] | {"id": own}, articles[1]])
    assert own == told[0]["id"]
    assert told[0]["story"] == told[1]["story"]


def test_one_id_on_two_articles_gives_two_lines(run: Run, articles: list[dict[str, Any]]) -> None:
    told = stories(run, [articles[0] | {"id": "same"}, articles[5] | {"id": "same"}])
    assert ["same", "same"] == [line["id"] for line in told]
    assert told[0]["story"] != told[1]["story"]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"published_at": "no day"}, {"published_at": None}, {"published_at": {}}, {"published_at": "1871-01-01"},
        {"title": "", "text": ""}, {"title": None, "text": None}, {"title": {"a": 1}, "text": [1]},
    ],
)  # fmt: skip
def test_a_row_without_date_or_text_is_a_story_of_its_own(
    run: Run, articles: list[dict[str, Any]], spoiled: dict[str, Any]
) -> None:
    told = stories(run, [*articles, articles[0] | {"id": "odd"} | spoiled])
    assert "odd" == told[-1]["id"]
    assert told[-1]["story"] not in {line["story"] for line in told[:-1]}


def test_lines_that_are_no_object_are_told_and_left_out(run: Run) -> None:
    good = ARTICLES.read_bytes()
    Path("in.jsonl").write_bytes(b'[1]\n"text"\nnull\n{broken\n\xff\xfe\n\n' + good)
    ran = run("group", "in.jsonl", "-o", "out.jsonl")
    assert 0 == ran.code
    assert len(good.splitlines()) == len(read_lines(Path("out.jsonl")))
    assert all(f"line {number} left out" in ran.err for number in range(1, 6))


def test_gzip_reads_as_the_plain_file_does(run: Run) -> None:
    Path("in.jsonl.gz").write_bytes(gzip.compress(ARTICLES.read_bytes()))
    run("group", "in.jsonl.gz", "-o", "packed.jsonl")
    run("group", ARTICLES, "-o", "plain.jsonl")
    assert Path("plain.jsonl").read_bytes() == Path("packed.jsonl").read_bytes()


def test_standard_output_holds_the_lines_alone(run: Run, articles: list[dict[str, Any]]) -> None:
    ran = run("group", ARTICLES, "-o", "-")
    assert [row["id"] for row in articles] == [json.loads(line)["id"] for line in ran.out.splitlines()]


def test_what_was_there_stays_when_the_input_breaks_off(run: Run) -> None:
    Path("out.jsonl").write_text("before\n")
    Path("in.jsonl.gz").write_bytes(gzip.compress(ARTICLES.read_bytes())[:-30])
    ran = run("group", "in.jsonl.gz", "-o", "out.jsonl")
    assert (1, "before\n") == (ran.code, Path("out.jsonl").read_text())
    assert ["in.jsonl.gz", "out.jsonl"] == sorted(path.name for path in Path().iterdir())
