"""One request and its answer over one guarded connection: no redirects, no cookies, no proxies, no environment.

Leaves out which requests to make and when (`http.py`). Every failure is a FetchError with a short reason.
"""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import httpcore2

from iroyin.adapters.body import BodyRefused, MislabelledBody, read_body
from iroyin.adapters.netguard import (
    Address,
    Clock,
    Guard,
    PinnedBackend,
    Resolve,
    Target,
    is_public,
    system_resolve,
)
from iroyin.errors import FetchError

_BODILESS = frozenset({204, 205, 304})
_MOST_HEADERS = 64 * 1024  # characters of names and values


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, its headers as sent (lower-case names, Latin-1) and the decoded body; errors carry no body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str:
        """All values of a header, joined by a comma; empty when absent."""
        return ", ".join(value for key, value in self.headers if key == name)

    def values(self, name: str) -> list[str]:
        """Each value of a header that may be sent more than once."""
        return [value for key, value in self.headers if key == name]


@dataclass(frozen=True, slots=True)
class Line:
    """How to reach servers: the guard, the trust store, and the seconds a step and a byte may take."""

    guard: Guard
    tls: ssl.SSLContext
    connect: float
    read: float
    clock: Clock = time.monotonic


def line_through(guard: Guard, *, connect: float, read: float, clock: Clock = time.monotonic) -> Line:
    """A line under this guard that trusts what the system trusts; the figures are seconds."""
    return Line(guard, httpcore2.default_ssl_context(), connect, read, clock)


def line_to(
    target: Target, *, connect: float, read: float, resolve: Resolve = system_resolve,
    public: Callable[[Address], bool] = is_public, clock: Clock = time.monotonic,
) -> Line:  # fmt: skip
    """A line to the one server that the operator named: it may be inner, and no other inner host is reachable by it."""
    guard = Guard((f"{target.host}:{target.port}",), resolve, public)
    return line_through(guard, connect=connect, read=read, clock=clock)


@dataclass(frozen=True, slots=True)
class Ask:
    """One GET, or a POST of `body`: `seconds` is what it may take in all, `limit` the largest decoded body in bytes.

    With `listed` false the operator's list of inner hosts does not count; with `truncate` a longer body is cut. `take`
    reads the pieces of an answer as they come, whatever its status, and may stop before their end.
    """

    target: Target
    headers: Mapping[str, str]
    seconds: float
    limit: int
    listed: bool = True
    truncate: bool = False
    body: bytes = b""
    take: Callable[[Iterator[bytes]], bytes] | None = None


def exchange(line: Line, ask: Ask) -> Answer:
    """The answer, asked for again without compression when the server mislabels its body.

    Raises FetchError.
    """
    deadline = line.clock() + ask.seconds
    try:
        try:
            return _once(line, ask, "identity" if ask.take else "gzip", deadline)
        except MislabelledBody:
            return _once(line, ask, "identity", deadline)
    except BodyRefused as error:
        raise FetchError(ask.target.url, error.reason) from error


def _once(line: Line, ask: Ask, encoding: str, deadline: float) -> Answer:
    target = ask.target
    url = httpcore2.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path
    )
    asked = {**ask.headers, "Host": target.netloc, "Accept-Encoding": encoding, "Connection": "close"}
    timeouts = {"connect": line.connect, "read": line.read, "write": line.read, "pool": line.connect}
    if ask.body:
        asked["Content-Length"] = str(len(ask.body))
    request = httpcore2.Request(
        "POST" if ask.body else "GET",
        url,
        headers=[(name.encode(), value.encode("latin-1")) for name, value in asked.items()],
        content=ask.body or None,
        extensions={"timeout": timeouts},
    )
    backend = PinnedBackend(line.guard, target, deadline, listed=ask.listed, clock=line.clock)
    connection = httpcore2.HTTPConnection(url.origin, ssl_context=line.tls, network_backend=backend)
    try:
        response = connection.handle_request(request)
        try:
            return _read(response, ask)
        finally:
            response.close()
    except httpcore2.TimeoutException as error:
        raise FetchError(target.url, "timeout") from error
    except httpcore2.ConnectError as error:
        tls = isinstance(error.__cause__, ssl.SSLError) or isinstance(error.__context__, ssl.SSLError)
        raise FetchError(target.url, "tls" if tls else "connect") from error
    except httpcore2.NetworkError as error:
        raise FetchError(target.url, "connection lost") from error
    except (httpcore2.RemoteProtocolError, httpcore2.LocalProtocolError) as error:
        raise FetchError(target.url, "protocol") from error
    finally:
        connection.close()


def _read(response: httpcore2.Response, ask: Ask) -> Answer:
    headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
    if sum(len(name) + len(value) for name, value in headers) > _MOST_HEADERS:
        raise FetchError(ask.target.url, "protocol")  # the library's own bound depends on how the bytes come in
    answer = Answer(response.status, headers)
    if ask.take:
        return Answer(response.status, headers, ask.take(_pieces(response, ask.target)))
    if response.status in _BODILESS or not 200 <= response.status < 300:
        return answer
    length = answer.header("content-length")
    if length.isdecimal() and int(length) > ask.limit and not ask.truncate:
        raise BodyRefused("too-large")
    pieces = _pieces(response, ask.target)
    body = read_body(pieces, answer.header("content-encoding"), ask.limit, truncate=ask.truncate)
    return Answer(response.status, headers, body)


def _pieces(response: httpcore2.Response, target: Target) -> Iterator[bytes]:
    try:
        yield from response.iter_stream()
    except httpcore2.RemoteProtocolError as error:
        raise FetchError(target.url, "short body") from error
