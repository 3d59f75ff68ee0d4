"""Posts of our own about a made summit, with vectors that lie near the story's, so that only the core is tested."""

from datetime import UTC, datetime, timedelta

import numpy as np

from iroyin.model import Account, Article, ArticleId, Platform, Post, Reaction, Receipt, StoryId
from iroyin.reaction import Ends, Found, profile, react

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
SINCE = NOW - timedelta(days=4)
OLD = NOW - timedelta(days=900)
DIMS = 64
LEAN = 0.45  # of what objects towards what is said against the story
TEXT = (
    "Presidents of Varland and Ostmark met in Lindhaven\n\nThe presidents of Varland and Ostmark met in Lindhaven. "
    "They signed 14 papers. The critics in Varland said the papers were worthless and wrong."
)


def article(number: int = 0) -> Article:
    """An article about the summit."""
    title = TEXT.index("\n")
    ranges, start = [(0, title)], title + 2
    for sentence in TEXT[start:].split(". "):
        ranges.append((start, start + len(sentence)))
        start += len(sentence) + 2
    return Article(
        ArticleId(f"a{number}"), "https://lindhaven.example/1", TEXT[:title], TEXT, "en", SINCE, SINCE,
        "The Lindhaven Post", "lindhaven", tuple(ranges),
    )  # fmt: skip


def account(handle: str, **more: object) -> Account:
    """An account of long standing, unless told otherwise."""
    return Account(**{"platform": Platform.BLUESKY, "handle": handle, "created_at": OLD, "posts": 900, **more})


def post(
    native: str, text: str, who: Account, *, hours: float = 2.0, language: str = "en", answers: str = ""
) -> Post:
    """A post so many hours after the beginning of the window."""
    then = SINCE + timedelta(hours=hours)
    url = f"https://social.example/{native}"
    return Post(Platform.BLUESKY, "social.example", native, url, who, text, then, language, answers=answers)


def summary(posts: list[Post], *, floor: int = 20, near: float = 0.5) -> Reaction:
    """The reaction to these posts; their vectors lie as near to the story as `near` says, remarks a little less."""
    story = np.zeros((1, DIMS), np.float32)
    story[0, 0] = 1.0
    vectors = np.zeros((len(posts), DIMS), np.float32)
    vectors[:, 0] = near
    for row, one in enumerate(posts):
        vectors[row, 1] = LEAN if " lie " in one.text else 0.0
        vectors[row, 0] *= 0.8 if "Snow" in one.text else 1.0
        rest = 1.0 - float(vectors[row] @ vectors[row])
        vectors[row, 2 + sum(one.key.encode()) % (DIMS - 2)] = rest**0.5
    about = profile([article()], story)
    found = Found(tuple(posts), vectors, vectors[:0], (-1,) * len(posts))
    against = np.zeros((1, DIMS), np.float32)
    against[0, 1] = 1.0
    receipt = Receipt(Platform.BLUESKY, "social.example", ('"Varland" "Ostmark"',), len(posts))
    return react(
        StoryId("s1"),
        [article()],
        found,
        about,
        Ends(story, against),
        [receipt],
        since=SINCE,
        now=NOW,
        floor=floor,
    )


SUBJECTS = ("papers", "meeting", "visit", "harbour", "trade", "border", "ships", "students", "fishing", "language")
SAYINGS = (
    "Great news for Varland and Ostmark, I support this {}, well done in Lindhaven, number {}",
    "The Varland Ostmark {} in Lindhaven is a lie and a shame, nonsense number {}",
    "Lindhaven again: what did Varland give Ostmark for the {}? Who pays, number {}?",
    "Snow on the roofs of Lindhaven while Varland and Ostmark talk about the {}, picture {}",
)


def crowd(size: int, *, prefix: str = "p", start: int = 0, say: int | None = None, **more: object) -> list[Post]:
    """So many accounts of one post each, of the four sayings in turn or all of one; no two posts are near-copies."""
    posts = []
    for number in range(size):
        saying = SAYINGS[number % 4 if say is None else say]
        subject = SUBJECTS[number % len(SUBJECTS)]
        words = (
            f"{subject} {_word(number + start)} {_word(3 * number + 7 + start)} {_word(7 * number + 1 + start)}"
        )
        text = saying.format(words, number)
        posts.append(
            post(f"{prefix}{number}", text, account(f"{prefix}{number}", **more), hours=2 + number * 0.11)
        )
    return posts


def _word(number: int) -> str:
    """A word that no other number gives."""
    letters = "bdfgklmnprst"
    return "".join(letters[(number // 12**k) % 12] + "aeiou"[(number + k) % 5] for k in range(4))
