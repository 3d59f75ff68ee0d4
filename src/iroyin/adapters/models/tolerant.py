"""The JSON in what a model said: fenced, wrapped in prose or broken off, but never two meanings of one text.

Doubled keys, NaN, infinities and numbers too long to be meant are refused; so is all that is not an object.
"""

import json
import math
import re
from typing import Any, NoReturn

_FENCE = re.compile(r"```(?:json)?\s*(.*?)(?:```|$)", re.S)
_THOUGHT = re.compile(r"<think>.*?</think>", re.S)


def json_of(text: str) -> dict[str, Any]:
    """The object in this text. Raises ValueError.

    >>> json_of('Here it is: ```json {"a": [{"b": 1}, {"b": 2}, {"b": ')
    {'a': [{'b': 1}, {'b': 2}]}
    """
    bare = _THOUGHT.sub("", text)
    fenced = _FENCE.search(bare)
    if fenced and "{" in fenced[1]:
        bare = fenced[1]
    start = bare.find("{")
    if start < 0:
        raise ValueError("no JSON object")
    found = _read(bare[start:])
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


def _read(text: str) -> Any:
    decoder = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_refused, parse_float=_finite)
    try:
        return decoder.raw_decode(text)[0]
    except json.JSONDecodeError:
        whole = _closed(text)
        if not whole:
            raise
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return decoder.raw_decode(whole)[0]


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refused(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number without end")
    return number


def _closed(text: str) -> str:
    """A broken text up to the last value that was whole inside it, its open brackets closed; "" for none."""
    stack: list[str] = []
    safe, inside, escaped = (0, ""), False, False
    for at, char in enumerate(text):
        if inside:
            inside = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            inside = True
        elif char in "{[":
            stack.append("}" if char == "{" else "]")
        elif char in "}]":
            if not stack or stack.pop() != char:
                break
            safe = (at + 1, "".join(reversed(stack)))
    return text[: safe[0]] + safe[1] if safe[0] and safe[1] else ""
