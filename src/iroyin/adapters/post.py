"""E-mail by SMTP: one connection, one message for each reader, so that nobody sees who else reads."""

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_NEAR = {"localhost", "127.0.0.1", "::1"}  # a relay on this machine is spoken to in the clear


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """Implements `ports.Postman`. `scheme` is smtps (TLS from the start) or smtp (STARTTLS, which must be offered)."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 30.0

    def send(self, message: EmailMessage, to: Sequence[str]) -> Mapping[str, str]:
        """See `Postman`. What ends the connection ends the sending: the addresses left fail for the same reason."""
        failed: dict[str, str] = {}
        left = list(to)
        try:
            with self._opened() as server:
                while left:
                    try:
                        server.send_message(_addressed(message, left[0]))
                    except (
                        smtplib.SMTPRecipientsRefused,
                        smtplib.SMTPDataError,
                        smtplib.SMTPNotSupportedError,
                    ) as why:
                        failed[left[0]] = _reason(why)
                        if server.sock is None:  # the library closes the line after a 421
                            raise
                    left.pop(0)
        except (smtplib.SMTPException, OSError, ValueError) as why:
            failed |= dict.fromkeys(left, _reason(why))
        return failed

    def _opened(self) -> smtplib.SMTP:
        """A line that may be used for sending; closed again when it may not."""
        safe = ssl.create_default_context()
        if self.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=safe)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        with ExitStack() as unused:
            unused.callback(server.close)
            if self.scheme == "smtp" and self.host not in _NEAR:
                server.starttls(context=safe)
            if self.user:
                server.login(self.user, self.password)
            unused.pop_all()
        return server


def smtp_server(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address such as smtp://mail.example.org:587.

    Raises ValueError saying what to do; never with the address, which may hold a password.
    """
    shape = "must be smtp://host:port or smtps://host:port"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{shape}, the port a number up to 65535") from error
    if "@" in parts.netloc:
        raise ValueError(f"{shape}; a user name goes to digest.user, a password to IROYIN_DIGEST_PASSWORD")
    if parts.path.strip("/") or "?" in address or "#" in address:
        raise ValueError(f"{shape}, with nothing behind it")
    if port == 0:
        raise ValueError(f"{shape}; port 0 is none, leave it out for {' or '.join(map(str, _PORTS.values()))}")
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(shape)
    return parts.scheme, parts.hostname, port or _PORTS[parts.scheme]


def _addressed(message: EmailMessage, to: str) -> EmailMessage:
    own = deepcopy(message)
    del own["To"]
    own["To"] = to
    return own


def _reason(why: Exception) -> str:
    """The server's own words where there are some, on one line."""
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(why.recipients.values()))
        return _said(code, said)
    if isinstance(why, smtplib.SMTPResponseException):
        return _said(why.smtp_code, why.smtp_error)
    return str(why) or type(why).__name__


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}".replace("\n", " ")
