"""The check `date`: days agree with the passages, the calendar and the page, and can be read on any day.

A word such as "yesterday" means another day to whoever reads the page tomorrow, so it is refused; a bare weekday
stands only while the week it belongs to lasts and only when the article's own date is sure. What somebody says in
quotation marks is left as it was said.
"""

from collections.abc import Sequence
from datetime import timedelta

from iroyin.languages import DateMention, content_words, fold, rules
from iroyin.model import Confidence, EvidenceKind, Finding, Sentence
from iroyin.verify.edits import changes
from iroyin.verify.elsewhere import doubtful_years, fixed_days, outvoted_day
from iroyin.verify.evidence import EPOCH, Context, Passage, is_aligned
from iroyin.verify.reading import dates_of, faults_of, without_quotes

_WEEKDAY_LASTS, _YEARLESS_LASTS = timedelta(days=6), timedelta(days=150)
_SHIFT = timedelta(days=17)
_SAME_EVENT = 0.6
_FEWEST_WORDS = 4


def date(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A day that is impossible, cannot be read on the page, is in no passage, or that the page contradicts."""
    if not passages:
        return None
    published = passages[0].published_at
    mentions = dates_of(sentence.text, language, published)
    if not mentions:
        return doubtful_years(sentence, passages, language, context)
    strict = sentence.kind is EvidenceKind.WRITTEN
    for fault in faults_of(sentence.text, language, published):
        if fault.sure or strict:
            return Finding("date", fault.text, near=fault.expected)
    unreadable = _unreadable(sentence.text, mentions, language, context, passages[0])
    if unreadable:
        return Finding("date", unreadable)
    if not is_aligned(sentence, passages, language):
        wrong = wrong_date(sentence.text, passages, language)
        if wrong:
            return wrong
    return (
        outvoted_day(sentence, passages, language, context)
        or doubtful_years(sentence, passages, language, context)
        or _contradicts(sentence, mentions, language, context)
    )


def wrong_date(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The first day of the text that no passage gives, or None."""
    published = passages[0].published_at
    known = [m for p in passages for m in dates_of(p.text, p.language, p.published_at)]
    undated = published == EPOCH
    for mention in dates_of(text, language, published):
        if not any(_agree(mention, other) or (undated and _same_yearless(mention, other)) for other in known):
            return Finding("date", mention.text, near=known[0].text if known else "")
    for edit in changes(text, passages, language):
        old, new = (dates_of(part, language, published) for part in (edit.before, edit.after))
        if old and any(not any(_agree(m, o) or (undated and _same_yearless(m, o)) for o in old) for m in new):
            return Finding("date", edit.added, near=edit.removed)
    return None


def _unreadable(
    text: str, mentions: Sequence[DateMention], language: str, context: Context, passage: Passage
) -> str:
    """The first day outside quotation marks that a reader of the page could not place, or ""."""
    if not any(mention.relative for mention in mentions):
        return ""
    printed = without_quotes(text, language)
    later = {m.start: m for m in dates_of(text, language, passage.published_at + _SHIFT)}
    fixed = any(mention.precision == "day" and not mention.relative for mention in mentions)
    for mention in mentions:
        if not mention.relative or not printed[mention.start : mention.end].strip():
            continue
        points_back = mention.precision == "weekday" and not fixed and _says_that(text[: mention.start], language)
        if points_back or not _can_be_read(mention, later.get(mention.start), passage, context):
            return mention.text
    return ""


def _says_that(lead: str, language: str) -> bool:
    """Whether the words before a weekday point at one told elsewhere ("that Sunday")."""
    folded = fold(lead).rstrip()
    return any(folded.endswith(fold(word)) for word in rules(language).weekday_that)


def _can_be_read(mention: DateMention, later: DateMention | None, passage: Passage, context: Context) -> bool:
    """Whether the mention means one day to every reader of the page.

    `later` is the same mention as read seventeen days after: "January 5" stays a fifth, "yesterday" moves.
    """
    age, published = context.now - passage.published_at, passage.published_at
    sure = passage.article is None or passage.article.date_confidence is Confidence.HIGH
    if mention.precision == "day" and mention.weekday is None:
        if later is None or later.day is None or mention.day is None:
            return False
        return later.day.day == mention.day.day and abs(age) <= _YEARLESS_LASTS
    if mention.precision == "month":
        return sure and f"{context.now:%Y%m}" == f"{published:%Y%m}"
    if mention.precision == "year":
        return sure and context.now.year == published.year
    return sure and timedelta(0) <= age <= _WEEKDAY_LASTS


def _agree(one: DateMention, other: DateMention) -> bool:
    """Whether both may mean one day, as far as the coarser of the two goes; named weekdays must be the same."""
    if None not in {one.weekday, other.weekday} and one.weekday != other.weekday:
        return False
    if fold(one.text) == fold(other.text):
        return True
    if one.day is None or other.day is None:
        return one.weekday is not None and one.weekday == other.weekday
    exact = {"day", "weekday"}
    if {one.precision, other.precision} <= exact:
        return one.day == other.day
    if {one.precision, other.precision} <= {"interval"}:
        return one.day == other.day
    if {one.precision, other.precision} <= exact | {"month"}:
        return (one.day.year, one.day.month) == (other.day.year, other.day.month)
    return one.day.year == other.day.year


def _same_yearless(one: DateMention, other: DateMention) -> bool:
    """Where nobody knows when the passage was published: the same words, or the same month (and day) of some year."""
    if fold(one.text) == fold(other.text):
        return True
    if not (one.relative or other.relative) or one.day is None or other.day is None:
        return False
    if one.precision == other.precision == "day":
        return (one.day.month, one.day.day) == (other.day.month, other.day.day)
    return {one.precision, other.precision} <= {"day", "month"} and one.day.month == other.day.month


def _contradicts(
    sentence: Sentence, mentions: Sequence[DateMention], language: str, context: Context
) -> Finding | None:
    """One event on two days of one page: the later sentence goes, unless it is there to show the difference."""
    days = fixed_days(mentions)
    if not days or context.place == "difference":
        return None
    mine = event_words(sentence.text, language, mentions)
    for other in context.said:
        told = dates_of(other.text, language, context.now)
        theirs = fixed_days(told)
        if not theirs or days & theirs:
            continue
        rest = event_words(other.text, language, told)
        smaller = min(len(mine), len(rest))
        if smaller >= _FEWEST_WORDS and len(mine & rest) / smaller >= _SAME_EVENT:
            return Finding("date", sentence.text, near=other.text)
    return None


def event_words(text: str, language: str, mentions: Sequence[DateMention]) -> set[str]:
    """The content words of the text without its days."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        text = text[: mention.start] + " " + text[mention.end :]
    return content_words(text, language)
