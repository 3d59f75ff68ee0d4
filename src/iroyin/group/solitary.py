"""Items that are no report of one event: digests, live blogs, horoscopes, listings. Each stays its own story."""

import re
from functools import lru_cache
from importlib import resources


def is_solitary(title: str) -> bool:
    """Whether the title announces a digest, live blog, horoscope or listing; the patterns are in `solitary.txt`.

    A language that has no pattern yet costs a wrong merge, not a crash.

    >>> is_solitary("Morning briefing: rates, rain and a record"), is_solitary("Rates rise again")
    (True, False)
    """
    return _pattern().search(title) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    text = resources.files(__package__).joinpath("solitary.txt").read_text("utf-8")
    kinds = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile(r"(?<!\w)(?:" + "|".join(kinds) + r")(?!\w)", re.IGNORECASE)
