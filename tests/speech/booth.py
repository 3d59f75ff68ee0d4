"""A server with `/v1/audio/speech` on loopback, and the MP3 files that such servers send."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[dict[str, Any]], tuple[int, bytes]]


def frame(fill: int, head: str = "fff384c4") -> bytes:
    """A frame of MPEG 2 layer III: 64 kbit/s at 24,000 samples a second, one channel, 192 bytes."""
    return bytes.fromhex(head) + bytes([fill]) * 188


def mp3(fill: int, frames: int = 3) -> bytes:
    """An MP3 as encoders write it: tag, a frame with counts, sound, the old tag."""
    counts = bytes.fromhex("fff384c4") + bytes(9) + b"Info" + b"\1" * 175
    tag = b"ID3\4\0\0\0\0\1\7" + b"TIT2 from the server" + bytes(115)
    return tag + counts + frame(fill) * frames + b"TAG" + b"x" * 125


class Booth:
    """Answers as told by `reply`; what was asked stands in `asked` as (path, JSON, key)."""

    def __init__(self) -> None:
        self.reply: Reply = lambda told: (200, mp3(len(told["input"]) % 200 + 1))
        self.asked: list[tuple[str, dict[str, Any], str]] = []
        booth = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                booth.asked.append((self.path, told, self.headers.get("Authorization", "")))
                status, body = booth.reply(told)
                self.send_response(status)
                self.send_header("Content-Type", "audio/mpeg")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()
