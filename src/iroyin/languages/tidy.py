"""Text as it enters the desk: one normal form, nothing invisible, nothing that turns the page round.

Removed: control characters, bidirectional controls, zero-width characters, soft hyphens, tag characters (a known
hiding place for prompts). Kept: joiners where the script or an emoji needs them, at most 8 marks a base.
"""

import re
import unicodedata

MAX_MARKS = 8

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_EMOJI = "\xa9\xae\u203c-\u32ff\U0001f000-\U0001faff"
_SELECTOR = re.compile(f"(?<![{_EMOJI}0-9#*])[\ufe00-\ufe0f]|(?<=[{_EMOJI}0-9#*])[\ufe00-\ufe0d]")
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_JOINER = re.compile(
    f"(?<![{_JOINING}])\u200c|\u200c(?![{_JOINING}])"
    f"|(?<![{_JOINING}{_EMOJI}\ufe0f])\u200d|\u200d(?![{_JOINING}{_EMOJI}])"
)
_SPACES = re.compile("[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_TABS = re.compile(" *\t[ \t]*")
_EDGES = re.compile("[ \t]*\n[ \t]*")
_LINES = re.compile("\n{3,}")
_ROUNDS = 8


def tidy(text: str) -> str:
    """The text in the desk's normal form: NFC, visible characters only, single spaces, `\\n` line ends.

    Idempotent and total. At most one empty line stands between two lines; the ends are stripped.

    >>> tidy("Zero\\u200bwidth\\u00a0 and  \\r\\n more")
    'Zerowidth and\\nmore'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    for _ in range(_ROUNDS):
        cleaned = _clean(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _clean(text: str) -> str:
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _LINE_ENDS.sub("\n", text)
    text = _REMOVED.sub("", text)
    text = _JOINER.sub("", _SELECTOR.sub("", text))
    text = _cap_marks(unicodedata.normalize("NFC", text))
    text = _TABS.sub("\t", _SPACES.sub(" ", text))
    return _LINES.sub("\n\n", _EDGES.sub("\n", text)).strip(" \t\n")


def _cap_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if char > "\u02ff" and unicodedata.category(char)[0] == "M" else 0
        if run <= MAX_MARKS:
            kept.append(char)
    return text if len(kept) == len(text) else "".join(kept)
