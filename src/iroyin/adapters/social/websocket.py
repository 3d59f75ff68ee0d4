"""Messages from a WebSocket (RFC 6455) over a guarded line; the protocol is the library's, without its sockets."""

import ssl
from collections.abc import Iterator

import httpcore2
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake, InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from iroyin.adapters.exchange import Line
from iroyin.adapters.netguard import PinnedBackend, Target, check_url
from iroyin.errors import FetchError

_READ = 65_536
_TOO_BIG = 1009


def http_address(address: str) -> str:
    """The http form of a WebSocket's address, which the guard judges; any other address as it is."""
    for ws, http in (("wss://", "https://"), ("ws://", "http://")):
        if address.lower().startswith(ws):
            return http + address[len(ws) :]
    return address


def messages(line: Line, url: str, agent: str, *, seconds: float, quiet: float, most: int) -> Iterator[str]:
    """The text messages of the server at this http address, until it closes, says nothing for `quiet` seconds, or
    `seconds` have passed; longer ones than `most` bytes end it. Raises FetchError for all but these three ends.
    """
    target = check_url(url)
    deadline = line.clock() + seconds
    protocol = ClientProtocol(parse_uri("ws" + target.url.removeprefix("http")), max_size=most)
    try:
        stream = _dialled(line, target, deadline)
        try:
            yield from _spoken(stream, protocol, line, agent, quiet)
        finally:
            _part(stream, protocol)
    except httpcore2.ConnectError as error:
        tls = isinstance(error.__cause__ or error.__context__, ssl.SSLError)
        raise FetchError(url, "tls" if tls else "connect") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise FetchError(url, "closed") from error
    except httpcore2.TimeoutException as error:
        if protocol.state is State.CONNECTING:
            raise FetchError(url, "timeout") from error
    if isinstance(protocol.handshake_exc, InvalidStatus):
        status = protocol.handshake_exc.response.status_code
        raise FetchError(url, f"status {status}", status=status)
    if isinstance(protocol.handshake_exc, InvalidHandshake):
        raise FetchError(url, "no WebSocket")
    if protocol.close_sent is not None and protocol.close_sent.code == _TOO_BIG:
        raise FetchError(url, "too-large")


def _dialled(line: Line, target: Target, deadline: float) -> httpcore2.NetworkStream:
    backend = PinnedBackend(line.guard, target, deadline, clock=line.clock)
    stream = backend.connect_tcp(target.host, target.port, line.connect)
    return stream.start_tls(line.tls, target.host, line.connect) if target.scheme == "https" else stream


def _spoken(
    stream: httpcore2.NetworkStream, protocol: ClientProtocol, line: Line, agent: str, quiet: float
) -> Iterator[str]:
    """The handshake, then each whole text message; pings are answered."""
    hello = protocol.connect()
    hello.headers["User-Agent"] = agent
    protocol.send_request(hello)
    parts: list[bytes] = []
    while protocol.state is not State.CLOSED:
        for data in protocol.data_to_send():
            if data:
                stream.write(data, line.read)
        got = stream.read(_READ, line.read if protocol.state is State.CONNECTING else quiet)
        if got:
            protocol.receive_data(got)
        else:
            protocol.receive_eof()
        for event in protocol.events_received():
            if isinstance(event, Frame) and event.opcode in (Opcode.TEXT, Opcode.CONT):
                parts.append(bytes(event.data))
                if event.fin:
                    yield b"".join(parts).decode(errors="replace")
                    parts = []
        if not got or protocol.handshake_exc or protocol.close_expected():
            return


def _part(stream: httpcore2.NetworkStream, protocol: ClientProtocol) -> None:
    """Say that we go, when there is somebody to tell, and close."""
    try:
        if protocol.state is State.OPEN:
            protocol.send_close(1000)
        for data in protocol.data_to_send():
            if data:
                stream.write(data, 1.0)
    except (httpcore2.NetworkError, httpcore2.TimeoutException):
        return
    finally:
        stream.close()
