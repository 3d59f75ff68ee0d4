"""The part of a file that a request's `Range` asks for (RFC 9110, section 14): players of audio ask so."""

import re

_ASKED = re.compile(rb"bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))", re.IGNORECASE)


def part(asked: bytes, size: int) -> tuple[int, int] | None:
    """First byte and the byte behind the last of a file of `size` bytes; None: the whole is the answer.

    Several parts, other units and what cannot be read are answered by the whole, as the standard allows. An empty part
    (first and end alike) lies outside the file: status 416.
    """
    found = _ASKED.fullmatch(asked.strip())
    if not found:
        return None
    begin, end, last = found.groups()
    if last is not None:
        return (max(0, size - int(last)), size) if int(last) else (size, size)
    if end and int(end) < int(begin):
        return None
    first = min(int(begin), size)
    return first, max(first, min(int(end) + 1, size) if end else size)
