"""Prove every published sentence: `python bench/trace.py SITE_OR_DB [--db DB]`.

Reads the published pages again (a folder written by `iroyin export`, or the pages in a database), takes each
printed sentence out of the HTML, finds it in the page's claims.json, and proves each of its spans against the
articles stored in the database: the article exists, the offsets lie in it, the SHA-256 of those characters is the
one in the ledger, and the printed text is the span's text (or, for a cut, made of whole runs of it in order).
Then it looks for words that no ledger holds: prose beside the sentences of a story, outlets that a sentence does not
stand on, and every other place that prints a story (cards, related stories, Atom, JSON Feed, news sitemap,
descriptions, JSON-LD, the figure): see `bench/printed.py`. Uses none of the program's own checks: only SQL, lxml
and hashlib. Exit code 1 unless every sentence is proved and nothing else is said.
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

import pysqlite3
from lxml import html

from printed import Edition, Pages, Texts, beside, elsewhere, plain

NOTHING: Mapping[str, Any] = {"text": "", "spans": [], "kind": ""}


def pages_of(place: Path) -> Pages:
    """Every published file by its path, from a folder or from a database."""
    if place.is_dir():
        files = (p for p in place.rglob("*") if p.is_file() and not p.name.startswith("."))
        return {str(p.relative_to(place)): p.read_bytes() for p in files}
    with pysqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True) as connection:
        return {path: zlib.decompress(body) for path, body in connection.execute("SELECT path, body FROM page")}


def articles_of(database: Path) -> Texts:
    """The stored text and outlet of every article."""
    with pysqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True) as connection:
        rows = [(name, json.loads(data)) for name, data in connection.execute("SELECT id, data FROM article")]
        return {name: (row["text"], row["outlet"]) for name, row in rows}


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
    return 0 < pieces <= 4


def fault(claim: Mapping[str, Any], printed: str, texts: Texts) -> str:
    """Why this printed sentence is not proved; empty when it is."""
    if not plain(printed) or plain(printed) != plain(claim["text"]):
        return "printed text differs from the ledger"
    if not claim["spans"]:
        return "no span"
    for span in claim["spans"]:
        text, _ = texts.get(span["article"], ("", ""))
        if not text:
            return "article not stored"
        if not 0 <= span["start"] < span["end"] <= len(text):
            return "span outside its article"
        said = text[span["start"] : span["end"]]
        if sha256(said.encode()).hexdigest() != span["sha256"]:
            return "hash differs"
        if said != span["text"]:
            return "the ledger quotes other words than it points at"
    first = claim["spans"][0]
    whole = plain(texts[first["article"]][0][first["start"] : first["end"]])
    if claim["kind"] == "verbatim" and plain(printed) != whole:
        return "not verbatim"
    if claim["kind"] == "cut" and not is_cut(plain(printed), whole):
        return "not a cut of its span"
    if claim["attribution"] and claim["attribution"] not in {texts[s["article"]][1] for s in claim["spans"]}:
        return "attributed to an outlet that it does not stand on"
    return "" if claim["kind"] in {"verbatim", "cut", "built", "written"} else "unknown kind"


def editions(pages: Pages) -> Iterator[Edition]:
    """Each story page with its ledger."""
    for path, body in sorted(pages.items()):
        folder, _, name = path.rpartition("/")
        told = name == "index.html" and "/articles/" in f"/{folder}"
        if told and pages.get(f"{folder}/410.html") == body and b"data-claim" not in body:
            continue  # a story that was retracted: the notice in its place has no sentence
        if told:
            ledger = json.loads(pages.get(f"{folder}/claims.json", b'{"sentences": []}'))
            yield Edition(folder, html.fromstring(body.decode()), ledger["sentences"])


def audit(pages: Pages, texts: Texts) -> tuple[Counter[str], list[str]]:
    """What was counted (`sentences`, `proved`, `spans`, kinds and places), and every fault."""
    told = {edition.path: edition for edition in editions(pages)}
    seen: Counter[str] = Counter(story_pages=len(told))
    faults: list[str] = []
    for path, edition in told.items():
        if {number for number, _ in edition.printed} != set(range(len(edition.ledger))):
            faults.append(f"{path}: what is printed is not what the ledger numbers")
        for number, text in edition.printed:
            claim = (
                edition.ledger[number] if number < len(edition.ledger) else {"text": "", "spans": [], "kind": ""}
            )
            why = fault(claim, text, texts)
            seen.update(
                ["sentences", f"kind {claim['kind']}", *["proved"] * (not why), *["spans"] * len(claim["spans"])]
            )
            if why:
                faults.append(f"{path}: sentence {number}: {why}: {text[:80]!r}")
        faults += beside(edition, texts)
    faults += elsewhere(pages, told, seen)
    return seen, faults


def main() -> int:
    """Check and print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", type=Path, help="exported site or database")
    parser.add_argument("--db", type=Path, help="database with the stored articles, when PLACE is a folder")
    asked = parser.parse_args()
    database = asked.db or asked.place
    if database.is_dir() or not database.exists():
        parser.error("an exported site needs --db with the database that holds its articles")
    seen, faults = audit(pages_of(asked.place), articles_of(database))
    for line in faults[:50]:
        print(line)
    sentences, proved = seen["sentences"], seen["proved"]
    kinds = {name.removeprefix("kind "): n for name, n in seen.items() if name.startswith("kind ")}
    places = {name.removeprefix("in "): n for name, n in seen.items() if name.startswith("in ")}
    share = round(proved / sentences, 6) if sentences else 0.0
    print(json.dumps({"story_pages": seen["story_pages"], "sentences": sentences, "proved": proved, "share": share,
                      "spans": seen["spans"], "kinds": kinds, "printed_elsewhere": places,
                      "faults": len(faults)}))  # fmt: skip
    return 0 if sentences and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
