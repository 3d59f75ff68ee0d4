"""Make the shipped catalogue from public lists: `python sources/make.py [FOLDER]`.

Reads `feed_list.jsonl.gz` and `kite_media_data.json` (facts: addresses, languages, owners) from ../shared/data/feeds
and `extra.toml` beside this file, and writes one `src/iroyin/sources/xx.toml` a language. Described outlets come
first; a language with few of them takes undescribed ones, whose kind is then "unknown".
"""

import gzip
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from babel import Locale

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data" / "feeds"
OUT = HERE.parent / "src" / "iroyin" / "sources"
MOST = {
    "world": 45,
    "business": 12,
    "science": 8,
    "politics": 6,
    "sport": 6,
    "culture": 6,
    "health": 4,
    "climate": 4,
}
MOST_PER_OUTLET = 3
ENOUGH_DESCRIBED = 20

LANGUAGES = {"zh-Hant": "zh", "zh-Hans": "zh", "arq": "ar", "gr": "el", "sq-XK": "sq", "cnr": "sr", "bs": "bs"}
NOT_NEWS = re.compile(
    r"google\.|reddit\.|nitter|youtube|rsshub|feedburner|medium\.com|substack|blogspot|kill-the-news|openrss"
)
SECTIONS = {
    "business": "Economy|Business|Finance|Markets|Startups|Personal finance|Energy|Agriculture",
    "science": "Science|Technology|Tech|Space|AI|Cybersecurity|Programming",
    "health": "Health|Healthcare|Medicine",
    "climate": "Climate|Environment|Weather",
    "culture": "Culture|Entertainment|Music|Movies|Books|Arts|Television|Fashion|Travel|Food",
    "sport": "Sports|Soccer|Football|NBA|NFL|MLB|NHL|Cricket|Tennis|Cycling|Rugby|F1",
    "politics": "Politics|Defense",
}
GENERAL = {"World", "Africa", "Asia", "Europe", "Middle East", "Latin America", "Oceania", "News", "Caribbean"}
STATE_COUNTRIES = {
    "CN",
    "RU",
    "IR",
    "SA",
    "AE",
    "QA",
    "EG",
    "KW",
    "OM",
    "SY",
    "TR",
    "VN",
    "BH",
    "JO",
    "IQ",
    "SG",
    "YE",
}
GOVERNMENT = re.compile(
    r"Bundesregierung|Rijksoverheid|Policy Briefing|Canton|Federal administration|Ministry|Government of", re.I
)


class Row(NamedTuple):
    """One feed of the catalogue."""

    language: str
    url: str
    title: str
    outlet: str
    family: str
    country: str
    kind: str
    section: str
    ai_written: bool


def countries() -> dict[str, str]:
    """English country names to ISO codes."""
    names = {name: code for code, name in Locale("en").territories.items() if len(code) == 2}
    return names | {"UK": "GB", "USA": "US", "The Netherlands": "NL", "Turkey": "TR", "Palestine": "PS",
                    "Hong Kong": "HK", "Czech Republic": "CZ", "Myanmar": "MM", "Bosnia": "BA"}  # fmt: skip


def section_of(category: str) -> str:
    """The section of a list's category; empty for hobbies and niches."""
    head = category.split(" | ")[0]
    for section, words in SECTIONS.items():
        if re.fullmatch(words, head):
            return section
    return "world" if head in GENERAL or head in countries() else ""


def parts(host: str) -> list[str]:
    """A host and its parents: news.example.org, example.org."""
    labels = host.removeprefix("www.").split(".")
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


def kind_of(typology: str, country: str, name: str) -> str:
    """State-run, public and private told apart; a government's own channel is state-run."""
    if GOVERNMENT.search(name):
        return "state"
    if "agency" in typology.lower():
        return "agency"
    if typology.startswith(("State", "Public")):
        return "state" if country in STATE_COUNTRIES else "public"
    return (
        "independent" if typology.startswith(("Independent", "Non-Profit", "Private Independent")) else "private"
    )


def family_of(owner: str, organisation: str) -> str:
    """A short owner's name: the first words before an explanation."""
    short = re.split(r"[.;(,]| is | \d", owner)[0].strip()
    return short if 0 < len(short) <= 50 else organisation


def outlets(media: list[dict[str, str]], extra: dict[str, list[str]]) -> dict[str, tuple[str, str, str, str]]:
    """Domain to (outlet, family, country, kind)."""
    codes = countries()
    known = {}
    for one in media:
        country = codes.get(one["country"].split("/")[0], "")
        family = family_of(one["owner"], one["organization"])
        kind = kind_of(one["typology"], country, f"{one['organization']} {one['owner']}")
        for domain in one["domains"]:
            known[domain] = (one["organization"], family, country, kind)
    return known | {domain: (row[0], row[1], row[2], row[3]) for domain, row in extra.items()}


def read(folder: Path) -> list[Row]:
    """Every usable feed of the lists, once."""
    extra = tomllib.loads((HERE / "extra.toml").read_text("utf-8"))
    known = outlets(json.loads((folder / "kite_media_data.json").read_text("utf-8")), extra["owner"])
    codes, written_by_ai = countries(), set(extra["ai_written"]["hosts"])
    rows = {}
    with gzip.open(folder / "feed_list.jsonl.gz", "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            section = section_of(item["category"])
            host = urlsplit(item["url"]).hostname or ""
            if not item["lang"] or not section or NOT_NEWS.search(host) or not item["url"].startswith("http"):
                continue
            described = next((known[part] for part in parts(host) if part in known), None)
            country = codes.get(item["category"].split(" | ")[0], "")
            outlet, family, home, kind = described or (host.removeprefix("www."), "", country, "unknown")
            title = outlet if section == "world" else f"{outlet}: {item['category']}"
            rows[item["url"]] = Row(
                LANGUAGES.get(item["lang"], item["lang"]), item["url"], title, outlet, family,
                home or country, kind, section, bool(set(parts(host)) & written_by_ai),
            )  # fmt: skip
    for service in extra["bbc"]["services"]:
        name, language, country = service.split()
        url = f"https://feeds.bbci.co.uk/{name}/rss.xml"
        title = f"BBC News {name.split('/')[0].capitalize()}"
        rows[url] = Row(language, url, title, title, "BBC", country, "public", "world", False)
    for language in extra["globalvoices"]["languages"]:
        url = f"https://{language}.globalvoices.org/feed/"
        rows[url] = Row(language, url, f"Global Voices ({language})", "Global Voices", "Global Voices", "NL",
                        "independent", "world", False)  # fmt: skip
    return list(rows.values())


def choose(rows: list[Row]) -> dict[str, list[Row]]:
    """By language: described outlets first, at most a few feeds an outlet, and so many of each section."""
    by_language: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.kind == "unknown", r.outlet.lower(), r.url)):
        chosen = by_language[row.language]
        beside = [other for other in chosen if other.section == row.section]
        enough = MOST[row.section] if row.kind != "unknown" else min(ENOUGH_DESCRIBED, MOST[row.section])
        if len(beside) < enough and sum(other.outlet == row.outlet for other in beside) < MOST_PER_OUTLET:
            chosen.append(row)
    return by_language


def toml(rows: list[Row]) -> str:
    """The file of one language."""
    lines = [
        "# Made by sources/make.py. One row a feed: correct facts in sources/extra.toml, add feeds here or there.\n"
    ]
    for row in rows:
        lines.append("[[feed]]")
        for name, value in row._asdict().items():
            if name == "ai_written":
                lines += ["ai_written = true"] if value else []
            elif value and name != "language":
                lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the files and print what they hold."""
    chosen = choose(read(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA))
    OUT.mkdir(exist_ok=True)
    for language, rows in chosen.items():
        (OUT / f"{language}.toml").write_text(toml(rows), "utf-8")
    kinds = Counter(row.kind for rows in chosen.values() for row in rows)
    sections = Counter(row.section for rows in chosen.values() for row in rows)
    print(sum(map(len, chosen.values())), "feeds in", len(chosen), "languages;", dict(kinds), dict(sections))
    print({language: len(rows) for language, rows in sorted(chosen.items())})


if __name__ == "__main__":
    main()
