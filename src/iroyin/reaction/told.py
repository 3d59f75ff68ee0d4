"""A model's sentences about views: the posts that it is shown, and what code refuses of what it writes.

A sentence is printed only when code finds all of this, and a judge agrees: it is in the page's language; its names are
the story's; its numbers, and most of its other words, stand in a post in that language that it cites; it quotes nobody,
speaks for no group and no majority, has no link and no order. What cannot be looked at in this way is not printed.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from iroyin.languages import Name, detect, fold, names, numbers, quotes, stems, without_spaces
from iroyin.languages.orders import spoken_to_a_machine
from iroyin.model import Example, Post, Reaction, Stance
from iroyin.reaction.hostile import MASK, gives_orders, has_slur, masked, strangers
from iroyin.reaction.profile import Profile
from iroyin.reaction.react import example
from iroyin.reaction.tally import voices

SHOWN = 10  # posts of a view that a model is shown
FEWEST = 3  # posts, of several accounts, below which the posts themselves say it best
BORNE = 0.6  # least share of a sentence's words, but what every such sentence says, that its posts have
_QUOTING = re.compile(r"[\"“”„«»「」『』‹›]")
_UNCLEAN = re.compile(r"[<>{}\[\]|`@#]|https?:|www\.|" + re.escape(MASK))
_SAYING = re.compile(r"\w+")


def shown(
    made: Reaction, posts: Sequence[Post], about: Profile, language: str
) -> Mapping[Stance, tuple[Example, ...]]:
    """The posts of each view in the page's language, masked, one an account, oldest first; views with few left out.

    Only what stands in the page's language can be held against a sentence by code.
    """
    by_url = {post.url: post for post in posts}
    heard = voices(made.counted)
    found: dict[Stance, tuple[Example, ...]] = {}
    for view in made.views:
        own: dict[int, Example] = {}
        for one in sorted(made.counted, key=lambda one: (one.created_at, one.url)):
            post = by_url.get(one.url)
            fits = one.stance is view.stance is heard[one.account] and one.language == language
            if fits and post and not has_slur(post.text) and not _orders(post.text):
                own.setdefault(one.account, example(post, about))
        if len(own) >= FEWEST:
            found[view.stance] = tuple(own.values())[:SHOWN]
    return found


def fault(text: str, language: str, cited: Sequence[Example], about: Profile) -> str:
    """Why a sentence about these posts is not printed; "" when code finds nothing."""
    if language not in _crowds():
        return "no rules"
    if _UNCLEAN.search(text) or has_slur(text) or any(map(_orders, (text, *(post.text for post in cited)))):
        return "unsafe"
    if _QUOTING.search(text) or quotes(text, language):
        return "quote"
    if _speaks_for_many(text, language):
        return "crowd"
    if detect(text, prior=language)[0] != language:
        return "language"
    own = [post.text for post in cited if post.language == language]
    if strangers(text, language, about.names) or masked(text, language, about.names) != " ".join(text.split()):
        return "name"
    if any(not _is_known(name, own, language, about) for name in names(text, language)):
        return "name"
    said = {number.value for post in own for number in numbers(post, language)}
    if any(number.value not in said for number in numbers(text, language)):
        return "number"
    return "" if own and _borne(text, own, language) >= BORNE else "unsupported"


def _orders(text: str) -> bool:
    return gives_orders(text) or bool(spoken_to_a_machine(text, lambda: text))


def _is_known(name: Name, posts: Sequence[str], language: str, about: Profile) -> bool:
    """Whether the story or a post has the name; a word that opens a sentence may only look like one."""
    known = {one.key for post in posts for one in names(post, language)} | about.names
    plain = stems(name.text, language) - _frame(language)
    return name.key in known or all(any(word in stems(post, language) for post in posts) for word in plain)


def _borne(text: str, posts: Sequence[str], language: str) -> float:
    """The share of the sentence's content words that the posts have."""
    told = stems(text, language) - _frame(language)
    held = frozenset().union(*(stems(post, language) for post in posts))
    return len(told & held) / len(told) if told else 0.0


def _speaks_for_many(text: str, language: str) -> bool:
    folded = fold(text)
    whole, begun = _crowds()[language]
    if without_spaces(language) or language == "ko":
        return any(one in folded for one in (*whole, *begun))
    return any(word in whole or word.startswith(begun) for word in _SAYING.findall(folded))


@lru_cache(maxsize=32)
def _frame(language: str) -> frozenset[str]:
    """Words that any sentence about posts has."""
    told = tomllib.loads((resources.files(__package__) / "crowds.toml").read_text("utf-8"))
    return stems(told.get("frame", {}).get(language, ""), language)


@lru_cache(maxsize=1)
def _crowds() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    """By language the words that are whole, and those that are beginnings."""
    told = tomllib.loads((resources.files(__package__) / "crowds.toml").read_text("utf-8"))
    lists = ((code, one.split()) for code, one in told.items() if code != "frame")
    return {
        code: (
            frozenset(fold(word) for word in some if not word.endswith("*")),
            tuple(fold(word[:-1]) for word in some if word.endswith("*")),
        )
        for code, some in lists
    }
