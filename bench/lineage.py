"""Copies among real articles: seeded edits are found, other reports of the same event are not; beside MinHash.

Each story holds a real article, its edited copy, the other reports of its event and two articles of other events.
Recall: edited copies found with their original. Precision: of all pairs made one text, those that are. The peer is
rensa's MinHash (128 permutations, the same shingles) with Jaccard 0.5, copying passed on. Real reports that truly are
one wire text were told by reading (`READ`); pairs among them count for nobody.
Run: `python bench/lineage.py`. Prints a table and writes `bench/results/lineage.json`. With `quick`, as the test of
the floors runs it, a few of the events.
"""

import gzip
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from iroyin.group.lineage import text_groups
from iroyin.ingest.article import from_row
from iroyin.languages import split, without_spaces
from iroyin.model import Article, ArticleId
from minhash import fingerprint, similarity

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 7
QUICK = "quick" in sys.argv[1:]
EVENTS, FOREIGN, STRANGERS = (40, 40, 1) if QUICK else (150, 150, 8)
SHORTEST = 400  # characters of an article that is edited
# Reports of one event that are one wire text, cut or rewritten: read, not computed.
READ = {
    frozenset(pair.split())
    for pair in (
        "abp-bUAXad8ZPxAhwljb abp-lsZSERbh3eJJI7e4",  # Associated Press, in two tabloids' words
        "abp-e87tQmBZ4AK1F8Sz abp-BrOhhC9Ql8U6s0SC",  # Reuters under another headline
        "abp-oaBo4AxggctA0Pkg abp-UMfxW8bHlnh0gSv7",  # Reuters, shortened
        "abp-YyBA68nd3FZ6rWW0 abp-kB6PoJDUeTIR16ph",  # Associated Press with captions
        "abp-B5luDMGMSxE8Bv2p abp-Vn4LSvlaacBAY3Xc",  # Reuters, rewritten
        "abp-SU71oJG2tNQT60RV abp-Vwtbo94QbhCojfdb",  # Reuters under another headline
    )
}

Groups = dict[ArticleId, int]
Method = Callable[[Sequence[Article]], Groups]


@cache
def articles(name: str) -> dict[str, Article]:
    """The set's articles by id; what has no title or date gets one. In a quick run of AllSides the early ones."""
    with gzip.open(DATA / name / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    if QUICK:
        rows = [row for row in rows if row["split"] != "test"]
    stated = {"title": "Untitled", "published_at": "2020-01-01T00:00:00Z"}
    return {row["id"]: from_row(stated | {k: v for k, v in row.items() if v}, now=NOW) for row in rows}


@cache
def events() -> dict[str, list[Article]]:
    """The reports of each event of AllSides."""
    with gzip.open(DATA / "allsides_events" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        clusters = {row["id"]: row["cluster"] for row in map(json.loads, file)}
    found: dict[str, list[Article]] = defaultdict(list)
    for name, article in articles("allsides_events").items():
        found[clusters[name]].append(article)
    return found


def remade(article: Article, name: str, body: str, *, title: str = "") -> Article:
    """The article with this body, and another title where one is given, as another outlet's."""
    title = title or article.title
    offset = len(title) + 2
    ranges = ((0, len(title)), *((a + offset, b + offset) for a, b in split(body, article.language)))
    return replace(
        article, id=ArticleId(f"{article.id}-{name}"), title=title, text=f"{title}\n\n{body}", sentences=ranges,
        outlet="The copyist", newsroom="The copyist",
    )  # fmt: skip


def body_of(article: Article) -> str:
    """The article's text without its title."""
    return article.text[len(article.title) + 2 :]


def reworded(body: str, language: str, chance: random.Random) -> str:
    """2 to 10% of the words replaced, doubled by another or left out; new words are the text's own."""
    dense = without_spaces(language)
    words = list(body) if dense else re.split(r"(\s+)", body)
    own = [word for word in words if word.strip()]
    share = chance.uniform(0.02, 0.10)
    for at in [at for at, word in enumerate(words) if word.strip()]:
        if chance.random() < share:
            other, joint = chance.choice(own), "" if dense else " "
            words[at] = chance.choice((other, f"{words[at]}{joint}{other}", ""))
    return "".join(words)


def halved(article: Article) -> str:
    """The first half of the body's sentences."""
    ranges = article.body_sentences
    return article.text[ranges[0][0] : ranges[(len(ranges) - 1) // 2][1]]


def edits(article: Article, other: Article, chance: random.Random) -> dict[str, Article]:
    """The article's copies by kind of edit; the headline is that of another article."""
    body, language = body_of(article), article.language
    half = halved(article)
    return {
        "light rewrite": remade(article, "rewrite", reworded(body, language, chance)),
        "cut to half": remade(article, "cut", half),
        "cut and rewrite": remade(article, "both", reworded(half, language, chance)),
        "merged headline": remade(article, "title", body, title=other.title),
    }


def peer(articles: Sequence[Article]) -> Groups:
    """Text groups by MinHash alone: estimated Jaccard of 0.5."""
    root = list(range(len(articles)))
    prints = [fingerprint(body_of(one), one.language) for one in articles]
    for a, b in combinations(range(len(articles)), 2):
        if similarity(prints[a], prints[b]) >= 0.5:
            root = [root[a] if one == root[b] else one for one in root]
    return {article.id: root[at] for at, article in enumerate(articles)}


def stories() -> dict[str, list[tuple[Article, Article, list[Article]]]]:
    """By kind of edit: the original, its copy and the other articles of the story."""
    chance = random.Random(SEED)
    known = events()
    chosen = [known[key] for key in chance.sample(sorted(known), EVENTS)]
    foreign = [one for name, one in articles("semeval2022_t8").items() if name[-1].isdigit()]
    alone = [[one] for one in foreign if one.language != "en" and len(one.text) >= SHORTEST * 2]
    found: dict[str, list[tuple[Article, Article, list[Article]]]] = defaultdict(list)
    for members in chosen + chance.sample(alone, FOREIGN):
        one, *others = members
        strangers = [chance.choice(chance.choice(chosen)) for _ in range(2)]
        others += [two for two in strangers if two.id not in {m.id for m in members}]
        if len(body_of(one)) >= SHORTEST and len(one.body_sentences) > 3:
            for kind, copy in edits(one, others[0], chance).items():
                found[kind].append((one, copy, others))
    return found


def measure(method: Method, told: Sequence[tuple[Article, Article, list[Article]]]) -> dict[str, float]:
    """Recall of the copies and precision of the pairs with them or among the others."""
    right = wrong = 0
    for one, copy, others in told:
        groups = method([one, copy, *{other.id: other for other in others}.values()])
        right += groups[one.id] == groups[copy.id]
        wrong += _wrong(groups, {copy.id: one.id})
    return _scores(right, wrong, len(told))


def _wrong(groups: Groups, copies: dict[ArticleId, ArticleId]) -> int:
    together = [(a, b) for a, b in combinations(groups, 2) if groups[a] == groups[b]]
    sources = [frozenset((copies.get(a, a), copies.get(b, b))) for a, b in together]
    return sum(len(pair) == 2 and pair not in READ for pair in sources)


def _scores(right: int, wrong: int, wanted: int) -> dict[str, float]:
    return {"recall": right / wanted, "precision": right / (right + wrong) if right + wrong else 0.0, "of": wanted}


def events_alone(method: Method) -> dict[str, int]:
    """Of the pairs of one event, as they are: how many are made one text, and how many of them are."""
    pairs = made = right = 0
    for members in events().values():
        groups = method(members)
        for a, b in combinations(groups, 2):
            pairs += 1
            made += groups[a] == groups[b]
            right += groups[a] == groups[b] and frozenset((a, b)) in READ
    return {"pairs": pairs, "made_one": made, "right": right}


def translations(method: Method) -> dict[str, dict[str, float]]:
    """Machine-translated twins, all and those of languages with an alphabet in common; other reports beside them."""
    by_id = articles("semeval2022_t8")
    twins: dict[str, list[Article]] = defaultdict(list)
    for name, article in by_id.items():
        twins[re.sub(r"[a-z]+$", "", name)].append(article)
    pairs = [pair for alike in twins.values() for pair in combinations(alike, 2)]
    with gzip.open(DATA / "semeval2022_t8" / "pairs.jsonl.gz", "rt", encoding="utf-8") as file:
        judged = [(row["id1"], row["id2"]) for row in map(json.loads, file) if row["lang1"] != row["lang2"]]
    chance = random.Random(SEED)
    others = [(by_id[a], by_id[b]) for a, b in judged if a in by_id and b in by_id and a[:15] != b[:15]]
    pool = list(by_id.values())
    others += [(a, one) for a, _ in pairs for one in chance.sample(pool, STRANGERS) if one.language != a.language]
    wrong = sum(len(set(method(pair).values())) == 1 for pair in others if pair[0].id[:15] != pair[1].id[:15])
    found = {}
    for name, some in (
        ("translated", pairs),
        ("translated, not Chinese", [p for p in pairs if "zh" not in {p[0].language, p[1].language}]),
    ):
        right = sum(len(set(method(pair).values())) == 1 for pair in some)
        found[name] = {**_scores(right, wrong, len(some)), "others": len(others)}
    return found


def seconds() -> float:
    """Of CPU, for a story of 100 articles of different events, which share nothing, of 4,500 to 5,500 characters."""
    story = [one for one in articles("allsides_events").values() if 4500 <= len(one.text) <= 5500][:100]
    begun = time.process_time()
    text_groups(story)
    return (time.process_time() - begun) * 100 / len(story)


def main() -> None:
    """Measure both, print, write."""
    if not (DATA / "allsides_events").exists():
        sys.exit("no articles: expected ../shared/data beside the repository")
    told = stories()
    results: dict[str, dict[str, Any]] = {}
    for name, method in (("iroyin", text_groups), ("minhash", peer)):
        results[name] = {kind: measure(method, some) for kind, some in told.items()} | translations(method)
        results[name]["real events"] = events_alone(method)
    results["iroyin"]["seconds for 100 articles"] = seconds()
    ours, theirs = results["iroyin"], results["minhash"]
    for kind in (*told, "translated", "translated, not Chinese"):
        ratio = ours[kind]["recall"] / theirs[kind]["recall"] if theirs[kind]["recall"] else float("inf")
        print(
            f"{kind:24} of {ours[kind]['of']:4}  recall {ours[kind]['recall']:.3f} precision "
            f"{ours[kind]['precision']:.3f}   minhash {theirs[kind]['recall']:.3f} {theirs[kind]['precision']:.3f}   "
            f"recall ratio {ratio:.2f}"
        )
    for name, result in results.items():
        print(f"{name:8} real events as they are: {result['real events']}")
    print(f"a story of 100 articles of about 5,000 characters: {ours['seconds for 100 articles']:.2f} s of CPU")
    rounded = {
        method: {
            kind: {k: round(v, 4) for k, v in value.items()} if isinstance(value, dict) else round(value, 3)
            for kind, value in result.items()
        }
        for method, result in results.items()
    }
    target = ROOT / "bench" / "results" / "lineage.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
