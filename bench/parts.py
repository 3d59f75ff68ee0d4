"""The labelled parts that story recognition is measured on, and where each peer's setting is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

import labelled
from labelled import Scope, Set

DEVELOPED = ("og2021_titles", "allsides_events", "ecbplus")
UNDEVELOPED = ("uci_headlines", "semeval2022_t8", "tg_pairs")  # clusters of semeval2022_t8 are silver: pairs count
AMONG = "allsides_events test among distractors"


@dataclass(frozen=True, slots=True)
class Part:
    """A stream, what of it counts under which name, and the scopes the peers are tuned on (none: on what counts)."""

    stream: Set
    counted: dict[str, np.ndarray]
    tuned_on: list[Scope]
    pairs: list[dict[str, Any]] = field(default_factory=list)


class Parts:
    """The sets of a folder, each read once; a set that is not there is left out."""

    def __init__(self, folder: Path, embedder: str, cache: Path) -> None:
        self._folder = folder
        self.set = lru_cache(maxsize=None)(lambda name: labelled.read(self.path(name), embedder, cache=cache))
        self.split = lru_cache(maxsize=None)(lambda name, split: self.set(name).only(split))

    def path(self, name: str) -> Path:
        """The articles of a set."""
        return self._folder / name / "articles.jsonl.gz"

    def has(self, *names: str) -> bool:
        """Whether all of these sets are there."""
        return all(self.path(name).exists() for name in names)

    def development(self) -> list[Scope]:
        """All development parts that are there, for sets that have none of their own."""
        found = [self.split(name, "dev") for name in DEVELOPED if self.has(name)]
        return [(one, one.counted()) for one in found]

    def all(self, *, dev: bool) -> Iterator[Part]:
        """Every part, or those of development alone."""
        if dev:
            for name, (one, counted) in zip(filter(self.has, DEVELOPED), self.development(), strict=True):
                yield Part(one, {f"{name} dev": counted}, [])
            return
        yield from self._split("allsides_events")
        yield from self._split("ecbplus")
        for name in filter(self.has, UNDEVELOPED):
            one = self.set(name)
            yield Part(one, {name: one.counted()}, self.development(), pairs_of(self.path(name)))
        if self.has("og2021_titles"):
            one = self.split("og2021_titles", "dev")
            counted = one.counted()
            early, late = np.array_split(counted, 2)
            named = {"og2021_titles dev": counted, "og2021_titles dev, later half": late}
            yield Part(one, named, [(one, early)])
        if self.has("allsides_events", "abp_scale_stream"):
            yield self._among_distractors()

    def _split(self, name: str) -> Iterator[Part]:
        if self.has(name):
            dev, test = self.split(name, "dev"), self.split(name, "test")
            yield Part(test, {f"{name} test": test.counted()}, [(dev, dev.counted())])

    def _among_distractors(self) -> Part:
        """The labelled articles among all others of the same years, every text cut as theirs are."""
        known, stream = self.set("allsides_events"), self.set("abp_scale_stream")
        gold = {one.id: (g, s) for one, g, s in zip(known.articles, known.gold, known.splits, strict=True)}
        first, last = known.articles[0].published_at, known.articles[-1].published_at
        whole = stream.of([n for n, one in enumerate(stream.articles) if first <= one.published_at <= last])
        told = [gold.get(one.id, ("", "")) for one in whole.articles]
        whole = replace(
            whole,
            gold=[cluster for cluster, _ in told],
            splits=[split for _, split in told],
            digest=labelled.digest_of(self.path("allsides_events"), self.path("abp_scale_stream")),
        )
        return Part(whole, {AMONG: whole.counted("test")}, [(whole, whole.counted("dev"))])


def pairs_of(path: Path) -> list[dict[str, Any]]:
    """Judged pairs that lie beside a file of articles."""
    beside = path.with_name("pairs.jsonl.gz")
    return labelled.rows(beside) if beside.exists() else []
