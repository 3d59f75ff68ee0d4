"""The invented posts, read from `posts.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any

from iroyin.errors import InputError
from iroyin.model import Platform

_BORN = datetime(2023, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SamplePost:
    """One invented post. `number` is its id everywhere; `answers` the number of the post it replies to, 0 for none."""

    number: int
    platform: Platform
    handle: str
    text: str
    language: str
    at: datetime
    name: str = ""
    bio: str = ""
    born: datetime = _BORN
    wrote: int = 800
    bot: bool = False
    verified: str = ""
    answers: int = 0
    edited_at: datetime | None = None


def sample_posts() -> tuple[SamplePost, ...]:
    """Every post of `posts.toml`, oldest first. Raises InputError for a row that does not fit."""
    table = tomllib.loads((resources.files(__package__) / "posts.toml").read_text("utf-8"))
    start = table["start"]
    posts = [_post(number, row, start) for number, row in enumerate(table["post"], start=101)]
    return tuple(sorted(posts, key=lambda post: (post.at, post.number)))


def _post(number: int, row: dict[str, Any], start: datetime) -> SamplePost:
    """A row; `hours` count from `start`, `days` is the account's age when given."""
    try:
        at = start.astimezone(UTC) + timedelta(hours=float(row["hours"]))
        born = at - timedelta(days=row["days"]) if "days" in row else _BORN
        rest = {key: row[key] for key in ("name", "bio", "wrote", "bot", "verified", "answers") if key in row}
        return SamplePost(number, Platform(row["on"]), row["by"], row["text"], row["in"], at, born=born, **rest)
    except (KeyError, ValueError, TypeError) as error:
        raise InputError("posts.toml", f"post {number}: {error!r}") from error
