"""What the story says for and against, in the words of its own articles: the two ends that posts are measured by.

Its claims (headline and opening) stand at one end; at the other stand the sentences in which its articles themselves
tell of doubt, criticism or refusal, found by the cues of their language.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from iroyin.model import Article
from iroyin.reaction.cues import cues
from iroyin.reaction.profile import Vectors

OPENING = 2  # sentences after the headline that state a story's claims
MOST = 16  # sentences of one end


@dataclass(frozen=True, slots=True)
class Position:
    """One sentence of an article and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Ends:
    """The vectors of what the story claims and of what is said against it in it; the second may have no row."""

    claims: Vectors
    against: Vectors


def positions(articles: Sequence[Article]) -> tuple[tuple[Position, ...], tuple[Position, ...]]:
    """The story's claims and what its articles say against, each at most `MOST`, one language after another."""
    claims: list[Position] = []
    against: list[Position] = []
    for article in articles:
        for number, (start, end) in enumerate(article.sentences):
            text = article.text[start:end]
            said = cues(text, article.language)
            if said.objects > said.agrees:
                against.append(Position(text, article.language))
            elif number <= OPENING:
                claims.append(Position(text, article.language))
    return _spread(claims), _spread(against)


def _spread(found: Sequence[Position]) -> tuple[Position, ...]:
    """The first of each language, then the second of each, and so on."""
    by_language: dict[str, list[Position]] = {}
    for one in dict.fromkeys(found):
        by_language.setdefault(one.language, []).append(one)
    longest = max((len(some) for some in by_language.values()), default=0)
    turns = [some[at] for at in range(longest) for some in by_language.values() if at < len(some)]
    return tuple(turns[:MOST])
