"""Which of the posts that were found are counted, and why the others are not."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from iroyin.model import Account, Drop, Post, Standing
from iroyin.reaction.copies import first_copies
from iroyin.reaction.hostile import gives_orders
from iroyin.reaction.profile import Profile, Vectors
from iroyin.reaction.relevance import judge
from iroyin.reaction.voices import automation, standing
from iroyin.reaction.weights import weights

CAP = 3  # posts of one account that are counted
_LETTERS = 2  # below which a post says nothing


@dataclass(frozen=True, slots=True)
class Found:
    """Posts with a vector each; `answers` has a row for what a post answers, `answered` that row's number or -1."""

    posts: tuple[Post, ...]
    vectors: Vectors
    answers: Vectors
    answered: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Places in `Found.posts`: the counted ones, those of offices and organisations, and why the rest is dropped."""

    counted: tuple[int, ...]
    apart: tuple[tuple[int, Standing], ...]
    dropped: Mapping[int, Drop]


def choose(found: Found, about: Profile, outlets: frozenset[str], *, since: datetime, until: datetime) -> Chosen:
    """Sort the posts, oldest first; every post ends in exactly one place. `outlets` are squeezed names."""
    order = sorted(range(len(found.posts)), key=lambda at: (found.posts[at].created_at, found.posts[at].key))
    dropped: dict[int, Drop] = {}
    _drop_unfit(found, order, dropped, since=since, until=until)
    _drop_off_topic(found, about, dropped)
    apart = _set_apart(found, outlets, dropped)
    _drop_machines(found, {at for at, _ in apart}, dropped)
    left = [at for at in order if at not in dropped and at not in {at for at, _ in apart}]
    counted = _once_each(found, left, dropped)
    return Chosen(tuple(counted), tuple(apart), dropped)


def _drop_unfit(
    found: Found, order: Sequence[int], dropped: dict[int, Drop], *, since: datetime, until: datetime
) -> None:
    for at in order:
        post = found.posts[at]
        if sum(char.isalpha() for char in post.text) < _LETTERS:
            dropped[at] = Drop.EMPTY
        elif gives_orders(post.text):
            dropped[at] = Drop.ORDERS
        elif not since <= post.created_at <= until:
            dropped[at] = Drop.WINDOW


def _drop_off_topic(found: Found, about: Profile, dropped: dict[int, Drop]) -> None:
    texts = [post.text for post in found.posts]
    answers = [(post.answers, at) for post, at in zip(found.posts, found.answered, strict=True)]
    for at, sure in enumerate(judge(texts, found.vectors, found.answers, answers, about)):
        if at not in dropped and sure < weights().relevance.floor:
            dropped[at] = Drop.OFF_TOPIC


def _set_apart(found: Found, outlets: frozenset[str], dropped: Mapping[int, Drop]) -> list[tuple[int, Standing]]:
    known: dict[str, Standing] = {}
    for at, post in enumerate(found.posts):
        if at not in dropped and post.account.key not in known:
            known[post.account.key] = standing(post.account, outlets, post.language)
    placed = [(at, known.get(post.account.key, Standing.PERSON)) for at, post in enumerate(found.posts)]
    return [(at, kind) for at, kind in placed if at not in dropped and kind is not Standing.PERSON]


def _drop_machines(found: Found, apart: set[int], dropped: dict[int, Drop]) -> None:
    """Judge each account by all that it posted here, counted or not."""
    own: dict[str, list[Post]] = defaultdict(list)
    accounts: dict[str, Account] = {}
    for post in found.posts:
        own[post.account.key].append(post)
        accounts[post.account.key] = post.account
    why = {key: automation(account, own[key]) for key, account in accounts.items()}
    for at, post in enumerate(found.posts):
        reason = why[post.account.key]
        if reason and at not in dropped and at not in apart:
            dropped[at] = reason


def _once_each(found: Found, left: Sequence[int], dropped: dict[int, Drop]) -> list[int]:
    """Copies folded into the first of them, then the first posts of each account."""
    posts = [found.posts[at] for at in left]
    first = first_copies([post.text for post in posts], [post.language for post in posts])
    heard: Counter[str] = Counter()
    counted = []
    for place, at in enumerate(left):
        account = posts[place].account.key
        if first[place] != place:
            dropped[at] = Drop.COPY
        elif heard[account] >= CAP:
            dropped[at] = Drop.CAP
        else:
            heard[account] += 1
            counted.append(at)
    return counted
