"""Every place that prints a story, for `trace.py`: what stands there must be sentences of that story's ledger.

A place may add what the story's own page prints around its sentences (the words that name an outlet, the byline, the
caption of the figure) and nothing else. Dates and counts are left out: they are not sentences of a source.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from babel.dates import format_skeleton
from lxml import etree, html

Pages = Mapping[str, bytes]
Texts = Mapping[str, tuple[str, str]]
Card = tuple[str, str, str, str]

_BIDI = re.compile("[\u200e\u200f\u2066-\u2069]")
_DATE = re.compile(r"[\d\s:.,/٠-٩०-९۰-۹]*")
_AND = 5  # letters that a list of outlets has beside their names: "et", "na", "和"
_SVG = "{http://www.w3.org/2000/svg}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_AROUND = ("by", "cite", "subhead", "who", "figcaption")


def plain(text: str) -> str:
    """White space folded, Unicode composed, marks of direction taken out: a page may break lines as it likes."""
    return " ".join(_BIDI.sub("", normalize("NFC", text)).split())


class Edition:
    """One story page: its path, its parsed HTML and its ledger's sentences."""

    def __init__(self, path: str, page: Any, ledger: Sequence[Mapping[str, Any]]) -> None:
        self.path, self.page, self.ledger = path, page, ledger
        self.printed = [
            (int(node.get("data-claim")), node.text_content()) for node in page.xpath("//*[@data-claim]")
        ]
        self.headline = plain(ledger[0]["text"]) if ledger else ""

    @cached_property
    def known(self) -> list[str]:
        """The sentences of the ledger and the words printed around them, longest first."""
        around = [node.text_content() for node in self.page.xpath("//span[@class='by']")]
        return sorted({plain(text) for text in (*(s["text"] for s in self.ledger), *around)} - {""}, key=len)[::-1]

    @cached_property
    def days(self) -> set[str]:
        """The days of the page's timeline as CLDR shortens them in the page's language."""
        locale = self.page.get("lang", "en").replace("-", "_")
        told = [date.fromisoformat(node.get("datetime")) for node in self.page.xpath("//ol[@class='line']//time")]
        return {plain(format_skeleton(form, day, locale=locale)) for form in ("MMMd", "yMMMd") for day in told}

    @cached_property
    def lines(self) -> list[str]:
        """Each sentence as the page prints it, with the words that name its outlet."""
        claims = self.page.xpath("//*[@class='claim']")
        return [plain("".join(c.xpath("./span[@class='by' or @class='s']//text()"))) for c in claims]

    @cached_property
    def visible(self) -> str:
        """All that a reader sees on the page."""
        return plain(" ".join(self.page.xpath("//main//text()")))

    def unknown(self, text: str) -> str:
        """What is left of a text when sentences of the ledger, whole or cut short by "…", are taken out."""
        rest, cut = plain(text), plain(text).endswith("…")
        for known in self.known:
            rest = rest.replace(known, "\0")
        rest = rest.replace("\0", " ").strip()
        stem = rest.rstrip("…").strip()
        return "" if cut and any(stem in line for line in self.lines) else rest


def beside(edition: Edition, texts: Texts) -> list[str]:
    """Words of a story page that stand where only its sentences may stand, and sources that say something else."""
    page, path, found = edition.page, edition.path, []
    onward = page.xpath(
        "string(//ul[@class='aids']//a[@href='#full'])"
    )  # a link of the aids, once more in the prose
    for node in page.xpath("//*[@class='prose'] | //h1 | //blockquote | //ul[@class='differ']/li"):
        for text in node.xpath(".//text()"):
            over = list(text.getparent().iterancestors())
            near = [text.getparent() if not text.is_tail else over[0], *over]
            if onward and near[0].get("href") == "#full" and text == onward:
                continue
            marked = any(n.get("data-claim") or n.get("class") in _AROUND or n.tag in _AROUND for n in near)
            if text.strip() and not marked:
                found.append(f"{path}: words outside any sentence: {text.strip()[:80]!r}")
    for claim in page.xpath("//*[@class='claim']"):
        number = int(claim.xpath("string(.//@data-claim)") or 0)
        named = edition.ledger[number]["attribution"] if number < len(edition.ledger) else ""
        words = plain("".join(claim.xpath("./span[@class='by']//text()")))
        if words and (not named or plain(named) not in words):
            found.append(f"{path}: sentence {number}: its lead-in {words!r} does not name {named!r}")
    told = {plain(span["text"]) for claim in edition.ledger for span in claim["spans"]}
    for node in page.xpath("//p[@class='source']"):
        if plain(node.text_content()) not in told:
            found.append(f"{path}: a source says what no span says: {node.text_content()[:80]!r}")
    return found


def elsewhere(pages: Pages, told: Mapping[str, Edition], seen: Counter[str]) -> list[str]:
    """Texts of a story, on any page or in any feed, that are not in the ledger of the page they lead to."""
    found = []
    for place, path, kind, text in _prints(pages, told):
        edition = told.get(path)
        seen[f"in {kind.split()[0]}"] += 1
        if edition is None and f"{path}/410.html" in pages:
            continue  # a story that was retracted: its notice tells nothing of it
        if edition is None:
            found.append(f"{place}: {kind} leads to no story page: {path}")
        elif kind.endswith("headline"):
            if plain(text) != edition.headline:
                found.append(f"{place}: {kind} is not that of {path}: {text[:80]!r}")
        elif rest := edition.unknown(text):
            found.append(f"{place}: {kind} says what the ledger of {path} does not: {rest[:80]!r}")
    for edition in told.values():
        found += _figure(pages, edition)
    return found


def _prints(pages: Pages, told: Mapping[str, Edition]) -> Iterator[Card]:
    """Place, story page it leads to, kind and text of everything that tells of a story outside its own body."""
    for place, body in sorted(pages.items()):
        if "/corrections/feed." in place:  # tells what pages say no longer: of no ledger that there is now
            continue
        if place.endswith(".html"):
            page = told[f] if (f := place.rpartition("/")[0]) in told else None
            tree = page.page if page else html.fromstring(body.decode())
            yield from _cards(place, tree)
            if page:
                yield from _head(place, page)
        elif place.endswith(".atom"):
            yield from _atom(place, body)
        elif place.endswith("feed.json"):
            yield from _json(place, body)
        elif place.endswith("news.xml"):
            for url in etree.fromstring(body).iter("{*}url"):
                yield place, _path(url.findtext("{*}loc")), "sitemap headline", url.findtext(".//{*}title") or ""


def _path(address: str | None) -> str:
    return unquote(urlsplit(address or "").path).strip("/")


def _cards(place: str, tree: Any) -> Iterator[Card]:
    for link in tree.xpath("//h2/a[contains(@href,'/articles/')] | //h3/a[contains(@href,'/articles/')]"):
        path = _path(link.get("href"))
        yield place, path, "card headline", link.text_content()
        for said in link.getparent().xpath("../p[@class='lede' or @class='excerpt']"):
            yield place, path, "card lede", said.text_content()


def _head(place: str, edition: Edition) -> Iterator[Card]:
    page, path = edition.page, edition.path
    yield place, path, "head headline", page.xpath("string(//title)").rpartition(" · ")[0]
    yield place, path, "head headline", page.xpath("string(//meta[@property='og:title']/@content)")
    yield place, path, "head description", page.xpath("string(//meta[@name='description']/@content)")
    yield place, path, "head description", page.xpath("string(//meta[@property='og:description']/@content)")
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    short = data["headline"]
    yield place, path, "jsonld headline", edition.headline if edition.headline.startswith(plain(short)) else short
    yield place, path, "jsonld description", data["description"]


def _content(markup: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of an item, but for the one in bold that says who wrote it."""
    for node in html.fromstring(f"<div>{markup}</div>").xpath("./p[not(strong)] | ./text() | ./*[not(self::p)]"):
        yield "feed content", node if isinstance(node, str) else node.text_content()


def _atom(place: str, body: bytes) -> Iterator[Card]:
    for entry in etree.fromstring(body).iter(f"{_ATOM}entry"):
        path = _path(entry.find(f"{_ATOM}link[@rel='alternate']").get("href"))
        yield place, path, "feed headline", entry.findtext(f"{_ATOM}title")
        yield place, path, "feed summary", entry.findtext(f"{_ATOM}summary")
        for kind, text in _content(entry.findtext(f"{_ATOM}content")):
            yield place, path, kind, text


def _json(place: str, body: bytes) -> Iterator[Card]:
    for item in json.loads(body)["items"]:
        path = _path(item["url"])
        yield place, path, "feed headline", item["title"]
        yield place, path, "feed summary", item["summary"]
        for kind, text in _content(item["content_html"]):
            yield place, path, kind, text


def _figure(pages: Pages, edition: Edition) -> Iterable[str]:
    """Lines drawn on the figure that the page itself does not say; its title must be the picture's alt text."""
    body = pages.get(f"{edition.path}/figure.svg")
    pictures = edition.page.xpath("//figure[@class='plate']/img")
    if body is None or not pictures:
        return [f"{edition.path}: no figure"] if pictures else []
    tree = etree.fromstring(body)
    drawn = [plain("".join(node.itertext())) for node in tree.iter(f"{_SVG}text")]
    lines = [line for line in drawn if not _on_page(line, edition) and not _remainder(line, drawn)]
    found = [f"{edition.path}: the figure says what the page does not: {line!r}" for line in lines]
    if plain(tree.findtext(f"{_SVG}title")) != plain(pictures[0].get("alt")):
        found.append(f"{edition.path}: the figure's title is not its alt text")
    return found


def _remainder(line: str, drawn: list[str]) -> bool:
    """Whether a line such as "+ 8 countries" tells what the title's number leaves of the countries listed above it."""
    at = drawn.index(line)
    listed = [one for one in drawn[1:at] if not one.isdigit()]
    counts = [re.findall(r"\d+", one) for one in (drawn[0], line)]
    whole, rest = (int(found[0]) if len(found) == 1 else 0 for found in counts)
    return line.startswith("+ ") and len(listed) > 0 and rest > 0 and whole - len(listed) == rest


def _on_page(line: str, edition: Edition) -> bool:
    """Whether a drawn line is a date, a piece of what the page says, such pieces with dots between, or its outlets."""
    outlets = {plain(node.text_content()) for node in edition.page.xpath("//*[@class='outlet']")}
    begun = {name[:end] + "…" for name in outlets for end in range(1, len(name))}
    last = max((start for start in begun if line.endswith(start)), key=len, default="")
    rest = line.removesuffix(last)
    for name in sorted(outlets, key=len, reverse=True):
        rest = rest.replace(name, "")
    listed = rest != line and len(re.findall(r"\w", rest)) <= _AND
    pieces = (piece.rstrip("…").strip() for piece in line.split(" · "))
    return (
        listed
        or bool(_DATE.fullmatch(line))
        or line in edition.days
        or all(piece in edition.visible for piece in pieces)
    )
