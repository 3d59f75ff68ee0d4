"""From what a feed states about an item to a clean entry: plain text, absolute address, dated, with its key."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from iroyin.ingest import dates, plain
from iroyin.ingest.document import Item
from iroyin.ingest.identity import clean_url
from iroyin.languages import tidy
from iroyin.model import Confidence, FeedEntry

LONGEST_KEY = 2048
MOST_CATEGORIES = 30
MOST_WORDED_DATES = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entries kept, how many items were not, and why."""

    entries: tuple[FeedEntry, ...]
    skipped: int
    notes: tuple[str, ...]


def choose(items: Sequence[Item], *, base: str, now: datetime, language: str, limit: int) -> Chosen:
    """The newest `limit` items as entries, in the feed's order, each with a key of its own."""
    dated = _dated(items, now=now, language=language)
    reasons: Counter[str] = Counter()
    if len(dated) > limit:
        reasons["older than the newest " + str(limit)] = len(dated) - limit
        dated = _newest(dated, limit)
    entries: list[FeedEntry] = []
    for item, date in dated:
        entry = _entry(item, date, base=base, language=language)
        if entry.title or entry.summary or entry.content:
            entries.append(entry)
        else:
            reasons["without title and text"] += 1
    kept = _keyed(entries)
    if len(kept) < len(entries):
        reasons["repeated"] = len(entries) - len(kept)
    notes = tuple(f"{count} skipped: {reason}" for reason, count in reasons.items())
    return Chosen(tuple(kept), sum(reasons.values()), notes)


def _newest(dated: list[tuple[Item, dates.Dated]], limit: int) -> list[tuple[Item, dates.Dated]]:
    """The newest in the feed's order; undated items count as old."""
    order = sorted(range(len(dated)), key=lambda n: (dated[n][1][0] or dates.EARLIEST, -n), reverse=True)
    return [dated[n] for n in sorted(order[:limit])]


def _dated(items: Sequence[Item], *, now: datetime, language: str) -> list[tuple[Item, dates.Dated]]:
    """Each item with its first readable date. Dates in words are dear, so their number is bounded."""
    worded = 0
    found: list[tuple[Item, dates.Dated]] = []
    for item in items:
        date: dates.Dated = (None, Confidence.NONE)
        for text in item.dates:
            code = item.language or language
            date = dates.in_figures(text, now=now, language=code) or date
            if not date[0] and worded < MOST_WORDED_DATES:
                worded += 1
                date = dates.parse(text, now=now, language=code)
            if date[0]:
                break
        found.append((item, date))
    return found


def _entry(item: Item, date: dates.Dated, *, base: str, language: str) -> FeedEntry:
    content = plain.paragraphs(item.content) if item.content != item.summary else ""
    summary = plain.paragraphs(item.summary)
    return FeedEntry(
        key=item.guid,
        url=clean_url(item.link, base),
        title=plain.line(item.title),
        summary=summary,
        content=content if content != summary else "",
        author=plain.line(_person(item.author), most=200),
        published_at=date[0],
        date_confidence=date[1],
        language=language_code(item.language) or language,
        origin=plain.line(item.origin, most=200),
        categories=_categories(item.categories),
    )


def _categories(names: Sequence[str]) -> tuple[str, ...]:
    lines = (plain.line(name, most=100) for name in names[: MOST_CATEGORIES * 2])
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_CATEGORIES]


def _person(author: str) -> str:
    """The name in `mail@host (Name)`; an address alone is nobody's name."""
    author = author[:1000]
    if "@" not in author:
        return author
    start, end = author.find("("), author.rfind(")")
    if 0 <= start < end and "@" not in author[start:end]:
        return author[start + 1 : end]
    return " ".join(word for word in author.split() if "@" not in word).strip(" <>")


def language_code(text: str) -> str:
    """A language tag as `xx` or `xx-YY`, "" when the text is none."""
    tag = text.strip().replace("_", "-")[:20]
    first, _, rest = tag.partition("-")
    if not (first.isascii() and first.isalpha() and 2 <= len(first) <= 3):
        return ""
    return f"{first.lower()}-{rest}" if rest.isascii() and rest.replace("-", "").isalnum() else first.lower()


def _keyed(entries: list[FeedEntry]) -> list[FeedEntry]:
    """GUID if unique in the document, else address if unique, else a hash of title and date; doubles go."""
    guids = Counter(entry.key for entry in entries)
    urls = Counter(entry.url for entry in entries)
    kept: dict[str, FeedEntry] = {}
    for entry in entries:
        if entry.key and guids[entry.key] == 1:
            key = entry.key
        elif entry.url and urls[entry.url] == 1:
            key = entry.url
        else:
            moment = entry.published_at.isoformat() if entry.published_at else ""
            key = _digest(f"{entry.title or entry.summary[:500]}\x1f{moment}")
        key = key if len(key.encode("utf-8", "replace")) <= LONGEST_KEY else _digest(key)
        kept.setdefault(key, replace(entry, key=tidy(key) or _digest(key)))
    return list(kept.values())


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
