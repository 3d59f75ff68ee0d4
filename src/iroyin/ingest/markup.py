"""A linear look at markup before any parser sees it: how deep, how many elements, how many attributes a tag.

libxml2 needs 3 s for 40,000 attributes and loses text below 256 levels; a sanitiser is quadratic in depth. This
scan takes well under a second for a megabyte and never backtracks: each pattern matches wherever it is tried. It
may be deceived by quotes in odd places; the child process and its limits stand behind it.
"""

import re
from collections import Counter
from dataclasses import dataclass

from iroyin.errors import ParseError

# Closed by their parent or neighbour, so an open one is no level.
_IMPLIED = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot",
        "colgroup", "caption", "rp", "rt", "html", "head", "body", "basefont", "frame", "keygen"
    }
)  # fmt: skip
_RAW = ("script", "style", "textarea", "title", "xmp")
_TAG = re.compile(r"<(?:!--|!\[CDATA\[|/?([A-Za-z_][^\s<>/]*)?[^<>]*>?)")
_ATTRIBUTE = re.compile(r"""[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s"'>]+))?|["'][^"']*""")
_LONG_TAG = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a document may hold: levels, attributes on one tag, elements."""

    depth: int = 256
    attributes: int = 1_000
    elements: int = 50_000


PAGE = Limits()
# 20,000 entries of an archive are tolerated, so that the newest 500 can be chosen among them.
FEED = Limits(depth=200, elements=1_000_000)


def check_html(text: str, limits: Limits = PAGE) -> None:
    """Raises ParseError when an HTML document or fragment is beyond the limits."""
    _check(text, limits, implied=_IMPLIED, raw=_RAW)


def check_xml(text: str, limits: Limits = FEED) -> None:
    """Raises ParseError when an XML document is beyond the limits."""
    _check(text, limits, implied=frozenset(), raw=())


def _check(text: str, limits: Limits, *, implied: frozenset[str], raw: tuple[str, ...]) -> None:
    open_names: Counter[str] = Counter()
    depth = elements = position = 0
    while found := _TAG.search(text, position):
        chunk, name = found[0], (found[1] or "").lower()
        position = found.end()
        if chunk == "<!--":
            position = _past(text, "-->", max(position - 2, 0))
        elif chunk == "<![CDATA[":
            position = _past(text, "]]>", position)
        elif len(chunk) > _LONG_TAG and _count(chunk, limits.attributes) > limits.attributes:
            raise ParseError(f"more than {limits.attributes} attributes on one tag")
        elif not name or name in implied:
            elements += bool(name) and chunk[1] != "/"
        elif chunk[1] == "/":
            if open_names[name]:
                open_names[name] -= 1
                depth -= 1
        else:
            elements += 1
            if name in raw:
                position = _past_raw(text, name, position)
            elif not chunk.endswith("/>"):
                open_names[name] += 1
                depth += 1
        if depth > limits.depth:
            raise ParseError(f"nested deeper than {limits.depth} levels")
        if elements > limits.elements:
            raise ParseError(f"more than {limits.elements} elements")


def _past(text: str, end: str, position: int) -> int:
    found = text.find(end, position)
    return len(text) if found < 0 else found + len(end)


def _past_raw(text: str, name: str, position: int) -> int:
    found = re.compile(f"</{name}", re.I).search(text, position)
    return found.start() if found else len(text)


def _count(chunk: str, most: int) -> int:
    count = 0
    for count, _ in enumerate(_ATTRIBUTE.finditer(chunk)):
        if count > most:
            break
    return count
