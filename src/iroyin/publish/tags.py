"""Which topics have a page: only those that bring stories together."""

from collections import Counter
from collections.abc import Iterable

from iroyin.publish.slug import slug

FEWEST = 2


def tag_slugs(tags: Iterable[tuple[str, ...]], language: str) -> frozenset[str]:
    """The slugs of the tags that at least two stories share; `tags` are those of each story told in the language."""
    counts = Counter(address for names in tags for address in {slug(name, language) for name in names})
    return frozenset(address for address, stories in counts.items() if stories >= FEWEST)
