"""Tags: the names that most newsrooms give, spelled as most of them do."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from iroyin.languages import fold
from iroyin.model import Article
from iroyin.write.candidates import Candidate, names_of

_MOST = 6
_LEADS = 6


def tags(candidates: Sequence[Candidate], articles: Sequence[Article]) -> tuple[str, ...]:
    """At most six names from titles and first sentences, most newsrooms first; the outlets themselves are none."""
    outlets = {fold(text).strip() for a in articles for text in (a.outlet, a.newsroom, a.origin, a.author) if text}
    rooms: dict[str, set[str]] = defaultdict(set)
    uses: Counter[str] = Counter()
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for candidate in candidates:
        if candidate.index > _LEADS:
            continue
        for name in names_of(candidate.text, candidate.article.language):
            if name.key not in candidate.names or fold(name.text).strip() in outlets:
                continue
            rooms[name.key].add(candidate.newsroom)
            uses[name.key] += 1
            spelled[name.key][name.text] += 1
    few = 2 if len({c.newsroom for c in candidates}) > 1 else 1
    ranked = sorted(uses, key=lambda key: (-len(rooms[key]), -uses[key], key))
    kept: list[str] = []
    for key in ranked:
        if len(rooms[key]) < few and uses[key] < 3:
            continue
        if not any(key in other or other in key for other in kept):
            kept.append(key)
    return tuple(_spelling(spelled[key]) for key in kept[:_MOST])


def _spelling(found: Counter[str]) -> str:
    return min(found, key=lambda text: (text.isupper(), -found[text], -len(text), text))
