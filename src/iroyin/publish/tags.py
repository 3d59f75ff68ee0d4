"""Which tags have a page, and what a page calls them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from iroyin.languages import subject_name
from iroyin.model import Tag

FEWEST = 2


def tag_pages(stories: Iterable[Mapping[str, Sequence[Tag]]]) -> dict[str, frozenset[str]]:
    """The keys of the tags that have a page in each language; each story is its tags by the language of the edition.

    A tag has a page where it brings stories together: when two stories share it in whatever language, and one of
    them is told in the language of the page.
    """
    counts: Counter[str] = Counter()
    told: dict[str, set[str]] = {}
    for editions in stories:
        for language, tags in editions.items():
            told.setdefault(language, set()).update(tag.key for tag in tags)
        counts.update({tag.key for tags in editions.values() for tag in tags})
    return {code: frozenset(key for key in keys if counts[key] >= FEWEST) for code, keys in told.items()}


def tag_path(language: str, key: str) -> str:
    """The path of a tag's page from the root."""
    return f"/{language}/tags/{key}"


def tag_name(tag: Tag, language: str) -> str:
    """What a page in this language calls the tag: its name there if it has one, else as the brief spells it.

    A label of a list begins with a capital, whatever the language does within a sentence.
    """
    name = subject_name(tag.key, language) or tag.name
    return name[:1].upper() + name[1:]
