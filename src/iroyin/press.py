"""What goes to press: gathers from the store the values that `publish` prints, and decides nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol

import numpy as np

from iroyin import publish
from iroyin.group import rank
from iroyin.group.centroids import Centroids
from iroyin.group.lineage import first_to_report, newsroom_of, text_groups
from iroyin.group.rank import Candidate, front_page
from iroyin.group.relate import Shelf, Sketch, related
from iroyin.model import Amendment, AmendmentKind, Article, Brief, Counts, Link, Page, Related, Story, StoryId, Tag
from iroyin.picturedesk import PictureDesk
from iroyin.ports import DeskStore, Store
from iroyin.ports_site import Painter, Pictures
from iroyin.publish import (
    Correction,
    DayView,
    IndexView,
    Ranking,
    RelatedCard,
    Retraction,
    SiteView,
    StoryCard,
    StoryView,
    story_path,
)
from iroyin.settings import Settings
from iroyin.speechdesk import SpeechDesk

SECTIONS = ("world", "politics", "business", "science", "health", "climate", "culture", "sport")
LISTS = ("tags", "sections", "archive", "outlets", "countries")  # folders of a language that hold list pages
RELATED = 6
RANKING = Ranking(rank.WEIGHT, rank.HALF_LIFE, rank.SAMENESS, rank.SECTION)
AMENDED, CORRECTED = 200, 300  # newest amendments that a story's page and the list of corrections look at
KNOWN = 10_000  # newest stories that indexes list and that others are related to: memory and time stay bounded
NEAREST = 40  # stories by vector, and as many by shared tags, that are looked at more closely for a relation


@dataclass(frozen=True, slots=True)
class Edition:
    """What other pages print of a story in one language; the brief itself stays in the store."""

    headline: str
    opening: str
    counts: Counts
    tags: tuple[Tag, ...]
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A reported story as the press knows it: its sketch for relating, and its editions by language."""

    sketch: Sketch
    editions: Mapping[str, Edition]
    slugs: Mapping[str, str]
    first_at: datetime
    outlets: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def story(self) -> Story:
        """The story itself."""
        return self.sketch.story

    def path(self, language: str) -> str:
        """The path of its page in this language."""
        return story_path(language, self.slugs[language])


@dataclass(frozen=True, slots=True)
class StoryPages:
    """A story's pages; the hash of its card as others print it (empty: no page); the cards that its pages print.

    `draws`: an illustration has no PNG for sharing yet, or a page is not read aloud yet.
    """

    pages: tuple[Page, ...] = ()
    card: str = ""
    shows: Mapping[StoryId, str] = field(default_factory=dict)
    draws: bool = False


def site_view(settings: Settings, now: datetime) -> SiteView:
    """The site as the settings describe it."""
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
        hub=settings.site_hub,
    )


class DayStore(Protocol):
    """What a day is gathered from."""

    def told_on(self, language: str, day: date) -> Sequence[tuple[StoryId, str, Brief]]:
        """The stories told in a language that began on a day, as (story, slug, brief)."""
        ...

    def story(self, story_id: StoryId) -> Story | None:
        """A story by its id."""
        ...

    def story_articles(self, story_id: StoryId) -> list[Article]:
        """Its articles."""
        ...


def day_view(store: DayStore, language: str, day: date) -> DayView:
    """The stories of a day in one language: those of most independent newsrooms, as many as a page of a day lists."""
    rows = sorted(
        store.told_on(language, day),
        key=lambda row: (-row[2].counts.newsrooms, -row[2].counts.articles, row[0]),
    )
    views = (
        StoryView(told, brief, {one.id: one for one in store.story_articles(story_id)}, slug, {language: slug})
        for story_id, slug, brief in rows[: publish.MOST]
        if (told := store.story(story_id))
    )
    return DayView(language, day, tuple(views))


def tombstones(store: Store, settings: Settings, said: Link, *, now: datetime) -> Iterator[Page]:
    """For each address of the story that an editor retracts by this word what stands there from then on."""
    story_id, site = StoryId(said.one), site_view(settings, now)
    first = store.first_written(story_id) or said.at
    for language, slug in store.slugs(story_id).items():
        if language in settings.desk_languages:
            yield publish.tombstone(Retraction(story_id, language, slug, first, said.at, said.why), site)


class Press:
    """Renders pages from the store. Remembers the newest stories as they were last told: an index costs little."""

    def __init__(
        self, store: DeskStore, settings: Settings, *, embedder: str, pictures: Pictures | None = None,
        painter: Painter | None = None, speech: SpeechDesk | None = None,
    ) -> None:  # fmt: skip
        self._store, self._settings, self._embedder = store, settings, embedder
        self._pictures, self._speech = PictureDesk(store, pictures, painter), speech or SpeechDesk(store)
        self._told: dict[StoryId, Told] = {}
        self._centroids = Centroids()
        self._versions: dict[StoryId, int] = {}  # as last read, of stories that no language of the site tells too
        self._read = ("", 0)  # the mark of the list of reported stories that was read last, and its length
        self._having: dict[str, set[StoryId]] = {}  # the stories of each tag
        self._tags: dict[str, frozenset[str]] = {}  # keys of shared tags by language, until an edition changes

    def prefixes(self) -> tuple[str, ...]:
        """Where index pages live: what lies there and is made no longer is taken away."""
        return tuple(f"{language}/{part}/" for language in self._settings.desk_languages for part in LISTS)

    def story_pages(self, story_id: StoryId, *, now: datetime) -> StoryPages:
        """The pages of one story in every language it is told in; none when nothing of it passed the gate."""
        retraction = self._store.retractions().get(story_id)
        told = None if retraction else self._refresh(story_id)
        if retraction:
            return StoryPages(tuple(tombstones(self._store, self._settings, retraction, now=now)))
        if told is None:
            return StoryPages()
        self._refresh_all()
        articles = self._store.story_articles(story_id)
        lineage = text_groups(articles)
        first = first_to_report(articles)
        site = site_view(self._settings, now)
        pages: list[Page] = []
        shows: dict[StoryId, str] = {}
        briefs = self._briefs(story_id)
        picture, draws = self._pictures.painting(tuple(briefs.values()), told.story.section, story_id)
        reaction = self._store.reaction(story_id)
        others = self._related(told)
        for language, brief in briefs.items():
            near = tuple(self._related_card(told, one, language) for one in others)
            shows |= {one.card.story_id: self._print(self._told[one.card.story_id]) for one in near}
            view = StoryView(
                story=told.story,
                brief=brief,
                articles={article.id: article for article in articles},
                slug=told.slugs[language],
                languages={
                    code: told.slugs[code] for code in self._settings.desk_languages if code in told.editions
                },
                newsroom_of=newsroom_of(articles, lineage),
                lineage=lineage,
                related=near,
                first_article_id=first.id if first else None,
                published_at=told.first_at,
                versions=publish.versions(
                    self._store.first_version(story_id, language),
                    self._store.amendments(story_id, language, limit=AMENDED),
                ),
                linked_tags=self._shared_tags().get(language, frozenset()),
                reaction=reaction,
                listens=bool(self._settings.react_sources),
            )
            shown = publish.illustrated(view)
            if shown and picture:
                shown = replace(shown, figure=publish.painted(shown.brief, picture))
            if shown and shown.figure:
                card = self._pictures.card(shown.figure, view.path)
                audio = self._speech.recording(shown.brief, view.path)
                draws |= (card is not None and card.due) or (audio is not None and not audio.mp3)
                pages += publish.story_pages(replace(shown, card=card, audio=audio), site)
        return StoryPages(tuple(pages), self._print(told), shows, draws)

    def paint(self, story_id: StoryId) -> bool:
        """Have an image model paint the story, where one is set up; whether there is a picture that there was not."""
        story = self._store.story(story_id)
        return story is not None and self._pictures.paint(
            tuple(self._briefs(story_id).values()), story.section, story_id
        )

    def cards(self, story_id: StoryId) -> list[Page]:
        """The PNG of each illustration on a story's pages that has none yet. Raises PictureError."""
        return self._pictures.drawn(story_id)

    def index_pages(self, *, now: datetime) -> list[Page]:
        """Every page that is not a story's own: fronts, sections, tags, feeds, sitemaps, explanations."""
        self._refresh_all()
        site = site_view(self._settings, now)
        published = self._store.published()
        known = [self._told[story_id] for story_id in sorted(self._told) if story_id in published]
        feeds, states = tuple(self._store.feeds()), self._store.feed_states()
        pages = [*publish.static_pages(), *publish.site_pages(site)]
        for language in self._settings.desk_languages:
            cards = tuple(self._card(told, language) for told in self._ranked(known, language))
            view = IndexView(
                language, cards, feeds, states,
                front=self._settings.site_front, tag_pages=self._shared_tags(), ranking=RANKING,
                corrections=tuple(self._corrections(language)),
            )  # fmt: skip
            pages += publish.index_pages(view, site)
        return pages

    def _corrections(self, language: str) -> Iterator[Correction]:
        """What was put right in this language, the newest first: each version of a story is one correction."""
        gone = self._store.retractions()
        runs: dict[tuple[StoryId, int, AmendmentKind | None], list[Amendment]] = {}
        for one in self._store.corrections(language, limit=CORRECTED):
            runs.setdefault((one.story_id, one.version, one.kind if one.kind.is_whole else None), []).append(one)
        for (story_id, _, whole), run in runs.items():
            made = tuple(run[::-1])
            told, slug = self._told.get(story_id), self._store.slugs(story_id).get(language)
            here = told.editions.get(language) if told else None
            address = story_path(language, slug) if slug and (here or story_id in gone) else ""
            headline = here.headline if here else next((a.before for a in made if not whole and a.before), "")
            yield Correction("" if story_id in gone else headline, address, max(a.at for a in made), made)

    def _refresh(self, story_id: StoryId) -> Told | None:
        """Read a story and its briefs from the store as they now stand."""
        story = self._store.story(story_id)
        if story is None:
            return None
        editions = {
            language: Edition(b.headline.text, publish.opening(b), b.counts, b.tags, b.written_at)
            for language, b in self._briefs(story_id).items()
        }
        before = self._told.get(story_id)
        if before is None or before.editions != editions:
            self._tags = {}
        self._forget(story_id)
        self._versions[story_id] = story.version
        if not editions:
            return None
        articles = self._store.story_articles(story_id)
        first_at = self._store.first_written(story_id) or min(one.written_at for one in editions.values())
        keys = frozenset(tag.key for edition in editions.values() for tag in edition.tags)
        sketch = self._sketch(story, articles, keys)
        by_time = sorted(articles, key=lambda article: (article.published_at, article.id))
        self._told[story_id] = Told(
            sketch,
            editions,
            self._store.slugs(story_id),
            first_at,
            tuple(dict.fromkeys(article.outlet for article in by_time)),
            tuple(dict.fromkeys(article.country for article in by_time if article.country)),
        )
        self._centroids.set(story_id, sketch.centroid)
        for key in keys:
            self._having.setdefault(key, set()).add(story_id)
        return self._told[story_id]

    def _forget(self, story_id: StoryId) -> None:
        self._versions.pop(story_id, None)
        known = self._told.pop(story_id, None)
        self._centroids.drop(story_id)
        for key in known.sketch.keys if known else ():
            self._having[key].discard(story_id)

    def _briefs(self, story_id: StoryId) -> dict[str, Brief]:
        """The story's briefs in the site's languages."""
        found = {brief.language: brief for brief in self._store.briefs(story_id)}
        return {code: found[code] for code in self._settings.desk_languages if code in found}

    def _refresh_all(self) -> None:
        mark = self._store.reported_mark()
        if self._read == (mark, len(self._versions)):  # neither was one changed nor an older one told
            return
        reported = dict(self._store.reported(limit=KNOWN))
        if gone := self._told.keys() - reported.keys():
            self._tags = {}
        for story_id in gone:
            self._forget(story_id)
        for story_id, _ in reported.items() - self._versions.items():
            self._refresh(story_id)
        self._read = mark, len(self._versions)

    def _sketch(self, story: Story, articles: Sequence[Article], keys: frozenset[str]) -> Sketch:
        vectors = [self._store.vector(article.id, self._embedder) for article in articles]
        known = [vector for vector in vectors if vector is not None]
        centroid = np.mean(known, axis=0) if known else np.zeros(1, np.float32)
        return Sketch(story, centroid, keys)

    def _related(self, told: Told) -> list[Related]:
        order = [one for one in self._centroids.nearest(told.sketch.centroid) if one != told.story.id]
        sharing = self._sharing(told)
        near = [*order[:NEAREST], *[one for one in order[NEAREST:] if one in sharing][:NEAREST]]
        shelf = Shelf(len(self._told), {key: len(self._having[key]) for key in told.sketch.keys})
        return related(told.sketch, [self._told[one].sketch for one in near], shelf, limit=RELATED)

    def _sharing(self, told: Told) -> frozenset[StoryId]:
        """The stories with a tag of this one that few have: they may be related though told in other words."""
        few = (self._having[key] for key in told.sketch.keys if len(self._having[key]) <= NEAREST)
        return frozenset(story_id for ids in few for story_id in ids)

    def _related_card(self, told: Told, other: Related, language: str) -> RelatedCard:
        """The card, and what the relation says the two stories have in common, as this story's edition calls it."""
        shared = tuple(tag for tag in told.editions[language].tags if tag.key in other.shared)
        return RelatedCard(self._card(self._told[other.story_id], language), other.relation, shared)

    def _shared_tags(self) -> Mapping[str, frozenset[str]]:
        if not self._tags:
            stories = ({code: one.tags for code, one in told.editions.items()} for told in self._told.values())
            self._tags = publish.tag_pages(stories)
        return self._tags

    def _ranked(self, known: Sequence[Told], language: str) -> list[Told]:
        """These stories for the pages of one language: its own, then those told in others; best first in each.

        The top of its own is spread over topics (see `group.rank`). Recency counts from the newest article, so an
        archive is ranked as its day was.
        """
        if not known:
            return []
        newest = max(told.story.last_at for told in known)
        worth = {told.story.id: rank.score(_candidate(told), now=newest) for told in known}
        own = [told for told in known if language in told.editions]
        chosen = front_page([_candidate(told) for told in own], now=newest, limit=self._settings.site_front)
        top = [self._told[one.story.id] for one, _ in chosen]
        shown = {told.story.id for told in top}
        rest = sorted(
            (told for told in known if told.story.id not in shown),
            key=lambda told: (language not in told.editions, -worth[told.story.id], told.story.id),
        )
        return top + rest

    def _print(self, told: Told) -> str:
        """The hash of all that a card of this story prints, in any language."""
        cards = tuple(self._card(told, language) for language in sorted(told.editions))
        return sha256(repr(cards).encode(errors="replace")).hexdigest()[:32]

    def _card(self, told: Told, language: str) -> StoryCard:
        """The card on a page of this language: in it when the story is told in it, else in the site's first that is."""
        shown = language if language in told.editions else next(iter(told.editions))
        edition, path = told.editions[shown], told.path(shown)
        return StoryCard(
            story_id=told.story.id,
            headline=edition.headline,
            lede=edition.opening,
            language=shown,
            href=path,
            section=told.story.section,
            counts=edition.counts,
            first_at=told.first_at,
            updated=edition.written_at,
            figure=f"{path}/figure.svg",
            tags=edition.tags,
            editions={code: told.path(code) for code in told.editions},
            day=told.story.first_at.date(),
            outlets=told.outlets,
            countries=told.countries,
        )


def _candidate(told: Told) -> Candidate:
    return Candidate(told.story, next(iter(told.editions.values())).counts, told.sketch.centroid)
