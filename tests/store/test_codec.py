"""What older versions wrote is still read."""

import json
from datetime import UTC, datetime

import msgspec
import pytest

from iroyin.adapters.store.codec import pack, unpack
from iroyin.model import ArticleId, Brief, Counts, EvidenceKind, Sentence, StoryId, Tag, TagKind

SENTENCE = Sentence("Rain fell.", "en", EvidenceKind.VERBATIM, ())
BRIEF = Brief(
    StoryId("s1"), 1, "en", SENTENCE, (SENTENCE,), (), (), Counts(1, 1, 1), (ArticleId("a1"),),
    datetime(2026, 1, 5, tzinfo=UTC), "extractive/1", tags=(Tag("place-ke", TagKind.PLACE, "Kenya"),),
)  # fmt: skip


def test_a_brief_comes_back_as_it_was() -> None:
    assert BRIEF == unpack(Brief, pack(BRIEF))


def test_a_brief_whose_tags_were_strings_gets_the_keys_of_today() -> None:
    older = json.dumps({**json.loads(pack(BRIEF)), "tags": ["Kenya", "United Nations", "Bọ́lá Tinúbú"]}).encode()

    assert (
        Tag("place-ke", TagKind.PLACE, "Kenya"),
        Tag("org-un", TagKind.ORGANISATION, "United Nations"),
        Tag("name-bola-tinubu", TagKind.NAME, "Bọ́lá Tinúbú"),
    ) == unpack(Brief, older).tags


@pytest.mark.parametrize("broken", [b"[]", b"{}", b'{"tags": ["Kenya"]}', b'{"tags": [1]}'])
def test_what_is_no_brief_is_refused(broken: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        unpack(Brief, broken)
