"""From an entry and its page, or a row of a file, to the article that everything else points into."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from iroyin.errors import InputError
from iroyin.ingest import dates, plain, thin
from iroyin.ingest.identity import article_id, clean_url, host_of
from iroyin.ingest.origin import canonical_name, named
from iroyin.ingest.sections import section_of
from iroyin.languages import canonical, detect, fold, split, spoken_to_a_machine, tidy
from iroyin.model import Article, ArticleId, Confidence, Entry, Extract, Feed, FeedEntry, short_id

UNTITLED = "no title"
ORDERING = "its title gives orders to a machine"

_SUFFIX = re.compile(r"\s+[-–—|·]\s+([^|·]{2,60})$")
_SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@-]{0,99}")
_BOILERPLATE = re.compile(
    r"\n?(?:The post [^\n]{1,300} (?:appeared first on|first appeared on) [^\n]{1,200}"
    r"|(?:continue reading|read more|read the full story)\b[^\n]{0,120}"
    r"|\[?(?:weiterlesen|lire la suite|leer más|leia mais|leggi tutto|читать далее)\b[^\n]{0,60})$",
    re.I,
)
_BROKEN_OFF = re.compile(r"\s*[\[(]?\s*(?:…|\.{3,}|&hellip;)\s*[\])]?\s*$")
_NO_ITEM = FeedEntry(key="", url="", title="", summary="")
_NO_PAGE = Extract(title="", text="")


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry and its page side by side; an empty value stands for either when it is missing."""

    item: FeedEntry
    page: Extract
    feed: Feed


def build(entry: Entry | None, feed: Feed, extract: Extract | None, *, seen_at: datetime) -> Article | str:
    """The article of this entry, or why there is none ("opted out: …", "no title", "too short: …").

    The page's text is taken; when the page is missing, thin or behind a paywall, the feed's own text. The date is
    never after `seen_at`, which stands in when no date is known.
    """
    told = _Told(entry.item if entry else _NO_ITEM, extract or _NO_PAGE, feed)
    if told.page.opt_out:
        return f"opted out: {told.page.opt_out}"
    title = _title(told)
    if not title:
        return UNTITLED
    if _to_a_machine(title):
        return ORDERING
    body, whole = _body(told)
    from_page = bool(body) and body == told.page.text
    body = _without_title(body, title)
    language, sure = detect(f"{title}\n{body}", prior=_prior(told))
    if not whole:
        body = _whole_sentences(body, language)
    if len(body) < thin.worthless(language):
        return f"too short: {len(body)} characters"
    published, dated = _date(told, seen_at)
    url = _url(told)
    return Article(
        id=article_id(url, fallback=entry.id if entry else title),
        url=url,
        title=title,
        text=f"{title}\n\n{body}",
        language=language,
        published_at=published,
        seen_at=seen_at,
        outlet=feed.outlet or feed.title,
        newsroom=feed.newsroom,
        sentences=_sentences(title, body, language),
        entry_id=entry.id if entry else None,
        author=told.item.author or told.page.author,
        country=feed.country,
        kind=feed.kind,
        section=section_of(told.item.categories, url, otherwise=feed.section),
        origin=_origin(told, body, language),
        ai_written=feed.ai_written,
        thin=len(body) < thin.least_summary(language),
        date_confidence=dated,
        language_confidence=sure,
        from_page=from_page,
    )


def from_row(row: Mapping[str, object], *, now: datetime) -> Article:
    """The article in a row of a file: `id`, `lang`, `title`, `text`, `published_at`, `source`, `url`.

    Title or text and a date are needed. The row's id is kept when it is a plain one. Raises InputError with the
    reason; its path is "row".
    """
    title = plain.line(_said(row, "title"))
    body = _without_title(plain.shorten(tidy(_said(row, "text")), plain.MOST_TEXT), title)
    if not title:
        title, _, body = body.partition("\n")
        title, body = plain.shorten(title, plain.MOST_TITLE), body.strip()
    if not title:
        raise InputError("row", "has neither title nor text")
    if _to_a_machine(title):
        raise InputError("row", ORDERING)
    published, dated = dates.parse(_said(row, "published_at"), now=now)
    if published is None:
        raise InputError("row", f"published_at is not a usable date: {_said(row, 'published_at')[:40]!r}")
    url = clean_url(_said(row, "url"))
    source = plain.line(_said(row, "source"), most=200) or host_of(url) or "unknown"
    language, sure = _row_language(f"{title}\n{body}", _said(row, "lang"))
    own = _said(row, "id")
    fallback = short_id("a", source, title, published.isoformat())
    return Article(
        id=ArticleId(own) if _SANE_ID.fullmatch(own) else article_id(url, fallback=own or fallback),
        url=url,
        title=title,
        text=f"{title}\n\n{body}" if body else title,
        language=language,
        published_at=published,
        seen_at=published,
        outlet=source,
        newsroom=source,
        sentences=_sentences(title, body, language),
        origin=_foreign(named(body, language), (source,)),
        thin=len(body) < thin.least_summary(language),
        date_confidence=dated,
        language_confidence=sure,
    )


def _to_a_machine(title: str) -> bool:
    """Whether the title, which is printed wherever a source is named, gives orders to a model that may read it."""
    return bool(spoken_to_a_machine(title, lambda: title))


def _said(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _row_language(text: str, stated: str) -> tuple[str, Confidence]:
    """The row's own language is believed: it was written by whoever made the file."""
    code = canonical(stated)
    return (code, Confidence.HIGH) if code != "und" else detect(text)


def _sentences(title: str, body: str, language: str) -> tuple[tuple[int, int], ...]:
    """Ranges in title, blank line, body; the first is the title."""
    offset = len(title) + 2
    return ((0, len(title)), *((start + offset, end + offset) for start, end in split(body, language)))


def _title(told: _Told) -> str:
    """The feed's title, else the page's, without the outlet's name behind a dash."""
    title = told.item.title or told.page.title
    found = _SUFFIX.search(title)
    if found and fold(found[1]) in {fold(name) for name in (*_own_names(told), told.item.origin) if name}:
        return title[: found.start()]
    return title


def _body(told: _Told) -> tuple[str, bool]:
    """The text, and whether it is whole: a feed's text may break off in the middle of a sentence."""
    page = told.page
    why = thin.reason(page.title, page.text, page.language) if page.thin else ""
    if page.text and not page.paywalled and not page.thin:
        return page.text, True
    stated = max(told.item.content, told.item.summary, key=len)
    if why == thin.SHORT_REASON and not page.paywalled and len(page.text) > len(stated):
        return page.text, True
    stated = _BOILERPLATE.sub("", stated)
    cut = _BROKEN_OFF.sub("", stated)
    return cut, cut == stated


def _whole_sentences(body: str, language: str) -> str:
    """The text without its last sentence, which was broken off; one sentence alone is kept as it is."""
    ranges = split(body, language)
    return body[: ranges[-2][1]] if len(ranges) > 1 else body


def _without_title(body: str, title: str) -> str:
    first, _, rest = body.partition("\n")
    return rest.lstrip() if rest and fold(first) == fold(title) else body


def _prior(told: _Told) -> str:
    """The language expected: the feed's as its operator gave it, else as its document or page declares it."""
    stated = (told.feed.language, told.item.language, told.page.language)
    return next((code for code in stated if canonical(code) != "und"), "")


def _url(told: _Told) -> str:
    """The entry's own address. A page's canonical one counts only without it: too many name their home page."""
    return clean_url(told.item.url) or clean_url(told.page.canonical_url)


def _date(told: _Told, seen_at: datetime) -> tuple[datetime, Confidence]:
    """The surest date, the feed's before the page's; never later than first sight."""
    item, page = told.item, told.page
    dated = [(item.published_at, item.date_confidence), (page.published_at, page.date_confidence)]
    for wanted in (Confidence.HIGH, Confidence.LOW):
        for moment, sure in dated:
            if moment is not None and sure is wanted:
                return min(moment, seen_at), sure
    return seen_at, Confidence.NONE


def _origin(told: _Told, body: str, language: str) -> str:
    """The newsroom named as the source, when it is another than the outlet's own."""
    own = _own_names(told)
    stated = (told.item.origin, told.page.origin)
    return next((name for one in stated if (name := _foreign(canonical_name(one), own))), "") or _foreign(
        named(body, language), own
    )


def _own_names(told: _Told) -> tuple[str, ...]:
    feed = told.feed
    return tuple(filter(None, (feed.outlet, feed.title, feed.newsroom, told.page.site_name)))


def _foreign(name: str, own: tuple[str, ...]) -> str:
    return name if name and _bare(name) not in {_bare(one) for one in own} else ""


def _bare(name: str) -> str:
    return fold(name).removeprefix("the ")
