"""Which addresses the desk may dial, judged at the moment of dialling and within an absolute deadline.

A host name is resolved once, every address it has is judged, and a judged address is the one dialled: no second
resolution can slip in between (DNS rebinding). URL, Host header and TLS name stay as they are. Leaves out what
is asked and answered (`exchange.py`) and whether we should ask at all (`politeness.py`, `robots.py`).
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

import httpcore2
import httpx2

from iroyin.errors import AddressRefused, FetchError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
Clock = Callable[[], float]

WEB_PORTS = frozenset({80, 443})
_LOOPBACK = "127.0.0.1"
_URL_LIMIT = 8000
_TRIES = 2

# Not left to `is_global`, whose answers changed between Python releases (3.11.7 passes multicast, NAT64 and
# 192.0.0.0/24). Source: IANA special-purpose registries. 168.63.129.16 is public space but Azure's inside.
_SPECIAL4 = tuple(
    IPv4Network(block)
    for block in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
    198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_UNICAST6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_TEREDO = IPv6Network("2001::/32")
_6TO4 = IPv6Network("2002::/16")
_SPECIAL6 = tuple(IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"))


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet: a positive rule, on the IPv4 address within if there is one.

    Mapped, NAT64 (RFC 6052) and 6to4 (RFC 3056) forms stand for their IPv4 address; Teredo and all else outside
    the unicast block 2000::/3 is refused.
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in block for block in _SPECIAL4)
    if address.scope_id or address in _TEREDO:
        return False
    inner = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return address in _UNICAST6 and address.is_global and not any(address in block for block in _SPECIAL6)


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host as the operating system gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that has passed `check_url`, in the parts a connection needs; `host` is ASCII, without brackets."""

    url: str
    scheme: str
    host: str
    port: int
    path: bytes

    @property
    def netloc(self) -> str:
        """Host and port as a Host header names them: an IPv6 host in brackets, the usual port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and netloc: what validators and robots.txt belong to."""
        return f"{self.scheme}://{self.netloc}"


_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_AUTHORITY = re.compile(r"https?://([^/?#]+)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|[0-9a-f:]*:[0-9a-f:.]*")


def check_url(url: str) -> Target:
    """The URL as a target, or AddressRefused.

    Refused before anything else reads them, since parsers differ on their host: user info, backslashes and
    control characters, an empty or unprintable host, schemes other than http and https.
    """
    if len(url) > _URL_LIMIT or _UNSAFE.search(url):
        raise AddressRefused(url[:200], "not a clean URL")
    authority = _AUTHORITY.match(url)
    if not authority:
        raise AddressRefused(url, "not an http address")
    if "@" in authority[1]:
        raise AddressRefused(url, "user name in the URL")
    try:
        parsed = httpx2.URL(url).copy_with(fragment=None)
        host = parsed.raw_host.decode("ascii").lower()
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise AddressRefused(url, "not a clean URL") from error
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    if not _HOST.fullmatch(host) or ".." in host or port > 65535:
        raise AddressRefused(url, "not a clean host name")
    return Target(str(parsed), parsed.scheme, host, port, parsed.raw_path)


@dataclass(frozen=True, slots=True)
class Guard:
    """The rule for dialling. `allow` holds the operator's "host:port" pairs, the host may be `*.localhost`.

    `resolve` and `public` are arguments so that tests can play the internet on loopback.
    """

    allow: tuple[str, ...] = ()
    resolve: Resolve = system_resolve
    public: Callable[[Address], bool] = is_public
    ports: frozenset[int] = WEB_PORTS
    _pairs: frozenset[tuple[str, int]] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        pairs = set()
        for pair in self.allow:
            host, _, port = pair.rpartition(":")
            if host and port.isdecimal():
                pairs.add((host.strip("[]").rstrip(".").lower(), int(port)))
        object.__setattr__(self, "_pairs", frozenset(pairs))

    def lists(self, host: str, port: int) -> bool:
        """Whether the operator named this host and port."""
        name = host.rstrip(".").lower()
        wild = name.endswith(".localhost") and ("*.localhost", port) in self._pairs
        return wild or (name, port) in self._pairs

    def is_own(self, host: str, port: int) -> bool:
        """Whether this is a listed loopback server: the operator's own, which needs no politeness."""
        return self.lists(host, port) and (_is_localhost(host) or host.startswith("127.") or host == "::1")

    def addresses(self, target: Target, deadline: float, clock: Clock, *, listed: bool = True) -> list[str]:
        """The addresses to try, at most two, all of them judged.

        One address that is not public refuses the whole name. With `listed` false the operator's list is not
        looked at: a stranger's redirect may not lead to what the operator opened for the desk.
        """
        trusted = listed and self.lists(target.host, target.port)
        if not trusted and target.port not in self.ports:
            raise AddressRefused(target.url, f"port {target.port}")
        found = self._resolved(target, deadline - clock())
        if not trusted and not all(self.public(address) for address in found):
            raise AddressRefused(target.url, "private address")
        other = [address for address in found if address.version != found[0].version]
        return [str(address) for address in [found[0], *other[:1], *found[1:]][:_TRIES]]

    def _resolved(self, target: Target, seconds: float) -> list[Address]:
        host = target.host.rstrip(".")
        try:
            return [ipaddress.ip_address(host)]
        except ValueError:
            pass
        if _is_localhost(host):
            return [ipaddress.ip_address(_LOOPBACK)]
        try:
            found = _within(seconds, lambda: self.resolve(target.host, target.port))
            addresses = [ipaddress.ip_address(text) for text in found]
        except TimeoutError as error:
            raise FetchError(target.url, "timeout") from error
        except (OSError, ValueError) as error:  # a name the resolver cannot encode raises UnicodeError
            raise FetchError(target.url, "dns") from error
        if not addresses:
            raise FetchError(target.url, "dns")
        return addresses


def _is_localhost(host: str) -> bool:
    """RFC 6761: names below `localhost` are loopback and never asked of DNS."""
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def _within(seconds: float, work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """The result of `work`, or TimeoutError. getaddrinfo takes no timeout, so a daemon thread waits for it."""
    results: list[Sequence[str]] = []
    errors: list[OSError | ValueError] = []

    def run() -> None:
        try:
            results.append(work())
        except (OSError, ValueError) as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="resolve", daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]


class PinnedBackend(httpcore2.NetworkBackend):
    """Dials judged addresses for one request. Every step ends at `deadline`, a reading of `clock` in seconds."""

    def __init__(
        self, guard: Guard, target: Target, deadline: float, *, listed: bool = True, clock: Clock = time.monotonic
    ) -> None:
        self._guard, self._target, self._deadline = guard, target, deadline
        self._listed, self._clock = listed, clock
        self._dialler = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the target, whatever the name resolves to later. Raises AddressRefused, ConnectError."""
        if (host, port) != (self._target.host, self._target.port):
            raise AddressRefused(self._target.url, "not the address that was judged")
        addresses = self._guard.addresses(self._target, self._deadline, self._clock, listed=self._listed)
        for number, address in enumerate(addresses, start=1):
            left = _remaining(self._deadline, self._clock, timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._dialler.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return DeadlineStream(stream, self._deadline, self._clock)
        raise httpcore2.ConnectError("no address")  # pragma: no cover - `addresses` is never empty

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Always refused."""
        raise AddressRefused(self._target.url, "unix socket")


class DeadlineStream(httpcore2.NetworkStream):
    """A stream whose every wait is cut at the deadline, so that a server that drips cannot hold us."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float, clock: Clock) -> None:
        self._stream, self._deadline, self._clock = stream, deadline, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes`, within the deadline. Raises ReadTimeout."""
        left = _remaining(self._deadline, self._clock, timeout, httpcore2.ReadTimeout)
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`, within the deadline. Raises WriteTimeout."""
        self._stream.write(buffer, _remaining(self._deadline, self._clock, timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same stream under TLS, the handshake within the deadline. Raises ConnectTimeout."""
        left = _remaining(self._deadline, self._clock, timeout, httpcore2.ConnectTimeout)
        return DeadlineStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline, self._clock
        )

    def get_extra_info(self, info: str) -> Any:
        """What the wrapped stream knows of itself."""
        return self._stream.get_extra_info(info)


def _remaining(deadline: float, clock: Clock, timeout: float | None, late: type[Exception]) -> float:
    left = deadline - clock()
    if left <= 0:
        raise late("deadline")
    return left if timeout is None else min(timeout, left)
