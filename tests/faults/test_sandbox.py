"""A document that hangs, hogs or kills its parser costs itself and nothing else (hardening 30, 72)."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iroyin.adapters.sandbox import ChildParser
from iroyin.errors import ParseError
from iroyin.settings import Settings

Parsers = Callable[..., ChildParser]
PAGE = "parse_targets:page"


@pytest.fixture
def parser() -> Iterator[Parsers]:
    made: list[ChildParser] = []

    def make(**settings: object) -> ChildParser:
        row = {"parse_children": 1, "parse_cpu": 1, "parse_wall": 10.0, "parse_memory": 400, **settings}
        made.append(ChildParser(Settings(**row), feed=PAGE, page=PAGE))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def ask(parser: ChildParser, order: str) -> str:
    return parser.page(order.encode(), "http://a.example/").text


def child_of(parser: ChildParser) -> int:
    return int(parser.page(b"who am I", "http://a.example/").title)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("hog", "took too long"),
        ("eat 2000", "crashed the parser: out of memory"),
        ("die", "crashed the parser"),
        ("segfault", "crashed the parser: SIGSEGV"),
        ("raise", "crashed the parser"),
        ("deep", "crashed the parser"),
        ("foreign", "crashed the parser: unreadable answer"),
        ("strange", "crashed the parser: not a page"),
        ("refuse", "not a page"),
    ],
)
def test_a_bad_document_is_a_reason_and_the_next_one_is_parsed(order: str, reason: str, parser: Parsers) -> None:
    found = parser()

    with pytest.raises(ParseError) as error:
        ask(found, order)

    assert reason == error.value.reason
    assert "all is well" == ask(found, "say all is well")


def test_a_child_that_only_waits_is_ended_by_the_clock(parser: Parsers) -> None:
    found = parser(parse_wall=0.3)
    began = time.monotonic()

    with pytest.raises(ParseError, match="took too long"):
        ask(found, "sleep")

    assert time.monotonic() - began < 5
    assert "yes" == ask(found, "say yes")


def test_the_cpu_limit_is_a_documents_and_not_a_childs(parser: Parsers) -> None:
    found = parser()
    first = child_of(found)

    for _ in range(4):
        ask(found, "burn 0.6 seconds".replace(" seconds", ""))

    assert first == child_of(found)


def test_a_child_is_replaced_after_its_documents(parser: Parsers) -> None:
    found = parser(parse_documents=2)

    pids = [child_of(found) for _ in range(4)]

    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_child_killed_while_idle_costs_no_document(parser: Parsers) -> None:
    found = parser()
    first = child_of(found)
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    assert first != child_of(found)


def test_a_child_writes_no_file_and_knows_no_secret(
    parser: Parsers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IROYIN_API_KEY", "secret")
    found = parser()

    with pytest.raises(ParseError):
        ask(found, f"write {tmp_path / 'out'}")

    assert "" == (tmp_path / "out").read_text() if (tmp_path / "out").exists() else True
    assert "IROYIN_API_KEY" not in ask(found, "environment")


def test_a_child_has_its_own_pipe_and_no_other_handle_of_ours(parser: Parsers) -> None:
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        ours.listen()
        open_files = ask(parser(), "files").split()

    assert 1 == sum(name.startswith("socket:") for name in open_files)


def test_two_children_parse_at_once_from_many_threads(parser: Parsers) -> None:
    found = parser(parse_children=2)
    seen: list[str] = []

    def work(number: int) -> None:
        seen.append(ask(found, f"say {number}"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(str(number) for number in range(20)) == sorted(seen)


def test_closing_ends_the_children_and_all_further_work(parser: Parsers) -> None:
    found = parser()
    pid = child_of(found)

    found.close()

    assert not Path(f"/proc/{pid}").exists()
    with pytest.raises(ParseError, match="closed"):
        ask(found, "say hello")


def test_closing_while_a_document_is_in_hand_gives_it_up(parser: Parsers) -> None:
    found = parser()
    child_of(found)
    reasons: list[str] = []

    def work() -> None:
        try:
            ask(found, "sleep")
        except ParseError as error:
            reasons.append(error.reason)

    thread = threading.Thread(target=work)
    thread.start()
    while found._idle.qsize():
        time.sleep(0.001)
    found.close()
    thread.join(5)

    assert not thread.is_alive()
    # Which of them depends on whether the child was handed its document before, while or after the closing.
    assert [True] == [reason.startswith(("crashed the parser", "the parser is closed")) for reason in reasons]


def test_a_parser_that_cannot_be_loaded_says_so() -> None:
    with ChildParser(Settings(), page="parse_targets:missing") as found, pytest.raises(ParseError) as error:
        found.page(b"", "http://a.example/")

    assert "did not start" in error.value.reason
    assert "missing" in error.value.reason


def test_a_child_leaves_when_its_parent_is_killed() -> None:
    code = (
        "import os, sys\n"
        "from iroyin.adapters.sandbox import ChildParser\n"
        "from iroyin.settings import Settings\n"
        f"p = ChildParser(Settings(), feed={PAGE!r}, page={PAGE!r})\n"
        "print(p.page(b'who', 'u').title, flush=True)\n"
        "sys.stdin.read()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()

    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{child}").exists()
