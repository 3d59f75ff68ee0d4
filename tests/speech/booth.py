"""A server with `/v1/audio/speech` on loopback, and the MP3 files that such servers send."""

from endpoint import Endpoint


def frame(fill: int, head: str = "fff384c4") -> bytes:
    """A frame of MPEG 2 layer III: 64 kbit/s at 24,000 samples a second, one channel, 192 bytes."""
    return bytes.fromhex(head) + bytes([fill]) * 188


def mp3(fill: int, frames: int = 3) -> bytes:
    """An MP3 as encoders write it: tag, a frame with counts, sound, the old tag."""
    counts = bytes.fromhex("fff384c4") + bytes(9) + b"Info" + b"\1" * 175
    tag = b"ID3\4\0\0\0\0\1\7" + b"TIT2 from the server" + bytes(115)
    return tag + counts + frame(fill) * frames + b"TAG" + b"x" * 125


class Booth(Endpoint):
    """Answers `/v1/audio/speech` with an MP3 that is another one for a text of another length."""

    def __init__(self) -> None:
        super().__init__(lambda told: (200, mp3(len(told["input"]) % 200 + 1)), "audio/mpeg")
