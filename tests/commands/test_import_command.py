"""`iroyin import`: what is known changes nothing, and what was read is kept."""

import gzip
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from command_line import ARTICLES, Run, write_lines

from iroyin.adapters.store import SqlStore
from iroyin.adapters.store.alone import alone

DATABASE = Path("var/iroyin.db")


def kept() -> dict[str, Any]:
    with SqlStore(DATABASE) as store:
        pages = {path: page.body for path in store.page_paths() if (page := store.page(path))}
        stories = {story.id: story for story in store.stories()}
        return {
            "articles": store.count("article"),
            "stories": stories,
            "pages": pages,
            "briefs": store.count("brief"),
        }


def test_importing_twice_changes_nothing(run: Run) -> None:
    first = run("import", ARTICLES)
    before = kept()
    assert (0, 6) == (first.code, before["articles"])
    assert before["pages"]
    again = run("import", ARTICLES)
    assert "6 articles read, 0 new" in again.out
    assert before == kept()


def test_importing_polls_no_feed(run: Run) -> None:
    run("feed", "add", "https://example.org/feed")
    run("import", ARTICLES)
    assert "\tnew\t" in run("feed", "list").out


def test_one_id_twice_in_a_file_counts_once(run: Run, articles: list[dict[str, Any]]) -> None:
    file = write_lines(Path("in.jsonl"), [*articles, articles[0] | {"text": "Another text under a known id."}])
    assert 0 == run("import", file).code
    before = kept()
    assert "0 new" in run("import", file).out
    assert before == kept()


def test_without_publishing_the_next_pass_carries_on(run: Run) -> None:
    assert 0 == run("import", ARTICLES, "--no-publish").code
    assert {} == kept()["pages"]
    assert 0 == run("once").code
    assert kept()["pages"]


def test_rows_before_a_damage_are_kept(run: Run, articles: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(articles[at % 6] | {"id": f"n{at}", "url": ""}) + "\n" for at in range(600))
    Path("in.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-900])
    ran = run("import", "in.jsonl.gz", "--no-publish")
    assert 1 == ran.code
    count = kept()["articles"]
    assert count > 64
    assert f"{count} articles before that are kept" in ran.err


def test_a_second_process_on_the_database_is_refused(run: Run) -> None:
    with alone(DATABASE):
        ran = run("import", ARTICLES)
    assert 1 == ran.code
    assert "another iroyin is at work on var/iroyin.db" in ran.err


def test_a_database_that_another_program_holds_is_told_with_what_to_do(run: Run) -> None:
    import pysqlite3

    run("import", ARTICLES, "--no-publish")
    holder = pysqlite3.connect(str(DATABASE), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ran = run("feed", "add", "https://example.org/feed")
    holder.close()
    assert (1, 1) == (ran.code, len(ran.err.splitlines()))
    assert "database is locked; another program holds it; try again in a moment" in ran.err


def test_a_full_disk_stops_with_one_line_and_keeps_what_was_done(run: Run, articles: list[dict[str, Any]]) -> None:
    rows = [articles[at % 6] | {"id": f"n{at}", "url": ""} for at in range(600)]
    write_lines(Path("in.jsonl"), rows)
    assert 0 == run("import", ARTICLES, "--no-publish").code
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000)); sys.argv[0] = 'iroyin';"
        "from iroyin.cli import main; main()"
    )
    line = [sys.executable, "-c", code, "import", "in.jsonl", "--no-publish"]
    ran = subprocess.run(line, capture_output=True, text=True, check=False)
    told = [said for said in ran.stderr.splitlines() if not said.startswith("taking articles in")]
    assert (1, 1) == (ran.returncode, len(told))
    assert "what was done is kept" in told[0]
    assert f"{600 - kept()['articles'] + 6} new" in run("import", "in.jsonl", "--no-publish").out


def test_ctrl_c_keeps_what_was_read_and_the_same_import_goes_on(run: Run, articles: list[dict[str, Any]]) -> None:
    rows = [articles[at % 6] | {"id": f"n{at}", "url": "", "title": f"{at} {articles[at % 6]['title']}"}
            for at in range(200)]  # fmt: skip
    lines = [json.dumps(row).encode() + b"\n" for row in rows]
    child = subprocess.Popen(
        [sys.executable, "-m", "iroyin", "import", "-", "--no-publish"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin
    assert child.stderr
    child.stdin.writelines(lines[:150])
    child.stdin.flush()
    assert b"taking articles in" in child.stderr.readline()
    child.send_signal(signal.SIGINT)
    assert b"stopping after the work under way" in child.stderr.readline()
    child.stdin.writelines(lines[150:])
    _, told = child.communicate()
    assert (130, False) == (child.returncode, b"Traceback" in told)
    part = kept()["articles"]
    assert 64 <= part <= 200
    whole = write_lines(Path("in.jsonl"), rows)
    assert f"200 articles read, {200 - part} new" in run("import", whole, "--no-publish").out
