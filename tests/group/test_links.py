"""Editors' links: what stands of many words, and what the desk may no longer do."""

from datetime import UTC, datetime

import pytest

from iroyin.group.links import Links
from iroyin.model import ArticleId, Link, LinkKind, Move, StoryId

AT = datetime(2026, 1, 5, tzinfo=UTC)


def said(words: str) -> list[Link]:
    """`a=b` must, `a/b` cannot, `!s` freeze."""
    links = []
    for word in words.split():
        if word[0] == "!":
            links.append(Link(LinkKind.FREEZE, word[1:], "", "ada", AT))
        else:
            kind = LinkKind.MUST if "=" in word else LinkKind.CANNOT
            links.append(Link(kind, word[0], word[2], "ada", AT))
    return links


def shown(links: Links) -> str:
    pairs = [f"{a}={b}" for a, b in sorted(links.must)] + [f"{a}/{b}" for a, b in sorted(links.cannot)]
    return " ".join(pairs + [f"!{one}" for one in sorted(links.frozen)])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ""),
        ("b=a", "a=b"),
        ("a=b a=b b=a", "a=b"),
        ("a/b !s1", "a/b !s1"),
        ("a/b a=b", "a=b"),  # the later word wins, on the same pair
        ("a=b a/b", "a/b"),
        ("a=b a/b b=a", "a=b"),
        ("a/c a=b b=c", "a=b b=c"),  # and by way of others
        ("a/d a=b c=d b=c", "a=b b=c c=d"),
        ("a/x a=b b=c", "a=b b=c a/x"),  # what is not contradicted stands
        ("a=b b=c a/c", "b=c a/c"),  # of the chain that binds the two, the oldest link is void
        ("b=c a=b a/c", "a=b a/c"),
        ("a=b b=c a=d d=c a/c", "b=c c=d a/c"),  # of every chain
        ("x=y a=b b=c a/c", "b=c x=y a/c"),
    ],
)
def test_the_later_word_wins(words: str, expected: str) -> None:
    assert expected == shown(Links.of(said(words)))


@pytest.mark.parametrize(
    ("start", "expected"), [("a", "abc"), ("c", "abc"), ("x", "xy"), ("z", "z"), ("az", "abcz")]
)
def test_who_must_come_along(start: str, expected: str) -> None:
    assert expected == "".join(sorted(Links.of(said("a=b b=c x=y a/x")).bound(ArticleId(one) for one in start)))


@pytest.mark.parametrize(
    ("words", "leaving", "staying", "there", "expected"),
    [
        ("", "a", "b", "c", ""),
        ("!s1", "a", "b", "c", "s1 is frozen"),
        ("!s2", "a", "b", "c", "s2 is frozen"),
        ("!s3", "a", "b", "c", ""),
        ("a=b", "a", "b", "", "a and b must stand together"),
        ("b=a", "b", "a", "", "a and b must stand together"),
        ("a=b", "ab", "c", "", ""),
        ("a=b", "a", "", "b", ""),
        ("a/c", "ab", "", "cd", "a and c cannot stand together"),
        ("a/c", "c", "", "a", "a and c cannot stand together"),
        ("a/c", "a", "c", "d", ""),
        ("a/c b/d", "a", "b", "d", ""),
    ],
)
def test_what_the_desk_may_not_do(words: str, leaving: str, staying: str, there: str, expected: str) -> None:
    move = Move(StoryId("s1"), StoryId("s2"))
    groups = ([ArticleId(one) for one in group] for group in (leaving, staying, there))

    assert expected == Links.of(said(words)).objection(move, *groups)
