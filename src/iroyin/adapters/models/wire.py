"""One call on the wire: a POST to `/chat/completions`, its answer read as it streams in.

Servers differ: some stream when asked, some answer whole all the same, some break off in the middle, some send an
error inside a stream. All of that ends here as a `Said` or a ModelError with a short reason.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iroyin.adapters.exchange import Answer, Ask, Line, exchange
from iroyin.adapters.netguard import check_url
from iroyin.errors import FetchError, ModelError

_MOST_WIRE = 8 * 2**20  # bytes of a stream: some 250 a token
_MOST_SAID = 256 * 1024  # characters of one answer


@dataclass(frozen=True, slots=True)
class Said:
    """What came back: status, the answer's text, and the tokens the server counted."""

    status: int = 0
    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    retry_after: str = ""


def post(line: Line, url: str, body: Mapping[str, Any], *, key: str, seconds: float) -> Said:
    """Ask once. A status that is no success is told in `Said`; what is no answer at all is a ModelError."""
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    sent = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    ask = Ask(check_url(url), headers, seconds, _MOST_WIRE, body=sent, take=_taken)
    try:
        answer = exchange(line, ask)
    except FetchError as error:
        raise ModelError(error.reason, retry_after=error.retry_after) from error
    if answer.status != 200:
        return Said(answer.status, retry_after=answer.header("retry-after"))
    return _streamed(answer) if _is_stream(answer) else _whole(answer)


def _taken(pieces: Iterator[bytes]) -> bytes:
    """The pieces of an answer up to the end of its stream, or to our bound."""
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > _MOST_WIRE:
            raise ModelError("too-large")
        if b"data: [DONE]" in found[-len(piece) - 16 :]:
            break
    return bytes(found)


def _is_stream(answer: Answer) -> bool:
    kind = answer.header("content-type").lower()
    return "event-stream" in kind or answer.body.lstrip().startswith(b"data:")


def _whole(answer: Answer) -> Said:
    return _said([_object(answer.body)], "message")


def _streamed(answer: Answer) -> Said:
    lines = answer.body.decode("utf-8", "replace").splitlines()
    told = (line[5:].strip() for line in lines if line.startswith("data:"))
    return _said([_object(one.encode()) for one in told if one and one != "[DONE]"], "delta")


def _said(events: list[dict[str, Any]], part: str) -> Said:
    """The text of these events, put together."""
    text: list[str] = []
    used: object = {}
    for event in events:
        if event.get("error"):
            raise ModelError("error in the answer")
        used = event.get("usage") or used
        choices = event.get("choices")
        for choice in choices[:1] if isinstance(choices, list) else []:
            choice = choice if isinstance(choice, dict) else {}
            message = choice.get(part)
            content = message.get("content") if isinstance(message, dict) else None
            text.append(content if isinstance(content, str) else "")
            if choice.get("finish_reason") == "content_filter":
                raise ModelError("content filter")
    told = "".join(text)
    if len(told) > _MOST_SAID:
        raise ModelError("too-large")
    return Said(200, told, _count(used, "prompt_tokens"), _count(used, "completion_tokens"))


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ModelError("not an answer") from error
    if not isinstance(found, dict):
        raise ModelError("not an answer")
    return found


def _count(used: object, name: str) -> int:
    found = used.get(name) if isinstance(used, dict) else 0
    return found if isinstance(found, int) and 0 <= found < 10**9 else 0
