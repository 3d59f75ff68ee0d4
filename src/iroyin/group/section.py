"""The section a story belongs in: what its newsrooms say when they say something, and what its words tell of.

    score(section) = STATED * share of newsrooms stating it + mean over newsrooms of the share of cues that are its

A cue is a word of a topic (`languages/known/topics.toml`, where each topic names its section) in a title (counted
`TITLE` times) or in one of the first `LEADS` sentences. "world" stated by a feed says little, for feeds that say
nothing are filed there; it counts when words tell of it. A story in which fewer than `LEAST` cues stand and nobody
states a section is "world".
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from iroyin.languages import subject_ranges, subject_section
from iroyin.model import Article

WORLD = "world"
STATED = 1.5
TITLE = 3
LEADS = 6
LEAST = 3


def section_of_story(articles: Sequence[Article]) -> str:
    """The section of the story that these articles tell; ties go to the first in the alphabet, "world" last."""
    rooms: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        rooms[article.newsroom].append(article)
    scores: dict[str, float] = defaultdict(float)
    for told in rooms.values():
        for section, share in _shares(sum((cues(article) for article in told), Counter())).items():
            scores[section] += share
        stated = Counter(article.section for article in told if article.section != WORLD)
        for section, share in _shares(stated).items():
            scores[section] += STATED * share
    least = sum((cues(article) for article in articles), Counter()).total() < LEAST
    if least and all(article.section == WORLD for article in articles):
        return WORLD
    return min(scores, key=lambda one: (-round(scores[one], 9), one == WORLD, one), default=WORLD)


def cues(article: Article) -> Counter[str]:
    """How many cues of each section stand in the title and the first sentences."""
    found: Counter[str] = Counter()
    for index, (start, end) in enumerate(article.sentences[: LEADS + 1]):
        for _, _, key in subject_ranges(article.text[start:end], article.language):
            section = subject_section(key)
            if section:
                found[section] += TITLE if index == 0 else 1
    return found


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {section: count / total for section, count in counts.items()}
