"""The archive: a page for each day on which a story began, and the list of those days."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import groupby

from iroyin.model import Page
from iroyin.publish.document import Head, html_page
from iroyin.publish.listing import Cards, editions, list_page
from iroyin.publish.locale import labels
from iroyin.publish.views import BOOK, IndexView, SiteView, StoryCard


def archive_pages(view: IndexView, site: SiteView) -> list[Page]:
    """`/{lang}/archive` and a page for each of its days; a story stands on the day its first article came out."""
    began: dict[date, list[StoryCard]] = {}
    for card in view.cards:
        if card.day:
            began.setdefault(card.day, []).append(card)
    days = {day: tuple(cards) for day, cards in began.items()}
    ordered = sorted(days)
    pages = [_contents(days, view, site)]
    for at, day in enumerate(ordered):
        around = (ordered[at - 1] if at else None, ordered[at + 1] if at + 1 < len(ordered) else None)
        pages.append(_day(day, days[day], around, view, site))
    return pages


def moment_of(day: date) -> datetime:
    """The day as a moment that `Labels` can write."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _contents(days: Mapping[date, Cards], view: IndexView, site: SiteView) -> Page:
    words = labels(view.language)
    head = Head(f"/{view.language}/archive", words.say("nav.archive"), words.say("archive.about"),
                editions(site, "/archive"))  # fmt: skip
    months: list[tuple[str, list[tuple[date, str, int]]]] = []
    for _, group in groupby(sorted(days, reverse=True), lambda day: (day.year, day.month)):
        run = [(day, words.short_day(moment_of(day)), len(days[day])) for day in group]
        months.append((words.month(moment_of(run[0][0])), run))
    return html_page("archive.html", head, view.language, site, months=months)


def _day(
    day: date, cards: Cards, around: tuple[date | None, date | None], view: IndexView, site: SiteView
) -> Page:
    words = labels(view.language)
    rest = f"/archive/{day.isoformat()}"
    title = words.day(moment_of(day))
    head = Head(f"/{view.language}{rest}", title, words.say("archive.day", date=words.date(moment_of(day))),
                editions(site, rest))  # fmt: skip
    earlier, later = around
    told = any(card.language == view.language for card in cards)
    book = f"{head.path}{BOOK}" if told else ""
    return list_page(head, words.say("nav.archive"), cards, view, site, earlier=earlier, later=later, book=book)
