"""Editions: the claims of a brief in a language that no source of its story speaks.

Only sentences that passed the gate are translated, with names, numbers and dates locked; the translation goes through
the checks of its own language and a judge, and cites the same source sentences. Quotations stay where they were said.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from iroyin.errors import WriterError
from iroyin.languages import english_name, tidy
from iroyin.model import Brief, Dossier, Draft, EvidenceKind, Section, Sentence, Severity
from iroyin.ports import Chat, Objections
from iroyin.write.model_lock import Locked, locked, sure_names, unlocked
from iroyin.write.model_prompt import edition_question, judge_question, prompt
from iroyin.write.model_reply import supported, translations

_MOST = 12  # sentences of one edition: what one answer of a small model holds
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class EditionWriter:
    """Implements `ports.Editions`."""

    chat: Chat
    judge: Chat
    tokens: int = 1500
    lede: int = 3

    def write(self, brief: Brief, dossier: Dossier, objections: Objections, *, now: datetime) -> Draft:
        """See `Editions`."""
        del now
        body = [s for part in brief.body for s in part.sentences]
        told = [brief.headline, *brief.lede, *body][: _MOST + 1]
        sure = sure_names((s.text, s.language) for s in told)
        locks = {n: lock for n, s in enumerate(told) if (lock := locked(s, dossier.language, sure))}
        if 0 not in locks:
            raise WriterError("the headline cannot be translated")
        sentences = self._translated(brief, dossier, told, locks)
        passing = {n: s for n, s in sentences.items() if not _is_refused(s, objections)}
        good = self._judged(dossier, passing)
        if 0 not in good or len(good) <= _FEWEST:
            raise WriterError(f"{len(good)} of {len(locks)} sentences passed into {dossier.language}")
        kept = tuple(good[n] for n in sorted(good) if n)
        return Draft(
            headlines=(good[0],),
            lede=kept[: self.lede],
            body=(Section(kept[self.lede :]),) if kept[self.lede :] else (),
            tags=brief.tags,
            writer=f"{self.chat.id} ({prompt('edition')[0]}, {brief.language} → {dossier.language})",
            judged=frozenset(s.text for s in good.values()),
        )

    def _translated(
        self, brief: Brief, dossier: Dossier, told: list[Sentence], locks: dict[int, Locked]
    ) -> dict[int, Sentence]:
        """The sentences by their place, as far as the marks came through."""
        texts = [(n, lock.text) for n, lock in locks.items()]
        names = english_name(brief.language), english_name(dossier.language)
        question = edition_question(dossier, texts, *names, most_tokens=self.tokens)
        answers = self.chat.ask(question, lambda value: translations(value, locks))
        found = {}
        for n, text in answers.items():
            whole = tidy(unlocked(text, locks[n]))
            if whole:
                found[n] = replace(
                    told[n], text=whole, language=dossier.language, kind=EvidenceKind.WRITTEN, findings=()
                )
        return found

    def _judged(self, dossier: Dossier, passing: dict[int, Sentence]) -> dict[int, Sentence]:
        if not passing:
            return {}
        told = []
        for n, sentence in passing.items():
            sources = [dossier.article(s.article_id).text[s.start : s.end] for s in sentence.spans]
            told.append((n, sentence.text, sources))
        yes = self.judge.ask(judge_question(dossier.story.id, told, most_tokens=self.tokens), supported)
        return {n: sentence for n, sentence in passing.items() if n in yes}


def _is_refused(sentence: Sentence, objections: Objections) -> bool:
    return any(finding.severity is Severity.CUT for finding in objections(sentence))
