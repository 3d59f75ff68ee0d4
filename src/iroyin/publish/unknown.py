"""What is not known yet: what sources say is unknown, what none of them tells, and what one newsroom alone says."""

from iroyin.languages import says_unknown
from iroyin.model import Brief
from iroyin.publish.locale import Labels
from iroyin.publish.timeline import Mark, short

_CONFIRMED = 2  # independent newsrooms from which a sentence counts as confirmed


def open_questions(brief: Brief) -> tuple[Mark, ...]:
    """The sentences of lede and body by which a source says that something is unknown, as links to where they stand."""
    told = len(brief.lede) + sum(len(part.sentences) for part in brief.body)
    numbered = list(enumerate(brief.all_sentences()))[1 : told + 1]
    return tuple(Mark(n, short(s.text), s.language) for n, s in numbered if says_unknown(s.text, s.language))


def missing(words: Labels, brief: Brief) -> tuple[str, ...]:
    """What was looked for in every article and not found, and what the counts say is not confirmed."""
    return (*_absent(words, brief), *_unconfirmed(words, brief))


def _absent(words: Labels, brief: Brief) -> tuple[str, ...]:
    known = [gap for gap in brief.gaps if words.has(f"gap.{gap.field}")]
    if not known:
        return ()
    fields = words.list(tuple(words.say(f"gap.{gap.field}") for gap in known))
    return (
        words.say("unknown.absent", articles=words.count("count.articles", len(known[0].read)), fields=fields),
    )


def _unconfirmed(words: Labels, brief: Brief) -> tuple[str, ...]:
    if brief.counts.newsrooms < _CONFIRMED:
        return (words.say("unknown.alone"),)
    told = (*brief.lede, *(s for part in brief.body for s in part.sentences))
    single = sum(s.newsrooms < _CONFIRMED for s in told)
    return (words.count("unknown.single", single),) if single else ()
