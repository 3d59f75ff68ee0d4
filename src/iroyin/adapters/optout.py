"""What a publisher says about machines using its text, read from raw lines; each answer is the evidence itself.

Order and weight: any one "no" counts. The words of a page's own `<meta>` tags are read with the page, not here.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# Words that speak of training a model or of search, neither of which the desk does. Any other word with a "no",
# known or not, is taken as a "no" to us.
_NOT_OURS = frozenset({"ai-train", "train-ai", "train-genai", "search"})
_NO = frozenset({"no", "n"})
_DIRECTIVE_NAMES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_PAGE_WORDS = frozenset({"noai", "noindex", "nosnippet", "none"})
_FEED_WORDS = frozenset({"noai"})  # blogs commonly put noindex on feeds, to keep the XML out of search


def usage_refused(value: str) -> bool:
    """Whether a Content-Signal or Content-Usage value ("search=yes, ai-input=no") says no to our use."""
    for part in value.split(","):
        name, _, answer = part.partition("=")
        if (
            answer.partition(";")[0].strip().lower() in _NO
            and name.strip().lower().split(" ")[-1] not in _NOT_OURS
        ):
            return True
    return False


def robots_header_refused(value: str, *, agent: str, feed: bool) -> bool:
    """Whether one X-Robots-Tag value speaks to us and refuses: noai, and for pages noindex and nosnippet."""
    match = re.match(r"\s*([\w.-]{1,60})\s*:(.*)", value)
    words = value
    if match and match[1].lower() not in _DIRECTIVE_NAMES:
        if match[1].lower() not in {agent.lower(), "robots", "*"}:
            return False
        words = match[2]
    said = {word.strip().lower() for word in words.split(",")}
    return bool(said & (_FEED_WORDS if feed else _PAGE_WORDS)) or "max-snippet:0" in {
        w.replace(" ", "") for w in said
    }


def header_opt_out(headers: Iterable[tuple[str, str]], *, agent: str, feed: bool) -> str:
    """The first header line that opts out, as it was sent; empty when none does. Names are lower-case."""
    for name, value in headers:
        line = f"{name}: {value}"[:500]
        if name == "x-robots-tag" and robots_header_refused(value, agent=agent, feed=feed):
            return line
        if name in {"content-usage", "content-signal"} and usage_refused(value):
            return line
        if name == "tdm-reservation" and value.strip() == "1":
            return line
    return ""


def tdm_header(headers: Iterable[tuple[str, str]]) -> bool | None:
    """What the `tdm-reservation` header says: reserved, not reserved, or nothing (TDMRep 1.0, section 6)."""
    for name, value in headers:
        if name == "tdm-reservation" and value.strip() in {"0", "1"}:
            return value.strip() == "1"
    return None


def tdm_rules(body: bytes) -> tuple[tuple[str, bool, str], ...]:
    """`/.well-known/tdmrep.json` as (location pattern, reserved, raw entry), most specific first; () for rubbish.

    Source: W3C TDM Reservation Protocol, section 5.
    """
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    entries = found if isinstance(found, list) else []
    rules = [_tdm_rule(entry) for entry in entries[:1000] if isinstance(entry, Mapping)]
    return tuple(sorted((rule for rule in rules if rule), key=lambda rule: len(rule[0]), reverse=True))


def _tdm_rule(entry: Mapping[str, Any]) -> tuple[str, bool, str] | None:
    location, reserved = entry.get("location"), entry.get("tdm-reservation")
    if not isinstance(location, str) or not location or str(reserved) not in {"0", "1"}:
        return None
    raw = json.dumps({"location": location, "tdm-reservation": reserved}, ensure_ascii=False)
    return location[:1000], str(reserved) == "1", raw[:500]


def tdm_opt_out(rules: Sequence[tuple[str, bool, str]], path: str) -> str:
    """The raw entry that reserves this path, by the most specific matching location; empty when none does."""
    for location, reserved, raw in rules:
        if path_matches(location, path):
            return f"/.well-known/tdmrep.json: {raw}" if reserved else ""
    return ""


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path starts with a robots-style pattern, where `*` is any run and a final `$` the end.

    Written without regular expressions: hostile patterns cost at most pattern times path.
    """
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not anchored or at == len(path)
    for part in rest[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = rest[-1]
    return len(path) - len(last) >= at and path.endswith(last) if anchored else path.find(last, at) >= 0
