"""The reaction to a story: posts chosen, grouped by what they say, counted by account, each figure countable again."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from iroyin.model import (
    Article,
    Counted,
    Drop,
    Example,
    Post,
    Reaction,
    Receipt,
    Stance,
    Standing,
    StoryId,
    View,
)
from iroyin.reaction.choose import Chosen, Found, choose
from iroyin.reaction.cues import cues
from iroyin.reaction.hostile import has_slur, masked, strangers
from iroyin.reaction.positions import Ends
from iroyin.reaction.profile import Profile, squeezed
from iroyin.reaction.relevance import matched
from iroyin.reaction.stance import features, stances
from iroyin.reaction.tally import days, interval, voices

EXAMPLES = 3
STATEMENTS = 5
WORDS = 3
MORE = 0.1  # how much more of a view's posts than of all have a word that is named with it
_SHORT, _LONG = 20, 280  # characters between which a post makes a good example


def react(
    story_id: StoryId,
    articles: Sequence[Article],
    found: Found,
    about: Profile,
    ends: Ends,
    receipts: Sequence[Receipt],
    *,
    since: datetime,
    now: datetime,
    floor: int,
) -> Reaction:
    """What people say. Below `floor` accounts the receipts stand alone: nothing is summarised, nobody is quoted."""
    outlets = frozenset(squeezed(article.outlet) for article in articles)
    chosen = choose(found, about, outlets, since=since, until=now)
    counted, leads = _counted(found, chosen, ends)
    heard = voices(counted)
    enough = len(heard) >= floor
    return Reaction(
        story_id=story_id,
        made_at=now,
        since=since,
        until=now,
        found=len(found.posts),
        used=len(counted),
        accounts=len(heard),
        apart=len(chosen.apart),
        floor=floor,
        languages=tuple(code for code, _ in Counter(post.language for post in counted).most_common()),
        views=_views(found, chosen, counted, leads, about) if enough else (),
        statements=_statements(found, chosen, about),
        receipts=tuple(_with_use(one, counted) for one in receipts),
        dropped=_reasons(chosen.dropped),
        days=days(counted) if enough else (),
        counted=tuple(counted),
    )


def _counted(found: Found, chosen: Chosen, ends: Ends) -> tuple[list[Counted], list[float]]:
    """The counted posts with their stances, accounts numbered as they appear, and how plain each stance is."""
    some = [found.posts[at] for at in chosen.counted]
    said = [cues(post.text, post.language) for post in some]
    made = stances(features(found.vectors[list(chosen.counted)], said, ends)) if some else []
    numbers: dict[str, int] = {}
    for post in some:
        numbers.setdefault(post.account.key, len(numbers) + 1)
    counted = [
        Counted(
            post.url, post.platform, post.server, numbers[post.account.key], stance, post.language, post.created_at
        )
        for post, (stance, _) in zip(some, made, strict=True)
    ]
    return counted, [lead for _, lead in made]


def _views(
    found: Found, chosen: Chosen, counted: Sequence[Counted], leads: Sequence[float], about: Profile
) -> tuple[View, ...]:
    """A view a stance that somebody takes, the most accounts first."""
    heard = voices(counted)
    posts = {at: found.posts[at] for at in chosen.counted}
    views = []
    for stance in Stance:
        accounts = sum(one is stance for one in heard.values())
        if not accounts:
            continue
        own = {
            at: lead
            for at, post, lead in zip(chosen.counted, counted, leads, strict=True)
            if heard[post.account] is stance and post.stance is stance
        }
        low, high = interval(accounts, len(heard))
        views.append(
            View(
                stance=stance,
                accounts=accounts,
                posts=sum(post.stance is stance for post in counted),
                share=accounts / len(heard),
                low=low,
                high=high,
                examples=_examples(found, own, about),
                words=_words([posts[at] for at in own], list(posts.values()), about),
            )
        )
    return tuple(sorted(views, key=lambda view: (-view.accounts, tuple(Stance).index(view.stance))))


def _examples(found: Found, own: Mapping[int, float], about: Profile) -> tuple[Example, ...]:
    """The posts that take their view most plainly, of several languages and accounts; clean ones before masked."""

    def order(at: int) -> tuple[bool, bool, float, str]:
        post = found.posts[at]
        spoilt = has_slur(post.text) or bool(strangers(post.text, post.language, about.names))
        fits = _SHORT <= len(post.text) <= _LONG
        return spoilt, not fits, -round(own[at], 6), post.key

    picked: list[Post] = []
    for fresh in (True, False):
        for at in sorted(own, key=order):
            post = found.posts[at]
            known = {one.language for one in picked} if fresh else set()
            accounts = {one.account.key for one in picked}
            if len(picked) < EXAMPLES and post.language not in known and post.account.key not in accounts:
                picked.append(post)
    return tuple(example(post, about) for post in picked)


def example(post: Post, about: Profile, *, name: str = "") -> Example:
    """The post as it is shown: masked; `name` is told of offices and organisations alone."""
    text = masked(post.text, post.language, about.names)
    return Example(post.url, post.platform, text, post.language, post.created_at, name)


def _statements(found: Found, chosen: Chosen, about: Profile) -> tuple[Example, ...]:
    """The newest posts of offices before organisations, one an account, by name: they speak in public."""
    picked: dict[str, tuple[bool, Post]] = {}
    for at, kind in sorted(chosen.apart, key=lambda one: found.posts[one[0]].created_at):
        post = found.posts[at]
        picked[post.account.key] = (kind is not Standing.OFFICIAL, post)
    order = sorted(picked.values(), key=lambda one: (one[0], -one[1].created_at.timestamp(), one[1].key))
    named = ((post, post.account.name or post.account.handle) for _, post in order[:STATEMENTS])
    return tuple(example(post, about, name=name) for post, name in named)


def _words(posts: Sequence[Post], every: Sequence[Post], about: Profile) -> tuple[str, ...]:
    """The story's terms that these posts have more often than all do, as the language of most of them writes them."""
    if not posts:
        return ()
    language = Counter(post.language for post in posts).most_common(1)[0][0]
    flat = {squeezed(term): weight for term, weight in about.terms.get(language, ())}
    shown = {squeezed(term): term for term, _ in about.terms.get(language, ())}
    own, usual = (Counter(term for post in some for term in matched(post.text, flat)) for some in (posts, every))
    more = {term: count / len(posts) - usual[term] / len(every) for term, count in own.items() if count > 1}
    best = sorted((term for term in more if more[term] > MORE), key=lambda term: (-more[term], term))
    return tuple(shown[term] for term in best[:WORDS])


def _with_use(receipt: Receipt, counted: Sequence[Counted]) -> Receipt:
    """The receipt with what was used of what this server told us."""
    own = [post for post in counted if (post.platform, post.server) == (receipt.platform, receipt.server)]
    return replace(receipt, used=len(own), accounts=len({post.account for post in own}))


def _reasons(dropped: Mapping[int, Drop]) -> tuple[tuple[Drop, int], ...]:
    counts: dict[Drop, int] = defaultdict(int)
    for reason in dropped.values():
        counts[reason] += 1
    return tuple((reason, counts[reason]) for reason in Drop if counts[reason])
