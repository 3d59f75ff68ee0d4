"""Values to pages: pure, deterministic, in the reader's language.

`story_pages`, `index_pages`, `site_pages` and `static_pages` give every file of the site; the live server and the
static export write the same bytes.
"""

from iroyin.publish.assets import plates, static_pages
from iroyin.publish.attribution import opening
from iroyin.publish.changes import versions
from iroyin.publish.digest import digest
from iroyin.publish.ebook import design, ebook
from iroyin.publish.failures import failure_page, not_found, tombstone
from iroyin.publish.figure import figure
from iroyin.publish.index import index_pages
from iroyin.publish.kite import kite_story
from iroyin.publish.listing import MOST
from iroyin.publish.locale import label_languages
from iroyin.publish.redirects import redirect_pages
from iroyin.publish.scene import painted, scene
from iroyin.publish.search import SearchView, search_page
from iroyin.publish.site import site_pages
from iroyin.publish.slug import slug
from iroyin.publish.spoken import spoken
from iroyin.publish.story import illustrated, story_pages
from iroyin.publish.tags import tag_name, tag_pages, tag_path
from iroyin.publish.views import (
    AUDIO,
    BOOK,
    CARD,
    FEEDS,
    FIGURE,
    TOMBSTONE,
    BriefVersion,
    Correction,
    DayView,
    IndexView,
    Ranking,
    RelatedCard,
    Retraction,
    SiteView,
    StoryCard,
    StoryView,
    day_path,
    story_path,
)

__all__ = [
    "AUDIO",
    "BOOK",
    "CARD",
    "FEEDS",
    "FIGURE",
    "MOST",
    "TOMBSTONE",
    "BriefVersion",
    "Correction",
    "DayView",
    "IndexView",
    "Ranking",
    "RelatedCard",
    "Retraction",
    "SearchView",
    "SiteView",
    "StoryCard",
    "StoryView",
    "day_path",
    "design",
    "digest",
    "ebook",
    "failure_page",
    "figure",
    "illustrated",
    "index_pages",
    "kite_story",
    "label_languages",
    "not_found",
    "opening",
    "painted",
    "plates",
    "redirect_pages",
    "scene",
    "search_page",
    "site_pages",
    "slug",
    "spoken",
    "static_pages",
    "story_pages",
    "story_path",
    "tag_name",
    "tag_pages",
    "tag_path",
    "tombstone",
    "versions",
]
