"""What is not printed of a post: orders to machines (the post is dropped), personal data, slurs, account names.

Text comes in the desk's normal form (`languages.tidy`): nothing invisible, nothing that turns the page round. Pages
escape it once more. What is masked becomes three dots, which need no translation.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from iroyin.languages.names import name_key, names
from iroyin.languages.subjects import subject_ranges
from iroyin.languages.tidy import tidy
from iroyin.languages.words import fold

MASK = "•••"
LONGEST = 300  # characters of a post that are shown
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,30}\b(?:previous|prior|above|earlier|all|your|system)\b"
    r"[^.]{0,30}\b(?:instructions?|prompts?|rules|guidelines)\b|\bsystem prompt\b|\bnew instructions?:|<\|"
    r"|\[/?inst\]|(?:^|\n)\s*(?:assistant|system)\s*:|\byou are now (?:an?|the|in)\b|\bdeveloper mode\b"
    r"|\b(?:ignorez?|oubliez?)\b[^.]{0,40}\b(?:instructions|consignes)|\b(?:ignora|ignore|olvida)\b[^.]{0,40}instrucc"
    r"|игнорируи(?:те)?\b[^.]{0,50}(?:инструкци|указани)|تجاهل[^.]{0,40}(?:تعليمات|اوامر)"
    r"|(?:忽略|无视|忘记)[^。]{0,12}(?:指令|指示|提示)|(?:指示|命令)を?[^。]{0,4}無視|(?:지시|명령)[^.]{0,8}무시"
    r"|निर्देश[^।]{0,30}अनदेख|\bpuuza\b[^.]{0,40}maagizo|\bfoju fo\b[^.]{0,40}ilana"
)
_LINK = re.compile(r"(?:https?:|www\.)\S*|\b[\w.-]+\.(?:com|net|org|io|ly|me|co|info|ru|cn)\b/\S*", re.IGNORECASE)
_PERSONAL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|@\w[\w.-]*(?:@[\w.-]+)?|\bu/[\w-]{3,}"  # account names
    r"|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b"  # bank accounts
    r"|(?:\+|\b00|\b0|\()\d[\d\s().-]{6,}\d|\b\d(?:[\s-]?\d){8,}\b"  # telephones, cards, papers
    r"|\b\d{1,5}[a-z]?,?\s+(?:[A-Z][\w'-]+\s+){1,3}(?:St|Street|Ave|Avenue|Road|Rd|Lane|Ln|Drive|Dr|Close|Crescent)\b"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"  # addresses of machines
)


def gives_orders(text: str) -> bool:
    """Whether the post gives orders to a machine: such a post is not used at all."""
    return bool(_ORDERS.search(fold(text)))


def masked(text: str, language: str, known: frozenset[str]) -> str:
    """The post as it may be printed: no links, no account names, no personal data, no slurs, no private names.

    `known` are the keys of the names that the story itself has; a name of two words or more that is not among them,
    and is no place or organisation we know, is taken for a private person's.

    >>> masked("Call Ann on +44 20 7946 0958 or ann@example.org", "en", frozenset())
    'Call Ann on ••• or •••'
    """
    shown = _PERSONAL.sub(MASK, _LINK.sub(" ", tidy(text)))
    for start, end in reversed(strangers(shown, language, known)):
        shown = shown[:start] + MASK + shown[end:]
    shown = " ".join(_slurs().sub(MASK, shown).split())
    return (
        shown
        if len(shown) <= LONGEST
        else shown[: shown.rfind(" ", 0, LONGEST) if " " in shown else LONGEST] + "…"
    )


def strangers(text: str, language: str, known: frozenset[str]) -> list[tuple[int, int]]:
    """Where the text names someone whom the story does not: names of two words or more, and names beside a title."""
    subjects = [(start, end) for start, end, _ in subject_ranges(text, language)]
    return [
        (name.start, name.end)
        for name in names(text, language)
        if (" " in name.text.strip() or name.title)
        and name.key not in known
        and not all(name_key(part, language) in known for part in name.text.split())
        and not any(start < name.end and name.start < end for start, end in subjects)
    ]


@cache
def _slurs() -> re.Pattern[str]:
    table = tomllib.loads((resources.files(__package__) / "slurs.toml").read_text("utf-8"))
    spaced = sorted(set(table["words"]["spaced"].split()))
    dense = sorted(set(table["words"]["dense"].split()))
    edged = "|".join(re.escape(word) for word in spaced)
    return re.compile(rf"\b(?:{edged})s?\b|{'|'.join(map(re.escape, dense))}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def has_slur(text: str) -> bool:
    """Whether the text has a slur; such a post is shown only when no other can be."""
    return bool(_slurs().search(text))
