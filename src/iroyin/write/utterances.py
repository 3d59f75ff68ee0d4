"""The quote desk: every attributed quotation of a story's articles, and which of them are one utterance.

Taken from the stored text when the story is reported and kept with the brief, not at ingest: only sentences that hold
a quotation mark are read (a millisecond or two each), a changed rule needs no re-reading of the archive, and which
quotations are variants of one another only the story as a whole can tell.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from iroyin.languages import QuoteMark, count_words, fold, quotes, rules, stems, tidy
from iroyin.languages.romanise import skeleton
from iroyin.model import Article, Dossier, Quote, Utterance
from iroyin.write.speakers import full_name, is_speaker, role, whole_name
from iroyin.write.witnesses import marks_of

_MARKS = frozenset("\"“”«»„「」『』‘’'")
FEWEST = 4  # words of a quotation worth taking
_SAME = 0.6  # share of the shorter one's stems that variants have in common
_BONES = 3  # consonants by which a name is told in another script
_LENGTHS = 2.5  # times as long that a translation may be


def utterances(dossier: Dossier) -> tuple[Utterance, ...]:
    """The utterances of the story's articles in any language, those with most outlets first."""
    outlets = _outlets(dossier.articles)
    found: list[list[Quote]] = []
    for article in dossier.articles:
        for quote in () if article.ai_written else _taken(article, outlets):
            home = next((group for group in found if _is_variant(quote, group)), None)
            found.append([quote]) if home is None else home.append(quote)
    _join_translations(found)
    made = [_utterance(group) for group in found if group]
    return tuple(sorted(made, key=lambda u: (-len({q.outlet for q in u.variants}), u.variants[0].within.start)))


def taken(article: Article) -> tuple[Quote, ...]:
    """The attributed quotations of one article's body, in order."""
    return _taken(article, _outlets([article]))


def _outlets(articles: Sequence[Article]) -> frozenset[str]:
    return frozenset(fold(name) for a in articles for name in (a.outlet, a.newsroom, a.origin) if name)


@lru_cache(maxsize=2048)
def _taken(article: Article, outlets: frozenset[str]) -> tuple[Quote, ...]:
    found = []
    for start, end in article.body_sentences:
        text = article.text[start:end]
        if _MARKS.isdisjoint(text):
            continue
        for mark in quotes(text, article.language):
            if (
                mark.depth
                or not mark.speaker
                or not mark.verb
                or count_words(mark.text, article.language) < FEWEST
            ):
                continue
            if is_speaker(mark, text, article.language, lambda name: fold(name) in outlets):
                found.append(_quote(article, mark, start, end))
    return tuple(found)


def _quote(article: Article, mark: QuoteMark, start: int, end: int) -> Quote:
    text = article.text[start:end]
    return Quote(
        span=article.span(start + mark.start, start + mark.end),
        within=article.span(start, end),
        text=tidy(mark.text),
        language=article.language,
        outlet=article.outlet,
        speaker=full_name(whole_name(mark.speaker, text), article),
        role=tidy(role(mark, text, article.language)),
        verb=mark.verb,
    )


def _is_variant(quote: Quote, group: Sequence[Quote]) -> bool:
    """Whether the group's speaker says these words there, whole, cut or in another outlet's wording."""
    if not any(_same_speaker(quote, other) for other in group):
        return False
    mine = stems(quote.text, quote.language)
    for other in group:
        theirs = stems(other.text, other.language) if other.language == quote.language else frozenset[str]()
        if theirs and len(mine & theirs) >= _SAME * max(1, min(len(mine), len(theirs))):
            return True
    return False


def _same_speaker(one: Quote, other: Quote) -> bool:
    """Whether both names may be one person's: the last words are alike, across scripts their consonants."""
    mine, theirs = one.speaker.split(), other.speaker.split()
    if fold(mine[-1]) == fold(theirs[-1]):
        return True
    if rules(one.language).script == rules(other.language).script:
        return False
    bones = (skeleton(mine[-1]), skeleton(theirs[-1]))
    whole = (skeleton(one.speaker), skeleton(other.speaker))
    return any(a == b and len(a) >= _BONES for a, b in (bones, whole))


def _join_translations(found: list[list[Quote]]) -> None:
    """Put groups of one speaker in different languages together when they share figures or are the only ones."""
    for at, group in enumerate(found):
        for other in found[at + 1 :]:
            if group and other and group[0].language != other[0].language and _translates(group, other, found):
                group.extend(other)
                other.clear()


def _translates(group: Sequence[Quote], other: Sequence[Quote], found: Sequence[Sequence[Quote]]) -> bool:
    one, two = group[0], other[0]
    if not _same_speaker(one, two):
        return False
    figures = {mark for mark in marks_of(one.text) & marks_of(two.text) if mark.isdigit()}
    if figures:
        return True
    said = Counter(q[0].language for q in found if q and _same_speaker(q[0], one))
    short, long = sorted((count_words(one.text, one.language), count_words(two.text, two.language)))
    return said[one.language] == said[two.language] == 1 and long <= _LENGTHS * max(short, 1)


def _utterance(group: Sequence[Quote]) -> Utterance:
    first = group[0].language
    variants = tuple(q if q.language == first else _translated(q) for q in group)
    fullest = max(group, key=lambda q: (q.language == first, q.speaker.count(" "), -len(q.speaker)))
    told = next((q.role for q in group if q.role and q.language == first), "")
    return Utterance(fullest.speaker, told, variants)


def _translated(quote: Quote) -> Quote:
    return Quote(
        quote.span,
        quote.within,
        quote.text,
        quote.language,
        quote.outlet,
        quote.speaker,
        quote.role,
        quote.verb,
        True,
    )
