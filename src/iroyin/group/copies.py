"""Which texts of one story are copies, cuts or light rewrites of one text, judged by all their words.

Two reports of one event share its quotations, so what stands between quotation marks proves nothing: a text is
another's copy when the other has much of its narrative's shingles (containment, Broder 1997), in most of its
sentences: one paragraph taken from a wire makes a report no copy.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from iroyin.languages import fold, without_spaces
from iroyin.model import Article

# On AllSides' pairs of one event the shares of wire copies and rewrites end at 0.45, those of reports that print the
# same speech, tweet or statement at 0.41.
COPY = 0.45  # share of the shorter text's narrative that the longer one has, from which it is a copy
SPREAD = 0.5  # share of its sentences of which the longer text has half
ALL = 0.8  # share that needs no look at sentences; and of the whole text, where too little narrative is left
ENOUGH = 20  # shingles of narrative that tell
FEWEST = 8  # shingles of a text below which only an equal text is a copy
HEADLINE = 6  # shingles of a headline below which equal ones tell nothing
WORDS, LETTERS = 3, 5  # a shingle: words, or letters in scripts written without spaces
READ = 50_000  # characters that are read of a text; longer ones are told by their beginning
_HOLDERS = 8  # texts remembered as having a shingle; more are copies of each other, or the shingle is a phrase
_RIVALS = 8  # texts compared in full with each text: those that share most with it

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(
    r"“[^“”\n]*(?:”|$)|„[^„“”\n]*(?:[“”]|$)|«[^«»\n]*(?:»|$)|「[^「」\n]*」|『[^『』\n]*』|\"[^\"\n]*(?:\"|$)",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The shingles of a text's body, all of them, those of its narrative and those of its quotations.

    `title` is the folded title, "" when it is too short to tell; `size` the number of all shingles.
    """

    article: Article
    title: str
    size: int
    every: frozenset[str]
    told: frozenset[str]
    quoted: frozenset[str]


def read(article: Article) -> Reading:
    """The article as it is compared. The title is no part of the body: copies are printed under new headlines."""
    end = article.sentences[0][1] if article.sentences else len(article.title)
    body = fold(article.text[end : end + READ])
    dense = without_spaces(article.language)
    told = _shingles(_QUOTED.split(body), dense=dense)
    quoted = _shingles(_QUOTED.findall(body), dense=dense)
    every = _shingles([body], dense=dense)
    title = " ".join(_WORD.findall(fold(article.title)))
    telling = len(_shingles([title], dense=dense)) >= HEADLINE
    return Reading(article, title if telling else "", len(every), every, told, quoted)


def _shingles(pieces: Sequence[str], *, dense: bool) -> frozenset[str]:
    found: set[str] = set()
    for piece in pieces:
        words = _WORD.findall(piece)
        if dense:
            letters = "".join(words)
            found.update(letters[i : i + LETTERS] for i in range(len(letters) - LETTERS + 1))
        else:
            found.update(map(" ".join, zip(*(words[i:] for i in range(WORDS)), strict=False)))
    return frozenset(found)


def likeness(shorter: Reading, longer: Reading) -> float:
    """How much of the shorter text the longer one has, 0 to 1; 0 below what makes a copy."""
    told = shorter.told - longer.quoted
    if len(told) >= ENOUGH:
        share = len(told & longer.every) / len(told)
        copied = share >= ALL or (share >= COPY and _spread(shorter.article, longer) >= SPREAD)
        return share if copied else 0.0
    if shorter.size >= FEWEST:
        share = len(shorter.every & longer.every) / shorter.size
        return share if share >= ALL else 0.0
    same = shorter.title and shorter.title == longer.title
    return 1.0 if same and (not shorter.every or shorter.every == longer.every) else 0.0


def _spread(article: Article, longer: Reading) -> float:
    """The share of the article's sentences of whose narrative the longer text has at least half."""
    dense = without_spaces(article.language)
    found = []
    for start, end in article.body_sentences:
        told = _shingles(_QUOTED.split(fold(article.text[start:end])), dense=dense) - longer.quoted
        if told:
            found.append(2 * len(told & longer.every) >= len(told))
    return sum(found) / len(found) if found else 1.0


def copied_from(articles: Sequence[Article]) -> list[int]:
    """For each article the place of the text it was made from: its own where it is nobody's copy.

    A text is made from the longer (of equals, the earlier) text that has most of it, and from one alone: a short
    piece that stands in two long reports does not make these one. Copying is passed on.
    """
    readings = [read(article) for article in articles]
    source = list(range(len(articles)))
    holders: dict[str, tuple[int, ...]] = {}
    for at in sorted(source, key=lambda at: (-readings[at].size, at)):
        shared: Counter[int] = Counter()
        keys = readings[at].every or frozenset({readings[at].title})
        for key in keys:
            if key in holders:
                shared.update(holders[key])
        rivals = sorted(shared, key=lambda other: (-shared[other], other))[:_RIVALS]
        likest = 0.0
        for other in rivals:
            found = likeness(readings[at], readings[other])
            if found > likest:
                source[at], likest = source[other], found
            if likest >= ALL:
                break
        for key in (*keys, readings[at].title):
            known = holders.get(key, ())
            if key and len(known) < _HOLDERS:
                holders[key] = (*known, at)
    return source
