"""Values out of other people's JSON: whatever is there, the right type comes out or nothing."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from iroyin.ingest.plain import line, paragraphs
from iroyin.languages import detect
from iroyin.languages.rules import canonical

_MOST = 5_000  # characters of a post that are kept
_MOST_NAME = 200
_FIRST = datetime(2005, 1, 1, tzinfo=UTC)
_LAST = datetime(2100, 1, 1, tzinfo=UTC)

Object = Mapping[str, Any]


def within(value: Any, *path: str) -> Any:
    """What lies at the end of the path; None where it breaks off.

    >>> within({"a": {"b": 1}}, "a", "b"), within({"a": []}, "a", "b")
    (1, None)
    """
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def text(value: Any, *path: str) -> str:
    """The text there, as it is; "" for anything else."""
    found = within(value, *path)
    return found if isinstance(found, str) else ""


def first_text(value: Any, *path: str) -> str:
    """The first of the list there, when it is a text; "" for anything else."""
    found = within(value, *path)
    return found[0] if isinstance(found, list) and found and isinstance(found[0], str) else ""


def number(value: Any, *path: str) -> int | None:
    """The whole number there, which may be written as a text."""
    found = within(value, *path)
    if isinstance(found, str) and found.isascii() and found.isdecimal():
        return int(found[:18])
    return int(found) if isinstance(found, int | float) and abs(found) < 1e15 else None


def objects(value: Any, *path: str) -> Iterator[Object]:
    """The objects of a list there."""
    found = within(value, *path)
    yield from (one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()


def moment(value: Any, *path: str) -> datetime | None:
    """An ISO time or Unix seconds there, in UTC; None for what cannot be a post's time."""
    found = within(value, *path)
    try:
        if isinstance(found, int | float) and not isinstance(found, bool):
            then = datetime.fromtimestamp(found, UTC)
        elif isinstance(found, str) and found:
            then = datetime.fromisoformat(found)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    then = then.replace(tzinfo=UTC) if then.tzinfo is None else then.astimezone(UTC)
    return then if _FIRST < then < _LAST else None


def said(fragment: str) -> str:
    """A post's words as plain text, from HTML or plain text, hidden parts left out."""
    return paragraphs(fragment, most=_MOST)


def name(fragment: str) -> str:
    """A name or a line about oneself as one line of plain text."""
    return line(fragment, most=_MOST_NAME)


def language_of(words: str, stated: str = "") -> str:
    """The language of a post: what its words say, what the platform states where they do not say enough."""
    found, _ = detect(words, prior=stated)
    return found if found != "und" else canonical(stated) if stated else "und"
