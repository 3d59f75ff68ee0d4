"""Which source sentences a page could print at all: no captions, calls to subscribe, questions or fragments."""

import re

from iroyin.languages import count_words
from iroyin.model import Article

FEWEST, MOST = 5, 48
_TERMINALS = ".!?…。！？؟۔।॥።"
_CLOSERS = "\"'”’»」』）)]›"
_PAIRS = ("“”", "«»", "「」", "『』", "()", "（）", "[]")
_CHATTER = re.compile(
    r"subscribe|newsletter|sign up (?:for|to)|follow us|read (?:more|also)|click here|all rights reserved"
    r"|copyright|advertisement|this (?:article|story) (?:was|has been)|file photo|getty images"
    r"|(?:photo|image|video|picture)(?: credit)?s?:"
    r"|abonnez|inscrivez-vous|lire aussi|à lire|suscríbe|lea también|lee también|leia também|assine|inscreva"
    r"|lesen sie|mehr zum thema|jetzt abonnieren|leggi anche|iscriviti|lees ook|читайте также|подписывайтесь"
    r"|구독|무단 ?전재|재배포|저작권자|자료사진|اقرأ أيضا|اشترك|تابعنا|और पढ़ें|सब्सक्राइब|यह भी पढ़ें"
    r"|jump to navigation|skip to (?:main )?content|story continues|follow .{1,40} on twitter|live updates"
    r"|join (?:the|our) |^previously on|^напомним|^ранее .{1,60}(?:писал|сообщал)|تبرع للموقع|ادعمنا"
    r"|(?:^|\s)[@#]\w|pic\.twitter|\[(?:en|eng|fr|es|it|ar|fa|pt|de)\]|retweet|^rt "
    r"|点击|订阅|责任编辑|版权所有|關注|关注我们|記事を読む|関連記事|購読|abone ol|©",
    re.IGNORECASE,
)


def is_printable(text: str, language: str, *, punctuated: bool, fewest: int = FEWEST) -> bool:
    """Whether the tidied sentence is whole, of a fair length (`fewest` to 48 words), and tells something.

    `punctuated`: its article ends sentences with a mark, so one without is a caption or a heading.
    """
    if not fewest <= count_words(text, language) <= MOST or _CHATTER.search(text):
        return False
    bare = text.rstrip(_CLOSERS)
    if punctuated and bare[-1:] not in _TERMINALS:
        return False
    if bare[-1:] in "?？؟" or text[0].islower() or text[0] in "-–—•*>|(（[¡….":
        return False
    return _is_balanced(text)


def _is_balanced(text: str) -> bool:
    """Whether each quotation and bracket that is opened is closed: half a quotation misleads."""
    if "„" in text:
        return text.count("„") == text.count("“") + text.count("”")
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS) and text.count('"') % 2 == 0


def is_punctuated(article: Article) -> bool:
    """Whether this article ends its sentences with a mark (Thai does not)."""
    ends = [article.text[start:end].rstrip(_CLOSERS)[-1:] in _TERMINALS for start, end in article.body_sentences]
    return sum(ends) * 2 >= len(ends)
