"""The writer that asks a language model, and believes nothing it says.

One question for plan, headlines and sentences; every sentence goes through the checks and then to a judge, who may only
refuse; a failing one is written anew once with the findings before it, then replaced by the source sentence it cites.
Quotations, differences and tags are the extractive writer's. When the model is silent, or too little of it passes, the
extractive draft is the article.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from iroyin.errors import ModelError
from iroyin.languages import english_name, tidy
from iroyin.model import Dossier, Draft, EvidenceKind, Finding, Outcome, Proof, Section, Sentence, Severity
from iroyin.ports import Chat, Objections, Writer
from iroyin.write.model_prompt import (
    Numbered,
    judge_question,
    numbered,
    prompt,
    repair_question,
    report_question,
)
from iroyin.write.model_reply import proposal, repaired, supported

FEWEST, SHARE = 3, 0.5


@dataclass(slots=True)
class Tally:
    """What became of a model's sentences: for doctor, benches and the curious."""

    proposed: int = 0
    lost: int = 0
    passed: int = 0
    repaired: int = 0
    replaced: int = 0
    codes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Implements `ports.Writer`. `fallback` is the extractive writer, `judge` another model or the same.

    Of the model's sentences `fewest` must survive, and this `share` of all it wrote: a reporter most of whose sentences
    fail is not believed in the rest. Else the extractive draft is the article. `languages` are those it may write; none
    named: all.
    """

    chat: Chat
    judge: Chat
    fallback: Writer
    context: int = 6000
    tokens: int = 1500
    lede: int = 3
    fewest: int = FEWEST
    share: float = SHARE
    languages: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)

    @property
    def id(self) -> str:
        """Model and prompt versions, as printed on the page."""
        return f"{self.chat.id} ({prompt('report')[0]}, {prompt('judge')[0]} by {self.judge.id})"

    def write(self, dossier: Dossier, objections: Objections, *, now: datetime) -> Draft:
        """See `Writer`: a draft of written sentences, else the extractive one with the reason in its `writer`."""
        extract = self.fallback.write(dossier, objections, now=now)
        if self.languages and dossier.language not in self.languages:
            return extract
        desk = _Desk(self, dossier, (), objections)
        try:
            return self._written(desk, dossier, extract)
        except ModelError as error:
            structlog.get_logger().warning("extract instead", story=dossier.story.id, reason=error.reason)
            writer = f"{extract.writer} ({self.chat.id}: {error.reason})"
            return replace(extract, writer=writer, refused=desk.refused())

    def _written(self, desk: "_Desk", dossier: Dossier, extract: Draft) -> Draft:
        objections = desk.objections
        shown = numbered(dossier, objections, tokens=self.context)
        if not shown:
            raise ModelError("no source sentence may be shown to it")
        language = english_name(dossier.language)
        question = report_question(dossier, shown, language, most_tokens=self.tokens)
        told = self.chat.ask(question, lambda value: proposal(value, shown, dossier.language))
        desk.shown = shown
        self.tally.proposed += len(told.sentences)
        self.tally.lost += told.lost
        heads, body = desk.settle(told.headlines), desk.settle(told.sentences, mend=True)
        told_sentences = [body.get(n) or desk.extract(s) for n, s in enumerate(told.sentences)]
        kept = _once(s for s in told_sentences if s)
        written = [s for s in kept if s.kind is EvidenceKind.WRITTEN]
        self.tally.passed += len(written)
        self.tally.replaced += len(kept) - len(written)
        wrote = len(told.sentences) + told.lost
        if len(written) < max(self.fewest, self.share * wrote):
            raise ModelError(f"{len(written)} of {wrote} sentences passed")
        return replace(
            extract,
            headlines=(*heads.values(), *extract.headlines),
            lede=tuple(kept[: self.lede]),
            body=(Section(tuple(kept[self.lede :])),) if kept[self.lede :] else (),
            writer=self.id,
            judged=frozenset(s.text for s in (*heads.values(), *written)),
            refused=desk.refused(replaced={s.text for s in told.sentences if s not in body.values()}),
        )


@dataclass(slots=True)
class _Desk:
    """The checks and the judge for one answer; `failed` keeps what they said of each sentence that did not pass."""

    writer: ModelWriter
    dossier: Dossier
    shown: Sequence[Numbered]
    objections: Objections
    failed: dict[str, tuple[Sentence, tuple[Finding, ...]]] = field(default_factory=dict)

    def refused(self, replaced: Collection[str] = ()) -> tuple[Proof, ...]:
        """What did not pass. For those in `replaced` a mended or a source sentence stood in, if any could."""
        return tuple(self._proof(*one, replaced) for one in self.failed.values())

    def _proof(self, sentence: Sentence, found: tuple[Finding, ...], replaced: Collection[str]) -> Proof:
        outcome = Outcome.REPLACED if sentence.text in replaced and self.extract(sentence) else Outcome.CUT
        article = self.dossier.article(sentence.spans[0].article_id)
        source = tidy(article.text[sentence.spans[0].start : sentence.spans[0].end])
        return Proof("written", sentence.text, outcome, found, source, article.outlet)

    def settle(self, proposed: Sequence[Sentence], *, mend: bool = False) -> dict[int, Sentence]:
        """The sentences that pass, by their place; with `mend` the failing ones get one chance to be written anew."""
        found = dict(enumerate(proposed))
        good, bad = self._examined(found)
        if not mend or not bad:
            return good
        anew, _ = self._examined(self._mended({n: found[n] for n in bad}, bad))
        self.writer.tally.repaired += len(anew)
        return dict(sorted((good | anew).items()))

    def extract(self, sentence: Sentence) -> Sentence | None:
        """The closest source sentence of one that failed, when it can stand alone."""
        span = sentence.spans[0]
        article = self.dossier.article(span.article_id)
        text = tidy(article.text[span.start : span.end])
        verbatim = Sentence(text, article.language, EvidenceKind.VERBATIM, (span,))
        is_title = span.start == article.sentences[0][0]
        return None if is_title or self._reasons(verbatim) else verbatim

    def _examined(self, found: Mapping[int, Sentence]) -> tuple[dict[int, Sentence], dict[int, str]]:
        """What the checks and then the judge let pass, and why the others fail."""
        reasons = {n: self._reasons(sentence) for n, sentence in found.items()}
        passing = {n: sentence for n, sentence in found.items() if not reasons[n]}
        judged = self._judged(passing)
        bad = {n: why for n, why in reasons.items() if why}
        bad |= {n: "the source sentences do not say all of it" for n in passing if n not in judged}
        for n in passing.keys() - judged:
            self._count("judge")
            self.failed[passing[n].text] = (passing[n], (Finding("judge", passing[n].text),))
        return {n: sentence for n, sentence in passing.items() if n in judged}, bad

    def _reasons(self, sentence: Sentence) -> str:
        found = [f for f in self.objections(sentence) if f.severity is Severity.CUT]
        if sentence.kind is EvidenceKind.WRITTEN:
            for code in {f.code for f in found}:
                self._count(code)
            if found:
                self.failed[sentence.text] = (sentence, tuple(found))
        return "; ".join(
            f"{f.code}: “{f.text[:80]}”" + (f" (source: {f.near[:120]})" if f.near else "") for f in found
        )

    def _count(self, code: str) -> None:
        codes = self.writer.tally.codes
        codes[code] = codes.get(code, 0) + 1

    def _judged(self, passing: Mapping[int, Sentence]) -> frozenset[int]:
        if not passing:
            return frozenset()
        text_of = {one.span: one.text for one in self.shown}
        told = [(n, s.text, [text_of[span] for span in s.spans]) for n, s in passing.items()]
        question = judge_question(self.dossier.story.id, told, most_tokens=self.writer.tokens)
        return self.writer.judge.ask(question, supported) & passing.keys()

    def _mended(self, failing: Mapping[int, Sentence], why: Mapping[int, str]) -> dict[int, Sentence]:
        """The failing sentences written anew; none when the model has nothing to say to that."""
        cited = {span for sentence in failing.values() for span in sentence.spans}
        shown = [one for one in self.shown if one.span in cited]
        told = [(n, sentence.text, why[n]) for n, sentence in failing.items()]
        language = english_name(self.dossier.language)
        question = repair_question(self.dossier, told, shown, language, most_tokens=self.writer.tokens)
        try:
            return self.writer.chat.ask(question, lambda value: repaired(value, failing, shown))
        except ModelError:
            return {}


def _once(found: Iterable[Sentence]) -> list[Sentence]:
    """The sentences, each text once."""
    return list({sentence.text: sentence for sentence in found}.values())
