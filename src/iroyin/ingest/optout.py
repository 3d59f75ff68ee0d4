"""Who does not want to be read by machines: the reasons in a page's own markup.

Headers are read where they arrive. Honoured: robots `noai`, `noindex`, `nosnippet`, `max-snippet:0`, `none` (the
desk quotes), TDMRep `tdm-reservation` 1. Not a reason: `noarchive`, `noimageai`: the desk shows no cached page and
takes no image.
"""

import re
from typing import Any

AGENT = "iroyin"

_REFUSALS = frozenset({"noai", "noindex", "nosnippet", "none", "max-snippet:0"})
# Directives that may stand where an agent's name would: they have a value of their own.
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})


def from_page(root: Any) -> str:
    """The reason in the page's meta elements why its text may not be used, or ""."""
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("http-equiv") or "").strip().lower()
        content = (element.get("content") or "")[:500]
        if name in {"robots", AGENT, "x-robots-tag"}:
            refused = _refused(content)
            if refused:
                return f"meta {name}: {refused}"
        elif name == "tdm-reservation" and content.strip() == "1":
            return "meta tdm-reservation: 1"
    return ""


def _refused(directives: str) -> str:
    """The first directive that refuses us; those after another agent's name are not for us."""
    ours = True
    for part in directives[:1000].lower().split(","):
        agent, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and agent not in _VALUED:
            ours, part = agent in {AGENT, "*"}, rest
        directive = re.sub(r"\s+", "", part)
        if ours and directive in _REFUSALS:
            return directive
    return ""
