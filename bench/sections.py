"""The sections of the sample newsroom's stories: the share that is as a reader would say.

Three ways beside each other: the most common section of a story's articles as their pages state it (what the desk did
before), the words alone (as if no feed stated anything), and both. `tests/data/sections.toml` says what is right.
"""

import json
import tomllib
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from iroyin.group.section import WORLD, section_of_story
from iroyin.ingest.sections import section_of
from iroyin.languages import split, tidy
from iroyin.model import Article, ArticleId
from iroyin.sample.newsroom import Outlet, Piece, outlets, pieces

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "data" / "sections.toml"


def article(piece: Piece, outlet: Outlet) -> Article:
    """The piece as the desk reads it from its outlet, whose feed is one of section "world"."""
    title, body = tidy(piece.title), tidy(piece.text)
    offset = len(title) + 2
    ranges = ((0, len(title)), *((offset + a, offset + b) for a, b in split(body, outlet.language)))
    url = f"http://{outlet.slug}.example{piece.path}"
    return Article(
        ArticleId(f"{piece.outlet}/{piece.slug}"), url, title, f"{title}\n\n{body}", outlet.language,
        piece.published, piece.published, outlet.name, outlet.family or outlet.name, ranges,
        section=section_of((piece.section,), url, otherwise=WORLD), ai_written=outlet.ai_written,
    )  # fmt: skip


def stories() -> dict[str, list[Article]]:
    """The sample's stories by the key under which the gold file has them."""
    known = {outlet.slug: outlet for outlet in outlets()}
    found: dict[str, list[Article]] = defaultdict(list)
    for piece in pieces():
        found[piece.story or f"{piece.outlet}/{piece.slug}"].append(article(piece, known[piece.outlet]))
    return found


def measure() -> dict[str, Any]:
    """The share right by each way, and what the words alone got wrong."""
    gold = tomllib.loads(GOLD.read_text("utf-8"))
    wanted = gold["events"] | gold["alone"]
    told = stories()
    ways = {
        "most_common": {key: Counter(a.section for a in told[key]).most_common(1)[0][0] for key in wanted},
        "words": {key: section_of_story([replace(a, section=WORLD) for a in told[key]]) for key in wanted},
        "both": {key: section_of_story(told[key]) for key in wanted},
    }
    right = {way: sum(found[key] == wanted[key] for key in wanted) / len(wanted) for way, found in ways.items()}
    wrong = {
        key: f"{ways['words'][key]}, should be {wanted[key]}"
        for key in wanted
        if ways["words"][key] != wanted[key]
    }
    return {"stories": len(wanted), **{way: round(share, 4) for way, share in right.items()}, "words_wrong": wrong}


def main() -> None:
    """Measure, print, write."""
    result = measure()
    for name, value in result.items():
        print(f"{name}: {value}")
    target = ROOT / "bench" / "results" / "sections.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
