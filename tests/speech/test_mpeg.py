"""MP3 files are taken apart into frames, and what is no MP3 is refused."""

import pytest
from booth import frame, mp3

from iroyin.adapters.models.mpeg import joined, track
from iroyin.errors import SpeechError

SOUND = frame(7) * 3


@pytest.mark.parametrize(
    "file",
    [SOUND, mp3(7), SOUND + frame(9)[:50], SOUND + bytes(40), SOUND + b"APETAGEX" + b"x" * 40,
     b"ID3\3\0\0\0\0\0\4abcd" + b"ID3\4\0\x10\0\0\0\1z" + b"3DI" + bytes(7) + SOUND],
    ids=["bare", "as encoders write it", "cut short", "padded", "a tag behind", "two tags before"],
)  # fmt: skip
def test_the_frames_are_kept_and_nothing_else(file: bytes) -> None:
    made = track(file)

    assert made.frames == SOUND
    assert (made.rate, made.channels) == (24000, 1)


@pytest.mark.parametrize(
    "file",
    [b"", b"{}", b"<html>", b"RIFF\0\0\0\0WAVEfmt ", b"OggS" + bytes(40), b"fLaC", b"ID3", b"ID3\4\0\0\x7f\x7f\x7f\x7f",
     frame(1)[:100], b"junk" + SOUND, SOUND + b"<script>", frame(1, "fff380c4"), frame(1, "fffd84c4"),
     frame(1, "ffebf4c4"), frame(1, "fff3f4c4"), frame(1, "fff38cc4")],
)  # fmt: skip
def test_what_is_no_mp3_is_refused(file: bytes) -> None:
    with pytest.raises(SpeechError, match="not MPEG audio"):
        track(file)


def test_files_of_one_kind_are_joined_and_of_two_kinds_refused() -> None:
    whole = joined(iter([mp3(1), mp3(2)]))
    assert whole.frames == frame(1) * 3 + frame(2) * 3

    stereo = bytes.fromhex("fff38404") + bytes(188)
    with pytest.raises(SpeechError, match="pieces are not of one kind"):
        joined(iter([mp3(1), stereo]))
    with pytest.raises(SpeechError, match="frames are not of one kind"):
        track(SOUND + stereo)


@pytest.mark.parametrize(
    ("head", "size", "rate"),
    [("fffb9000", 417, 44100), ("fffb9200", 418, 44100), ("fffb9464", 384, 48000), ("fff344c0", 96, 24000),
     ("ffe380c0", 417, 11025)],
)  # fmt: skip
def test_the_length_of_a_frame_is_told_by_its_head(head: str, size: int, rate: int) -> None:
    one = bytes.fromhex(head) + bytes(size - 4)

    made = track(one * 2)

    assert (len(made.frames), made.rate) == (2 * size, rate)
