"""MP3 files as the frames they are made of: what is no frame (tags, covers, counts of other frames) is left behind.

Frames stand alone, so those of several files of one kind after another are one file (ISO/IEC 11172-3, 13818-3).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from iroyin.errors import SpeechError

_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # kbit/s of MPEG 1 layer III
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # and of MPEG 2 and 2.5
}
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # a second
_BEHIND = (b"TAG", b"APETAGEX", b"ID3")  # how what may stand behind the last frame begins
_HEADER = 4
_ID3 = 10


@dataclass(frozen=True, slots=True)
class Track:
    """The frames of a file, one after another, with samples a second and channels."""

    frames: bytes
    rate: int
    channels: int


def track(file: bytes) -> Track:
    """The frames of an MP3 file and nothing else of it. Raises SpeechError when it is none."""
    at = _past_tags(file)
    kept: list[bytes] = []
    kinds: set[tuple[int, int]] = set()
    while (frame := _frame(file, at)) is not None:
        size, rate, channels = frame
        if at + size > len(file):
            break  # the last frame is not whole
        if not _counts(file[at : at + size]):
            kept.append(file[at : at + size])
            kinds.add((rate, channels))
        at += size
    rest = file[at:]
    if not kept or (rest.strip(b"\0") and not rest.startswith(_BEHIND) and _frame(file, at) is None):
        raise SpeechError("no speech: not MPEG audio")
    if len(kinds) > 1:
        raise SpeechError("no speech: its frames are not of one kind")
    [(rate, channels)] = kinds
    return Track(b"".join(kept), rate, channels)


def joined(files: Iterator[bytes]) -> Track:
    """These MP3 files played one after another. Raises SpeechError when one is none or of another kind."""
    tracks = [track(file) for file in files]
    if len({(one.rate, one.channels) for one in tracks}) != 1:
        raise SpeechError("no speech: its pieces are not of one kind")
    frames = b"".join(one.frames for one in tracks)
    return Track(frames, tracks[0].rate, tracks[0].channels)


def _past_tags(file: bytes) -> int:
    """Where the frames begin: behind ID3v2 tags, whose length stands in four bytes of seven bits."""
    at = 0
    while file.startswith(b"ID3", at) and len(file) >= at + _ID3:
        size = 0
        for byte in file[at + 6 : at + _ID3]:
            size = size << 7 | byte & 0x7F
        footer = _ID3 if file[at + 5] & 0x10 else 0
        at += _ID3 + size + footer
    return at


def _frame(file: bytes, at: int) -> tuple[int, int, int] | None:
    """Bytes, samples a second and channels of the layer III frame that begins here; None when none does."""
    head = file[at : at + _HEADER]
    if len(head) < _HEADER or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, sampling, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != 1 or bits in {0, 15} or sampling == 3:
        return None
    rate = _SAMPLES[version][sampling]
    samples = 1152 if version == 3 else 576
    size = samples // 8 * _RATES[3 if version == 3 else 2][bits] * 1000 // rate + padding
    return size, rate, 1 if head[3] >> 6 == 3 else 2


def _counts(frame: bytes) -> bool:
    """Whether this frame is silent and holds counts of the file it stood in, which are wrong in any other."""
    begins = frame[: _HEADER + 36 + len(b"VBRI")]
    return any(name in begins for name in (b"Xing", b"Info", b"VBRI"))
