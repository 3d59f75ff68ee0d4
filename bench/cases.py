"""True sentences with their surroundings, for `bench/mutate.py`: from the shared sets and our own sample.

Sentences are drawn with a seed, language by language, until each mutation has its share.
"""

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from iroyin.languages import split, tidy
from iroyin.sample.newsroom import outlets, pieces
from mutate import MUTATORS, TABLE, UNSPACED, Case, Twin, parties, twins

DATA = Path(__file__).parents[2] / "shared" / "data"
SETS = ("semeval2022_t8", "ml_crisis", "tg_pairs", "allsides_events", "ecbplus", "og2021_titles")
LONGEST_ARTICLE = 4000
SEED = 11
INVENTED = ("Lena Marsh", "Tarn Rovers", "Karen Holt", "Selwyn United", "Dana Orlo", "Nuriel Shipping", "Ivo Bratelli",
            "Harbour Steel", "Marek Olszak", "Port Selwyn", "Ana Teller", "Coral Gate")  # fmt: skip
INVENTED_RU = ("Лена Марш", "Тарнский Порт", "Карина Хольт", "Северная Верфь", "Дана Орлова", "Медный Мост",
               "Иво Брател", "Речной Клуб")  # fmt: skip
_SCRIPTS = {
    "ar": "\u0600-\u06ff",
    "zh": "\u4e00-\u9fff",
    "ko": "\uac00-\ud7af",
    "hi": "\u0900-\u097f",
    "ru": "\u0400-\u04ff",
}


Row = tuple[str, str, str]  # id, text, story


@dataclass(frozen=True, slots=True)
class Seeded:
    """A case with its article's id and text, the article of its `others`, and its false twins by mutation."""

    case: Case
    article: Row
    twins: Mapping[str, Twin]
    elsewhere: Mapping[str, Row]


@cache
def texts() -> Mapping[str, list[Row]]:
    """(id, text, story) of each article by language; headlines alone count as texts."""
    found: dict[str, list[Row]] = defaultdict(list)
    for name in SETS:
        with gzip.open(DATA / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                _add(found, row)
    spoken = {outlet.slug: outlet for outlet in outlets()}
    for piece in pieces():
        outlet = spoken[piece.outlet]
        if not outlet.hostile and not outlet.ai_written:
            found[outlet.language].append(
                (f"{piece.outlet}/{piece.slug}", tidy(f"{piece.title}\n\n{piece.text}"), piece.story or piece.slug)
            )
    return {language: rows for language, rows in found.items() if language in TABLE}


def _add(found: dict[str, list[Row]], row: Mapping[str, Any]) -> None:
    if row["lang"] in TABLE:
        whole = f"{row['title'] or ''}\n\n{row['text'] or ''}"[:LONGEST_ARTICLE]
        found[row["lang"]].append((row["id"], tidy(whole), row["cluster"] or row["id"]))


def sentences(language: str, chance: random.Random, most: int) -> Iterator[tuple[Row, str, str]]:
    """(article, sentence, the sentence after it) in random order."""
    rows = list(texts()[language])
    chance.shuffle(rows)
    for row in rows[:most]:
        ranges = split(row[1], language)
        for number, (start, end) in enumerate(ranges):
            text = row[1][start:end]
            following = row[1][slice(*ranges[number + 1])] if number + 1 < len(ranges) else ""
            if _fit(text, language):
                yield row, text, following


def _fit(text: str, language: str) -> bool:
    """Whether it looks like a whole sentence of news in its own script."""
    size = len(text) if language in UNSPACED else len(text.split())
    low, high = (14, 110) if language in UNSPACED else (7, 45)
    if not low <= size <= high or "http" in text or "@" in text or text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    own = _SCRIPTS.get(language)
    return not own or len(re.findall(f"[{own}]", text)) >= 0.8 * len(letters)


def _shouts(text: str) -> bool:
    """Whether most words are capitalised: then a capital marks no name."""
    words = [word for word in text.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > 0.5 * len(words)


def draw(language: str, share: int, most: int) -> list[Seeded]:
    """Cases of a language with at most `share` twins of each mutation; the order is the seed's."""
    chance = random.Random(f"{SEED} {language}")
    rows = list(sentences(language, chance, most))
    chance.shuffle(rows)
    seen = Counter(n for _, text, _ in rows if not _shouts(text) for n in parties(text, language))
    pool = sorted(n for n, times in seen.items() if times > 1) or sorted(seen)
    foreign = _foreign(language, chance)
    filled: Counter[str] = Counter()
    found = []
    for article, text, following in rows:
        strangers = [row for row in (chance.choice(rows) for _ in range(8)) if row[0][2] != article[2]]
        others = [row[1] for row in strangers] or [following]
        away = chance.sample(pool, min(12, len(pool)))
        case = Case(language, text, f"{text} {following}", frozenset(pool), away, others, chance.choice(foreign))
        made = {k: twin for k, twin in twins(case, chance).items() if filled[k] < share}
        if made and any(filled[k] < share for k in made):
            filled.update(made.keys())
            home = {row[1]: row[0] for row in strangers}
            found.append(Seeded(case, article, made, home))
        if all(filled[k] >= share for k in MUTATORS):
            break
    return [*found, *_told(language, chance, share - filled["swapped roles"])]


def _told(language: str, chance: random.Random, wanted: int) -> list[Seeded]:
    """Sentences of our own in which one party does something to another, where the sets have too few."""
    parties_of = TABLE[language].get("names") or (INVENTED_RU if language == "ru" else INVENTED)
    found = []
    for number in range(max(0, wanted)):
        first, second = chance.sample(parties_of, 2)
        sentence = TABLE[language]["told"][number % len(TABLE[language]["told"])]
        text, turned = sentence.format(a=first, b=second), sentence.format(a=second, b=first)
        case = Case(language, text, text, frozenset(), (), (), "")
        found.append(Seeded(case, (f"told-{language}-{number}", text, ""), {"swapped roles": Twin(turned)}, {}))
    return found


@cache
def _sample_of(language: str) -> list[str]:
    chance = random.Random(f"{SEED} foreign {language}")
    return [text for _, text, _ in sentences(language, chance, 60)][:200]


def _foreign(language: str, chance: random.Random) -> list[str]:
    others = [code for code in sorted(texts()) if code != language]
    return [chance.choice(_sample_of(chance.choice(others))) for _ in range(200)]
