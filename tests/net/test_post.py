"""E-mail over TLS: what is not safe, or not who it says it is, gets no message and no password."""

import asyncio
import gc
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from iroyin.adapters.post import SmtpPost, smtp_server

FAR = "127.0.0.2"  # not one of the addresses that count as this machine, so TLS is asked for


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of a server at FAR, signed by itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, FAR)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(FAR))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path_factory.mktemp("post") / "server.pem"
    shape = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *shape) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def listening(safe: ssl.SSLContext | None, *, at_once: bool, host: str = FAR) -> Iterator[int]:
    """The port of a mail server: with TLS at once, with STARTTLS, or with neither."""
    loop = asyncio.new_event_loop()
    offered: dict[str, Any] = {} if at_once else {"tls_context": safe}
    server = loop.run_until_complete(
        loop.create_server(lambda: SMTP(Sink(), loop=loop, **offered), host, 0, ssl=safe if at_once else None)
    )
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    loop.close()


@pytest.mark.parametrize(
    ("scheme", "known", "offers", "said"),
    [
        ("smtp", True, True, ""),
        ("smtps", True, True, ""),
        ("smtp", False, True, "CERTIFICATE_VERIFY_FAILED"),
        ("smtps", False, True, "CERTIFICATE_VERIFY_FAILED"),
        ("smtp", True, False, "STARTTLS extension not supported"),
    ],
)
def test_a_message_goes_only_over_tls_to_a_server_that_proves_its_name(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, known: bool, offers: bool, said: str
) -> None:
    safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    safe.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate if known else certificate.with_name("none")))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@a.example", "undisclosed-recipients:;", "News"
    for port in listening(safe if offers else None, at_once=scheme == "smtps"):
        failed = SmtpPost(scheme, FAR, port).send(message, ["one@a.example"])

    assert bool(said) == bool(failed)
    assert said in failed.get("one@a.example", "")


@pytest.mark.parametrize(
    ("address", "want"),
    [
        ("smtp://mail.example.org", ("smtp", "mail.example.org", 587)),
        ("smtps://mail.example.org", ("smtps", "mail.example.org", 465)),
        ("smtp://127.0.0.1:25", ("smtp", "127.0.0.1", 25)),
        ("smtp://[::1]:25/", ("smtp", "::1", 25)),
    ],
)
def test_the_address_of_a_server(address: str, want: tuple[str, str, int]) -> None:
    assert want == smtp_server(address)


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("mail.example.org", "must be smtp://host:port"),
        ("http://a", "must be smtp://host:port"),
        ("smtp://", "must be smtp://host:port"),
        ("smtp://[", "must be smtp://host:port"),
        ("smtp://me:word@a", "IROYIN_DIGEST_PASSWORD"),
        ("smtp://:word@a", "IROYIN_DIGEST_PASSWORD"),
        ("smtp://me@a", "digest.user"),
        ("smtp://a:word", "a number"),
        ("smtp://a:65536", "up to 65535"),
        ("smtp://a:0", "leave it out"),
        ("smtp://a/folder", "nothing behind"),
        ("smtp://a?word=1", "nothing behind"),
        ("smtp://a:25/?", "nothing behind"),
        ("smtp://a#word", "nothing behind"),
    ],
)
def test_what_is_no_address_of_a_server_is_refused_with_advice_and_no_secret(address: str, advice: str) -> None:
    with pytest.raises(ValueError) as refused:
        smtp_server(address)

    assert advice in str(refused.value)
    assert "word" not in str(refused.value).replace("password", "").replace("PASSWORD", "")


@pytest.mark.filterwarnings("always::ResourceWarning")
@pytest.mark.parametrize(
    ("host", "user", "said"),
    [(FAR, "", "STARTTLS extension not supported"), ("127.0.0.1", "desk", "AUTH extension not supported")],
)
def test_a_line_that_may_not_be_used_is_closed(
    host: str, user: str, said: str, recwarn: pytest.WarningsRecorder
) -> None:
    message = EmailMessage()
    message["From"] = "desk@a.example"
    for port in listening(None, at_once=False, host=host):
        failed = SmtpPost("smtp", host, port, user, "word").send(message, ["one@a.example"])
        gc.collect()
        mine = f"raddr=('{host}', {port})"  # other tests' servers may leave sockets behind

    assert said in failed["one@a.example"]
    assert [] == [one for one in recwarn if "unclosed" in str(one.message) and mine in str(one.message)]
