import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.languages import tidy

CASES = [
    ("line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("spaces", "a \u00a0\u3000 b  \n  c", "a b\nc"),
    ("many empty lines", "a\n\n\n\nb", "a\n\nb"),
    ("controls", "a\x00b\x1bc\x7f\x9f", "abc"),
    ("right-to-left override", "a\u202eb\u2066c\u2069\u200f\u200e", "abc"),
    ("zero width, soft hyphen, BOM", "\ufeffco\u00adop\u200b\u2060", "coop"),
    ("tag characters hide a prompt", "hi\U000e0049\U000e0047\U000e007f", "hi"),
    ("joiner kept in Persian", "می\u200cخواهم", "می\u200cخواهم"),
    ("joiner kept in Hindi", "क्\u200dष", "क्\u200dष"),
    ("joiner dropped in Latin", "a\u200cb\u200dc", "abc"),
    ("emoji family kept", "👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    ("flag selector kept", "🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
    ("selector dropped after a letter", "a\ufe0fb", "ab"),
    ("lone surrogate", "a\ud800b", "a\ufffdb"),
    ("split pair joined", "\ud83d\ude00", "😀"),
    ("NFC", "O\u0323\u0300yo\u0323\u0301", "Ọ̀yọ́"),
    ("a thousand marks", "a" + "\u0335" * 1000, "a" + "\u0335" * 8),
    ("empty", " \n ", ""),
]


@pytest.mark.parametrize(("name", "given_text", "want"), CASES, ids=[case[0] for case in CASES])
def test_tidy(name: str, given_text: str, want: str) -> None:
    assert unicodedata.normalize("NFC", want) == tidy(given_text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_tidy_is_total_idempotent_and_never_lengthens_much(text: str) -> None:
    once = tidy(text)

    assert once == tidy(once)
    assert len(once) <= 3 * len(text)
    once.encode()


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.sampled_from("aé\u0301\u0323\u200d\u200c\ufe0f😀👩م\u094d क\n\t \u202e\u1100\u1161\u0f71"), max_size=30
    )
)
def test_tidy_is_idempotent_on_nasty_mixes(text: str) -> None:
    assert tidy(text) == tidy(tidy(text))
