"""Headline candidates: the sources' own titles, the one that tells most of the story first."""

import re
from collections.abc import Mapping, Sequence, Set

from iroyin.languages import words
from iroyin.model import EvidenceKind, Sentence
from iroyin.write.allowance import Allowance
from iroyin.write.candidates import Candidate, cut_to
from iroyin.write.claims import Claim

_SUFFIX = re.compile(r"\s+[|\-–—·]\s+[^|–—·]{2,40}$")
_BAIT = re.compile(
    r"^(?:here'?s|why|how|what|watch|live|video|opinion|analysis|explain|in pictures|photos?|podcast|exclusive"
    r"|breaking|update|editorial|\d+ (?:things|ways|reasons|facts)|en direct|en vivo|vidéo|vídeo|opinión|opinião"
    r"|kommentar|liveticker|analyse|análisis|속보|사설|칼럼|포토|영상|العاجل|عاجل|فيديو|رأي|快讯|视频|評論|评论|社説"
    r"|動画|速報|видео|мнение|son dakika)\b"
    r"|\b(?:you need to know|won't believe|goes viral|all you need|what we know|this is why)\b|\.\.\.$|…$",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？؟]")
_QUOTED = re.compile("[\"“”«»「」『』„]|(?<!\\w)['‘]|['’](?!\\w)")
_FEWEST, _BEST_MOST, _MOST = 4, 14, 24
_FROM_LEAD = 22
_CANDIDATES = 12
_TOLD = 0.34


def headlines(
    candidates: Sequence[Candidate],
    claims: Sequence[Claim],
    weights: Mapping[str, float],
    allowance: Allowance,
    *,
    stale: frozenset[tuple[str, int]] = frozenset(),
) -> tuple[Sentence, ...]:
    """Titles, best first, then short lead sentences; all pass the checks alone. `stale` tell old figures."""
    titles = [_without_outlet(c, allowance) for c in candidates if c.index == 0 and c.words]
    told = {stem for c in candidates if c.index for stem in c.stems}
    ranked = sorted(titles, key=lambda c: (c.key in stale, _faults(c, told), -_score(c, titles, weights), c.key))
    leads = [c.candidate for c in sorted(claims, key=lambda c: (-c.score, c.candidate.key))]
    short = [c for c in leads if c.index <= 2 and c.words <= _FROM_LEAD and not _QUOTED.search(c.text)]
    heads = [_without_stop(c, allowance) for c in (*ranked, *short[:4])]
    usable = [c for c in heads if allowance.stands_alone(c) and allowance.fits(c)]
    return tuple(c.sentence() for c in usable[:_CANDIDATES])


def _faults(title: Candidate, told: Set[str]) -> int:
    """How much speaks against a title as a headline, in steps: 0 nothing. `told` are the stems of all sentences.

    A title of which the articles tell next to nothing is the page's furniture: "Jump to navigation".
    """
    text = title.text
    letters = [char for char in text if char.isalpha()]
    shouting = len(letters) > 8 and sum(char.isupper() for char in letters) > 0.7 * len(letters)
    faults = (
        2 * bool(_QUESTION.search(text)) + 2 * bool(_BAIT.search(text)) + shouting + bool(_QUOTED.search(text))
    )
    if not _FEWEST <= title.words <= _MOST:
        faults += 1
    faults += 3 * (len(title.stems & told) < _TOLD * len(title.stems))
    return faults + bool(title.article.thin and title.words < _FEWEST)


def _score(title: Candidate, titles: Sequence[Candidate], weights: Mapping[str, float]) -> float:
    """Mean weight of the title's words and its likeness to the other newsrooms' titles, less for great length."""
    mean = sum(weights.get(s, 0.0) for s in title.stems) / (len(title.stems) + 5)
    others = [t for t in titles if t.newsroom != title.newsroom and t.stems]
    alike = sum(len(title.stems & t.stems) / len(title.stems | t.stems) for t in others) / max(1, len(others))
    length = 0.05 * max(0, title.words - _BEST_MOST)
    return mean + 2 * alike - length


def _without_stop(told: Candidate, allowance: Allowance) -> Candidate:
    """A title or lead sentence without the full stop that no headline has, when the checks prove that cut."""
    text = told.text
    if text[-1:] not in {".", "。", "।"} or "." in text[:-1].rpartition(" ")[2]:
        return told  # "the U.S." keeps its stop
    shorter = cut_to(told, text[:-1])
    return shorter if allowance.stands_alone(shorter) else told


def _without_outlet(title: Candidate, allowance: Allowance) -> Candidate:
    """The title without the outlet's name at its end, when the checks prove that cut."""
    found = _SUFFIX.search(title.text)
    if not found or not words(title.text[: found.start()], title.article.language):
        return title
    shorter = cut_to(title, title.text[: found.start()].rstrip())
    return shorter if shorter.kind is EvidenceKind.CUT and allowance.stands_alone(shorter) else title
