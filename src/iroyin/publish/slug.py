"""A headline as the last part of an address, in its own script."""

import re
import unicodedata
from hashlib import sha256

LENGTH = 80
BYTES = 160  # an address is written with three signs a byte in scripts other than Latin
_DROPPED = "'’‘ʼʻ`´\u200c\u200d\u00ad"


def slug(headline: str, language: str) -> str:
    """The headline as letters, marks and digits joined by hyphens: safe in a path, at most 80 characters, never empty.

    The letters stay in their own script. The same headline and language give the same slug for ever; a headline
    without a letter or digit gives `story-` and eight hex digits of its hash.

    >>> slug("Lee and Xi: “share view”", "en")
    'lee-and-xi-share-view'
    """
    text = unicodedata.normalize("NFC", headline).lower()
    if language in {"tr", "az"}:
        text = unicodedata.normalize("NFC", headline.replace("I", "ı").replace("İ", "i")).lower()
    text = "".join(c for c in text if c not in _DROPPED)
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else "-" for c in unicodedata.normalize("NFC", text))
    words = re.sub(r"-+", "-", kept).strip("-")
    short = _shortened(words)
    return short or "story-" + sha256(headline.encode(errors="replace")).hexdigest()[:8]


def _shortened(words: str) -> str:
    if len(words) <= LENGTH and len(words.encode()) <= BYTES:
        return words
    short = words[:LENGTH].encode()[:BYTES].decode(errors="ignore")
    end = short.rfind("-")
    whole = short if words[len(short) : len(short) + 1] == "-" or end < len(short) // 2 else short[:end]
    while whole and unicodedata.category(words[len(whole) : len(whole) + 1] or "-")[0] == "M":
        whole = whole[:-1]  # a mark is never parted from its letter
    return whole.strip("-")
