"""Copies, newsrooms and counts."""

import numpy as np
import pytest
from made_articles import article

from iroyin.group.lineage import counts, first_to_report, newsroom_of, similarity, text_groups
from iroyin.model import Article, Counts


def fingerprint(seed: int, *, same: int = 128, size: int = 4) -> bytes:
    """128 digests: the first `same` are those of the text 0, the rest the seed's own."""
    kind = {4: np.uint32, 8: np.uint64}[size]
    common = np.random.default_rng(0).integers(1, 2**31, 128).astype(kind)
    own = np.random.default_rng(seed + 1).integers(1, 2**31, 128).astype(kind)
    own[:same] = common[:same]
    return own.tobytes()


@pytest.mark.parametrize("size", [4, 8])
@pytest.mark.parametrize(("same", "want"), [(128, 1.0), (96, 0.75), (0, 0.0)])
def test_similarity_is_the_share_of_equal_digests(same: int, want: float, size: int) -> None:
    assert want == similarity(fingerprint(0, size=size), fingerprint(7, same=same, size=size))


@pytest.mark.parametrize(
    ("one", "other"), [(b"", b""), (b"", fingerprint(0)), (fingerprint(0), b"abc"), (b"a", b"a")]
)
def test_no_fingerprint_is_like_nothing(one: bytes, other: bytes) -> None:
    assert 0.0 == similarity(one, other)


def story(*prints: bytes, **facts: object) -> list[Article]:
    return [article(f"a{n}", f"Title {n}", hours=n, fingerprint=p, **facts) for n, p in enumerate(prints)]


def test_copies_share_a_group_and_a_copy_of_a_copy_is_a_copy() -> None:
    one, two = bytearray(fingerprint(3, same=80)), fingerprint(0)
    three = bytearray(fingerprint(3, same=0))
    three[320:] = one[320:]  # like the first in its own half, unlike the second
    three[200:320] = one[200:320]
    groups = text_groups(story(two, bytes(one), bytes(three), fingerprint(9, same=10), b"", b""))

    assert similarity(two, bytes(three)) < 0.5
    assert [0, 0, 0, 1, 2, 3] == list(groups.values())


def test_the_owner_family_is_one_newsroom() -> None:
    articles = [
        article("a", "One", newsroom="Coast Media"),
        article("b", "Two", newsroom="Coast Media"),
        article("c", "Three", newsroom="Hill Daily"),
    ]
    groups = text_groups(articles)
    newsrooms = newsroom_of(articles, groups)

    assert {"a": "Coast Media", "b": "Coast Media", "c": "Hill Daily"} == newsrooms
    assert Counts(3, 3, 2) == counts(articles, groups, newsrooms)


def test_copies_of_an_agency_count_for_the_agency() -> None:
    """Five outlets print the wire: five articles, one text, one newsroom; the agency's own copy is the same one."""
    wire = fingerprint(0)
    articles = [article(f"a{n}", "Wire", outlet=f"Paper {n}", fingerprint=wire, hours=n) for n in range(4)]
    articles[2] = article("a2", "Wire", outlet="Paper 2", origin="north wire", fingerprint=wire, hours=2)
    articles.append(article("w", "Wire", outlet="North Wire", fingerprint=wire, hours=5))
    groups = text_groups(articles)
    newsrooms = newsroom_of(articles, groups)

    assert {"North Wire"} == set(newsrooms.values())
    assert Counts(5, 1, 1) == counts(articles, groups, newsrooms)


def test_a_text_of_its_own_that_names_its_source_counts_for_the_source() -> None:
    articles = [article("a", "One", outlet="Paper", origin="North Wire"), article("b", "Two", outlet="North Wire")]
    groups = text_groups(articles)

    assert Counts(2, 2, 1) == counts(articles, groups, newsroom_of(articles, groups))


def test_unnamed_copies_count_for_the_first() -> None:
    articles = story(fingerprint(0), fingerprint(0))
    groups = text_groups(articles)

    assert {"Outlet of a0"} == set(newsroom_of(articles, groups).values())


def test_what_an_ai_wrote_corroborates_nothing() -> None:
    articles = [article("a", "One"), article("b", "Two", ai_written=True), article("c", "Three", ai_written=True)]
    groups = text_groups(articles)
    newsrooms = newsroom_of(articles, groups)

    assert {"a": "Outlet of a", "b": "", "c": ""} == newsrooms
    assert Counts(3, 3, 1) == counts(articles, groups, newsrooms)


def test_first_to_report_is_the_earliest_person() -> None:
    articles = [article("b", "B", hours=1), article("a", "A", hours=1), article("z", "Z", ai_written=True)]

    first = first_to_report(articles)

    assert first is not None
    assert "a" == first.id
    assert first_to_report([]) is None
