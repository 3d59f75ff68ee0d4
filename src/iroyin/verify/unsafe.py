"""The check `unsafe`: addresses, markup, remains of code, orders to a machine, one word over and over.

An article that gives orders to a machine outside quotation marks is not quoted at all: what stands beside an order
was written by the same hand. A report about such an order has it in quotation marks, and loses that sentence only.
"""

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from iroyin.languages import fold, rules, spoken_to_a_machine, words
from iroyin.model import ArticleId, Dossier, Finding, Sentence
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.reading import without_quotes

_MARKUP = re.compile(
    r"https?:|www\.|ftp:|\b[\w-]+(?:\.[\w-]+)+/\w|\S@\w+\.\w|javascript:|data:text"  # addresses
    r"|</?[a-z!?%|][^>]*>|</|/>|<\?|<%|\]\(|&(?:lt|gt|amp|nbsp|quot|#\d+);|\[/?inst\]|<\|"  # markup
    r"|\b(?:alert|eval|fetch|prompt|confirm|atob|settimeout|function)\(|\bon(?:error|load|click|mouseover)\s*="
    r"|\b(?:document|window)\.\w|console\.log|\$\{|\{\{|\}\}|=>\s*\{|\bvar \w+\s*=|!important|\\u[0-9a-f]{4}"
    r"|\bdrop table\b|[\x00-\x08\x0b-\x1f\x7f]",
    re.IGNORECASE,
)

# Orders that no newsroom gives its readers, folded. In languages whose verb form could as well report the deed
# ("he ignored the instructions"), the instructions must be earlier ones.
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,30}\b(?:previous|prior|above|earlier|preceding|all|your|system)\b"
    r"[^.]{0,30}\b(?:instructions?|prompts?|rules|guidelines|directions)\b"
    r"|\b(?:print|reveal|show|output|repeat|display|leak)\b[^.]{0,20}\bsystem prompt\b|\bdeveloper mode\b"
    r"|\bas an ai (?:language )?model\b|\bi(?:'m|’m| am) an ai\b|\bnew instructions?:|\bsystem override\b"
    r"|\b(?:ignorez?|oubliez?)\b[^.]{0,40}\b(?:instructions|consignes) (?:precedentes|anterieures)"
    r"|\b(?:ignora|ignore|ignoren|olvida|olvide)\b[^.]{0,40}\binstrucciones (?:anteriores|previas)"
    r"|\b(?:ignore|esqueca)\b[^.]{0,40}\binstrucoes (?:anteriores|previas)"
    r"|\b(?:ignoriere|vergiss|ignorieren sie|vergessen sie)\b[^.]{0,40}\banweisungen\b"
    r"|\b(?:ignora|dimentica)\b[^.]{0,40}\bistruzioni precedenti|\bnegeer\b[^.]{0,40}\binstructies\b"
    r"|\b(?:про)?игнорируи(?:те)?\b[^.]{0,50}(?:инструкци|указани)|\bзабудь(?:те)?\b[^.]{0,50}инструкци"
    r"|\b(?:про)?ігноруи(?:те)?\b[^.]{0,50}(?:інструкці|вказівк)"
    r"|تجاهل[^.]{0,40}(?:التعليمات|الاوامر|تعليمات|اوامر)[^.]{0,12}(?:السابقه|السابقة|اعلاه)"
    r"|(?:पिछले|पूर्व|ऊपर के)[^।]{0,20}निर्देश[^।]{0,30}(?:करो|करें|करे)"
    r"|(?:忽略|无视|無視|忘记|忘記)[^。]{0,8}(?:之前|先前|以上|上述|前面|此前)[^。]{0,8}(?:指令|指示|提示)"
    r"|(?:これまて|これまで|以前|上記|前)の[^。]{0,10}(?:指示|命令)[^。]{0,6}(?:無視し(?:て|ろ|なさい)|無視せよ|忘れ(?:て|ろ))"
    r"|(?:이전|앞선|위의)[^.]{0,12}(?:지시|명령|지침)[^.]{0,8}(?:무시하(?:고|세요|라|십시오)|잊)"
    r"|\b(?:puuza|sahau)\b[^.]{0,40}\bmaagizo\b|\b(?:fi oju fo|foju fo|gbagbe)\b[^.]{0,40}\b(?:itoni|itosona|ilana)\b"
    r"|\babaikan\b[^.]{0,40}\b(?:instruksi|perintah)\b|(?:onceki|yukaridaki)[^.]{0,30}talimat[^.]{0,20}(?:yok say|unut)"
)
# Said to a reader outside quotation marks these are orders; within them people say such things.
_ADDRESSED = re.compile(
    r"\byou are now (?:the|an?|my|in)\b|\btu es (?:maintenant|desormais) (?:le|la|une?)\b|\bahora eres (?:el|la|une?)\b"
    r"|\bdu bist jetzt (?:der|die|eine?)\b|\bтеперь ты\b|你现在是|あなたは今から|당신은 이제|\bsasa wewe ni\b"
    r"|\bsystem prompt\b|(?:^|\n)\s*(?:assistant|system|user)\s*:",
)
_THRICE = re.compile(r"\b([^\W\d_]+)\b(?:\W+\1\b){2,}")
_FIVE_TIMES = re.compile(r"\b([^\W\d_]+)\b(?:\W+\1\b){4,}")
_RUN = re.compile(r"([^\W\d_]{2,12}?)\1{3,}")
_ENOUGH_WORDS, _FEWEST_DISTINCT = 8, 0.34


def unsafe(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """An address, markup, code, an order to a machine or a stuck key in what is to be printed or where it is from."""
    found = unsafe_part(sentence.text, language)
    if found:
        return Finding("unsafe", found)
    if passages and passages[0].article and passages[0].article.id in context.tainted:
        return Finding("unsafe", sentence.text, near=passages[0].article.outlet)
    return None


@lru_cache(maxsize=16384)
def unsafe_part(text: str, language: str) -> str:
    """The first part of the text that no page may print, or ""."""
    found = _MARKUP.search(text)
    return found.group() if found else (_order(text, language) or _repeated(text, language))


def tainted(dossier: Dossier) -> frozenset[ArticleId]:
    """The articles that give orders to a machine, quotations aside."""
    return frozenset(a.id for a in dossier.native() if _gives_orders(a.text, a.language))


@lru_cache(maxsize=2048)
def _gives_orders(text: str, language: str) -> bool:
    for line in text.splitlines():
        if spoken_to_a_machine(line, partial(without_quotes, line, language)):
            return True
        folded = fold(line)
        if _ORDERS.search(folded) or _ADDRESSED.search(folded):
            own = fold(without_quotes(line, language))
            if _ORDERS.search(own) or _ADDRESSED.search(own):
                return True
    return False


def _order(text: str, language: str) -> str:
    folded = fold(text)
    found = _ORDERS.search(folded)
    if not found and _ADDRESSED.search(folded):
        found = _ADDRESSED.search(fold(without_quotes(text, language)))
    if found:
        return found.group().strip()
    return spoken_to_a_machine(text, partial(without_quotes, text, language)).strip()


def _repeated(text: str, language: str) -> str:
    folded = text.casefold()
    if not rules(language).spaces:
        run = _RUN.search(folded)
        return run.group() if run else ""
    found = _FIVE_TIMES.search(folded) or (
        _THRICE.search(without_quotes(text, language).casefold()) if _THRICE.search(folded) else None
    )
    if found:
        return found.group()
    listed = words(text, language)
    few = len(listed) >= _ENOUGH_WORDS and len(set(listed)) < _FEWEST_DISTINCT * len(listed)
    return text if few else ""
