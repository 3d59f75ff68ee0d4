"""The labelled discussions of ../shared/data/social as the benches of public reaction use them.

RumourEval 2017 names no events, but they lie apart in time, so each thread's first post tells its event (`EVENTS`).
The desk never sees that time. Development: the even half of each set as named below; figures come from the rest.
"""

import gzip
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from iroyin.model import Article, ArticleId, Stance

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data" / "social"
EVENTS = (
    ("ferguson", "2014-08-01"), ("essien", "2014-10-01"), ("ottawa", "2014-10-15"), ("prince", "2014-11-01"),
    ("sydney", "2014-12-01"), ("charlie", "2015-01-01"), ("putin", "2015-03-01"), ("germanwings", "2015-03-20"),
    ("marina", "2016-07-01"), ("illness", "2016-08-05"),
)  # fmt: skip
DEVELOPMENT = ("ferguson", "prince", "sydney", "putin")  # events whose posts relevance was tuned on
OPENINGS = 8  # posts that open threads, without which an event tells no story

# The two ends of each debate, as a story would state them; written before any figure was seen, in our words.
ENDS = {
    "abortion": (
        ("Women have the right to choose what happens to their own bodies.", "Abortion must stay legal and safe."),
        (
            "Abortion kills unborn babies; every life is a gift from God.",
            "The unborn child has a right to life.",
        ),
    ),
    "atheism": (
        (
            "There is no god and religion is a myth.",
            "Freethinkers and secular people want religion kept out of public life.",
        ),
        ("Believe in God, pray, and trust in Jesus Christ the Lord.", "Faith and the Bible show the truth."),
    ),
    "climate": (
        (
            "Climate change is real and caused by humans; we must act now to protect the planet.",
            "Global warming brings droughts, floods and heat.",
        ),
        ("Climate change is a hoax and a scam.", "The climate has always changed; it is not our fault."),
    ),
    "feminist": (
        (
            "Women deserve equal rights and equal pay; we need feminism.",
            "Sexism, harassment and violence against women must stop.",
        ),
        (
            "Feminists hate men and want special treatment.",
            "Feminism is stupid and harmful; I do not need it.",
        ),
    ),
    "hillary": (
        (
            "I support Hillary Clinton and am ready for the first woman president.",
            "Hillary fights for families and equal rights.",
        ),
        (
            "Hillary Clinton is a liar, corrupt and a criminal; never vote for her.",
            "The emails and Benghazi show that she cannot be trusted.",
        ),
    ),
}
GOLD = {
    "favor": Stance.FOR, "against": Stance.AGAINST, "none": Stance.REMARK,
    "support": Stance.FOR, "deny": Stance.AGAINST, "query": Stance.ASKS, "comment": Stance.REMARK,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Discussion:
    """Posts about one matter with their gold stances, and the texts of the two ends."""

    name: str
    rows: tuple[dict[str, Any], ...]
    gold: tuple[Stance, ...]
    claims: tuple[str, ...]
    against: tuple[str, ...]


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of a file that have a text."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return tuple(row for row in map(json.loads, file) if row["text"])


@cache
def openings() -> dict[str, dict[str, Any]]:
    """The post that opens each thread."""
    return {row["thread"]: row for row in rows("rumoureval2017") if row["parent"] is None}


@cache
def _begun() -> dict[str, float]:
    found: dict[str, float] = {}
    for row in rows("rumoureval2017"):
        if row["time"]:
            found[row["thread"]] = min(found.get(row["thread"], row["time"]), row["time"])
    return found


def event(row: dict[str, Any]) -> str:
    """The event of a post, by when its thread began; "" when nothing tells."""
    begun = _begun().get(row["thread"])
    day = time.strftime("%Y-%m-%d", time.gmtime(begun)) if begun else ""
    return next((name for name, since in reversed(EVENTS) if day >= since), "")


def plain(text: str) -> str:
    """A post without the marks of the task it was collected for."""
    return text.replace("#SemST", "").strip()


def targets(*, test: bool) -> list[Discussion]:
    """SemEval's debates: the test split, or train and development."""
    found = []
    for target, (claims, against) in ENDS.items():
        some = [r for r in rows("semeval2016_stance") if r["target"] == target and (r["split"] == "test") == test]
        gold = tuple(GOLD[row["label"]] for row in some)
        found.append(Discussion(f"semeval {target}", tuple(some), gold, claims, against))
    return found


def rumours(*, test: bool, least: int = 20) -> list[Discussion]:
    """RumourEval's events; the claims are what opens their threads, and nothing is given to stand against them."""
    by_event: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows("rumoureval2017"):
        if row["stance"] and (row["split"] == "test") == test:
            by_event[event(row)].append(row)
    found = []
    for name, some in by_event.items():
        claims = tuple(row["text"] for row in some if row["parent"] is None)
        if name and claims and len(some) >= least:
            gold = tuple(GOLD[row["stance"]] for row in some)
            found.append(Discussion(f"rumour {name}", tuple(some), gold, claims, ()))
    return found


def as_article(row: dict[str, Any]) -> Article:
    """A post as an article, for a story whose articles are posts."""
    text = re.sub(r"https?://\S+", "", row["text"]).strip()
    then = datetime(2020, 1, 1, tzinfo=UTC)
    return Article(ArticleId(row["id"]), "", text, text, row["lang"], then, then, "o", "o", ((0, len(text)),))
