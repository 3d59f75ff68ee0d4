"""A stream of any length made from real articles, for measuring cost: titles and leads recombined, vectors moved.

Each event is one real article and its nearest: its articles take their titles and the sentences of their leads
from these in another order; names and figures are replaced by the event's own, and some words by any others, so that
two events made from one article differ. An article's vector is the real article's, moved at random for the event and
again for the article, at length one: embedding a million texts would take hours and say nothing about grouping.
The moves are such that two articles of one event have a cosine of about .6 and two events made of one article one of
about .4, as articles of one event and near-misses have in allsides_events. Most events have one article, few up to
200 (Pareto); they spread over days. All is drawn from seeds and made when it is asked for.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np

from iroyin.model import Article, ArticleId
from labelled import Set

FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
KIN = 4
MOST, TAIL = 200, 1.2  # articles of an event; exponent of the Pareto distribution of sizes
SPREAD, LONGEST = 0.7, 6.0  # days: mean and most between an event and an article about it
EVENT_MOVE, ARTICLE_MOVE = 0.7, 0.8  # length of the random part beside a vector of length one
SWAPPED = 0.06  # of the words, for any others
OUTLETS = 400
BLOCK = 1024
Batch = tuple[list[Article], np.ndarray]


@dataclass(frozen=True, slots=True)
class Source:
    """Titles, leads and vectors of the real articles, and the numbers of the nearest of each."""

    titles: list[str]
    leads: list[str]
    vectors: np.ndarray
    kin: np.ndarray


def source_of(given: Set) -> Source:
    """What a stream is made from."""
    leads = [one.text[len(one.title) :].strip() for one in given.articles]
    return Source([one.title for one in given.articles], leads, given.vectors, _kin(given.vectors))


class MadeStream:
    """The stream of one seed."""

    def __init__(self, source: Source, *, seed: int = 1) -> None:
        self._seed, self._source = seed, source
        leads = source.leads[:: max(1, len(source.leads) // 3000)]
        words = sorted({word for lead in leads for word in lead.split()})
        self._words = [word for word in words if word.islower()]
        self._names = [word for word in words if word.istitle() and len(word) > 3 and word.isalpha()]
        self._event = lru_cache(maxsize=8192)(self._new_event)

    def batches(self, articles: int, *, per_day: int, size: int) -> Iterator[Batch]:
        """So many articles in order of time, in batches of `size`."""
        waiting: list[tuple[float, int, int]] = []
        for day, number, which in self._order(per_day):
            waiting.append((day, number, which))
            if len(waiting) == min(size, articles):
                yield self._made(waiting)
                articles -= len(waiting)
                waiting = []
                if not articles:
                    return

    def _order(self, per_day: int) -> Iterator[tuple[float, int, int]]:
        """Day, event and number within the event of each article, in order of time, without end."""
        later: dict[int, list[tuple[float, int, int]]] = {}
        day = event = 0
        while True:
            today = later.pop(day, [])
            while len(today) < per_day:
                chance = random.Random(f"{self._seed} size {event}")
                begin = day + chance.random()
                for number in range(min(MOST, int(chance.paretovariate(TAIL)))):
                    at = begin + (min(LONGEST, chance.expovariate(1 / SPREAD)) if number else 0.0)
                    (today if int(at) == day else later.setdefault(int(at), [])).append((at, event, number))
                event += 1
            yield from sorted(today)
            day += 1

    def _made(self, wanted: list[tuple[float, int, int]]) -> Batch:
        made = [self._article(*one) for one in wanted]
        return [article for article, _ in made], np.stack([vector for _, vector in made])

    def _article(self, at: float, event: int, number: int) -> tuple[Article, np.ndarray]:
        titles, sentences, own, vector = self._event(event)
        chance = random.Random(f"{self._seed} {event} {number}")
        title = self._varied(titles[0] if chance.random() < 0.5 else chance.choice(titles), own, chance)
        lead = " ".join(chance.sample(sentences, min(len(sentences), 5)))
        published = FIRST_DAY + timedelta(days=at)
        outlet = f"outlet {chance.randrange(OUTLETS)}"
        article = Article(
            id=ArticleId(f"{event}-{number}"),
            url="",
            title=title,
            text=f"{title}\n\n{self._varied(lead, own, chance)}",
            language="en",
            published_at=published,
            seen_at=published,
            outlet=outlet,
            newsroom=outlet,
            sentences=((0, len(title)),),
        )
        return article, _moved(vector, ARTICLE_MOVE, np.random.default_rng([self._seed, event, number]))

    def _new_event(self, event: int) -> tuple[list[str], list[str], dict[str, str], np.ndarray]:
        """Titles, sentences, its own names and figures for those of the real articles, and its vector."""
        chance = random.Random(f"{self._seed} event {event}")
        source = self._source
        real = chance.randrange(len(source.titles))
        near = [real, *source.kin[real]]
        titles = [source.titles[n] for n in near]
        sentences = [s for n in near for s in re.split(r"(?<=[.!?])\s+", source.leads[n]) if s]
        words = dict.fromkeys(word for text in (*titles, *sentences) for word in text.split())
        own = {word: chance.choice(self._names) for word in words if word.istitle() and len(word) > 3}
        own |= {
            word: str(chance.randrange(3, 10 ** len(word))) for word in words if word.isdigit() and len(word) > 1
        }
        return (
            titles,
            sentences,
            own,
            _moved(source.vectors[real], EVENT_MOVE, np.random.default_rng([self._seed, event])),
        )

    def _varied(self, text: str, own: dict[str, str], chance: random.Random) -> str:
        return " ".join(
            chance.choice(self._words) if chance.random() < SWAPPED else own.get(word, word)
            for word in text.split()
        )


def _moved(vector: np.ndarray, by: float, rng: np.random.Generator) -> np.ndarray:
    moved = vector + rng.standard_normal(len(vector), np.float32) * np.float32(by / len(vector) ** 0.5)
    return np.asarray(moved / np.linalg.norm(moved), np.float32)


def _kin(vectors: np.ndarray) -> np.ndarray:
    """The numbers of each article's nearest."""
    found = np.zeros((len(vectors), KIN), np.int32)
    for start in range(0, len(vectors), BLOCK):
        cosines = vectors[start : start + BLOCK] @ vectors.T
        cosines[np.arange(len(cosines)), start + np.arange(len(cosines))] = -2.0
        found[start : start + BLOCK] = np.argpartition(-cosines, KIN, axis=1)[:, :KIN]
    return found
