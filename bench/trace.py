"""Prove every published sentence: `python bench/trace.py SITE_OR_DB [--db DB]`.

Reads the published pages again (a folder written by `iroyin export`, or the pages in a database), takes each
printed sentence out of the HTML, finds it in the page's claims.json, and proves each of its spans against the
articles stored in the database: the article exists, the offsets lie in it, the SHA-256 of those characters is the
one in the ledger, and the printed text is the span's text (or, for a cut, made of whole runs of it in order).
Headlines and ledes printed on other pages must be sentences of some ledger. Uses none of the program's own
checks: only SQL, lxml and hashlib. Exit code 1 unless every sentence is proved.
"""

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pysqlite3
from lxml import html

Pages = Mapping[str, bytes]


def pages_of(place: Path) -> Pages:
    """Every published file by its path, from a folder or from a database."""
    if place.is_dir():
        files = (p for p in place.rglob("*") if p.is_file() and not p.name.startswith("."))
        return {str(p.relative_to(place)): p.read_bytes() for p in files}
    with pysqlite3.connect(f"file:{place}?mode=ro", uri=True) as connection:
        return {path: zlib.decompress(body) for path, body in connection.execute("SELECT path, body FROM page")}


def articles_of(database: Path) -> Mapping[str, str]:
    """The stored text of every article."""
    with pysqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT id, data FROM article")
        return {name: json.loads(data)["text"] for name, data in rows}


def plain(text: str) -> str:
    """White space folded and Unicode composed: a page may break lines where a source did not."""
    return " ".join(normalize("NFC", text).split())


def is_cut(short: str, whole: str) -> bool:
    """Whether `short` is `whole` less some runs: at most four pieces, each found whole and in order."""
    at, pieces = 0, 0
    rest = short
    while rest:
        size = len(rest)
        while size and (found := whole.find(rest[:size], at)) < 0:
            size -= 1
        if not size:
            return False
        at, rest, pieces = found + size, rest[size:], pieces + 1
    return pieces <= 4


def fault(claim: dict[str, Any], printed: str, texts: Mapping[str, str]) -> str:
    """Why this printed sentence is not proved; empty when it is."""
    if plain(printed) != plain(claim["text"]):
        return "printed text differs from the ledger"
    if not claim["spans"]:
        return "no span"
    for span in claim["spans"]:
        text = texts.get(span["article"])
        if text is None:
            return "article not stored"
        said = text[span["start"] : span["end"]]
        if sha256(said.encode()).hexdigest() != span["sha256"]:
            return "hash differs"
    first = claim["spans"][0]
    whole = plain(texts[first["article"]][first["start"] : first["end"]])
    if claim["kind"] == "verbatim" and plain(printed) != whole:
        return "not verbatim"
    if claim["kind"] == "cut" and not is_cut(plain(printed), whole):
        return "not a cut of its span"
    return "" if claim["kind"] in {"verbatim", "cut", "built", "written"} else "unknown kind"


def story_pages(pages: Pages) -> Iterator[tuple[str, Any, list[dict[str, Any]]]]:
    """Each story page: its path, its parsed HTML and its ledger's sentences."""
    for path, body in sorted(pages.items()):
        folder, _, name = path.rpartition("/")
        if name == "index.html" and "/articles/" in f"/{folder}":
            ledger = json.loads(pages[f"{folder}/claims.json"])
            yield path, html.fromstring(body.decode()), ledger["sentences"]


def strays(pages: Pages, headlines: set[str]) -> list[str]:
    """Headlines of story cards, on any page, that are in no ledger."""
    found = []
    for path, body in sorted(pages.items()):
        if path.endswith(".html"):
            for link in html.fromstring(body.decode()).xpath(
                "//h2/a[contains(@href,'/articles/')] | //h3/a[contains(@href,'/articles/')]"
            ):
                if plain(link.text_content()) not in headlines:
                    found.append(f"{path}: {link.text_content()!r} is in no ledger")
    return found


def main() -> int:
    """Check and print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", type=Path, help="exported site or database")
    parser.add_argument("--db", type=Path, help="database with the stored articles, when PLACE is a folder")
    asked = parser.parse_args()
    database = asked.db or asked.place
    if database.is_dir() or not database.exists():
        parser.error("an exported site needs --db with the database that holds its articles")
    pages, texts = pages_of(asked.place), articles_of(database)
    kinds: Counter[str] = Counter()
    faults: list[str] = []
    told = sentences = spans = 0
    headlines: set[str] = set()
    for path, page, ledger in story_pages(pages):
        told += 1
        printed = {int(node.get("data-claim")): node.text_content() for node in page.xpath("//*[@data-claim]")}
        headlines.add(plain(ledger[0]["text"]))
        if set(printed) != set(range(len(ledger))):
            faults.append(f"{path}: the page prints {sorted(printed)}, the ledger has {len(ledger)} sentences")
        for number, text in printed.items():
            sentences += 1
            claim = ledger[number] if number < len(ledger) else {"text": "", "spans": [], "kind": ""}
            spans += len(claim["spans"])
            kinds[claim["kind"]] += 1
            if why := fault(claim, text, texts):
                faults.append(f"{path}: sentence {number}: {why}: {text[:80]!r}")
    faults += strays(pages, headlines)
    for line in faults[:50]:
        print(line)
    proved = sentences - sum("sentence" in line for line in faults)
    share = proved / sentences if sentences else 0.0
    print(json.dumps({"story_pages": told, "sentences": sentences, "proved": proved, "share": round(share, 6),
                      "spans": spans, "kinds": dict(kinds), "faults": len(faults)}))  # fmt: skip
    return 0 if sentences and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
