"""`iroyin run` and `iroyin serve` as processes: they work until told to stop, and then stop cleanly."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from command_line import ARTICLES, Run


def started(*arguments: object) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "iroyin", *map(str, arguments)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """A shell starts what it puts in the background deaf to Ctrl-C, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_works_until_it_is_told_to_stop(run: Run, number: signal.Signals) -> None:
    run("import", ARTICLES, "--no-publish")
    desk = started("run")
    assert desk.stdout
    assert "3 stories" in desk.stdout.readline()
    desk.send_signal(number)
    _, err = desk.communicate(timeout=30)
    assert (0, False) == (desk.returncode, "Traceback" in err)
    assert "stopping after the work under way" in err


def test_serve_answers_until_it_is_told_to_stop(run: Run) -> None:
    run("import", ARTICLES)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    site = started("serve", "--port", port)
    assert site.stdout
    assert f"at http://127.0.0.1:{port}/" in site.stdout.readline()
    page = ""
    while not page and site.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=10) as answer:
                page = answer.read().decode()
        except (URLError, ConnectionError):
            os.sched_yield()
    site.send_signal(signal.SIGINT)
    _, err = site.communicate(timeout=30)
    assert (0, "") == (site.returncode, err)
    assert "Kolme" in page


def test_ctrl_c_in_the_middle_of_a_file_leaves_the_old_output(run: Run) -> None:
    Path("out.jsonl").write_text("before")
    child = subprocess.Popen(
        [sys.executable, "-m", "iroyin", "verify", "-", "-o", "out.jsonl"],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
    assert child.stdin
    assert child.stderr
    child.stdin.write('{"id": 1, "claim": "A", "sources": ["B"]}\n')
    child.stdin.flush()
    assert "checking claims: 1" in child.stderr.readline()
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    assert (130, False) == (child.returncode, "Traceback" in err)
    assert ["before"] == [path.read_text() for path in Path().iterdir()]
