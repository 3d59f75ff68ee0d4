"""Which newsroom a text itself names as its source: "(Reuters)", "Yonhap reported", "한빛통신에 따르면".

Accepted: an agency of `agencies.txt`, or a name with a word by which newsrooms call themselves ("… News"); so that
"police said" names no newsroom. The phrases around the name are `origin_patterns` of the language's rules.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from iroyin.languages import fold, rules

HEAD, TAIL = 700, 300
MOST_WORDS = 4

_BRACKETS = re.compile(
    r"[(（\[【〔](?:[^()（）\[\]【】〔〕=/]{1,20}[=/])?\s*([^()（）\[\]【】〔〕=]{2,40}?)\s*[)）\]】〕]"
)
_MEDIA_WORD = re.compile(
    r"\b(?:news|times|post|press(?!\s+(?:secretary|officer|office|conference|corps|release|briefing))|agency|wire"
    r"|herald|tribune|gazette|journal|chronicle|courier|ledger|dispatch"
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
_ARTICLES = {"the", "of", "de", "la", "del"}
_JOINING = {*_ARTICLES, "dpa"}
# What stands beside an agency's name in a sentence.
_AGENCY = frozenset(
    ["agency", "agencia", "agence", "agenzia", "agência", "agentur", "nachrichtenagentur", "persbureau", "agencja",
     "agencji", "kantor", "агентство", "агентства", "агентству", "агенція", "агенції", "وكالة", "وکالة"]
)  # fmt: skip
_AGENCY_BEHIND = frozenset(("agency", "통신"))
# "the Environmental Protection Agency" is an office, "Fars News Agency" a newsroom.
_OFFICE = re.compile(r"(?<!News)(?<!Press)\s+Agency$")
_WITH = re.compile(r"^[^\W\d_A-Z]{1,4} (?=\w+$)")  # "(avec AFP)", "(mit dpa)"
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
        known = _agencies().get(fold(name)) or _agencies().get(fold(_WITH.sub("", name)))
        if known:
            return known
        # "HARBOUR CITY (Openwire) -", "(서울=한빛통신)": a dateline names a newsroom that the list does not know.
        dated = "=" in found[0] or _DASH.match(text, found.end())
        if found.start() <= 60 and dated and _is_newsroom(name):
            return name
    return ""


def _in_phrase(text: str, language: str) -> str:
    for pattern in rules(language).origin_patterns:
        before, _, after = pattern.partition("{outlet}")
        for found in _phrase(before.strip(), after.strip()).finditer(text):
            if found.groups():
                name = _newsroom([found[1].split()])
            else:
                name = _name_after(text[found.end() :]) if before.strip() else _name_before(text[: found.start()])
            if name:
                return name
    return ""


@lru_cache(maxsize=2048)
def _phrase(before: str, after: str) -> re.Pattern[str]:
    """The fixed words of a pattern; the name is its group when words stand on both sides of it."""
    first, last = (re.escape(side).replace(r"\ ", r"\s+").replace("'", "['’]") for side in (before, after))
    if before and after:
        return re.compile(rf"{first}\s*([^\n。．.!?]{{2,40}}?)\s*{last}", re.I)
    return re.compile(rf"(?<!\w){first}(?!\w)" if before else rf"\s*(?:{last})", re.I)


def _name_after(text: str) -> str:
    words: list[str] = []
    position = 0
    for found in _WORD.finditer(text[:100]):
        ended = found.start() - position > 1 or len(words) == MOST_WORDS + 1 or not _may_name(found[0])
        if ended or (words[1:] and found[0].lower() == "the"):
            break
        words.append(found[0])
        position = found.end()
    return _newsroom([words[:n] for n in range(len(words), 0, -1)])


def _name_before(text: str) -> str:
    words: list[str] = []
    position = len(text)
    for found in reversed(list(_WORD.finditer(text[-100:]))):
        start, end = found.start() + max(len(text) - 100, 0), found.end() + max(len(text) - 100, 0)
        ended = position - end > 1 or len(words) == MOST_WORDS or not _may_name(found[0])
        if ended or (words and found[0].lower() == "the"):
            break
        words.insert(0, found[0])
        position = start
    names = [words[n:] for n in range(len(words))]
    # Nothing tells where a name begins in a script without capitals: the shortest that is one.
    return _newsroom(names if words and words[-1] != words[-1].swapcase() else names[::-1])


def _may_name(word: str) -> bool:
    bare = _ELISION.sub("", word)
    return not bare[:1].islower() or bare.lower() in _JOINING or bare.lower() in _AGENCY


def _newsroom(names: Sequence[Sequence[str]]) -> str:
    """The first of these names that the list of agencies has; else the first that is a newsroom's by its words."""
    plain = [_without_articles(words) for words in names]
    for words in plain:
        known = _agencies().get(fold(" ".join(words))) or _agencies().get(fold(" ".join(_without_agency(words))))
        if known:
            return known
    for words in plain:
        name = " ".join(words)
        bare = " ".join(_without_agency(words))
        if (
            len(bare) > 3
            and not bare[0].islower()
            and (_is_newsroom(name) or (bare != name and words[0] not in bare))
        ):
            return bare
    return ""


def _without_articles(words: Sequence[str]) -> list[str]:
    found = list(words)
    while found and found[0].lower() in _ARTICLES:
        found = found[1:]
    return [_ELISION.sub("", found[0]), *found[1:]] if found else []


def _without_agency(words: Sequence[str]) -> list[str]:
    """ "agence Openwire" and "Openwire agency" are Openwire; "… Protection Agency" is a part of a name."""
    if len(words) > 1 and words[0].lower() in _AGENCY:
        return list(words[1:])
    return list(words[:-1]) if len(words) > 1 and words[-1] in _AGENCY_BEHIND else list(words)


def _is_newsroom(name: str) -> bool:
    """Whether the name begins or ends with a word by which newsrooms call themselves, and has more than that."""
    if _OFFICE.search(name):
        return False
    found = [one for one in _MEDIA_WORD.finditer(name) if len(one[0]) < len(name)]
    last = name.rpartition(" ")[0]
    return any(
        (one.start() == 0 and last) or one.end() == len(name) or one.start() > len(last) > 0 for one in found
    )


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in files("iroyin.ingest").joinpath("agencies.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, others = line.partition(" = ")
            names |= {fold(one.strip()): name for one in (name, *others.split(","))}
    return names
