"""The copy desk: a story to its briefs, each sentence checked, and what that changes of what was published, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from iroyin.errors import ModelError, WriterError
from iroyin.group.lineage import counts, newsroom_of, text_groups
from iroyin.model import Amendment, Article, Brief, Dossier, Draft, Proof, Story, Withdrawal
from iroyin.ports import DeskStore, Editions, Writer
from iroyin.settings import Settings
from iroyin.verify import gate, objections, proofread
from iroyin.verify.amend import Evidence, amendments
from iroyin.write import build

Proofed = tuple[Brief | None, tuple[Proof, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """All that one look at a story comes to."""

    briefs: tuple[Brief, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    proofs: Mapping[str, tuple[Proof, ...]] = field(default_factory=dict)


class Copydesk:
    """Writes stories anew in each language that their sources speak, and in others where a model makes editions."""

    def __init__(self, store: DeskStore, writer: Writer, editions: Editions | None, settings: Settings) -> None:
        self._store, self._writer, self._editions, self._settings = store, writer, editions, settings

    def report(self, story: Story, articles: Sequence[Article], *, now: datetime) -> Report:
        """The story in every language in which anything passes, and what that changes of what readers were told."""
        members = set(story.article_ids)
        withdrawn = tuple(
            one
            for one in self._store.withdrawals()
            if one.story_id == story.id or any(span.article_id in members for span in one.spans)
        )
        read = self._written(story, articles, withdrawn, now=now)
        made = [brief for brief, _ in read.values() if brief]
        briefs = {brief.language: brief for brief in made}
        current = {brief.language: brief for brief in self._store.briefs(story.id)}
        found: list[Amendment] = []
        for before in self._store.last_briefs(story.id):
            after = briefs.get(before.language)
            same = after is not None and _texts(after) == _texts(before)
            if not same and (after is not None or before.language in current):
                told = self._evidence(story, articles, before.language, withdrawn, now=now)
                found += amendments(before, after, told, at=now)
        settled_briefs = tuple(settled(brief, current.get(brief.language)) for brief in made)
        return Report(settled_briefs, tuple(found), {language: proofs for language, (_, proofs) in read.items()})

    def _written(
        self, story: Story, articles: Sequence[Article], withdrawn: tuple[Withdrawal, ...], *, now: datetime
    ) -> dict[str, Proofed]:
        """What passed in each language that was tried, the languages of the sources first."""
        found: dict[str, Proofed] = {}
        most = self._settings.write_words_per_source
        for language in self._settings.desk_languages:
            if language in story.languages:
                dossier = dossier_of(story, articles, language, withdrawn)
                draft = self._writer.write(dossier, objections(dossier, now=now), now=now)
                found[language] = proofread(draft, dossier, now=now, words_per_source=most)
        told = next((brief for brief, _ in found.values() if brief), None)
        for language in self._settings.desk_languages if self._editions and told else ():
            if language not in story.languages and told:
                dossier = dossier_of(story, articles, language, withdrawn)
                draft_or_none = _edition(told, dossier, self._editions, now=now)
                if draft_or_none:
                    found[language] = proofread(draft_or_none, dossier, now=now, words_per_source=most)
        return found

    def _evidence(
        self,
        story: Story,
        articles: Sequence[Article],
        language: str,
        withdrawn: tuple[Withdrawal, ...],
        *,
        now: datetime,
    ) -> Evidence:
        found = {article.id: article for article in articles}
        checks = objections(dossier_of(story, articles, language, withdrawn), now=now)
        return Evidence(story, found, checks, tuple(self._store.log(story.id)), withdrawn)


def brief_of(
    story: Story, articles: Sequence[Article], language: str, writer: Writer, settings: Settings, *, now: datetime
) -> Brief | None:
    """One story in one language: dossier, draft, gate. None when nothing passes."""
    dossier = dossier_of(story, articles, language)
    draft = writer.write(dossier, objections(dossier, now=now), now=now)
    return gate(draft, dossier, now=now, words_per_source=settings.write_words_per_source)


def edition_of(
    brief: Brief, story: Story, articles: Sequence[Article], language: str, editions: Editions | None,
    settings: Settings, *, now: datetime,
) -> Brief | None:  # fmt: skip
    """The brief's claims in another language, through the gate as well. None when too little of it passes."""
    dossier = dossier_of(story, articles, language)
    draft = _edition(brief, dossier, editions, now=now)
    return gate(draft, dossier, now=now, words_per_source=settings.write_words_per_source) if draft else None


def _edition(brief: Brief, dossier: Dossier, editions: Editions | None, *, now: datetime) -> Draft | None:
    if editions is None:
        return None
    try:
        return editions.write(brief, dossier, objections(dossier, now=now), now=now)
    except (ModelError, WriterError):
        return None


def dossier_of(
    story: Story, articles: Sequence[Article], language: str, withdrawn: tuple[Withdrawal, ...] = ()
) -> Dossier:
    """All that a writer may know of the story in this language."""
    lineage = text_groups(articles)
    newsrooms = newsroom_of(articles, lineage)
    told = counts(articles, lineage, newsrooms)
    made = build(story, articles, language=language, lineage=lineage, newsroom_of=newsrooms, counts=told)
    return replace(made, withdrawn=withdrawn)


def settled(brief: Brief, before: Brief | None) -> Brief:
    """The brief, dated as before when it says the same: `updated` moves only on a change of substance."""
    if before and _texts(before) == _texts(brief):
        return replace(brief, written_at=before.written_at)
    return brief


def _texts(brief: Brief) -> list[str]:
    return [sentence.text for sentence in brief.all_sentences()]
