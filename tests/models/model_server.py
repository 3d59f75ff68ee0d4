"""A loopback server that speaks the chat protocol of OpenAI, as well or as badly as a test wants it.

`answer` gives the text of each answer from the request's JSON, or a `Raw` for what no good server would send.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Asked = dict[str, Any]


@dataclass(frozen=True)
class Raw:
    """An answer by hand: a piece of None waits a little, the connection is closed after the last piece."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes | None] = ()


Answer = Callable[[Asked], str | Raw]


def event(**delta: Any) -> bytes:
    """One event of a stream."""
    return (
        b"data: "
        + json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}).encode()
        + b"\n\n"
    )


def one_by_one(*answers: str | Raw) -> Answer:
    """The answers in this order; the last one for ever."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


class ModelServer:
    """Serves `/v1/chat/completions` and `/v1/models`; what was asked stands in `asked`."""

    def __init__(
        self,
        answer: Answer,
        *,
        formats: tuple[str, ...] = ("json_schema", "json_object"),
        unknown: int = 400,
        streams: bool = True,
        key: str = "",
        owner: str = "library",
    ) -> None:
        self.answer, self.formats, self.unknown, self.streams, self.key = answer, formats, unknown, streams, key
        self.owner = owner
        self.asked: list[Asked] = []
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def reply(self, asked: Asked, key: str) -> Raw:
        if self.key and key != f"Bearer {self.key}":
            return self._json({"error": {"message": "no such key"}}, 401)
        wanted = asked.get("response_format", {}).get("type", "")
        if wanted and wanted not in self.formats:
            return self._json({"error": {"message": f"unknown response_format {wanted}"}}, self.unknown)
        told = self.answer(asked)
        if isinstance(told, Raw):
            return told
        used = {"prompt_tokens": 100, "completion_tokens": max(1, len(told) // 4)}
        if not (asked.get("stream") and self.streams):
            choice = {"index": 0, "message": {"role": "assistant", "content": told}, "finish_reason": "stop"}
            return self._json({"choices": [choice], "usage": used})
        return Raw(200, {"Content-Type": "text/event-stream"}, self._stream(told, used))

    def _json(self, value: Any, status: int = 200) -> Raw:
        return Raw(status, {"Content-Type": "application/json"}, [json.dumps(value).encode()])

    def _stream(self, told: str, used: dict[str, int]) -> Iterator[bytes]:
        yield event(role="assistant", content=None)
        for at in range(0, len(told), 40):
            yield event(content=told[at : at + 40])
        yield b"data: " + json.dumps({"choices": [], "usage": used}).encode() + b"\n\n"
        yield b"data: [DONE]\n\n"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/v1/models":
                    self.send(web._json({"data": [{"id": "small", "owned_by": web.owner}]}))
                else:
                    self.send(Raw(404))

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                web.asked.append(asked)
                self.send(web.reply(asked, self.headers.get("Authorization", "")))

            def send(self, raw: Raw) -> None:
                self.send_response(raw.status)
                for name, value in raw.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for piece in raw.pieces:
                        if piece is None:
                            if web.stopped.wait(0.02):
                                return
                        else:
                            self.wfile.write(piece)
                            self.wfile.flush()
                except OSError:
                    return  # the asker has hung up, as it should

            def log_message(self, *_: object) -> None:
                pass

        return Handler

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
