"""Public reaction on labelled posts: relevance, stance grouping beside two peers, near-copies, seconds.

Relevance: half of the posts that open an event's threads are the story; every other post of RumourEval, and every
second one of SemEval, is a post of this event or of another. Precision at recall 0.7, and both at the floor that
ships. Stance: every post is grouped; peers are k-means on the same vectors with as many groups as gold has (mean of
five seeds) and VADER's sentiment (Hutto and Gilbert 2014: positive, negative, neutral). B-Cubed rewards one big group,
so that one is printed too, and the adjusted Rand index, which is 0 for it. Copies: seeded edits among real posts.
Figures are of the halves that nothing was tuned on. Run: `python bench/reaction.py`; writes
`bench/results/reaction.json`. With `quick`, as the test of the floors runs it, on a part.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import comb
from typing import Any

import numpy as np

from discussions import (
    DATA,
    DEVELOPMENT,
    EVENTS,
    OPENINGS,
    ROOT,
    Discussion,
    as_article,
    event,
    openings,
    plain,
    rows,
    rumours,
    targets,
)  # fmt: skip
from iroyin.compose import open_embedder
from iroyin.ports import Embedder
from iroyin.reaction import relevance, stance
from iroyin.reaction.copies import first_copies
from iroyin.reaction.cues import cues
from iroyin.reaction.positions import Ends
from iroyin.reaction.profile import profile
from iroyin.reaction.weights import weights
from iroyin.settings import Settings
from measures import scores

QUICK = "quick" in sys.argv[1:]
RECALL = 0.7
SEEDS = range(5)
SEED = 11
EDITED = 60 if QUICK else 400
COPIED_AMONG = 1000 if QUICK else 5000


@cache
def embedder() -> Embedder:
    """The desk's own vectors."""
    return open_embedder(Settings())


def vectors(texts: Sequence[str]) -> np.ndarray:
    """A row a text; what was embedded once is remembered."""
    new = list(dict.fromkeys(text for text in texts if text not in _KNOWN))
    for at in range(0, len(new), 256):
        some = new[at : at + 256]
        _KNOWN.update(zip(some, embedder().embed(some, ["en"] * len(some)), strict=True))
    return np.stack([_KNOWN[text] for text in texts]) if texts else np.zeros((0, embedder().dims), np.float32)


_KNOWN: dict[str, np.ndarray] = {}


@dataclass(frozen=True, slots=True)
class Field:
    """The posts that an event's story is looked for among. `own` are a post's features, `of` its thread's opening."""

    name: str
    own: tuple[list[float], ...]
    opened: tuple[list[float] | None, ...]
    gold: tuple[bool, ...]
    opens: tuple[bool, ...]

    @property
    def teaches(self) -> tuple[bool, ...]:
        """Posts to learn from: those that open threads of the event, and all of others."""
        return tuple(opens or not gold for opens, gold in zip(self.opens, self.gold, strict=True))

    def scores(self, by: Sequence[float], bias: float, discount: float = 0.999) -> np.ndarray:
        """How sure it is of each post, by itself or by what it answers."""

        def say(some: Sequence[list[float] | None]) -> np.ndarray:
            x = np.array([row or [0.0] * len(by) for row in some])
            known = np.array([row is not None for row in some])
            return np.where(known, 1 / (1 + np.exp(-np.clip(x @ np.asarray(by) + bias, -30, 30))), 0.0)

        return np.maximum(say(self.own), discount * say(self.opened))


def fields() -> list[Field]:
    """Every event with enough posts that open threads; in a quick run one that nothing was tuned on."""
    found = []
    for name, _ in EVENTS:
        mine = sorted(
            (row for row in openings().values() if event(row) == name), key=lambda r: (r["time"] or 0, r["id"])
        )
        wanted = len(mine) >= OPENINGS and (not QUICK or name == "germanwings")
        if wanted:
            found.append(_field(name, mine[: len(mine) // 2]))
    return found


def _field(name: str, story: list[dict[str, Any]]) -> Field:
    articles = [as_article(row) for row in story]
    about = profile(articles, vectors([one.text for one in articles]))
    flat, told = about.flat(), {row["thread"] for row in story}
    others = [row for row in rows("rumoureval2017") if row["thread"] not in told]
    noise = rows("semeval2016_stance")[::2]
    if QUICK:
        others, noise = others[::4], noise[::8]
    texts = [row["text"] for row in others] + [plain(row["text"]) for row in noise]
    begun = [openings().get(row["thread"]) for row in others]
    known = vectors(texts)
    own = [relevance.features(text, vector, about, flat) for text, vector in zip(texts, known, strict=True)]
    first = {row["thread"]: row for row in begun if row}
    heads = {
        thread: relevance.features(row["text"], vectors([row["text"]])[0], about, flat)
        for thread, row in first.items()
    }
    opens = [row["parent"] is None for row in others]
    opened = [None if top else heads.get(row["thread"]) for row, top in zip(others, opens, strict=True)]
    blank = [None] * len(noise)
    return Field(
        name, tuple(own), (*opened, *blank), (*(event(row) == name for row in others), *(False for _ in noise)),
        (*opens, *(False for _ in noise)),
    )  # fmt: skip


def relevance_of(some: Sequence[Field]) -> dict[str, Any]:
    """Precision at the recall wanted and both at the shipped floor, an event and all together."""
    known = weights().relevance
    found: dict[str, Any] = {}
    said = [(one.name, one.scores(known.by, known.bias, known.discount), np.array(one.gold)) for one in some]
    if len(said) > 1:
        said.append(("all", np.concatenate([s for _, s, _ in said]), np.concatenate([g for _, _, g in said])))
    for name, sure, gold in said:
        order = np.argsort(-sure, kind="stable")
        right = np.cumsum(gold[order])
        precision, recall = right / np.arange(1, len(gold) + 1), right / gold.sum()
        taken = sure >= known.floor
        found[name] = {
            "posts": len(gold), "of the event": int(gold.sum()),
            "precision at recall 0.7": float(precision[recall >= RECALL].max()),
            "precision": float(gold[taken].mean()), "recall": float(gold[taken].sum() / gold.sum()),
        }  # fmt: skip
    return found


def stance_features(one: Discussion) -> np.ndarray:
    """The desk's features of a labelled discussion."""
    texts = [plain(row["text"]) for row in one.rows]
    ends = Ends(vectors(one.claims), vectors(one.against))
    said = [cues(text, "en") for text in texts]
    return stance.features(vectors(texts), said, ends)


def kmeans(x: np.ndarray, groups: int, seed: int) -> list[str]:
    """Spherical k-means with k-means++ beginnings."""
    chance = np.random.default_rng(seed)
    centres = x[[chance.integers(len(x))]]
    while len(centres) < groups:
        far = np.maximum(1 - (x @ centres.T).max(axis=1), 1e-9)
        centres = np.vstack([centres, x[chance.choice(len(x), p=far / far.sum())]])
    for _ in range(50):
        near = (x @ centres.T).argmax(axis=1)
        new = np.stack([x[near == k].mean(axis=0) if (near == k).any() else centres[k] for k in range(groups)])
        new /= np.linalg.norm(new, axis=1, keepdims=True) + 1e-9
        if np.allclose(new, centres):
            break
        centres = new
    return [str(k) for k in near]


def sentiment(texts: Sequence[str]) -> list[str]:
    """VADER's three classes, with its own bounds."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    said = [_vader(SentimentIntensityAnalyzer).polarity_scores(text)["compound"] for text in texts]
    return ["positive" if one >= 0.05 else "negative" if one <= -0.05 else "neutral" for one in said]


@cache
def _vader(kind: Any) -> Any:
    return kind()


def agreement(gold: Sequence[str], made: Sequence[str]) -> dict[str, float]:
    """Purity, B-Cubed F1 and adjusted Rand (Hubert and Arabie 1985), in per cent."""
    both, wanted, given = Counter(zip(gold, made, strict=True)), Counter(gold), Counter(made)
    purity = sum(max(n for (_, m), n in both.items() if m == one) for one in given) / len(gold)
    pairs, a, b = (sum(comb(n, 2) for n in counts.values()) for counts in (both, wanted, given))
    usual = a * b / comb(len(gold), 2)
    rand = (pairs - usual) / ((a + b) / 2 - usual) if (a + b) / 2 != usual else 0.0
    bcubed = scores(list(gold), list(made), ["en"] * len(gold))["bcubed_f1"]
    return {"purity": 100 * purity, "bcubed_f1": bcubed, "rand": 100 * rand}


def stances_of(one: Discussion) -> dict[str, dict[str, float]]:
    """Ours, both peers and one single group."""
    gold = [str(label) for label in one.gold]
    texts = [plain(row["text"]) for row in one.rows]
    x = vectors(texts)
    ours = [str(label) for label, _ in stance.stances(stance_features(one))]
    runs = [agreement(gold, kmeans(x, len(set(gold)), seed)) for seed in SEEDS]
    return {
        "iroyin": agreement(gold, ours),
        "k-means": {key: float(np.mean([run[key] for run in runs])) for key in runs[0]},
        "vader": agreement(gold, sentiment(texts)),
        "one group": agreement(gold, ["all"] * len(gold)),
    }


def mean_of(found: dict[str, dict[str, dict[str, float]]], kind: str) -> dict[str, dict[str, float]]:
    """The mean over the discussions of one set."""
    some = [one for name, one in found.items() if name.startswith(kind)]
    return {
        method: {key: float(np.mean([one[method][key] for one in some])) for key in some[0][method]}
        for method in some[0]
    }


def copies_found() -> dict[str, float]:
    """Seeded copies of real posts found with their first, and how many real posts were wrongly made copies."""
    chance = random.Random(SEED)
    texts = list(dict.fromkeys(plain(row["text"]) for row in rows("rumoureval2017")))[:COPIED_AMONG]
    long = [at for at, text in enumerate(texts) if len(text.split()) >= 9]
    chosen = chance.sample(long, EDITED)
    edited = [_edit(texts[at], chance) for at in chosen]
    first = first_copies([*texts, *edited], ["en"] * (len(texts) + len(edited)))
    right = sum(first[len(texts) + n] in {at, first[at]} for n, at in enumerate(chosen))
    real = [(at, first[at]) for at in range(len(texts)) if first[at] != at]
    wrong = sum(not _same_words(texts[a], texts[b]) for a, b in real)
    return {"of": EDITED, "recall": right / EDITED, "among": len(texts), "real folded": len(real), "unlike": wrong}


def _edit(text: str, chance: random.Random) -> str:
    said = text.split()
    kind = chance.randrange(4)
    if kind == 0:
        return f"RT @someone{chance.randrange(99)}: {text}"
    if kind == 1:
        return f"{text} https://example.org/{chance.randrange(9999)} \U0001f62e"
    if kind == 2:
        return " ".join([*said[:-1], chance.choice(("now", "today", "sad", "wow")), said[-1].upper()])
    at = chance.randrange(len(said))
    return " ".join([*said[:at], *said[at + 1 :]])


def _same_words(a: str, b: str) -> bool:
    """Whether two real posts truly are one text: at least half of all their words in common."""
    one, other = (set(text.lower().split()) for text in (a, b))
    return len(one & other) / len(one | other) >= 0.4


def seconds() -> dict[str, float]:
    """Processor seconds for 1,000 posts: vectors, and everything else."""
    some = rumours(test=True)[0] if QUICK else rumours(test=False)[0]
    texts = [row["text"] for row in some.rows][:1000]
    begun = time.process_time()
    known = embedder().embed(texts, ["en"] * len(texts))
    embedded = time.process_time()
    articles = [as_article({"id": str(n), "lang": "en", "text": text}) for n, text in enumerate(some.claims)]
    about = profile(articles, vectors([one.text for one in articles]))
    embedded_story = time.process_time()
    relevance.judge(texts, known, known[:0], [("", -1)] * len(texts), about)
    first_copies(texts, ["en"] * len(texts))
    ends = Ends(about.vectors, np.zeros((0, known.shape[1]), np.float32))
    said = [cues(text, "en") for text in texts]
    stance.stances(stance.features(known, said, ends))
    ended = time.process_time()
    scale = 1000 / len(texts)
    return {"vectors": (embedded - begun) * scale, "the rest": (ended - embedded_story) * scale}


def main() -> None:
    """Measure, print, write."""
    if not DATA.exists():
        sys.exit("no posts: expected ../shared/data/social beside the repository")
    some = [one for one in fields() if one.name not in DEVELOPMENT]
    related = relevance_of(some)
    print(f"relevance (floor {weights().relevance.floor}), events that nothing was tuned on")
    for name, found in related.items():
        print(
            f"  {name:20} {found['of the event']:5} of {found['posts']:6}  precision at recall 0.7 "
            f"{found['precision at recall 0.7']:.3f}   at the floor: precision {found['precision']:.3f} "
            f"recall {found['recall']:.3f}"
        )
    tested = targets(test=True) + rumours(test=True)
    if QUICK:
        tested = [one for one in tested if one.name in {"semeval climate", "semeval hillary", "rumour illness"}]
    told = {one.name: stances_of(one) for one in tested}
    means = {kind: mean_of(told, kind) for kind in ("semeval", "rumour")}
    print("stance grouping, test splits: purity, B-Cubed F1, adjusted Rand; ratio of B-Cubed to the better peer")
    for name, one in {**told, **{f"mean of {kind}": found for kind, found in means.items()}}.items():
        best = max(one["k-means"]["bcubed_f1"], one["vader"]["bcubed_f1"])
        said = "   ".join(
            f"{method} {f['purity']:.1f} {f['bcubed_f1']:.1f} {f['rand']:.1f}" for method, f in one.items()
        )
        print(f"  {name:20} {said}   ratio {one['iroyin']['bcubed_f1'] / best:.2f}")
    copied, cost = copies_found(), seconds()
    print(f"near-copies: {copied['recall']:.3f} of {copied['of']} edited copies found; {copied['real folded']} of")
    print(f"  {copied['among']} real posts folded, {copied['unlike']} of them unlike")
    print(f"1,000 posts: {cost['vectors']:.1f} s of processor for vectors, {cost['the rest']:.2f} s for the rest")
    result = {"relevance": related, "stance": {**told, **means}, "copies": copied, "seconds": cost}
    target = ROOT / "bench" / "results" / "reaction.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
