"""The words of a drawing in faces that have them.

A text whose letters one face has names that face. One that needs several is cut into runs, each measured by HarfBuzz
and set as a text of its own: resvg shapes a text as one script, and two of them in one text lose letters (0.48).
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from iroyin.adapters.typefaces import Face, Run, Typefaces, shape

_SVG = "{http://www.w3.org/2000/svg}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_READER = etree.XMLParser(resolve_entities=False, no_network=True)
_ISOLATE, _POP = "\u2067", "\u2069"
_LEFT, _RIGHT, _NONE = "ltr", "rtl", ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one face, or the space between such, and the direction that they run in."""

    words: str
    face: Face
    way: str


def lettered(svg: str, faces: Typefaces) -> tuple[str, tuple[str, ...]]:
    """The drawing with the face of every text named, and the font files that it needs.

    Raises KeyError with the characters of a text that no face has.
    """
    root = etree.fromstring(svg.encode(), _READER)
    files: dict[str, None] = {}
    for style in root.findall(f"{_SVG}style"):  # the colours of dark pages: a file has none
        root.remove(style)
    for text in list(root.iter(f"{_SVG}text")):
        runs = faces.runs(text.text or "", _language(root))
        files |= dict.fromkeys(path for _, face in runs for path in face.paths)
        if len(runs) == 1:
            text.set("font-family", f"'{runs[0][1].name}'")
        elif runs:
            _set_apart(text, runs)
    return etree.tostring(root, encoding="unicode"), tuple(files)


def letterless(svg: str, faces: Typefaces) -> str:
    """The characters of the drawing's texts that no face has."""
    root = etree.fromstring(svg.encode(), _READER)
    lacking = ""
    for text in root.iter(f"{_SVG}text"):
        try:
            faces.runs(text.text or "", _language(root))
        except KeyError as error:
            lacking += error.args[0]
    return "".join(dict.fromkeys(lacking))


def _language(root: etree._Element) -> str:
    return root.get(_LANG) or "en"


def _set_apart(text: etree._Element, runs: list[Run]) -> None:
    """Put a text for each piece in the place of the one text, from left to right."""
    base = _RIGHT if (text.text or "").startswith(_ISOLATE) else _LEFT
    size, weight = float(text.get("font-size", "16")), int(text.get("font-weight", "400"))
    pieces = list(_in_sight(_ways(list(_pieces(runs)), base), base))
    wide = [advance(piece.words, piece.face, weight) * size for piece in pieces]
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
    left = float(text.get("x", "0")) - share * sum(wide)
    parent = text.getparent()
    for piece, width in zip(pieces, wide, strict=True):
        if piece.words.strip() and parent is not None:
            told = f"{_ISOLATE}{piece.words}{_POP}" if piece.way == _RIGHT else piece.words
            one = etree.Element(text.tag, dict(text.attrib))
            one.set("x", f"{left:.2f}")
            one.set("text-anchor", "start")
            one.set("font-family", f"'{piece.face.name}'")
            one.text = told
            text.addprevious(one)
        left += width
    if parent is not None:
        parent.remove(text)


def _pieces(runs: list[Run]) -> Iterator[_Piece]:
    """The runs without the marks that order text, the spaces at their ends apart."""
    for words, face in runs:
        seen = "".join(char for char in words if not "\u2066" <= char <= "\u2069")
        inner = seen.strip()
        before = seen[: len(seen) - len(seen.lstrip())]
        after = seen[len(before) + len(inner) :]
        yield from (_Piece(part, face, _way(part)) for part in (before, inner, after) if part)


def _way(words: str) -> str:
    for char in words:
        strong = unicodedata.bidirectional(char)
        if strong == "L":
            return _LEFT
        if strong in {"R", "AL"}:
            return _RIGHT
    return _NONE


def _ways(pieces: list[_Piece], base: str) -> list[_Piece]:
    """What has no direction takes that of its neighbours where they agree, else that of the text."""
    resolved: list[_Piece] = []
    for at, piece in enumerate(pieces):
        before = resolved[-1].way if resolved else base
        after = next((later.way for later in pieces[at:] if later.way), base)
        resolved.append(_Piece(piece.words, piece.face, piece.way or (before if before == after else base)))
    return resolved


def _in_sight(pieces: list[_Piece], base: str) -> Iterator[_Piece]:
    """The pieces from left to right."""
    groups = [(way, list(group)) for way, group in groupby(pieces, key=lambda piece: piece.way)]
    for way, group in groups if base == _LEFT else reversed(groups):
        yield from group if way == _LEFT else reversed(group)


def advance(words: str, face: Face, weight: int) -> float:
    """How wide words are in this face, in ems."""
    return sum(wide for wide, _, _ in shape(words, face, weight))
