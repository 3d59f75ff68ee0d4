"""The page of one story in one language, its ledger and its illustration."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from iroyin.languages import rules
from iroyin.model import Figure, Page, Sentence, Stance
from iroyin.publish.attribution import gap, lead_in
from iroyin.publish.changes import because, shown, summary
from iroyin.publish.coverage import coverage
from iroyin.publish.document import Head, html_page, letter, page_of
from iroyin.publish.evidence import by_source, footnotes, proved
from iroyin.publish.figure import figure
from iroyin.publish.ledger import ledger
from iroyin.publish.locale import Labels, labels
from iroyin.publish.metadata import description, news_article
from iroyin.publish.people import NAMES as PLATFORMS
from iroyin.publish.people import chart, searches
from iroyin.publish.tags import tag_name
from iroyin.publish.timeline import STRIP, timeline
from iroyin.publish.unknown import missing, open_questions
from iroyin.publish.views import AUDIO, CARD, FIGURE, RelatedCard, SiteView, StoryView, story_path

Numbered = tuple[int, Sentence]
_SHARED = 2  # names by which a relation is explained
_PARAGRAPH = 3  # sentences: extracted sentences are long, and three make a paragraph of some 70 words


def story_pages(view: StoryView, site: SiteView) -> list[Page]:
    """The story's page, `claims.json`, `figure.svg`, card, recording; nothing when headline or lede is unproved."""
    shown = illustrated(view)
    if shown is None or shown.figure is None:
        return []
    view, art = shown, shown.figure
    folder = view.path
    story = view.story.id
    pages = [
        _html(view, site, art),
        page_of(f"{folder}/claims.json", "application/json; charset=utf-8", ledger(view, site, art), story),
        page_of(f"{folder}{FIGURE}", "image/svg+xml", art.svg.encode(), story),
    ]
    if view.card and view.card.png:
        pages.append(replace(page_of(folder + CARD, "image/png", view.card.png, story), etag=view.card.etag))
    if view.audio and view.audio.mp3:
        pages.append(replace(page_of(folder + AUDIO, "audio/mpeg", view.audio.mp3, story), etag=view.audio.etag))
    return pages


def illustrated(view: StoryView) -> StoryView | None:
    """The view with what of its brief is proved, and its illustration; None when headline or lede is unproved."""
    brief = proved(view.brief, view.articles)
    return replace(view, brief=brief, figure=view.figure or figure(brief, view.articles)) if brief else None


@dataclass(frozen=True, slots=True)
class Parts:
    """The sentences of a brief with their numbers, as `Brief.all_sentences` counts them; paragraphs made."""

    lede: tuple[Numbered, ...]
    body: tuple[tuple[str, tuple[tuple[Numbered, ...], ...]], ...]
    quotes: tuple[Numbered, ...]
    differences: tuple[tuple[str, tuple[Numbered, ...]], ...]
    unknown: tuple[Numbered, ...] = ()


def parts(view: StoryView) -> Parts:
    """The numbered parts of the view's brief; the headline is number 0."""
    brief = view.brief
    numbered: Iterator[Numbered] = enumerate(brief.all_sentences())
    next(numbered)

    def take(count: int) -> tuple[Numbered, ...]:
        return tuple(next(numbered) for _ in range(count))

    lede = take(len(brief.lede))
    body = tuple((part.subhead, _paragraphs(take(len(part.sentences)))) for part in brief.body)
    quotes = take(len(brief.quotes))
    differences = tuple((d.label, take(len(d.statements))) for d in brief.differences)
    return Parts(lede, body, quotes, differences, take(len(brief.unknown)))


def _paragraphs(run: tuple[Numbered, ...]) -> tuple[tuple[Numbered, ...], ...]:
    """The run cut into paragraphs of even length."""
    if not run:
        return ()
    count = -(-len(run) // _PARAGRAPH)
    size = -(-len(run) // count)
    return tuple(run[i : i + size] for i in range(0, len(run), size))


def reading_minutes(brief_text: str, spaces: bool) -> int:
    """Minutes to read: 220 words a minute, or 400 characters where words are not spaced; at least one."""
    return max(1, round(len(brief_text.split()) / 220 if spaces else len(brief_text) / 400))


def _html(view: StoryView, site: SiteView, art: Figure) -> Page:
    brief, language = view.brief, view.brief.language
    words, notes = labels(language), footnotes(brief, view.articles)
    editions = {code: story_path(code, view.languages[code]) for code in site.languages if code in view.languages}
    editions.setdefault(language, view.path)
    published = view.published_at or brief.written_at
    sentences = brief.all_sentences()
    whole = " ".join(s.text for s in sentences)
    head = Head(
        path=view.path,
        title=brief.headline.text,
        description=description(brief),
        editions=editions,
        kind="article",
        jsonld=news_article(view, site, art, editions),
        published=published.isoformat(),
        modified=brief.written_at.isoformat(),
        section=view.section,
        story=view.story.id,
        image=f"{view.path}{CARD}" if view.card and view.card.png else "",
        image_alt=art.alt,
    )
    return html_page(
        "story.html",
        head,
        language,
        site,
        view=view,
        brief=brief,
        figure=art,
        published=published,
        state=_state(view, published),
        minutes=reading_minutes(whole, rules(language).spaces),
        parts=parts(view),
        audio=f"{view.path}{AUDIO}" if view.audio and view.audio.mp3 else "",
        letter=letter(brief.headline.text, site.absolute(view.path)),
        gap=gap(language),
        notes=notes,
        notes_of=[[n for n in notes if number in n.claims] for number in range(len(sentences))],
        kinds_of={n.number: words.say(f"evidence.{sentences[n.claims[0]].kind}") for n in notes},
        lead_in=lead_in,
        linked=view.linked_tags,
        outlet_of=lambda s: words.list(outlets(s, view)),
        relation_name=lambda one: _relation(words, one),
        related=sorted(view.related, key=lambda r: r.card.language != language),
        coverage=coverage(view),
        timeline=timeline(brief, view.articles),
        strip=STRIP,
        unknown=missing(words, brief),
        open_questions=open_questions(brief),
        writer=_writer(words, brief.writer),
        checks=words.list(tuple(_check(words, name) for name in brief.checks)),
        cut_kinds=words.list(tuple(dict.fromkeys(_check(words, f.code) for f in brief.cut))),
        sources=by_source(notes),
        chart=chart,
        searches=searches,
        platforms=PLATFORMS,
        summary=lambda version: summary(words, version),
        shown=shown,
        because=lambda one: because(words, one),
        stances=tuple(Stance),
        midday=_midday,
    )


def _state(view: StoryView, published: datetime) -> str:
    if any(one.is_correction for version in view.versions for one in version.amendments):
        return "corrected"
    return view.state or ("updated" if view.brief.written_at > published else "")


def _midday(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def outlets(sentence: Sentence, view: StoryView) -> tuple[str, ...]:
    """The outlets whose articles a sentence stands on."""
    return tuple(dict.fromkeys(view.articles[span.article_id].outlet for span in sentence.spans))


def _writer(words: Labels, writer: str) -> str:
    """Who wrote, in words; behind the extractive writer stands in brackets which model did not answer, and why."""
    name, _, rest = writer.partition(" ")
    if name.split("/")[0].split(":")[0].lower() == "extractive":
        return f"{words.say('writer.extractive')} {rest}".strip()
    return words.say("writer.model", name=writer) if writer else words.say("writer.unknown")


def _relation(words: Labels, other: RelatedCard) -> str:
    """The relation in words; "same people" and "same place" say which."""
    key = f"related.{other.relation.replace(' ', '-')}"
    named = words.say(key if words.has(key) else "related.other")
    shared = tuple(tag_name(tag, words.language) for tag in other.shared) if "same" in key else ()
    return words.say("related.by", relation=named, names=words.list(shared[:_SHARED])) if shared else named


def _check(words: Labels, code: str) -> str:
    return words.say(f"check.{code}") if words.has(f"check.{code}") else code
