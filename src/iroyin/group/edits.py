"""What an editor's command comes to: the links that are kept, the earlier ones it takes back, the articles that move.

The stored stories never stand against a standing link: each act here takes back what contradicts it, and moves at once
what it speaks of. `Word` is who says it, when and why.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from iroyin.group.links import Links
from iroyin.model import Act, ArticleId, Event, Link, LinkKind, LogLine, Move, Story, StoryId, short_id

Free = Callable[[StoryId], bool]
Standing = Sequence[Link]


@dataclass(frozen=True, slots=True)
class Word:
    """An editor speaking."""

    by: str
    at: datetime
    why: str = ""

    def link(self, kind: LinkKind, one: str, other: str = "") -> Link:
        """The link of these words."""
        return Link(kind, one, other, self.by, self.at, self.why)

    def tells(
        self, what: Event, story: StoryId, *, other: StoryId | None = None, about: Iterable[ArticleId] = ()
    ) -> LogLine:
        """The line of the log."""
        return LogLine(story, self.at, what, self.by, self.why, other, tuple(about))


def merge(story: Story, into: Story, standing: Standing, word: Word) -> Act:
    """Two stories become one for ever: their first articles must stand together."""
    link = word.link(LinkKind.MUST, story.article_ids[0], into.article_ids[0])
    return _moved(story, story.article_ids, into.id, into.article_ids, standing, word, (link,))


def split(story: Story, article_ids: Collection[ArticleId], standing: Standing, word: Word, free: Free) -> Act:
    """Some articles, not all, leave a story for one of their own and never stand with those that stay again."""
    go = [one for one in story.article_ids if one in article_ids]
    links = (
        *(word.link(LinkKind.MUST, go[0], one) for one in go[1:]),
        *_never_again(go[0], story, go, word),
    )
    return _moved(story, go, new_id(go, free), (), standing, word, links)


def together(one: ArticleId, other: ArticleId, story: Story, into: Story, standing: Standing, word: Word) -> Act:
    """Two articles must stand in one story: the first, with all that is bound to it, goes where the other stands.

    What stays behind stays there: that the desk thinks it akin to the first must not bring both stories together. The
    link of the two comes last.
    """
    link = word.link(LinkKind.MUST, one, other)
    if story.id == into.id:
        return Act(word.by, word.at, (link,), told=(word.tells(Event.LINKED, story.id, about=(one, other)),))
    told = word.tells(Event.LINKED, story.id, other=into.id, about=(one, other))
    go = Links.of(standing).bound([one])
    links = (*_never_again(one, story, go, word), link)
    return _moved(story, go, into.id, into.article_ids, standing, word, links, told)


def apart(
    one: ArticleId, other: ArticleId, story: Story, there: Story, standing: Standing, word: Word, free: Free
) -> Act:
    """Two articles cannot stand in one story: where they do, the first leaves, with all that is bound to it."""
    link = word.link(LinkKind.CANNOT, one, other)
    if story.id != there.id:
        told = word.tells(Event.LINKED, story.id, other=there.id, about=(one, other))
        return Act(word.by, word.at, (link,), told=(told,))
    bound = Links.of(standing).bound([one])
    go = [one] if other in bound else [found for found in story.article_ids if found in bound]
    into = new_id(go, free)
    told = word.tells(Event.LINKED, story.id, other=into, about=(one, other))
    return _moved(story, go, into, (), standing, word, (link,), told)


def unlink(link: Link, story: StoryId, other: StoryId | None, word: Word) -> Act:
    """A link about two articles no longer stands; nothing moves by that alone."""
    about = (ArticleId(link.one), ArticleId(link.other))
    elsewhere = other if other != story else None
    told = word.tells(Event.UNLINKED, story, other=elsewhere, about=about)
    return Act(word.by, word.at, (), (link.id,), (), (told,))


def freeze(story: StoryId, word: Word) -> Act:
    """The desk leaves this story as it is: no merge, no split, no new article."""
    told = word.tells(Event.FROZEN, story)
    return Act(word.by, word.at, (word.link(LinkKind.FREEZE, story),), (), (), (told,))


def unfreeze(story: StoryId, standing: Standing, word: Word) -> Act:
    """The desk may change this story again."""
    void = tuple(link.id for link in standing if _freezes(link, story))
    return Act(word.by, word.at, (), void, (), (word.tells(Event.UNFROZEN, story),))


def retract(story: StoryId, word: Word) -> Act:
    """The story is told no more; in its place stands that it was retracted, when and why."""
    told = word.tells(Event.RETRACTED, story)
    return Act(word.by, word.at, (word.link(LinkKind.RETRACT, story),), (), (), (told,))


def unretract(story: StoryId, standing: Standing, word: Word) -> Act:
    """The story is told again, anew from what its sources say now."""
    void = tuple(link.id for link in standing if link.kind is LinkKind.RETRACT and link.one == story)
    return Act(word.by, word.at, (), void, (), (word.tells(Event.UNRETRACTED, story),))


def new_id(article_ids: Sequence[ArticleId], free: Free) -> StoryId:
    """The id of a story of these articles, oldest first: that of the oldest whose id no live story has.

    So a story that had been merged away comes back under its own id, with its own address.
    """
    own = (StoryId(short_id("s", one)) for one in article_ids)
    found = next((one for one in own if free(one)), None)
    turn = 2
    while found is None or not free(found):
        found = StoryId(short_id("s", article_ids[0], str(turn)))
        turn += 1
    return found


def _never_again(one: ArticleId, story: Story, go: Collection[ArticleId], word: Word) -> Iterator[Link]:
    """That an article which leaves with others cannot stand with those that stay."""
    return (word.link(LinkKind.CANNOT, one, other) for other in story.article_ids if other not in go)


def _moved(
    story: Story,
    going: Collection[ArticleId],
    into: StoryId,
    there: Collection[ArticleId],
    standing: Standing,
    word: Word,
    links: tuple[Link, ...],
    *told: LogLine,
) -> Act:
    """Articles go from a story to where `there` are; earlier links that stand against it are taken back."""
    go = [one for one in story.article_ids if one in going]
    stay = [one for one in story.article_ids if one not in going]
    void = _across(standing, LinkKind.MUST, go, stay) + _across(standing, LinkKind.CANNOT, go, there)
    thawed = () if stay else tuple(link.id for link in standing if _freezes(link, story.id))
    lines = list(told)
    if void:
        about = dict.fromkeys(ArticleId(one) for link in void for one in (link.one, link.other))
        lines.append(word.tells(Event.UNLINKED, story.id, other=into, about=about))
    if thawed:
        lines.append(word.tells(Event.UNFROZEN, story.id))
    move = Move(story.id, into, tuple(go) if stay else (), why=word.why)
    return Act(word.by, word.at, links, (*(link.id for link in void), *thawed), (move,), tuple(lines))


def _across(standing: Standing, kind: LinkKind, here: Collection[str], there: Collection[str]) -> tuple[Link, ...]:
    """The standing links of a kind that reach from one group of articles to the other."""
    one, other = set(here), set(there)
    return tuple(
        link
        for link in standing
        if link.kind is kind
        and ((link.one in one and link.other in other) or (link.one in other and link.other in one))
    )


def _freezes(link: Link, story: StoryId) -> bool:
    return link.kind is LinkKind.FREEZE and link.one == story
