"""Agreement of two groupings: pairs, B-Cubed (Bagga and Baldwin 1998), and pairs across languages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence


def scores(gold: Sequence[str], made: Sequence[str], languages: Sequence[str]) -> dict[str, float]:
    """Precision, recall and F1 in per cent, and the numbers of stories."""
    both, wanted, given = Counter(zip(gold, made, strict=True)), Counter(gold), Counter(made)
    right, all_gold, all_made = _pairs(both), _pairs(wanted), _pairs(given)
    found = {
        **_named("pair", right / all_made if all_made else 0.0, right / all_gold if all_gold else 0.0),
        **_named(
            "bcubed",
            sum(n * n / given[m] for (_, m), n in both.items()) / len(gold),
            sum(n * n / wanted[g] for (g, _), n in both.items()) / len(gold),
        ),
        "stories": len(given),
        "gold": len(wanted),
    }
    if len(set(languages)) > 1:
        crossing = [
            _pairs(Counter(keys)) - _pairs(Counter(zip(keys, languages, strict=True)))
            for keys in (list(zip(gold, made, strict=True)), list(made), list(gold))
        ]
        right, all_made, all_gold = crossing
        found |= _named("cross", right / all_made if all_made else 0.0, right / all_gold if all_gold else 0.0)
    return found


def judged(pairs: Iterable[tuple[str, str, float]], made: Mapping[str, str]) -> dict[str, int]:
    """How many judged pairs stand in one story: of the alike (mark 1 to 2 of 4) and the unlike (3 to 4)."""
    told = [(one, other, mark) for one, other, mark in pairs if one in made and other in made]
    found: dict[str, int] = {}
    for name, low, high in (("alike", 1.0, 2.0), ("unlike", 3.0, 4.0)) if told else ():
        kind = [(one, other) for one, other, mark in told if low <= mark <= high]
        found |= {name: sum(made[one] == made[other] for one, other in kind), f"all_{name}": len(kind)}
    return found


def same_story(pairs: Iterable[tuple[str, str, bool]], made: Mapping[str, str]) -> dict[str, float]:
    """Per cent: of pairs said to be alike or not, how many stand in one story or do not, and F1 of standing in one."""
    told = [(made[one] == made[other], alike) for one, other, alike in pairs if one in made and other in made]
    if not told:
        return {}
    right, joined, wanted = (sum(given) for given in zip(*((j and a, j, a) for j, a in told), strict=True))
    found = _named("same", right / joined if joined else 0.0, right / wanted if wanted else 0.0)
    return found | {"accuracy": 100 * sum(j == a for j, a in told) / len(told), "pairs": len(told)}


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's correlation; 0 when either does not vary."""
    n = len(one)
    a, b = (x - sum(one) / n for x in one), (y - sum(other) / n for y in other)
    rows = list(zip(a, b, strict=True))
    spread = sum(x * x for x, _ in rows) * sum(y * y for _, y in rows)
    return float(sum(x * y for x, y in rows) / spread**0.5) if spread else 0.0


def _pairs(counts: "Counter[object]") -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _named(name: str, precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {f"{name}_p": 100 * precision, f"{name}_r": 100 * recall, f"{name}_f1": 100 * f1}
