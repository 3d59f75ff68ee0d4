"""Related stories over weeks, on four long crises told in Spanish, French and Italian (`../shared/data/ml_crisis`).

    python bench/related.py [--every N]

Every N-th article is taken as a story of its own, with its tags and its vector. Of the related stories found for each,
which share tells of the same crisis? The peer takes the nearest vectors, as many for each story as ours found, and
again six for every story. Also told: by relation, in another language, and more than two weeks apart; and how many
stories get any. Under three minutes on 2 cores; figures go to bench/results/related.json.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import labelled
from iroyin.compose import cache_folder
from iroyin.group.relate import Shelf, Sketch, related
from iroyin.languages import split
from iroyin.model import Article, Counts, Dossier, Related, Story, StoryId
from iroyin.write.candidates import candidates
from iroyin.write.tags import tags

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "ml_crisis" / "articles.jsonl.gz"
RESULTS = ROOT / "bench" / "results"
MOST = 6
WEEKS_APART = 14.0
LEADS = 8  # sentences read of each article: tags come from the first


@dataclass(frozen=True, slots=True)
class Told:
    """One article as a story: its sketch, its crisis and its language."""

    sketch: Sketch
    crisis: str
    language: str


def stories(every: int) -> list[Told]:
    """The sampled articles as stories."""
    rows = labelled.rows(DATA)[::every]
    articles = [_with_sentences(labelled.article(row)) for row in rows]
    vectors, _ = labelled.vectors(DATA, articles, "e5", kept=RESULTS / "vectors", cache=cache_folder())
    return [
        Told(_sketch(article, vector), row["cluster"], article.language)
        for article, vector, row in zip(articles, vectors, rows, strict=True)
    ]


def _with_sentences(article: Article) -> Article:
    at = len(article.title) + 2
    body = article.text[at : at + 3000]
    ranges = split(body, article.language)[:LEADS]
    return replace(article, sentences=((0, at - 2), *((at + start, at + end) for start, end in ranges)))


def _sketch(article: Article, vector: np.ndarray) -> Sketch:
    at = article.published_at
    story = Story(StoryId(article.id), 1, (article.id,), at, at, (article.language,))
    room = {article.id: article.newsroom}
    dossier = Dossier(story, article.language, (article,), {article.id: 0}, room, Counts(1, 1, 1))
    return Sketch(story, vector, frozenset(tag.key for tag in tags(candidates(dossier), dossier)))


def found_by_us(told: list[Told]) -> dict[str, list[Related]]:
    """The related stories of each, as the product finds them."""
    having = Counter(key for one in told for key in one.sketch.keys)
    shelf = Shelf(len(told), having)
    sketches = [one.sketch for one in told]
    return {one.sketch.story.id: related(one.sketch, sketches, shelf, limit=MOST) for one in told}


def nearest(told: list[Told], many: dict[str, int]) -> dict[str, list[str]]:
    """The peer: the nearest vectors, as many as asked for each story."""
    matrix = np.stack([one.sketch.centroid for one in told])
    closeness = matrix @ matrix.T
    np.fill_diagonal(closeness, -1.0)
    order = np.argsort(-closeness, axis=1, kind="stable")
    ids = [one.sketch.story.id for one in told]
    return {own: [ids[at] for at in order[n, : many[own]]] for n, own in enumerate(ids)}


def share(pairs: list[tuple[Told, Told]]) -> float:
    """The share of the pairs that tell of one crisis."""
    return round(sum(a.crisis == b.crisis for a, b in pairs) / len(pairs), 4) if pairs else 0.0


def measure(every: int) -> dict[str, Any]:
    """All figures."""
    begun = time.perf_counter()
    told = stories(every)
    by_id = {str(one.sketch.story.id): one for one in told}
    ours = found_by_us(told)
    pairs = [(by_id[own], by_id[r.story_id], r.relation) for own, listed in ours.items() for r in listed]
    plain = [(a, b) for a, b, _ in pairs]
    same_number = nearest(told, {own: len(listed) for own, listed in ours.items()})
    always = nearest(told, dict.fromkeys(by_id, MOST))
    peer = share([(by_id[own], by_id[other]) for own, listed in same_number.items() for other in listed])
    six = share([(by_id[own], by_id[other]) for own, listed in always.items() for other in listed])
    far = [
        (a, b) for a, b in plain if abs((a.sketch.story.first_at - b.sketch.story.first_at).days) >= WEEKS_APART
    ]
    abroad = [(a, b) for a, b in plain if a.language != b.language]
    relations = Counter(relation for _, _, relation in pairs)
    return {
        "stories": len(told),
        "with_related": sum(bool(listed) for listed in ours.values()),
        "related": len(pairs),
        "same_crisis": share(plain),
        "nearest_as_many": peer,
        "ratio": round(share(plain) / peer, 4) if peer else 0.0,
        "nearest_six": six,
        "weeks_apart": {"pairs": len(far), "same_crisis": share(far)},
        "other_language": {"pairs": len(abroad), "same_crisis": share(abroad)},
        "by_relation": {
            name: {"pairs": count, "same_crisis": share([(a, b) for a, b, r in pairs if r == name])}
            for name, count in relations.most_common()
        },
        "seconds": round(time.perf_counter() - begun, 1),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=6, help="take every N-th article")
    if not DATA.is_file():
        sys.exit("no ml_crisis: expected ../shared/data/ml_crisis beside the repository")
    result = measure(parser.parse_args().every)
    for name, value in result.items():
        print(f"{name}: {value}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "related.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
