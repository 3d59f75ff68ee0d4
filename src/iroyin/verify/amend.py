"""What changed between two versions of a page, sentence by sentence, and why.

Every sentence that is printed no longer is looked at again under the evidence as it now is: whether its article is
there, still has those words, and whether the checks would let it pass. Only what is left was merely not chosen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from iroyin.languages import stems, tidy
from iroyin.model import (
    Amendment,
    AmendmentKind,
    Article,
    ArticleId,
    Brief,
    Event,
    EvidenceKind,
    Finding,
    LogLine,
    Reason,
    Sentence,
    Severity,
    Story,
    Withdrawal,
    text_hash,
)
from iroyin.verify.reading import numbers_of
from iroyin.verify.withdrawn import taken_back

_ALIKE, _FEWEST = 0.5, 3  # share of the shorter one's words, and how many, from which two sentences are one claim
# Checks whose refusal says that a sentence may be untrue; the others keep a page readable or fair.
# Of a source's own sentence `role` says that it leans on the one before, and `name` how the page spells.
_OF_TRUTH = frozenset({"unsupported", "unsafe", "number", "quote", "date", "negation", "modality", "merge"})
_OF_FREE_TEXT = frozenset({"role", "name", "language"})
_WRONG = frozenset({Reason.SOURCE_CHANGED, Reason.SOURCE_VANISHED, Reason.EDITOR, Reason.REFUSED, Reason.SPLIT})
_MOVES = frozenset({Event.MERGED, Event.SPLIT})

Objections = Callable[[Sentence], tuple[Finding, ...]]
Reasoned = tuple[Reason, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known now: the story's articles, what the checks say, what happened to the story, what was taken back."""

    story: Story
    articles: Mapping[ArticleId, Article]
    objections: Objections
    log: Sequence[LogLine] = ()
    withdrawn: Sequence[Withdrawal] = ()


def read_for(articles: Iterable[Article]) -> dict[ArticleId, str]:
    """Each article with a hash of its text: what a version was written from."""
    return {article.id: text_hash(article.text)[:16] for article in articles}


def amendments(before: Brief, after: Brief | None, now: Evidence, *, at: datetime) -> tuple[Amendment, ...]:
    """What changed from one version to the next; a page that is told no longer is one change."""
    first = Amendment(
        before.story_id, before.language, now.story.version, at, AmendmentKind.WITHDRAWN, Reason.CHOSEN
    )
    if after is None:
        return (_judged(replace(first, before=before.headline.text), _lost(before.headline, before, now)),)
    gone, new = _without(before, after), _without(after, before)
    pairs = _pairs(before, after, gone, new)
    made = [_changed(first, one, other, before, now) for one, other in pairs]
    old, young = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    made += [_judged(replace(first, before=s.text), _lost(s, before, now)) for s in gone if id(s) not in old]
    for s in new:
        if id(s) not in young:
            reason, detail = _come(s, before, now)
            made.append(
                replace(first, kind=AmendmentKind.ADDED, after=s.text, reason=reason, detail=detail)
            )  # fmt: skip
    return tuple(made)


def _without(one: Brief, other: Brief) -> list[Sentence]:
    """The sentences of one version that the other does not have, each text once."""
    known = {s.text for s in other.all_sentences()}
    return list({s.text: s for s in one.all_sentences() if s.text not in known}.values())


def _pairs(
    before: Brief, after: Brief, gone: Sequence[Sentence], new: Sequence[Sentence]
) -> list[tuple[Sentence, Sentence]]:
    """Which sentence took the place of which: the headlines of each other, else the most alike first."""
    found = []
    if before.headline in gone and after.headline in new:
        found.append((before.headline, after.headline))
    ranked = sorted(
        ((-_alike(one, other), at, to) for at, one in enumerate(gone) for to, other in enumerate(new)),
    )
    taken, given = {id(one) for one, _ in found}, {id(other) for _, other in found}
    for value, at, to in ranked:
        if -value >= _ALIKE and id(gone[at]) not in taken and id(new[to]) not in given:
            taken.add(id(gone[at]))
            given.add(id(new[to]))
            found.append((gone[at], new[to]))
    return found


def _alike(one: Sentence, other: Sentence) -> float:
    """How far two sentences are one claim: cut from one source sentence, or in the same words."""
    if one.spans and other.spans and one.spans[0] == other.spans[0]:
        return 1.0
    mine, theirs = stems(one.text, one.language), stems(other.text, other.language)
    shared = len(mine & theirs)
    return shared / min(len(mine), len(theirs)) if shared >= _FEWEST else 0.0


def _changed(first: Amendment, one: Sentence, other: Sentence, before: Brief, now: Evidence) -> Amendment:
    lost, come = _lost(one, before, now), _come(other, before, now)
    reason, detail = come if lost[0] is Reason.CHOSEN else lost
    made = replace(first, kind=AmendmentKind.CHANGED, before=one.text, after=other.text)
    figures = _figures(one) != _figures(other)
    return _judged(made, (reason, detail), figures=figures and one.spans[:1] != other.spans[:1])


def _judged(made: Amendment, why: Reasoned, *, figures: bool = False) -> Amendment:
    """The amendment with its reason. Of substance is what no longer stands, and a figure that another took over."""
    return replace(made, reason=why[0], detail=why[1], of_substance=why[0] in _WRONG or figures)


def _figures(sentence: Sentence) -> frozenset[object]:
    return frozenset(figure.value for figure in numbers_of(sentence.text, sentence.language))


def _lost(sentence: Sentence, before: Brief, now: Evidence) -> Reasoned:
    """Why a sentence is not printed any more."""
    if word := taken_back(sentence, now.withdrawn):
        return Reason.EDITOR, word.why
    for span in sentence.spans[:1]:
        article = now.articles.get(span.article_id)
        if article is None:
            return (Reason.SPLIT if _left(span.article_id, now) else Reason.SOURCE_VANISHED), ""
        if not article.proves(span) and not _still_says(sentence, article):
            return Reason.SOURCE_CHANGED, ""
    found = now.objections(sentence)
    if again := next((f for f in found if f.code == "withdrawn"), None):
        return Reason.EDITOR, again.near
    codes = _OF_TRUTH | (_OF_FREE_TEXT if sentence.kind is EvidenceKind.WRITTEN else frozenset())
    refused = [f for f in found if f.severity is Severity.CUT and f.code in codes]
    moved = any(not now.articles[s.article_id].proves(s) for s in sentence.spans if s.article_id in now.articles)
    if refused and not moved:
        return Reason.REFUSED, min(refused, key=lambda f: f.code == "unsupported").code  # the one that says most
    return Reason.CHOSEN, ""


def _still_says(sentence: Sentence, article: Article) -> bool:
    """Whether the words only stand elsewhere in the article now."""
    whole = sentence.kind in {EvidenceKind.VERBATIM, EvidenceKind.CUT}
    return whole and tidy(sentence.text).rstrip(".!?。") in tidy(article.text)


def _left(article_id: ArticleId, now: Evidence) -> bool:
    """Whether the article went from this story to another."""
    gone = (line for line in now.log if line.what in _MOVES and line.story_id == now.story.id)
    return any(article_id in line.article_ids for line in gone)


def _come(sentence: Sentence, before: Brief, now: Evidence) -> Reasoned:
    """Why a sentence is printed that was not."""
    cited = [span.article_id for span in sentence.spans]
    new = [one for one in cited if one not in before.read] if before.read else []
    came = {
        one for line in now.log if line.what in _MOVES and line.other == now.story.id for one in line.article_ids
    }
    if new:
        return (Reason.MERGED if came.issuperset(new) else Reason.NEW_ARTICLE), ""
    known = read_for(now.articles[one] for one in cited if one in now.articles)
    if any(before.read.get(one) != text for one, text in known.items()) and before.read:
        return Reason.SOURCE_CHANGED, ""
    return Reason.CHOSEN, ""
