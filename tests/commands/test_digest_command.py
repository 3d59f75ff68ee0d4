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
    """Keeps what comes; refuses one address, and everything from another one on."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, list[str], Message]] = []

    async def handle_RCPT(  # noqa: N802 # the server's name for it
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address.startswith("full@"):
            return "552 mailbox full"
        if address.startswith("busy@"):
            return "421 4.7.0 too many for today"
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
        (
            "en", "one@a.example,busy@b.example,three@c.example", (1, f"{DAY}: sent to 1 of 3\n"), ["one@a.example"],
            "busy@b.example: 421 4.7.0 too many for today\nthree@c.example: 421 4.7.0 too many for today",
        ),
    ],
    ids=["all are served", "one is refused", "the server has enough"],
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
    ("now", "said", "sent"),
    [
        ("2026-01-05T23:59:59+00:00", "2026-01-04: sent to 1 of 1", 1),
        ("2026-01-06T00:00:00+00:00", f"{DAY}: sent to 1 of 1", 1),
        ("2026-01-06T23:59:59+00:00", f"{DAY}: sent to 1 of 1", 1),
        ("2026-02-01T00:00:00+00:00", "2026-01-31: no story told in en began then", 0),
    ],
    ids=["the day is not over", "just over", "still yesterday", "a desk that stands still"],
)  # fmt: skip
def test_the_last_day_that_is_over_is_sent_and_a_day_without_a_story_is_no_alarm(
    run: Run, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, now: str, said: str, sent: int
) -> None:
    monkeypatch.setenv("IROYIN_DIGEST_TO", "one@a.example")
    monkeypatch.setenv("IROYIN_DESK_NOW", now)
    ended = run("digest", "--language", "en")

    assert (0, "", sent) == (ended.code, ended.err, len(letterbox.kept))
    assert said in ended.out


@pytest.mark.parametrize(
    ("command", "now", "told"),
    [
        ("digest", "2026-01-06T09:00:00+00:00", (0, f"{DAY}: ")),
        ("digest", "2026-01-08T09:00:00+00:00", (1, "2026-01-07: no story told in en began then")),
        ("ebook", "2026-01-08T09:00:00+00:00", (0, f"{DAY}: ")),
    ],
)
def test_standard_error_says_which_day_a_file_tells(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, now: str, told: tuple[int, str]
) -> None:
    monkeypatch.setenv("IROYIN_DESK_NOW", now)
    ended = run(command, "--language", "en", "--out", "file")

    assert told[0] == ended.code and told[1] in ended.err
    assert Path("file").exists() == (told[0] == 0)


@pytest.mark.parametrize(
    ("arguments", "set_", "said"),
    [
        (("--language", "en"), {}, "nowhere to go"),
        (("--language", "tlh", "--out", "x"), {}, "is no language of the site"),
        (("--language", "en", "--day", "soon", "--out", "x"), {}, "is no day"),
        (("--language", "en", "--day", "2020-01-01", "--out", "x"), {}, f"the newest day with one is {DAY}"),
        (("--language", "en", "--day", DAY, "--out", "no/such/folder"), {}, "cannot be written"),
        (("--language", "en", "--out", "x"), {"FROM": "nobody"}, "digest.from"),
        (("--language", "en", "--out", "x"), {"UNSUBSCRIBE": "at will"}, "digest.unsubscribe"),
        (("--language", "en", "--out", "x"), {"UNSUBSCRIBE": "mailto:"}, "digest.unsubscribe"),
        (("--language", "en"), {"SMTP": "http://a.example"}, "digest.smtp"),
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
