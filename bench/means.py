"""Make `adapters/embedders/means.npz`: the mean vector of each language, taken off every vector of that language.

    python bench/means.py --data ../shared/data

A language's mean is one centre plus the language's own offset. The centre is half the mean over the languages
of semeval2022_t8, half the mean of the headlines of uci_headlines. The offset comes from CLDR: the same 25 lists
of countries, dates, measures and currencies in every language, so that only the language differs, times 0.8; in
the ten languages of semeval2022_t8 it is the average of that and of the offset of the articles there.
"""

import argparse
import datetime
import gzip
import json
from pathlib import Path

import numpy as np
from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.units import format_unit

from iroyin.adapters.embedders import e5
from iroyin.adapters.embedders.centre import ALL

LANGUAGES = (  # one string each: easier to read than lists of quoted codes
    "af am ar as az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gd gl gu ha he hi hr hu hy id ig is"
    " it ja jv ka kk km kn ko ku ky lo lt lv mg mk ml mn mr ms my ne nl no or pa pl ps pt ro ru sd si sk sl so sq"
    " sr sv sw ta te th tl tr ug uk ur uz vi xh yo zh zu"
)
TERRITORIES = "US GB FR DE ES IT RU CN JP KR IN BR MX NG KE ZA EG SA IR IQ TR UA PL SE AU CA AR ID PK VN"
CURRENCIES = "USD EUR GBP JPY CNY RUB"
MEASURES = "length-kilometer duration-day mass-kilogram duration-hour temperature-celsius"
TONGUES = "en fr ru zh ar es de hi"
CLDR_SHARE = 0.8


def parallel(code: str) -> list[str]:
    """The 25 neutral lines in this language. Raises UnknownLocaleError."""
    currencies, measures, tongues = CURRENCIES.split(), MEASURES.split(), TONGUES.split()
    locale = Locale.parse({"no": "nb", "tl": "fil"}.get(code, code))
    places = [locale.territories.get(t, t) for t in TERRITORIES.split()]
    lines = []
    for i in range(0, 30, 3):
        day = format_date(datetime.date(2026, 1 + i % 12, 3 + i % 25), "full", locale=locale)
        lines.append(f"{format_list(places[i : i + 3], locale=locale)}, {day}")
    for i in range(0, 30, 2):
        measure = format_unit(3 * i + 12, measures[i % 5], locale=locale)
        money = locale.currencies.get(currencies[i % 6], "")
        tongue = locale.languages.get(tongues[i % 8], "")
        lines.append(f"{places[i]}: {measure}; {places[i + 1]}: {money} {tongue}")
    return lines


def rows(path: Path) -> list[dict[str, str]]:
    """The articles of a set."""
    with gzip.open(path / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main() -> None:
    """Embed, average, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("var/models"))
    given = parser.parse_args()
    embedder = e5.make(given.cache, centred=False)

    lines = {}
    for code in LANGUAGES.split():
        try:
            lines[code] = parallel(code)
        except UnknownLocaleError:
            print(code, "has no CLDR data")
    cldr = {code: embedder.embed(texts, [code] * len(texts)).mean(0) for code, texts in lines.items()}
    news = rows(given.data / "semeval2022_t8")
    texts = [f"{row['title']}\n{row['text'][:500]}" for row in news]
    vectors = np.concatenate(
        [embedder.embed(texts[i : i + 256], texts[i : i + 256]) for i in range(0, len(texts), 256)]
    )
    spoken = np.array([row["lang"] for row in news])
    told = {code: vectors[spoken == code].mean(0) for code in sorted(set(spoken))}
    titles = [row["title"] for row in rows(given.data / "uci_headlines")]
    headlines = embedder.embed(titles, titles).mean(0)

    offsets = _offsets(cldr, told)
    centre = (np.mean(list(told.values()), axis=0) + headlines - offsets["en"]) / 2
    means = {ALL: centre, **{code: centre + offset for code, offset in offsets.items()}}
    target = Path("src/iroyin/adapters/embedders/means.npz")
    np.savez(target, languages=np.array(list(means)), means=np.stack(list(means.values())).astype(np.float16))
    print(f"{len(means)} means, {target.stat().st_size} bytes")


def _offsets(cldr: dict[str, np.ndarray], told: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Each language's offset from the mean over the languages in `told`."""
    common = np.mean([cldr[code] for code in told], axis=0)
    offsets = {code: CLDR_SHARE * (mean - common) for code, mean in cldr.items()}
    middle = np.mean(list(told.values()), axis=0)
    return {**offsets, **{code: (offsets[code] + mean - middle) / 2 for code, mean in told.items()}}


if __name__ == "__main__":
    main()
