"""Text that a reader of the page would never see, taken out of the tree before anything is read from it.

Hidden text is where orders to a model are planted. Only what the markup itself says is judged: `hidden`,
`aria-hidden`, inline style, and simple one-class rules of the page's own style sheets.
"""

import re
from typing import Any

MOST_STYLE = 400_000

_NEVER_SHOWN = ("noscript", "template", "noframes")
_SPACE = re.compile(r"\s+|/\*.{0,200}?\*/|!important", re.S)
_HIDING = re.compile(
    r"(?:^|;)(?:"
    r"display:none|visibility:(?:hidden|collapse)|content-visibility:hidden"
    r"|font(?:-size)?:0*(?:\.\d+)?(?:[012](?:\.\d+)?px|(?:em|rem|pt|px|%|vw)?(?=[;/\s]|$))"
    r"|opacity:0*\.?0*(?=;|$)|text-indent:-\d{3,}|(?:left|right|top|margin-left|margin-top):-\d{4,}"
    r"|clip:rect\((?:0|1px)[^)]{0,40}\)|clip-path:inset\((?:50|100)%\)|transform:scale\(0\)"
    r"|(?:max-)?(?:height|width):[01](?:px)?;(?:.{0,200};)?overflow(?:-[xy])?:hidden"
    r")"
)
_FAR_LEFT = re.compile(r"position:(?:absolute|fixed)")
_FAR = re.compile(r"(?:^|;)(?:left|right|top|bottom):-\d{3,}")
_COLOUR = re.compile(r"(?:^|;)color:([^;]{1,40})")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]{1,80})")
_CLASS = re.compile(r"\.([A-Za-z_][\w-]{0,60})")
_WHITE = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)"})
_CLEAR = frozenset({"transparent", "rgba(0,0,0,0)", "#0000", "#00000000"})
_ROOTS = frozenset({"html", "body"})


def remove_hidden(root: Any) -> int:
    """Take comments, `noscript` and hidden elements out of the lxml tree, in place; their number."""
    from lxml import etree

    classes = _hiding_classes(root)
    doomed = list(root.iter(*_NEVER_SHOWN, etree.Comment, etree.ProcessingInstruction))
    doomed += [
        element
        for element in root.iter(etree.Element)
        if element is not root and element.tag not in _ROOTS and _is_hidden(element, classes)
    ]
    for element in doomed:
        _drop(element)
    return len(doomed)


def _drop(element: Any) -> None:
    """Take the element out and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _is_hidden(element: Any, classes: frozenset[str]) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = attributes.get("style", "")
    if style and _hides(style, element):
        return True
    return bool(classes) and not classes.isdisjoint(attributes.get("class", "").split())


def _hides(style: str, element: Any) -> bool:
    style = _SPACE.sub("", style[:4000]).lower()
    if _HIDING.search(style) or (_FAR_LEFT.search(style) and _FAR.search(style)):
        return True
    colour = _COLOUR.search(style)
    if not colour:
        return False
    if colour[1] in _CLEAR:
        return True
    ground = _ground(style, element)
    return ground == colour[1] or (colour[1] in _WHITE and (ground in _WHITE or not ground))


def _ground(style: str, element: Any) -> str:
    """The nearest background stated inline, of the element or around it; "" when none is."""
    found = _GROUND.search(style)
    for _ in range(20):
        if found:
            return found[1]
        element = element.getparent()
        if element is None:
            return ""
        found = _GROUND.search(_SPACE.sub("", element.get("style", "")[:4000]).lower())
    return ""


def _hiding_classes(root: Any) -> frozenset[str]:
    """Classes that a plain `.name { … }` rule hides, outside media queries and never shown by a later rule."""
    hiding: set[str] = set()
    for sheet in root.iter("style"):
        depth = 0
        for piece in (sheet.text or "")[:MOST_STYLE].split("}"):
            *outer, block = piece.split("{")
            depth += len(outer) - 1
            if depth == 0 and outer:
                _apply(outer[-1], block, hiding)
            depth = max(depth, 0)
    return frozenset(hiding)


def _apply(selectors: str, block: str, hiding: set[str]) -> None:
    names = [_CLASS.fullmatch(part.strip()) for part in selectors.split(",")] if "." in selectors else []
    if any(names):
        style = _SPACE.sub("", block[:4000]).lower()
        hides = bool(_HIDING.search(style) or (_FAR_LEFT.search(style) and _FAR.search(style)))
        for name in filter(None, names):
            (hiding.add if hides else hiding.discard)(name[1])
