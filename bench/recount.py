"""Count again what the pages say that people say: `python bench/recount.py DATABASE`.

Takes every figure that a published story page prints of public reaction (accounts, shares with their intervals, days,
receipts, what was dropped) out of the HTML and out of claims.json, and counts it anew: from the list of posts in
claims.json, and from the posts kept in the database, which know their accounts. Uses none of the program's own code:
only SQL, lxml and arithmetic. Exit code 1 unless every figure is right.
"""

import argparse
import json
import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysqlite3
from lxml import html

Check = tuple[str, object, object]  # what, as printed, as counted
STANCES = ("for", "against", "asks", "remark")


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95% interval of a share."""
    z, p = 1.96, part / whole
    centre = p + z * z / (2 * whole)
    half = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    return (centre - half) / (1 + z * z / whole), (centre + half) / (1 + z * z / whole)


def voices(posts: list[dict[str, Any]]) -> dict[int, str]:
    """The stance of each account: of most of its posts, of the earliest when several have as many."""
    said: dict[int, list[str]] = defaultdict(list)
    for post in sorted(posts, key=lambda one: (one["created_at"], one["url"])):
        said[post["account"]].append(post["stance"])
    return {
        who: max(all_, key=lambda stance: (all_.count(stance), -all_.index(stance))) for who, all_ in said.items()
    }


def recounted(told: dict[str, Any], kept: list[dict[str, Any]]) -> Iterator[Check]:
    """Every figure of a reaction in claims.json beside what the posts give."""
    posts = told["posts"]
    heard = voices(posts)
    owner = {post["url"]: (post["account"]["platform"], post["account"]["handle"].lower()) for post in kept}
    yield "posts found", told["found"], len(kept)
    yield "posts counted", told["used"], len(posts)
    yield "accounts", told["accounts"], len(heard)
    yield "accounts by handle", told["accounts"], len({owner[post["url"]] for post in posts})
    yield "found and not counted", told["found"], told["used"] + told["apart"] + sum(told["dropped"].values())
    counts = Counter(heard.values())
    if told["accounts"] >= told["floor"]:
        yield "views", {view["stance"]: view["accounts"] for view in told["views"]}, dict(counts)
    for view in told["views"]:
        n = counts[view["stance"]]
        low, high = wilson(n, len(heard))
        wanted = [round(n / len(heard), 4), round(max(0.0, low), 4), round(min(1.0, high), 4)]
        yield f"share {view['stance']}", [view["share"], view["low"], view["high"]], wanted
        yield f"posts {view['stance']}", view["posts"], sum(post["stance"] == view["stance"] for post in posts)
    for receipt in told["receipts"]:
        server = receipt["platform"], receipt["server"]
        own = [post for post in posts if (post["platform"], post["server"]) == server]
        all_ = sum((post["platform"], post["server"]) == server for post in kept)
        yield f"receipt {server}", [receipt["found"], receipt["used"], receipt["accounts"]], [
            all_, len(own), len({post["account"] for post in own})
        ]  # fmt: skip
    for day in told["days"]:
        some = [post for post in posts if post["created_at"].startswith(day["day"])]
        again = Counter(voices(some).values())
        yield day["day"], {s: day[s] for s in STANCES}, {s: again[s] for s in STANCES}


def printed(page: Any, told: dict[str, Any]) -> Iterator[Check]:
    """Every figure in the page's HTML beside the same in claims.json."""
    (section,) = page.xpath("//section[contains(@class,'people')]")

    def values(path: str) -> list[str]:
        return [str(value) for value in section.xpath(path)]

    for view in told["views"]:
        at = f".//*[@data-stance='{view['stance']}']//data"
        yield "page: view", values(f"{at}/@value"), [str(view["accounts"]), f"{view['share']:.4f}"]
    for receipt in told["receipts"]:
        row = values(f".//tr[@data-server='{receipt['server']}']//data/@value")
        yield "page: receipt", row, [str(receipt[name]) for name in ("found", "used", "accounts")]
    dropped = dict(zip(values(".//li/@data-reason"), values(".//li[@data-reason]/data/@value"), strict=True))
    wanted = {name: str(n) for name, n in [*told["dropped"].items(), ("apart", told["apart"])] if n}
    yield "page: dropped", dropped, wanted
    if len(told["days"]) > 1:
        ends = [told["days"][0], told["days"][-1]]
        rows = [[str(day[stance]) for day in ends] for stance in STANCES if any(day[stance] for day in ends)]
        made = [
            [str(v) for v in row.xpath("./td/data/@value")]
            for row in section.xpath(".//table[@class='by-day']/tbody/tr")
        ]
        yield "page: days", made, rows
    links = {str(link) for link in section.xpath(".//figure[@class='voice']//a/@href")}
    shown = [
        one["url"] for part in (*told["views"], told) for one in part.get("examples", part.get("statements", []))
    ]
    yield "page: linked posts", sorted(links), sorted(set(shown))


def main() -> None:
    """Count everything again."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", type=Path)
    database = parser.parse_args().database
    with pysqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True) as connection:
        pages = {path: zlib.decompress(body) for path, body in connection.execute("SELECT path, body FROM page")}
        kept: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for story, data in connection.execute("SELECT story_id, data FROM post"):
            kept[story].append(json.loads(data))
    checks: list[tuple[str, Check]] = []
    summarised = set()
    for path in sorted(pages):
        ledger = json.loads(pages[path]) if path.endswith("/claims.json") else {}
        told = ledger.get("reaction")
        if told:
            page = html.fromstring(pages[path.replace("claims.json", "index.html")].decode())
            checks += [(path, check) for check in (*recounted(told, kept[ledger["story"]]), *printed(page, told))]
            summarised |= {ledger["language"]} if told["enough"] else set()
    wrong = [(path, *check) for path, check in checks if check[1] != check[2]]
    for path, what, said, counted in wrong:
        print(f"{path}: {what}: printed {said}, counted {counted}")
    result = {"figures": len(checks), "wrong": len(wrong), "languages with a summary": sorted(summarised)}
    print(json.dumps(result))
    sys.exit(1 if wrong or not checks else 0)


if __name__ == "__main__":
    main()
