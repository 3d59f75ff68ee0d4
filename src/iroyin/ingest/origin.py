"""Which newsroom a text itself names as its source: "(Reuters)", "Yonhap reported", "한빛통신에 따르면".

Accepted: an agency of `agencies.txt`, or a name with a word by which newsrooms call themselves ("… News"); so that
"police said" names no newsroom. The phrases around the name are `origin_patterns` of the language's rules.
"""

import re
from functools import lru_cache
from importlib.resources import files

from iroyin.languages import fold, rules

HEAD, TAIL = 700, 300
MOST_WORDS = 4

_BRACKETS = re.compile(
    r"[(（\[【〔](?:[^()（）\[\]【】〔〕=/]{1,20}[=/])?\s*([^()（）\[\]【】〔〕=]{2,40}?)\s*[)）\]】〕]"
)
_MEDIA_WORD = re.compile(
    r"\b(?:news|times|post|press|agency|wire|herald|tribune|gazette|journal|chronicle|courier|ledger|dispatch"
    r"|broadcaster|radio|tv|television|observer|guardian|telegraph|nachrichten|presse|zeitung|agentur|tagblatt|anzeiger"
    r"|kurier|rundfunk|agence|journaux|agencia|agência|agenzia|diario|periódico|jornal|giornale|corriere|notícias"
    r"|noticias|notizie|gazeta|haber|ajansı|gazetesi|ajans|kantor berita|shirika la habari|habari|ìròyìn|iroyin)\b"
    r"|wire$|(?:통신|신문|일보|뉴스|방송|通信|新聞|新闻社|通讯社|通訊社|日报|日報|时报|時報|晚报|晚報|放送|新报|新報|社)$"
    r"|(?:агентств|новости|известия|вести|газета|агенція|новини|agentstvo)|(?:وكالة|صحيفة|قناة|خبرگزاری|روزنامه)"
    r"|(?:समाचार|न्यूज़|न्यूज|টাইমস|সংবাদ|สำนักข่าว|πρακτορείο|εφημερίδα|סוכנות|חדשות|thông tấn|báo)",
    re.I,
)
_WORD = re.compile(r"[^\s,.;:!?()\[\]“”\"«»„'’。、，！？「」『』…]+(?:[.'’&-][^\s,;:!?()\"“”]+)*")
_ELISION = re.compile(r"^(?:l|d|dell|all|qu|nell|sull)['’]", re.I)
_DASH = re.compile(r"\s*[-–—―:]")


def named(text: str, language: str) -> str:
    """The source newsroom that the text names near its beginning or in its last line, or "".

    >>> named("LONDON, Nov 3 (Reuters) - Rain fell.", "en")
    'Reuters'
    """
    head, tail = text[:HEAD], text[-TAIL:].rpartition("\n")[2]
    return _in_brackets(head) or _in_brackets(tail) or _in_phrase(head, language) or _in_phrase(tail, language)


def canonical_name(name: str) -> str:
    """The desk's name for an agency; any other name as it is."""
    return _agencies().get(fold(name.strip()), name.strip())


def _in_brackets(text: str) -> str:
    for found in _BRACKETS.finditer(text):
        name = re.split(r"\s*[/,、·]\s*", found[1])[0].strip()
        known = _agencies().get(fold(name))
        if known:
            return known
        # "HARBOUR CITY (Openwire) -": a dateline names a newsroom whatever its name is made of.
        if found.start() <= 60 and _DASH.match(text, found.end()) and _is_newsroom(name):
            return name
    return ""


def _in_phrase(text: str, language: str) -> str:
    for pattern in rules(language).origin_patterns:
        before, _, after = pattern.partition("{outlet}")
        for found in _phrase(before.strip(), after.strip()).finditer(text):
            if found.groups():
                name = _newsroom(found[1].split())
            else:
                name = _name_after(text[found.end() :]) if before.strip() else _name_before(text[: found.start()])
            if name:
                return name
    return ""


@lru_cache(maxsize=2048)
def _phrase(before: str, after: str) -> re.Pattern[str]:
    """The fixed words of a pattern; the name is its group when words stand on both sides of it."""
    first, last = (re.escape(side).replace(r"\ ", r"\s+") for side in (before, after))
    if before and after:
        return re.compile(rf"{first}\s*([^\n。．.!?]{{2,40}}?)\s*{last}", re.I)
    return re.compile(rf"(?<!\w){first}(?!\w)" if before else rf"\s*(?:{last})", re.I)


def _name_after(text: str) -> str:
    words: list[str] = []
    position = 0
    for found in _WORD.finditer(text[:100]):
        if found.start() - position > 1 or len(words) == MOST_WORDS + 1 or not _may_name(found[0]):
            break
        words.append(found[0])
        position = found.end()
    return next((name for n in range(len(words), 0, -1) if (name := _newsroom(words[:n]))), "")


def _name_before(text: str) -> str:
    words: list[str] = []
    position = len(text)
    for found in reversed(list(_WORD.finditer(text[-100:]))):
        start, end = found.start() + max(len(text) - 100, 0), found.end() + max(len(text) - 100, 0)
        if position - end > 1 or len(words) == MOST_WORDS or not _may_name(found[0]):
            break
        words.insert(0, found[0])
        position = start
    return next((name for n in range(len(words)) if (name := _newsroom(words[n:]))), "")


def _may_name(word: str) -> bool:
    return not _ELISION.sub("", word)[:1].islower() or word.lower() in {
        "the",
        "of",
        "dpa",
        "de",
        "la",
        "del",
        "agency",
        "agencia",
        "agence",
    }


def _newsroom(words: list[str]) -> str:
    while words and words[0].lower() in {"the", "of", "de", "la", "del"}:
        words = words[1:]
    name = _ELISION.sub("", " ".join(words))
    known = _agencies().get(fold(name))
    if known:
        return known
    return name if len(name) > 3 and _is_newsroom(name) and not name[0].islower() else ""


def _is_newsroom(name: str) -> bool:
    # A media word alone ("news", "the press") is nobody's name.
    found = _MEDIA_WORD.search(name)
    return found is not None and len(found[0]) < len(name)


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in files("iroyin.ingest").joinpath("agencies.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, others = line.partition(" = ")
            names |= {fold(one.strip()): name for one in (name, *others.split(","))}
    return names
