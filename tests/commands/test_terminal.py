"""What reaches the terminal: plain lines in a pipe, a table on a screen, and no order from a stranger's text."""

import logging
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import structlog
from command_line import ARTICLES, Run

from iroyin.commands import logs
from iroyin.commands.printable import printable

EVIL = "[bold red]Title[/] :smile: \x1b[31mred\x1b]0;owned\x07 \u202eenod\u2066"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain ẹ̀kọ́ 뉴스 خبر", "plain ẹ̀kọ́ 뉴스 خبر"),
        ("می‌خواهم", "می‌خواهم"),
        ("[red]x[/red] :smile:", "[red]x[/red] :smile:"),
        ("a\x1b[2Jb\x07\x9b", "a\\x1b[2Jb\\x07\\x9b"),
        ("two\nlines\r\tand\u2028more", "two\\nlines\\r\\tand\\u2028more"),
        ("\u202eback\u2066", "\\u202eback\\u2066"),
        ("half \ud800 pair", "half \\ud800 pair"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert expected == printable(text)


def test_a_hostile_title_is_shown_and_not_obeyed(run: Run) -> None:
    run("feed", "add", "https://example.org/feed", "--title", "placeholder")
    rename("https://example.org/feed", EVIL)
    piped = run("feed", "list").out
    assert not set("\x1b\x07\u202e\u2066") & set(piped)
    assert "[bold red]Title[/] :smile:" in piped
    assert 2 == len(piped.splitlines())
    shown = on_a_terminal("feed", "list")
    assert b"[bold red]Title[/]" in shown
    assert b"\x1b[31mred" not in shown
    assert b"\x1b]0;" not in shown


def rename(url: str, title: str) -> None:
    """Put a title into the database that no reader of feeds would let through."""
    import pysqlite3

    connection = pysqlite3.connect("var/iroyin.db")
    with connection:
        (data,) = connection.execute("SELECT data FROM feed").fetchone()
        import json

        row = json.loads(data) | {"title": title}
        connection.execute("UPDATE feed SET data = ?", (json.dumps(row).encode(),))
    connection.close()


def on_a_terminal(*arguments: str) -> bytes:
    """What a terminal of 200 columns would be sent."""
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "iroyin", *arguments],
        stdin=follower, stdout=follower, stderr=follower, env=os.environ | {"COLUMNS": "200", "TERM": "xterm"},
    )  # fmt: skip
    os.close(follower)
    told = b""
    try:
        while piece := os.read(leader, 65536):
            told += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(leader)
    assert 0 == child.wait()
    return told


def test_progress_is_lines_in_a_pipe_and_a_bar_on_a_terminal(run: Run) -> None:
    piped = run("group", ARTICLES, "-o", "out.jsonl").err
    assert "grouping: 6/6\n" in piped
    assert "\x1b" not in piped
    assert b"6/6" in on_a_terminal("group", str(ARTICLES), "-o", "out.jsonl")


def test_an_error_about_a_strange_file_name_is_one_plain_line(run: Run) -> None:
    ran = run("import", "no\x1b[31m\nsuch")
    assert "iroyin: no\\x1b[31m\\nsuch: cannot be read: No such file or directory\n" == ran.err


def test_a_reader_that_leaves_early_is_no_fault(run: Run) -> None:
    run("init", "--languages", "en")
    line = f"{sys.executable} -m iroyin feed list | head -1"
    ran = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert ("title", "") == (ran.stdout[:5], ran.stderr)


def test_a_terminal_of_another_encoding_gets_escapes(run: Run) -> None:
    run("feed", "add", "https://example.org/feed", "--title", "Ìròyìn 뉴스")
    ran = subprocess.run(
        [sys.executable, "-m", "iroyin", "feed", "list"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert (0, b"") == (ran.returncode, ran.stderr)
    assert b"\\u" in ran.stdout


def test_an_event_is_one_escaped_line_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    logs.to_stderr("warning")
    structlog.get_logger().warning(
        "job failed\nfor\x1b[31m", url="https://me:hunter2@news.example/f?api_key=hunter2&page=2", tries=3
    )
    structlog.get_logger().info("too quiet to be heard")
    logging.getLogger("trafilatura").error("chatter")
    logging.getLogger("urllib3.connectionpool").warning("chatter")
    logging.getLogger("iroyin.own").error("standard %s", "logging")
    told = capsys.readouterr().err.splitlines()
    assert 2 == len(told)
    assert "event='job failed\\nfor\\x1b[31m'" in told[0]
    assert "https://...@news.example/f?api_key=...&page=2" in told[0]
    assert "tries=3" in told[0]
    assert "hunter2" not in told[0]
    assert "level='error' event='standard logging'" in told[1]


def test_the_level_is_a_setting(capsys: pytest.CaptureFixture[str], run: Run) -> None:
    Path("iroyin.toml").write_text('[log]\nlevel = "info"\n')
    run("doctor")
    structlog.get_logger().info("heard")
    assert "event='heard'" in capsys.readouterr().err
    Path("iroyin.toml").write_text('[log]\nlevel = "loud"\n')
    assert "'log.level': must be one of debug, info" in run("once").err


def test_a_fault_is_logged_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.to_stderr("warning")
    try:
        raise ValueError("inside")
    except ValueError:
        structlog.get_logger().critical("job failed", exc_info=True)
        logging.getLogger("iroyin.own").exception("failed")
    told = capsys.readouterr().err.splitlines()
    assert 2 == len(told)
    assert all("ValueError: inside" in line for line in told)
