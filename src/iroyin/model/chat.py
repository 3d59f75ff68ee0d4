"""What is asked of a language model, and what a call to it cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """One call to a language model, to be answered by JSON of this schema.

    `purpose` is the prompt's name and version ("report/1"), `story_id` whom the cost is put down to, `most_tokens` the
    longest answer.
    """

    purpose: str
    system: str
    user: str
    schema: Mapping[str, Any]
    story_id: str = ""
    most_tokens: int = 1500


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was made: what it took and how it ended ("ok", or the reason of its failure).

    `key` is the hash of all that decides the answer; `cost` is in the currency of the settings' prices.
    """

    key: str
    at: datetime
    purpose: str
    model: str
    story_id: str
    outcome: str
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """What calls took together."""

    calls: int = 0
    failed: int = 0
    tokens: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    stories: int = 0
