"""What people say about a story: posts, who wrote them, and the reaction that is printed with its receipts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from iroyin.model.ids import StoryId, short_id


class Platform(StrEnum):
    """Where posts are found."""

    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    REDDIT = "reddit"
    HACKER_NEWS = "hackernews"
    LEMMY = "lemmy"
    X = "x"
    FORUM = "forum"


class Verified(StrEnum):
    """What a platform itself has confirmed of an account."""

    NOTHING = ""
    GOVERNMENT = "government"
    ORGANISATION = "organisation"


class Standing(StrEnum):
    """Who speaks: a person among the public, an office or its holder, an organisation or outlet."""

    PERSON = "person"
    OFFICIAL = "official"
    ORGANISATION = "organisation"


class Stance(StrEnum):
    """What a post does with what the story says, in the order of the page."""

    FOR = "for"
    AGAINST = "against"
    ASKS = "asks"
    REMARK = "remark"


class Drop(StrEnum):
    """Why a post that was found is not counted. The reasons are tried in this order."""

    EMPTY = "empty"
    ORDERS = "orders"
    WINDOW = "window"
    OFF_TOPIC = "off-topic"
    SAYS_AUTOMATED = "says-automated"
    NEW_ACCOUNT = "new-account"
    TOO_OFTEN = "too-often"
    RHYTHM = "rhythm"
    COPY = "copy"
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class Account:
    """Who posted, as the platform tells it; None where it does not. `posts` counts all that the account ever wrote."""

    platform: Platform
    handle: str
    name: str = ""
    bio: str = ""
    created_at: datetime | None = None
    posts: int | None = None
    automated: bool = False
    verified: Verified = Verified.NOTHING

    @property
    def key(self) -> str:
        """The same account always has the same key; the handle cannot be read from it."""
        return short_id("u", f"{self.platform}:{self.handle.strip().lstrip('@').lower()}")


@dataclass(frozen=True, slots=True)
class Post:
    """One public post. `native` is the platform's own id, the same on every server; `server` is who told us of it.

    `answers` is the text that it replies to, where that is known; `ref` is what `server` calls it.
    """

    platform: Platform
    server: str
    native: str
    url: str
    account: Account
    text: str
    created_at: datetime
    language: str = "und"
    edited_at: datetime | None = None
    answers: str = ""
    ref: str = ""

    @property
    def key(self) -> str:
        """The same post always has the same key."""
        return short_id("p", f"{self.platform}:{self.native}")


@dataclass(frozen=True, slots=True)
class Query:
    """What a platform is asked for: words that must all be there, in one language."""

    words: tuple[str, ...]
    language: str

    @property
    def text(self) -> str:
        """The words as a reader would type them: those of several words in quotation marks."""
        return " ".join(f'"{word}"' if " " in word else word for word in self.words)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one source was asked and what came of it. `trouble` says why less came than could; "" when nothing did."""

    platform: Platform
    server: str
    queries: tuple[str, ...]
    found: int
    used: int = 0
    accounts: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A post as it is shown: masked, linked, in its own language. `name` is an office's or organisation's only."""

    url: str
    platform: Platform
    text: str
    language: str
    created_at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A post that was counted; `account` numbers the story's accounts from 1, so that nobody is named."""

    url: str
    platform: Platform
    server: str
    account: int
    stance: Stance
    language: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A model's sentence about a view, in one language; `posts` are the addresses of those it stands on."""

    text: str
    language: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The accounts of one stance: how many, their share of all with its 95% interval, examples.

    `words` are the story's terms of which its posts speak most, as they are written there; `told` is what a model says
    of the posts, as far as it passed the checks, in the languages of the page.
    """

    stance: Stance
    accounts: int
    posts: int
    share: float
    low: float
    high: float
    examples: tuple[Example, ...] = ()
    words: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """The accounts that were heard on one day, by stance (in the order of `Stance`)."""

    day: date
    accounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reaction:
    """What people say about a story, from the posts of the window, with everything needed to count it again.

    `found` = `used` + the posts of `statements` (`apart`) + all that were dropped. Below `floor` accounts nothing is
    summarised: `views` and `days` are empty. `teller` names the model that told of the views, `untold` counts its
    sentences that failed a check.
    """

    story_id: StoryId
    made_at: datetime
    since: datetime
    until: datetime
    found: int
    used: int
    accounts: int
    apart: int
    floor: int
    languages: tuple[str, ...] = ()
    views: tuple[View, ...] = ()
    statements: tuple[Example, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    dropped: tuple[tuple[Drop, int], ...] = ()
    days: tuple[Day, ...] = ()
    counted: tuple[Counted, ...] = ()
    teller: str = ""
    untold: int = 0

    @property
    def enough(self) -> bool:
        """Whether enough accounts were heard to summarise them."""
        return self.accounts >= self.floor
