"""What the pages are made of: values that the desk gathers and `publish` only prints."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from iroyin.model import (
    Amendment,
    Article,
    ArticleId,
    Brief,
    Card,
    Counts,
    Feed,
    FeedId,
    FeedState,
    Figure,
    Reaction,
    Recording,
    Story,
    StoryId,
    Tag,
)


@dataclass(frozen=True, slots=True)
class SiteView:
    """The site as a whole. `now` is the desk's time, `url` has no slash at its end, `languages[0]` is the default."""

    name: str
    url: str
    languages: tuple[str, ...]
    sections: tuple[str, ...]
    now: datetime
    sample: bool = False
    analytics: str = ""
    imprint: str = ""
    contact: str = ""
    hub: str = ""

    def absolute(self, path: str) -> str:
        """The public address of a path that starts with a slash."""
        return self.url.rstrip("/") + path


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as an index, a feed or a sitemap shows it.

    `language` is the language of the headline and lede, which may differ from that of the page the card is on.
    `href` is a path from the root. `first_at` is when the story was first published, `updated` when its substance
    last changed. `figure` is the path of the illustration or empty. `editions` maps each language in which the
    story truly exists to its path. `day` is the day of its first article, `outlets` and `countries` (ISO codes) those
    that reported it, in order of time.
    """

    story_id: StoryId
    headline: str
    lede: str
    language: str
    href: str
    section: str
    counts: Counts
    first_at: datetime
    updated: datetime
    figure: str = ""
    figure_alt: str = ""
    tags: tuple[Tag, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)
    writer: str = "extractive"
    day: date | None = None
    outlets: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """Another story, its named relation (earlier, follow-up, background, same-people or same-place), and why.

    `shared` are the tags that say why, in the order of the story's own.
    """

    card: StoryCard
    relation: str
    shared: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefVersion:
    """One state of a brief and what it changed of the one before; nothing for the first."""

    number: int
    written_at: datetime
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What one version put right, or that a story was retracted or told again.

    `headline` is the story's now, or the one it had when it is told no longer; empty for a retracted story. `href` is
    the path of its page or of the notice that stands there; empty for none.
    """

    headline: str
    href: str
    at: datetime
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story in one language, with everything its page says.

    `articles` holds all articles of the story in any language. `languages` maps each language in which the story
    truly exists to its slug. `newsroom_of` and `lineage` are those of the dossier. `state` is "", "developing",
    "updated" or "corrected"; when empty, later versions count as updated. `linked_tags` are the keys of
    the tags that have a page (see `tag_pages`); other tags are printed without a link. `listens` says whether the desk
    has sources of posts at all. `card` is the PNG of the illustration or why there is none; None: none are wished.
    `audio` is the page read aloud or that it is still to be; None: none is wished.
    """

    story: Story
    brief: Brief
    articles: Mapping[ArticleId, Article]
    slug: str
    languages: Mapping[str, str]
    newsroom_of: Mapping[ArticleId, str] = field(default_factory=dict)
    lineage: Mapping[ArticleId, int] = field(default_factory=dict)
    related: tuple[RelatedCard, ...] = ()
    first_article_id: ArticleId | None = None
    published_at: datetime | None = None
    versions: tuple[BriefVersion, ...] = ()
    figure: Figure | None = None
    card: Card | None = None
    audio: Recording | None = None
    state: str = ""
    linked_tags: frozenset[str] = frozenset()
    reaction: Reaction | None = None
    listens: bool = False

    @property
    def path(self) -> str:
        """The path of the story's page from the root, without a slash at its end."""
        return story_path(self.brief.language, self.slug)

    @property
    def section(self) -> str:
        """The section the story stands in."""
        return self.story.section


@dataclass(frozen=True, slots=True)
class DayView:
    """The stories that began on one day and are told in one language, the most widely reported first."""

    language: str
    day: date
    stories: tuple[StoryView, ...]

    @property
    def path(self) -> str:
        """The path of the day's page from the root."""
        return day_path(self.language, self.day)


@dataclass(frozen=True, slots=True)
class Retraction:
    """A story that an editor took back, in one language: when it was first told, when it was retracted, and why."""

    story_id: StoryId
    language: str
    slug: str
    published_at: datetime
    at: datetime
    why: str

    @property
    def path(self) -> str:
        """The path of the page that told it."""
        return story_path(self.language, self.slug)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The constants of the front page's formula, as the method page prints them.

    `weight` is an exponent, `half_life` in hours; `sameness` and `section` are shares of a score.
    """

    weight: float
    half_life: float
    sameness: float
    section: float


@dataclass(frozen=True, slots=True)
class IndexView:
    """All that the index pages of one language print. `cards` stand in the order of their rank.

    `tag_pages` are the keys of the tags that have a page, by language (see `publish.tag_pages`). `drawn` keeps the HTML
    of cards: most stand on many lists.
    """

    language: str
    cards: tuple[StoryCard, ...]
    feeds: tuple[Feed, ...] = ()
    states: Mapping[FeedId, FeedState] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    front: int = 30
    tag_pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ranking: Ranking | None = None
    drawn: dict[Hashable, tuple[StoryCard, str]] = field(default_factory=dict, compare=False, repr=False)


FIGURE, CARD, AUDIO = "/figure.svg", "/figure.png", "/audio.mp3"
"""The illustration of a story in the folder of its page, the same for sharing, and the page read aloud."""

FEEDS = (".atom", "feed.json")  # how the paths of feeds end


TOMBSTONE = "410.html"
"""What the folder of a retracted story holds instead of its page: the answer to its address, with status 410."""


BOOK = ".epub"
"""How the address of a day's e-book ends; before it stands that of the day's page."""


def day_path(language: str, day: date) -> str:
    """The path of the page of a day from the root."""
    return f"/{language}/archive/{day.isoformat()}"


def story_path(language: str, slug: str) -> str:
    """The path of a story's page from the root."""
    return f"/{language}/articles/{slug}"
