"""A loopback web server that misbehaves on order: one route a fault, bytes written by hand.

A route takes the request and gives the bytes to send, or an iterator of pieces for answers that come slowly or
never end. A piece of None waits a little; the connection is closed after the last piece.
"""

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

Pieces = bytes | Iterable[bytes | None]


@dataclass(frozen=True)
class Request:
    path: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


Route = Callable[[Request], Pieces]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A plain answer; underscores in names become hyphens."""
    fields = {"Content_Type": "text/xml", "Content_Length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items() if value != "-")
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


class Evil:
    """Serves `routes` by path; every other path is 404, so that robots.txt allows everything."""

    def __init__(
        self,
        address: str = "127.0.0.1",
        routes: dict[str, Route] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.routes = dict(routes or {})
        self.requests: list[Request] = []
        self.stopped = threading.Event()
        web = self

        class Handler(socketserver.BaseRequestHandler):
            request: socket.socket

            def handle(self) -> None:
                with contextlib.suppress(OSError):  # the asker has hung up, as it should
                    web._serve(tls.wrap_socket(self.request, server_side=True) if tls else self.request)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 64

        self._server = Server((address, 0), Handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    @property
    def pages_asked(self) -> list[str]:
        """Paths asked for, without the polite questions."""
        return [r.path for r in self.requests if r.path not in {"/robots.txt", "/.well-known/tdmrep.json"}]

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                return
            head += piece
        first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        fields = tuple((name, value.strip(" ")) for name, _, value in (line.partition(":") for line in lines))
        request = Request(first.split(" ")[1], fields)
        self.requests.append(request)
        route = self.routes.get(request.path.partition("?")[0], lambda _: answer(b"nothing", "404 Not Found"))
        pieces = route(request)
        for sent in [pieces] if isinstance(pieces, bytes) else pieces:
            if sent is None:
                if self.stopped.wait(0.02):
                    return
            else:
                connection.sendall(sent)
        if isinstance(connection, ssl.SSLSocket):
            connection.close()
        else:
            connection.shutdown(socket.SHUT_WR)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def drip(head: bytes, byte: bytes) -> Iterator[bytes | None]:
    """A head, then one byte and a pause, for ever."""
    yield head
    while True:
        yield byte
        yield None


def endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    """A head, then the same piece as fast as it is taken."""
    yield head
    while True:
        yield piece
