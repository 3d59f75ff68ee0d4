"""What goes to press: gathers from the store the values that `publish` prints, and decides nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import numpy as np

from iroyin import publish
from iroyin.group.features import features
from iroyin.group.lineage import first_to_report, newsroom_of, text_groups
from iroyin.group.rank import Candidate, front_page
from iroyin.group.relate import Sketch, related
from iroyin.model import Article, Brief, Page, Story, StoryId
from iroyin.ports import DeskStore
from iroyin.publish import IndexView, RelatedCard, SiteView, StoryCard, StoryView, story_path
from iroyin.settings import Settings

SECTIONS = ("world", "politics", "business", "science", "health", "climate", "culture", "sport")
RELATED = 6
NEAREST = 40  # stories by vector that are looked at more closely for a relation


@dataclass(frozen=True, slots=True)
class Told:
    """A reported story as the press knows it: its sketch for relating, and its briefs by language."""

    sketch: Sketch
    briefs: Mapping[str, Brief]
    slugs: Mapping[str, str]
    first_at: datetime

    @property
    def story(self) -> Story:
        """The story itself."""
        return self.sketch.story

    def edition(self, language: str, order: Sequence[str]) -> Brief:
        """The brief in this language, else in the first of the site's languages that has one."""
        return self.briefs.get(language) or next(self.briefs[code] for code in order if code in self.briefs)


@dataclass(frozen=True, slots=True)
class StoryPages:
    """A story's pages; the hash of its card as others print it (empty: no page); the cards that its pages print."""

    pages: tuple[Page, ...] = ()
    card: str = ""
    shows: Mapping[StoryId, str] = field(default_factory=dict)


class Press:
    """Renders pages from the store. Remembers each story as it was last told, so that an index costs little."""

    def __init__(self, store: DeskStore, settings: Settings, *, embedder: str) -> None:
        self._store, self._settings, self._embedder = store, settings, embedder
        self._told: dict[StoryId, Told] = {}

    def prefixes(self) -> tuple[str, ...]:
        """Where index pages live: what lies there and is made no longer is taken away."""
        return tuple(
            f"{language}/{part}/" for language in self._settings.desk_languages for part in ("tags", "sections")
        )

    def story_pages(self, story_id: StoryId, *, now: datetime) -> StoryPages:
        """The pages of one story in every language it is told in; none when nothing of it passed the gate."""
        told = self._refresh(story_id)
        if told is None:
            return StoryPages()
        articles = self._store.story_articles(story_id)
        lineage = text_groups(articles)
        first = first_to_report(articles)
        site = self._site(now)
        pages: list[Page] = []
        shows: dict[StoryId, str] = {}
        for language, brief in told.briefs.items():
            near = self._related(told, language)
            shows |= {one.card.story_id: self._print(self._told[one.card.story_id]) for one in near}
            view = StoryView(
                story=told.story,
                brief=brief,
                articles={article.id: article for article in articles},
                slug=told.slugs[language],
                languages={
                    code: told.slugs[code] for code in self._settings.desk_languages if code in told.briefs
                },
                newsroom_of=newsroom_of(articles, lineage),
                lineage=lineage,
                related=near,
                first_article_id=first.id if first else None,
                published_at=told.first_at,
                linked_tags=self._shared_tags(language),
            )
            pages += publish.story_pages(view, site)
        return StoryPages(tuple(pages), self._print(told), shows)

    def index_pages(self, *, now: datetime) -> list[Page]:
        """Every page that is not a story's own: fronts, sections, tags, feeds, sitemaps, explanations."""
        self._refresh_all()
        site = self._site(now)
        ranked = self._ranked()
        feeds, states = tuple(self._store.feeds()), self._store.feed_states()
        pages = [*publish.static_pages(), *publish.site_pages(site)]
        for language in self._settings.desk_languages:
            cards = tuple(self._card(told, language) for told in ranked)
            view = IndexView(language, cards, feeds, states, front=self._settings.site_front)
            pages += publish.index_pages(view, site)
        return pages

    def _site(self, now: datetime) -> SiteView:
        settings = self._settings
        return SiteView(
            name=settings.desk_name,
            url=settings.desk_url.rstrip("/"),
            languages=settings.desk_languages,
            sections=SECTIONS,
            now=now,
            sample=settings.desk_sample,
            analytics=settings.site_analytics,
            imprint=settings.site_imprint,
            contact=settings.desk_contact,
        )

    def _refresh(self, story_id: StoryId) -> Told | None:
        """Read a story and its briefs from the store as they now stand."""
        story = self._store.story(story_id)
        if story is None:
            return None
        briefs = {
            b.language: b for b in self._store.briefs(story_id) if b.language in self._settings.desk_languages
        }
        if not briefs:
            self._told.pop(story_id, None)
            return None
        articles = self._store.story_articles(story_id)
        first_at = self._store.first_written(story_id) or min(brief.written_at for brief in briefs.values())
        self._told[story_id] = Told(self._sketch(story, articles), briefs, self._store.slugs(story_id), first_at)
        return self._told[story_id]

    def _refresh_all(self) -> None:
        reported = dict(self._store.reported())
        self._told = {story_id: told for story_id, told in self._told.items() if story_id in reported}
        for story_id, version in reported.items():
            known = self._told.get(story_id)
            if known is None or known.story.version != version:
                self._refresh(story_id)

    def _sketch(self, story: Story, articles: Sequence[Article]) -> Sketch:
        vectors = [self._store.vector(article.id, self._embedder) for article in articles]
        known = [vector for vector in vectors if vector is not None]
        found = [features(article) for article in articles]
        names = frozenset(name for one in found for name in one.names)
        places = frozenset(place for one in found for place in one.places)
        centroid = np.mean(known, axis=0) if known else np.zeros(1, np.float32)
        return Sketch(story, centroid, names, places)

    def _related(self, told: Told, language: str) -> tuple[RelatedCard, ...]:
        self._refresh_all()
        others = [
            other for other in self._told.values() if other.sketch.centroid.shape == told.sketch.centroid.shape
        ]
        closeness = np.stack([other.sketch.centroid for other in others]) @ told.sketch.centroid
        nearest = [others[at].sketch for at in np.argsort(-closeness, kind="stable")[: NEAREST + 1]]
        found = related(told.sketch, nearest, limit=RELATED)
        return tuple(RelatedCard(self._card(self._told[one.story_id], language), one.relation) for one in found)

    def _shared_tags(self, language: str) -> frozenset[str]:
        told = (one.briefs[language].tags for one in self._told.values() if language in one.briefs)
        return publish.tag_slugs(told, language)

    def _ranked(self) -> list[Told]:
        """All stories, best first; recency counts from the newest article, so an archive is ranked as its day was."""
        published = self._store.published()
        known = [self._told[story_id] for story_id in sorted(self._told) if story_id in published]
        if not known:
            return []
        newest = max(told.story.last_at for told in known)
        candidates = [Candidate(t.story, next(iter(t.briefs.values())).counts, t.sketch.centroid) for t in known]
        chosen = front_page(candidates, now=newest, limit=self._settings.site_front)
        top = [self._told[one.story.id] for one, _ in chosen]
        shown = {told.story.id for told in top}
        rest = sorted((t for t in known if t.story.id not in shown), key=lambda t: t.story.last_at, reverse=True)
        return top + rest

    def _print(self, told: Told) -> str:
        """The hash of all that a card of this story prints, in any language."""
        cards = tuple(self._card(told, language) for language in sorted(told.briefs))
        return sha256(repr(cards).encode(errors="replace")).hexdigest()[:32]

    def _card(self, told: Told, language: str) -> StoryCard:
        brief = told.edition(language, self._settings.desk_languages)
        path = story_path(brief.language, told.slugs[brief.language])
        return StoryCard(
            story_id=told.story.id,
            headline=brief.headline.text,
            lede=publish.opening(brief),
            language=brief.language,
            href=path,
            section=told.story.section,
            counts=brief.counts,
            first_at=told.first_at,
            updated=brief.written_at,
            figure=f"{path}/figure.svg",
            tags=brief.tags,
            editions={code: story_path(code, told.slugs[code]) for code in told.briefs},
        )
