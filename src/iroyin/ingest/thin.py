"""Pages that hold no article: walls, captchas, soft errors. A thin page is no evidence and no seed of a story."""

import re
from importlib.resources import files

from iroyin.languages import without_spaces

SHORT, SHORT_DENSE = 250, 100
# A feed's own summary says less than a page and is no stub: below the first it is thin, below the second nothing.
SUMMARY, SUMMARY_DENSE = 120, 50
WORTHLESS, WORTHLESS_DENSE = 40, 16
SHORT_REASON = "short"
# Above this many characters a sign is a sentence of the article, not the article.
MOST_WITH_SIGN = 1_200

_TITLE = re.compile(
    r"^(?:(?:error\s*)?(?:40[0-9]|50[0-9])\b|just a moment|attention required|access denied|page not found"
    r"|not found\b|are you a robot|captcha|verify you are human|subscribe to (?:read|continue)|log ?in\b"
    r"|sign in\b)",
    re.I,
)


def least(language: str) -> int:
    """Characters below which a page's text is short: fewer for scripts whose characters say more."""
    return SHORT_DENSE if _is_dense(language) else SHORT


def least_summary(language: str) -> int:
    """Characters below which an article is thin."""
    return SUMMARY_DENSE if _is_dense(language) else SUMMARY


def worthless(language: str) -> int:
    """Characters below which a text says no more than its title."""
    return WORTHLESS_DENSE if _is_dense(language) else WORTHLESS


def reason(title: str, text: str, language: str) -> str:
    """Why the page is thin in a few words, or ""."""
    if _TITLE.search(title):
        return "an error or a wall, by its title"
    if len(text) < least(language):
        return SHORT_REASON
    if len(text) <= MOST_WITH_SIGN:
        folded = text.casefold()
        found = next((sign for sign in _signs() if sign in folded), "")
        if found:
            return f"a wall: {found}"
    return ""


def _is_dense(language: str) -> bool:
    code = language.partition("-")[0].lower()
    return code == "ko" or without_spaces(code)


_SIGNS: list[str] = []


def _signs() -> list[str]:
    if not _SIGNS:
        lines = files("iroyin.ingest").joinpath("walls.txt").read_text("utf-8").splitlines()
        _SIGNS.extend(line.casefold() for line in lines if line and not line.startswith("#"))
    return _SIGNS
