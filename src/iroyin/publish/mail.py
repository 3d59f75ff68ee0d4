"""What an e-mail's headers demand: the domain of a site, the address where readers leave, one header left unfolded."""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.policy import SMTP, EmailPolicy
from ipaddress import ip_address
from urllib.parse import urlsplit

_LINK = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]{1,900}")  # a header's line has at most 998 bytes
_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
UNFOLDED = "List-Unsubscribe"


class _Policy(EmailPolicy):
    """Writes the header of links on one line: a long one would be encoded as words, which no mail program follows."""

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if name == UNFOLDED else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode() if name == UNFOLDED else super().fold_binary(name, value)


POLICY = _Policy(linesep=SMTP.linesep)


def domain(url: str) -> str:
    """What stands behind the @ for the host of an address: ASCII, numbers in brackets; localhost where nothing can."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return "localhost"
    try:
        number = ip_address(host.partition("%")[0])
    except ValueError:
        return _named(host)
    return f"[IPv6:{number}]" if number.version == 6 else f"[{number}]"


def _named(host: str) -> str:
    try:
        name = host.encode("idna").decode("ascii").rstrip(".")
    except UnicodeError:
        return "localhost"
    return name if _DOMAIN.fullmatch(name) else "localhost"


def is_mailbox(address: str) -> bool:
    """Whether this is one whole e-mail address in ASCII."""
    try:
        parts = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):  # what `email` raises differs with what is wrong
        return False
    return bool(parts.username and parts.domain) and address.isascii() and address.isprintable()


def leave_link(leave: str) -> str:
    """The link where readers leave: a web address, or mailto with an e-mail address; nothing when it is neither."""
    if not _LINK.fullmatch(leave):
        return ""
    try:
        parts = urlsplit(leave)
        web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    box, mark, rest = leave.removeprefix("mailto:").partition("?")
    if web or not is_mailbox(box):
        return leave if web else ""
    return f"mailto:{box}{mark}{rest}"
