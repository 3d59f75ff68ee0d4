"""What people say, as the page and `claims.json` print it: every figure can be counted again from the list of posts."""

from dataclasses import dataclass
from typing import Any

from iroyin.model import Counted, Day, Example, Platform, Reaction, Receipt, Stance, View

_WIDEST, _ACROSS, _HEIGHT, _GAP = 72, 480, 72, 8
NAMES = {
    Platform.BLUESKY: "Bluesky", Platform.MASTODON: "Mastodon", Platform.REDDIT: "Reddit",
    Platform.HACKER_NEWS: "Hacker News", Platform.LEMMY: "Lemmy", Platform.X: "X", Platform.FORUM: "RSS",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a day's bar in the chart, in its units; `y` counts from the top."""

    stance: Stance
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The days side by side, each as high as its accounts, stances on top of each other."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def chart(days: tuple[Day, ...]) -> Chart:
    """The chart of these days."""
    most = max((sum(day.accounts) for day in days), default=0) or 1
    wide = max(2, min(_WIDEST, _ACROSS // max(1, len(days)) - _GAP))
    bars = []
    for number, day in enumerate(days):
        floor = float(_HEIGHT)
        for stance, accounts in zip(Stance, day.accounts, strict=True):
            height = round(accounts * _HEIGHT / most, 2)
            floor -= height
            if accounts:
                bars.append(Bar(stance, number * (wide + _GAP), round(floor, 2), wide, height))
    return Chart(max(1, len(days) * (wide + _GAP) - _GAP), _HEIGHT, tuple(bars))


def searches(receipts: tuple[Receipt, ...]) -> list[tuple[tuple[str, ...], list[Receipt]]]:
    """The receipts by what was searched for, in the order in which each search was first made."""
    made: dict[tuple[str, ...], list[Receipt]] = {}
    for one in receipts:
        made.setdefault(one.queries, []).append(one)
    return list(made.items())


def heard(reaction: Reaction) -> dict[str, Any]:
    """The reaction as JSON. Of a post that is shown there is the masked text; of the others an address alone."""
    return {
        "since": reaction.since.isoformat(),
        "until": reaction.until.isoformat(),
        "made_at": reaction.made_at.isoformat(),
        "representative": False,
        "found": reaction.found,
        "used": reaction.used,
        "accounts": reaction.accounts,
        "apart": reaction.apart,
        "floor": reaction.floor,
        "enough": reaction.enough,
        "dropped": {str(reason): count for reason, count in reaction.dropped},
        "receipts": [_receipt(one) for one in reaction.receipts],
        "views": [_view(one) for one in reaction.views],
        "statements": [_example(one) for one in reaction.statements],
        "days": [
            {"day": one.day.isoformat(), **dict(zip(map(str, Stance), one.accounts, strict=True))}
            for one in reaction.days
        ],
        "teller": reaction.teller,
        "untold": reaction.untold,
        "posts": [_counted(one) for one in reaction.counted],
    }


def _receipt(one: Receipt) -> dict[str, Any]:
    return {
        "platform": str(one.platform), "server": one.server, "queries": list(one.queries), "found": one.found,
        "used": one.used, "accounts": one.accounts, "trouble": one.trouble,
    }  # fmt: skip


def _view(one: View) -> dict[str, Any]:
    return {
        "stance": str(one.stance), "accounts": one.accounts, "posts": one.posts, "share": round(one.share, 4),
        "low": round(one.low, 4), "high": round(one.high, 4), "words": list(one.words),
        "examples": [_example(example) for example in one.examples],
        "told": [{"text": s.text, "language": s.language, "posts": list(s.posts)} for s in one.told],
    }  # fmt: skip


def _example(one: Example) -> dict[str, Any]:
    found = {
        "url": one.url, "platform": str(one.platform), "text": one.text, "language": one.language,
        "created_at": one.created_at.isoformat(),
    }  # fmt: skip
    return {**found, "name": one.name} if one.name else found


def _counted(one: Counted) -> dict[str, Any]:
    return {
        "url": one.url, "platform": str(one.platform), "server": one.server, "account": one.account,
        "stance": str(one.stance), "language": one.language, "created_at": one.created_at.isoformat(),
    }  # fmt: skip
