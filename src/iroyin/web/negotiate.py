"""Which language a reader gets at `/`, where no address says it."""

from collections.abc import Sequence

from iroyin.languages import canonical

_MOST = 20  # entries of the header that are looked at


def preferred(accept_language: str, languages: Sequence[str]) -> str:
    """The best of the site's languages for an Accept-Language header; the first one when none is asked for.

    >>> preferred("yo-NG, en;q=0.8", ["en", "yo"])
    'yo'
    """
    wanted = []
    for place, entry in enumerate(accept_language.split(",")[:_MOST]):
        tag, _, weight = entry.strip().partition(";")
        wanted.append((-_quality(weight), place, canonical(tag)))
    for quality, _place, language in sorted(wanted):
        if quality < 0 and language in languages:
            return language
    return languages[0]


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
