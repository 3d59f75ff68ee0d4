"""The search page, empty or with its answer, and the small index that a copy of the site searches in the browser."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from iroyin.model import Page
from iroyin.publish.document import Head, html_page, page_of, quoted, section_name
from iroyin.publish.listing import editions
from iroyin.publish.locale import labels, tag
from iroyin.publish.views import IndexView, SiteView, StoryCard

_INDEXED = 2000  # newest stories of a language in the index for browsers
_LEDE = 160  # characters of a lede there


@dataclass(frozen=True, slots=True)
class SearchView:
    """A question and its answer, for the search page in `language`.

    `asked` holds the fields of the form as they were filled in (q, in, section, since, until). `cards` is None while
    nothing was asked. `later` is the query string of the next page, empty on the last; `stopped`: time ran out.
    """

    language: str
    asked: Mapping[str, str] = field(default_factory=dict)
    cards: tuple[StoryCard, ...] | None = None
    later: str = ""
    stopped: bool = False


def search_page(view: SearchView, site: SiteView) -> Page:
    """The form with whatever was found."""
    words = labels(view.language)
    robots = "max-image-preview:large" if view.cards is None else "noindex"
    head = Head(f"/{view.language}/search", words.say("nav.search"), words.say("search.hint"),
                editions(site, "/search"), robots=robots)  # fmt: skip
    return html_page(
        "search.html", head, view.language, site,
        asked=dict.fromkeys(("q", "in", "section", "since", "until"), "") | dict(view.asked),
        cards=view.cards, later=view.later, stopped=view.stopped,
    )  # fmt: skip


def search_index(view: IndexView) -> Page:
    """`/{lang}/search.json`: headline, lede, path, section and day of the newest stories told in this language."""
    own = [card for card in view.cards if card.language == view.language]
    own.sort(key=lambda card: (card.day.isoformat() if card.day else "", card.story_id), reverse=True)
    document = {
        "language": tag(view.language),
        "stories": [
            [card.headline, card.lede[:_LEDE], quoted(card.href), section_name(view.language, card.section),
             card.day.isoformat() if card.day else ""]
            for card in own[:_INDEXED]
        ],
    }  # fmt: skip
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return page_of(
        f"/{view.language}/search.json", "application/json; charset=utf-8", body.encode(errors="replace")
    )
