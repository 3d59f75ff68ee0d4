"""The gate: a draft in, a brief out that holds nothing a check refused, with a note of all that was cut.

A sentence is accepted, softened (its outlet is named) or cut; a failing headline gives way to the next candidate.
The gate never rewrites. What became of each sentence is kept for editors.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from iroyin.languages import count_words, subject_name, subjects, tidy
from iroyin.model import (
    ArticleId,
    Brief,
    Difference,
    Dossier,
    Draft,
    EvidenceKind,
    Finding,
    Outcome,
    Proof,
    Quote,
    Section,
    Sentence,
    Severity,
    Span,
    Tag,
    Utterance,
)
from iroyin.verify.amend import read_for
from iroyin.verify.checks import CHECKS, examine
from iroyin.verify.evidence import Context, Passage, Place, previous_starts, resolve, told
from iroyin.verify.gaps import gaps
from iroyin.verify.names import other_spelling, spellings
from iroyin.verify.support import supports
from iroyin.verify.unsafe import tainted, unsafe_part
from iroyin.verify.withdrawn import quotes_withdrawn
from iroyin.verify.wording import independent

_KEY = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")

_KEPT = frozenset({Outcome.PRINTED, Outcome.SOFTENED})

Objections = Callable[[Sentence], tuple[Finding, ...]]


def gate(draft: Draft, dossier: Dossier, *, now: datetime, words_per_source: int) -> Brief | None:
    """The brief that survives the checks; None (hold it) without a headline and one sentence more."""
    return proofread(draft, dossier, now=now, words_per_source=words_per_source)[0]


def proofread(
    draft: Draft, dossier: Dossier, *, now: datetime, words_per_source: int
) -> tuple[Brief | None, tuple[Proof, ...]]:
    """What `gate` lets pass, and what became of each sentence that was proposed, with the findings."""
    page = _Page(dossier, replace(_context(dossier, now, words_per_source), judged=draft.judged))
    headline = next((h for h in map(page.headline, draft.headlines) if h), None)
    lede = page.accept(draft.lede, "lede")
    body = tuple(part for part in (page.section(section) for section in draft.body) if part.sentences)
    quotes = page.accept(draft.quotes, "quote")
    if not lede and body:
        first = body[0].sentences
        lede, rest = first[:1], replace(body[0], sentences=first[1:])
        body = (rest, *body[1:]) if rest.sentences else body[1:]
    if headline is None or not lede:
        held = (replace(one, outcome=Outcome.HELD) if one.outcome in _KEPT else one for one in page.proofs)
        return None, (*held, *draft.refused)
    differences = tuple(d for d in map(page.difference, draft.differences) if d)
    brief = Brief(
        story_id=dossier.story.id,
        version=dossier.story.version,
        language=dossier.language,
        headline=headline,
        lede=lede,
        body=body,
        quotes=quotes,
        counts=dossier.counts,
        sources=(),
        written_at=now,
        writer=draft.writer,
        differences=differences,
        tags=page.tags(draft.tags),
        checks=tuple(check.code for check in CHECKS),
        utterances=page.utterances(draft.utterances),
        read=read_for(dossier.articles),
        unknown=page.unknown(draft.unknown),
        gaps=gaps(dossier, headline, page.context.tainted),
    )
    brief = replace(brief, sources=page.sources(), cut=tuple(page.cut))
    return brief, (*_settled(page.proofs, brief), *draft.refused)


def _settled(proofs: Iterable[Proof], brief: Brief) -> Iterable[Proof]:
    """The proofs; what passed and was left out with its difference, which one newsroom alone still told, is cut."""
    printed = {sentence.text for sentence in brief.all_sentences()}
    for one in proofs:
        stays = one.outcome not in _KEPT or one.text in printed
        yield (
            one
            if stays
            else replace(one, outcome=Outcome.CUT, findings=(Finding("alone", one.text), *one.findings))
        )


def objections(dossier: Dossier, *, now: datetime) -> Objections:
    """What the checks say of one sentence alone, for a writer to ask while it writes.

    A finding `role` means: only right after the sentence before it in its source. Caps and attribution hang on the
    rest of the page and are left to `gate`; so is the judge's word on free text. A note `support` is a cited passage
    that does not say as much: it will not be counted.
    """
    context = _context(dossier, now, 10**9)

    def object_to(sentence: Sentence) -> tuple[Finding, ...]:
        passages = resolve(sentence.spans, dossier)
        kept = _supporting(sentence, passages, dossier.language)
        unjudged = replace(context, judged=frozenset({sentence.text}))
        found = examine(
            sentence, kept if len(passages) == len(sentence.spans) else passages, dossier.language, unjudged
        )
        idle = tuple(
            Finding("support", p.text, near=p.article.outlet if p.article else "", severity=Severity.NOTE)
            for p in passages
            if p.span not in {other.span for other in kept}
        )
        return (*(finding for finding in found if finding.severity is not Severity.SOFTEN), *idle)

    return object_to


def _context(dossier: Dossier, now: datetime, words_per_source: int) -> Context:
    rooms = {a.id: "" if a.ai_written else dossier.newsroom_of.get(a.id, a.newsroom) for a in dossier.articles}
    return Context(
        now=now,
        spellings=spellings(dossier),
        newsroom_of=rooms,
        words_per_source=words_per_source,
        previous_of=previous_starts(dossier),
        told=told(dossier),
        tainted=tainted(dossier),
        withdrawn=dossier.withdrawn,
    )


@dataclass(slots=True)
class _Page:
    """The page as it grows: what has been accepted, counted and cut so far."""

    dossier: Dossier
    context: Context
    used: dict[str, int] = field(default_factory=dict)
    counted: set[Span] = field(default_factory=set)
    said: list[Sentence] = field(default_factory=list)
    cut: list[Finding] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    run: str = ""
    before: Sentence | None = None

    def headline(self, candidate: Sentence) -> Sentence | None:
        """The candidate when it passes; its refusals are no cuts, for another headline takes its place."""
        return self._judge(candidate, "headline", note=False)

    def accept(self, sentences: Iterable[Sentence], place: Place) -> tuple[Sentence, ...]:
        """Those sentences that pass, softened where need be."""
        self.before, self.run = None, ""
        return tuple(s for s in (self._judge(sentence, place) for sentence in sentences) if s)

    def section(self, section: Section) -> Section:
        """The section with what passes; a subhead that no source has word for word is dropped."""
        sentences = self.accept(section.sentences, "body")
        subhead = section.subhead if self._is_printed(section.subhead) else ""
        return Section(sentences, subhead)

    def difference(self, difference: Difference) -> Difference | None:
        """The difference when two newsrooms or more still state it."""
        statements = []
        for statement in difference.statements:
            self.before, self.run = None, ""
            judged = self._judge(statement, "difference")
            statements += [judged] if judged else []
        rooms = {self.context.newsroom_of.get(s.spans[0].article_id, "") for s in statements}
        if len(rooms - {""}) < 2:
            return None
        label = ", ".join(part for part in difference.label.split(", ") if self._is_printed(part))
        return Difference(label, tuple(statements))

    def unknown(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        """Those sentences that pass, each by itself: they stand in a list."""
        found = []
        for sentence in sentences:
            self.before, self.run = None, ""
            found.append(self._judge(sentence, "unknown"))
        return tuple(one for one in found if one)

    def utterances(self, told: Sequence[Utterance]) -> tuple[Utterance, ...]:
        """The utterances with those variants that their articles have to the letter and any page may print."""
        kept = (replace(one, variants=tuple(filter(self._is_quoted, one.variants))) for one in told)
        return tuple(one for one in kept if one.variants and self._is_harmless(f"{one.speaker}, {one.role}"))

    def _is_quoted(self, quote: Quote) -> bool:
        found = resolve((quote.span, quote.within), self.dossier)
        if len(found) < 2 or quote.span.article_id in self.context.tainted:
            return False
        if quotes_withdrawn(quote.within, found[1].article, self.dossier.withdrawn):
            return False
        said, around = (passage.text for passage in found)
        return said == quote.text and said in around and self._is_harmless(around)

    def _is_harmless(self, text: str) -> bool:
        return not unsafe_part(text, self.dossier.language)

    def tags(self, tags: Sequence[Tag]) -> tuple[Tag, ...]:
        """The tags that a source has word for word in the page's spelling, or that it names by another known name."""
        return tuple({tag.key: tag for tag in tags if self._is_named(tag)}.values())

    def _is_named(self, tag: Tag) -> bool:
        """Whether the sources tell of it: a subject with a key of its own in any words, a name in these."""
        language = self.dossier.language
        if not _KEY.fullmatch(tag.key) or tag.key.partition("-")[0] != tag.kind:
            return False
        if known := subject_name(tag.key, language):
            articles = (a for a in self.dossier.articles if a.id not in self.context.tainted)
            return tag.name == known and any(
                tag.key in subjects(tidy(a.text[start:end]), a.language)
                for a in articles
                for start, end in a.sentences
            )
        return self._is_printed(tag.name) and not other_spelling(tag.name, language, self.context.spellings)

    def sources(self) -> tuple[ArticleId, ...]:
        """The articles cited by what was accepted, in order of first citation."""
        return tuple(dict.fromkeys(span.article_id for sentence in self.said for span in sentence.spans))

    def _is_printed(self, text: str) -> bool:
        if not text or text != tidy(text):
            return False
        told = (p for p in self.context.told if text in p.text and p.article)
        return any(
            not unsafe_part(p.text, p.language) and p.article and p.article.id not in self.context.tainted
            for p in told
        )

    def _judge(self, sentence: Sentence, place: Place, *, note: bool = True) -> Sentence | None:
        passages = resolve(sentence.spans, self.dossier)
        kept = _supporting(sentence, passages, self.dossier.language)
        if len(passages) == len(sentence.spans):
            sentence = replace(sentence, spans=tuple(p.span for p in kept if p.span))
            passages = kept
        context = self._context_for(sentence, place)
        findings = examine(sentence, passages, self.dossier.language, context)
        fatal = tuple(f for f in findings if f.severity is Severity.CUT)
        softened = any(f.severity is Severity.SOFTEN for f in findings)
        passed = Outcome.SOFTENED if softened else Outcome.PRINTED
        failed = Outcome.CUT if note else Outcome.REPLACED
        self._note(sentence, passages, findings, place, failed if fatal else passed)
        if fatal:
            self.cut.extend(fatal if note else ())
            return None
        return self._print(sentence, passages, findings, place)

    def _note(
        self,
        sentence: Sentence,
        passages: Sequence[Passage],
        findings: tuple[Finding, ...],
        place: Place,
        outcome: Outcome,
    ) -> None:
        source = passages[0] if passages else None
        outlet = source.article.outlet if source and source.article else ""
        self.proofs.append(Proof(place, sentence.text, outcome, findings, source.text if source else "", outlet))

    def _print(
        self, sentence: Sentence, passages: Sequence[Passage], findings: tuple[Finding, ...], place: Place
    ) -> Sentence:
        outlet = passages[0].article.outlet if passages[0].article else ""
        softened = any(f.severity is Severity.SOFTEN for f in findings)
        rooms = independent(passages, self.context)
        told = sentence.attribution or (outlet if softened else "")
        printed = replace(sentence, attribution=told, newsrooms=max(rooms, 1), findings=findings)
        self.run = told or (self.run if self.run == outlet and rooms < 2 else "")
        self.before = printed
        self.said.append(printed)
        self._count(printed, passages[0])
        if place == "quote":
            self.before, self.run = None, ""
        return printed

    def _count(self, sentence: Sentence, passage: Passage) -> None:
        if passage.article is None or passage.span is None or passage.span in self.counted:
            return
        self.counted.add(passage.span)
        room = _room(self.context.newsroom_of, passage)
        self.used[room] = self.used.get(room, 0) + count_words(sentence.text, sentence.language)

    def _context_for(self, sentence: Sentence, place: Place) -> Context:
        repeated = bool(sentence.spans) and sentence.spans[0] in self.counted
        return replace(
            self.context,
            place=place,
            words_used={} if repeated else self.used,
            words_per_source=10**9 if repeated else self.context.words_per_source,
            before=self.before,
            run=self.run,
            said=tuple(self.said),
        )


def _room(rooms: Mapping[ArticleId, str], passage: Passage) -> str:
    article = passage.article
    return (rooms.get(article.id, "") or article.newsroom) if article else ""


def _supporting(sentence: Sentence, passages: Sequence[Passage], language: str) -> tuple[Passage, ...]:
    """The passages that bear the sentence: the first, which it is aligned with, and those that say as much.

    The passages of one article are taken together.
    """
    if sentence.kind not in {EvidenceKind.VERBATIM, EvidenceKind.CUT} or len(passages) < 2:
        return tuple(passages)
    first = passages[0]
    by_article: dict[ArticleId, list[Passage]] = {}
    for passage in passages[1:]:
        if passage.article is not None and first.article is not None and passage.article.id != first.article.id:
            by_article.setdefault(passage.article.id, []).append(passage)
    kept = [first]
    for group in by_article.values():
        if supports(sentence.text, group, language, first.published_at):
            kept += group
    return tuple(kept)
