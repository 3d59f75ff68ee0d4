"""Markup fragments from feeds as plain text: tags gone, entities decoded once, hidden text gone, text tidied."""

import html
import re

from iroyin.errors import ParseError
from iroyin.ingest.markup import Limits, check_html
from iroyin.languages.tidy import tidy

MOST_TITLE = 500
MOST_TEXT = 200_000

_FRAGMENT = Limits(elements=20_000)
_TAG = re.compile(r"<!--.{0,4000}?-->|</?[A-Za-z!?][^<>]{0,4000}>", re.S)
_SPACE = re.compile(r"\s+")
_HAS_MARKUP = re.compile(r"<[A-Za-z!/]")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
        "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"
    }
)  # fmt: skip
_DROPPED = (
    "script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "form", "button",
    "select", "textarea", "head", "title",
)  # fmt: skip


def line(fragment: str, *, most: int = MOST_TITLE) -> str:
    """One line of plain text of at most `most` characters: a title, a name, a category.

    >>> line("A <b>bold</b> &amp; short\\n title")
    'A bold & short title'
    """
    text = html.unescape(_TAG.sub(" " if "<br" in fragment.lower() else "", fragment[: most * 20]))
    return shorten(_SPACE.sub(" ", tidy(text)).strip(), most)


def paragraphs(fragment: str, *, most: int = MOST_TEXT) -> str:
    """Plain text of a fragment, one paragraph a line; text that a page would hide is not in it.

    A fragment beyond the markup limits gives its tags' text without a parser.
    """
    if not _HAS_MARKUP.search(fragment):
        return shorten(_BLANK_LINES.sub("\n", tidy(html.unescape(fragment))), most)
    try:
        check_html(fragment, _FRAGMENT)
    except ParseError:
        return ""
    return shorten(_BLANK_LINES.sub("\n", tidy(_rendered(fragment))), most)


def shorten(text: str, most: int) -> str:
    """The text, cut before a whole character with its marks when it is longer than `most`."""
    if len(text) <= most:
        return text
    end = most
    while end > 0 and (_joins(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip()


def _joins(char: str) -> bool:
    import unicodedata

    return (
        unicodedata.combining(char) > 0
        or char in "\u200d\ufe0f"
        or unicodedata.category(char) in {"Mc", "Me", "Mn"}
    )


def _rendered(fragment: str) -> str:
    from lxml import etree
    from lxml import html as lxml_html

    from iroyin.ingest.hidden import remove_hidden

    try:
        root = lxml_html.fragment_fromstring(fragment.replace("\0", ""), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    remove_hidden(root)
    for element in list(root.iter(*_DROPPED)):
        if element is not root:
            element.drop_tree()
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            parts.append(element.tail or "")
            continue
        block = element.tag in _BLOCKS
        if event == "start":
            parts += ["\n" if block else "", _SPACE.sub(" ", element.text or "")]
        else:
            parts += ["\n" if block else "", _SPACE.sub(" ", element.tail or "") if element is not root else ""]
    return "".join(parts)
