"""The way of every source: page after page until the limit, trouble told instead of raised."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from iroyin.errors import FetchError
from iroyin.model import Post
from iroyin.ports_reaction import Gathered, Looked

_MOST_PAGES = 10


def gathered(pages: Iterator[Iterable[Post]], limit: int) -> Gathered:
    """The posts of these pages, one each, until there are `limit`; what a page raises ends the search."""
    found: dict[str, Post] = {}
    try:
        for number, page in enumerate(pages, start=1):
            for post in page:
                found.setdefault(post.key, post)
            if len(found) >= limit:
                return Gathered(tuple(found.values())[:limit])
            if number == _MOST_PAGES:
                return Gathered(tuple(found.values()), "pages")
    except FetchError as error:
        return Gathered(tuple(found.values())[:limit], error.reason)
    return Gathered(tuple(found.values()))


def looked_up(
    posts: Sequence[Post], size: int, ask: Callable[[Sequence[Post]], tuple[Iterable[Post], Iterable[str]]]
) -> Looked:
    """Ask for `size` posts at a time: those that stand and the keys of those that are gone; trouble ends it."""
    here: list[Post] = []
    gone: list[str] = []
    for at in range(0, len(posts), size):
        try:
            found, lost = ask(posts[at : at + size])
            here += found
            gone += lost
        except FetchError as error:
            return Looked(tuple(here), tuple(gone), error.reason)
    return Looked(tuple(here), tuple(gone))


def looked_up_singly(posts: Sequence[Post], gone: Collection[int], ask: Callable[[Post], Post | None]) -> Looked:
    """Ask for one post at a time; it is gone when there is none, or when the answer has one of the `gone` statuses."""

    def one(some: Sequence[Post]) -> tuple[list[Post], list[str]]:
        try:
            found = ask(some[0])
        except FetchError as error:
            if error.status not in gone:
                raise
            found = None
        return ([found], []) if found else ([], [some[0].key])

    return looked_up(posts, 1, one)


def missing(asked: Sequence[Post], found: Sequence[Post]) -> list[str]:
    """The keys of what was asked for and did not come."""
    known = {post.key for post in found}
    return [post.key for post in asked if post.key not in known]


def trouble_of(ask: Callable[[], object]) -> str:
    """Why a request does not work; "" when it does."""
    try:
        ask()
    except FetchError as error:
        return error.reason
    return ""
