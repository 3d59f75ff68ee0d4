"""`iroyin digest` as a person runs it: to a file, and to a mail server on loopback."""

import asyncio
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from command_line import Run
from stored import NOW, stored

DAY = "2026-01-05"


class Letterbox(Handler):
    """Keeps what comes; refuses one address."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, list[str], Message]] = []

    async def handle_RCPT(  # noqa: N802 # the server's name for it
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address.startswith("full@"):
            return "552 mailbox full"
        if address.startswith("busy@"):
            return "421 closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def prepare_message(self, session: Session, envelope: Envelope) -> Message:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.kept.append((str(envelope.mail_from), list(envelope.rcpt_tos), message))
        return message

    def handle_message(self, message: Message) -> None: ...


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


def listening(letterbox: Letterbox, **how: Any) -> Iterator[int]:
    """The port of a mail server on loopback."""
    loop, listener = asyncio.new_event_loop(), socket.create_server(("127.0.0.1", 0))
    server = loop.run_until_complete(loop.create_server(lambda: SMTP(letterbox, loop=loop, **how), sock=listener))
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield listener.getsockname()[1]
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def port(letterbox: Letterbox) -> Iterator[int]:
    yield from listening(letterbox)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path).close()
    for name, value in {
        "DESK_DATABASE": str(tmp_path / "newsroom.db"), "DESK_LANGUAGES": "en,yo,ar", "DESK_NOW": NOW.isoformat(),
        "DESK_URL": "https://news.example",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"IROYIN_{name}", value)


@pytest.fixture
def server(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IROYIN_DIGEST_SMTP", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("IROYIN_DIGEST_FROM", "desk@news.example")


def test_a_file_holds_a_whole_message(run: Run, tmp_path: Path) -> None:
    ended = run("digest", "--language", "yo", "--day", DAY, "--out", tmp_path / "file.eml")
    message = message_from_bytes((tmp_path / "file.eml").read_bytes(), policy=policy.default)

    assert 0 == ended.code
    assert ["text/plain", "text/html"] == [part.get_content_type() for part in message.iter_parts()]
    assert [] == message.defects and "Afárá" in message.get_body(("plain",)).get_content()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("language", "readers", "ended", "reached", "complaint"),
    [
        ("ar", "one@a.example,two@b.example", (0, f"{DAY}: sent to 2 of 2\n"), ["one@a.example", "two@b.example"], ""),
        (
            "en", "one@a.example,full@b.example,three@c.example", (1, f"{DAY}: sent to 2 of 3\n"),
            ["one@a.example", "three@c.example"], "full@b.example: 552 mailbox full",
        ),
    ],
    ids=["all are served", "one is refused"],
)  # fmt: skip
def test_each_reader_gets_a_message_of_their_own_and_who_is_refused_is_told(
    run: Run, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch,
    language: str, readers: str, ended: tuple[int, str], reached: list[str], complaint: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("IROYIN_DIGEST_TO", readers)
    ran = run("digest", "--language", language, "--day", DAY)

    assert ended == (ran.code, ran.out)
    assert complaint in ran.err
    assert [("desk@news.example", [one], one) for one in reached] == [
        (sender, to, str(message["To"])) for sender, to, message in letterbox.kept
    ]


def test_a_server_that_is_not_there_is_a_reason_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IROYIN_DIGEST_SMTP", "smtp://127.0.0.1:1")
    monkeypatch.setenv("IROYIN_DIGEST_FROM", "desk@news.example")
    monkeypatch.setenv("IROYIN_DIGEST_TO", "one@a.example")
    ended = run("digest", "--language", "en", "--day", DAY)

    assert (1, f"{DAY}: sent to 0 of 1\n") == (ended.code, ended.out)
    assert "one@a.example: " in ended.err and "Traceback" not in ended.err


def test_name_and_password_are_given_to_the_server(
    run: Run, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def known(_server: Any, _session: Any, _envelope: Any, _how: str, given: Any) -> AuthResult:
        seen.append((given.login, given.password))
        return AuthResult(success=True)

    for port in listening(letterbox, authenticator=known, auth_require_tls=False, auth_required=True):
        for name, value in {"SMTP": f"smtp://127.0.0.1:{port}", "FROM": "desk@news.example", "TO": "one@a.example",
                            "USER": "desk", "PASSWORD": "open sesame"}.items():  # fmt: skip
            monkeypatch.setenv(f"IROYIN_DIGEST_{name}", value)
        assert 0 == run("digest", "--language", "en", "--day", DAY).code

    assert [(b"desk", b"open sesame")] == seen


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("now", "said", "letters"),
    [
        ("2026-01-04T23:59:00+00:00", "no story told in en began on 2026-01-03: nothing to send\n", 0),
        ("2026-01-06T00:00:00+00:00", f"{DAY}: sent to 1 of 1\n", 1),
        ("2026-01-06T18:00:00+00:00", f"{DAY}: sent to 1 of 1\n", 1),
        ("2026-01-07T00:00:00+00:00", "no story told in en began on 2026-01-06: nothing to send\n", 0),
    ],
)
def test_without_a_day_it_is_that_of_yesterday(
    run: Run, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, now: str, said: str, letters: int
) -> None:
    """So that a story of the evening is in the next one, and a desk that stands still sends nothing twice."""
    monkeypatch.setenv("IROYIN_DIGEST_TO", "one@a.example")
    monkeypatch.setenv("IROYIN_DESK_NOW", now)
    ended = run("digest", "--language", "en")

    assert 0 == ended.code and said == ended.out + ended.err and letters == len(letterbox.kept)


@pytest.mark.usefixtures("server")
def test_a_server_that_hangs_up_is_the_reason_for_all_that_are_left(
    run: Run, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IROYIN_DIGEST_TO", "one@a.example,busy@b.example,three@c.example")
    ended = run("digest", "--language", "en", "--day", DAY)

    assert (1, f"{DAY}: sent to 1 of 3\n") == (ended.code, ended.out)
    assert ["busy@b.example: 421 closing", "three@c.example: 421 closing"] == ended.err.splitlines()
    assert ["one@a.example"] == [one for _, [one], _ in letterbox.kept]


@pytest.mark.parametrize(
    ("arguments", "set_", "said"),
    [
        (("--language", "en"), {}, "nowhere to go"),
        (("--language", "tlh", "--out", "x"), {}, "is no language of the site"),
        (("--language", "en", "--day", "soon", "--out", "x"), {}, "is no day"),
        (("--language", "en", "--day", "2020-01-01", "--out", "x"), {}, f"the newest day with one is {DAY}"),
        (("--language", "en", "--out", "no/such/folder"), {}, "cannot be written"),
        (("--language", "en", "--out", "x"), {"FROM": "nobody"}, "digest.from"),
        (("--language", "en", "--out", "x"), {"UNSUBSCRIBE": "at will"}, "digest.unsubscribe"),
        (("--language", "en", "--out", "x"), {"UNSUBSCRIBE": "mailto:"}, "digest.unsubscribe"),
        (("--language", "en", "--out", "x"), {"UNSUBSCRIBE": "https://a.example/<out>"}, "digest.unsubscribe"),
        (("--language", "en", "--out", "x"), {"UNSUBSCRIBE": "leave@"}, "digest.unsubscribe"),
        (("--language", "en", "--out", "x"), {"UNSUBSCRIBE": "a@b.example, c@d.example"}, "digest.unsubscribe"),
        (("--language", "en"), {"SMTP": "http://a.example"}, "digest.smtp"),
        (("--language", "en"), {"SMTP": "smtp://me:word@a.example"}, "IROYIN_DIGEST_PASSWORD"),
        (("--language", "en"), {"SMTP": "smtp://127.0.0.1:1"}, "digest.from"),
        (("--language", "en"), {"SMTP": "smtp://127.0.0.1:1", "FROM": "a@b.example"}, "digest.to"),
        (
            ("--language", "en"),
            {"SMTP": "smtp://127.0.0.1:1", "FROM": "a@b.example", "TO": "a\r\n@b"},
            "digest.to",
        ),
    ],
)
def test_what_cannot_work_is_refused_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], set_: dict[str, str], said: str
) -> None:
    for name, value in set_.items():
        monkeypatch.setenv(f"IROYIN_DIGEST_{name}", value)
    ended = run("digest", *arguments)

    assert 1 == ended.code
    assert said in ended.err and 1 == len(ended.err.splitlines())
