"""The shipped catalogue: enough real feeds, each with its facts, none twice."""

from collections import Counter
from urllib.parse import urlsplit

import pytest

from iroyin.ingest.catalogue import catalogue, choose
from iroyin.model import OutletKind


def test_there_are_enough_feeds_in_enough_languages() -> None:
    feeds = catalogue()

    assert len(feeds) >= 600
    assert len({feed.language for feed in feeds}) >= 40


def test_no_feed_stands_twice() -> None:
    assert [] == [key for key, count in Counter(feed.id for feed in catalogue()).items() if count > 1]


def test_every_feed_has_its_facts() -> None:
    for feed in catalogue():
        assert urlsplit(feed.url).scheme in {"http", "https"}, feed.url
        assert feed.title, feed.url
        assert feed.outlet, feed.url
        assert feed.country == "" or len(feed.country) == 2, feed.url
        assert feed.kind is OutletKind.UNKNOWN or feed.family, feed.url


def test_state_run_public_and_private_are_told_apart() -> None:
    kinds = {feed.outlet: feed.kind for feed in catalogue()}

    assert (OutletKind.STATE, OutletKind.PUBLIC) == (kinds["TASS"], kinds["BBC News Yoruba"])
    assert (
        min(Counter(kinds.values())[kind] for kind in (OutletKind.STATE, OutletKind.PUBLIC, OutletKind.PRIVATE))
        >= 10
    )


@pytest.mark.parametrize(
    ("languages", "sections"), [(["yo", "en", "ko"], ["world", "business"]), (["yo"], ["sport"])]
)
def test_a_language_with_nothing_in_the_section_keeps_what_it_has(
    languages: list[str], sections: list[str]
) -> None:
    chosen = choose(catalogue(), languages=languages, sections=sections)

    assert set(languages) == {feed.language for feed in chosen}
