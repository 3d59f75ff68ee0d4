"""Slugs: own script, safe in a path, never empty, stable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iroyin.publish import slug


@pytest.mark.parametrize(
    ("headline", "language", "want"),
    [
        ("Lee and Xi: “share view” on talks", "en", "lee-and-xi-share-view-on-talks"),
        ("The bay's bridge — open!", "en", "the-bays-bridge-open"),
        ("Afárá Adùn tún ṣí sílẹ̀", "yo", "afárá-adùn-tún-ṣí-sílẹ̀"),
        ("阿敦大桥，恢复通车", "zh", "阿敦大桥-恢复通车"),
        ("İstanbul IŞIK", "tr", "istanbul-ışık"),
        ("../../etc/passwd", "en", "etc-passwd"),
        ("<script>alert(1)</script>", "en", "script-alert-1-script"),
        ("a\u202eb\u200bc\x00d", "en", "a-b-c-d"),
    ],
)
def test_headlines(headline: str, language: str, want: str) -> None:
    assert want == slug(headline, language)


def test_long_headlines_end_at_a_word_and_within_a_file_name() -> None:
    long = slug("word " * 60, "en")
    wide = slug("𐒰" * 100, "osa")

    assert len(long) <= 80 and long.endswith("word")
    assert len(wide.encode()) <= 240


@given(st.text(max_size=300))
def test_any_text_gives_a_safe_slug(headline: str) -> None:
    got = slug(headline, "en")

    assert got and got == slug(headline, "en")
    assert len(got) <= 80 and len(got.encode()) <= 240
    assert all(unicodedata.category(c)[0] in "LMN" or c == "-" for c in got)
    assert not got.startswith("-") and not got.endswith("-")


def test_a_headline_without_letters_still_has_an_address() -> None:
    assert slug("!!!", "en").startswith("story-")
    assert slug("!!!", "en") != slug("???", "en")
