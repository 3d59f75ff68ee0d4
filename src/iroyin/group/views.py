"""How alike an article and a story are, seen from several sides; each view is one number with a name."""

import math
from collections.abc import Callable, Mapping

from iroyin.group.features import Features
from iroyin.group.live import LiveStory, Vector

VIEWS = (
    "vector",
    "nearest",
    "words",
    "title",
    "names",
    "numbers apart",
    "places",
    "places apart",
    "gap",
    "other language",
    "crowd",
)
Weigh = Callable[[str, str], float]


def views(
    found: Features,
    vector: Vector,
    words: Mapping[str, float],
    story: LiveStory,
    cosine: float,
    crowd: float,
    weigh: Weigh,
) -> tuple[float, ...]:
    """The views in the order of `VIEWS`; all lie in 0 to 1 but the cosines, which may be negative.

    `vector`: cosine to the story's mean; `nearest`: to its most like newest member; `words`: cosine of rare
    words to all members; `title`: share of rare words in common with the most like title; `names`, `places`:
    share of the article's that the story knows; `numbers apart`, `places apart`: 1 when both have some and share
    none; `gap`: days between them, damped; `other language`: 1 when no member is in the article's language;
    `crowd`: how near the next nearest stories are: where all is about one topic, being near says less.
    """
    nearest = max((float(member @ vector) for member in story.vectors), default=0.0)
    foreign = found.language not in story.languages
    return (
        cosine,
        nearest,
        _words(words, story),
        _title(found, story, weigh),
        _known(found.names, story.names)[0],
        _known(found.numbers, story.numbers)[1],
        *_known(found.places, story.places),
        math.log1p(story.gap(found.at)) / math.log(8),
        float(foreign),
        crowd,
    )


def _words(words: Mapping[str, float], story: LiveStory) -> float:
    if not story.words_square:
        return 0.0
    known = story.words
    shared = sum(weight * known[word] for word, weight in words.items() if word in known)
    return shared / math.sqrt(story.words_square)


def _title(found: Features, story: LiveStory, weigh: Weigh) -> float:
    if not found.title:
        return 0.0
    weights = {word: weigh(word, found.language) for word in found.title}
    total, best = sum(weights.values()), 0.0
    for title in story.titles:
        shared = sum(weights[word] for word in found.title & title)
        if shared:
            best = max(
                best, shared / (total + sum(weights.get(w) or weigh(w, found.language) for w in title) - shared)
            )
    return best


def _known(mine: frozenset[str], theirs: Mapping[str, int]) -> tuple[float, float]:
    if not mine or not theirs:
        return 0.0, 0.0
    shared = sum(1 for item in mine if item in theirs)
    return shared / len(mine), float(shared == 0)
