"""Tags are names, spelled as most newsrooms spell them."""

from datetime import UTC, datetime

import pytest

from iroyin.languages import split
from iroyin.model import Article, ArticleId
from iroyin.write.candidates import candidates
from iroyin.write.tags import tags
from stories_on_file import assembled

DAY = datetime(2026, 1, 8, tzinfo=UTC)
CASES = [
    (
        "a name of two words",
        "en",
        ["The vote in Port Selwyn was calm.", "Nobody in Port Selwyn was hurt."],
        "Port Selwyn",
    ),
    (
        "one word within two sentences",
        "en",
        ["The vote in Selwyn was calm.", "Nobody in Selwyn was hurt."],
        "Selwyn",
    ),
]
NEVER = [
    ("only at the head of a sentence", "en", ["Fire broke out at noon.", "Fire took the roof."], "Fire"),
    ("a common word too", "yo", ["Iná jó ilé náà ní Òkèròdó.", "Àwọn ará Òkèròdó rí iná náà."], "Iná"),
    ("a month", "en", ["The vote of January was calm.", "In the cold of January nobody came."], "January"),
    ("a month behind the word for month", "yo",
     ["Ìbò náà wáyé ní oṣù Kínní ní ìlú náà.", "Ní oṣù Kínní ni wọ́n dé ìlú náà."], "Kínní"),
    ("an adjective", "en", ["The Kenyan port was shut at noon.", "Nobody left the Kenyan port."], "Kenyan"),
    ("the outlet", "en", ["The mayor told First Post at noon.", "Nobody told First Post more."], "First Post"),
]  # fmt: skip


def told(language: str, bodies: list[str]) -> tuple[str, ...]:
    articles = []
    for number, body in enumerate(bodies):
        outlet = ("First Post", "Second Post", "Third Post")[number]
        ranges = ((0, 1), *((start + 3, end + 3) for start, end in split(body, language)))
        articles.append(
            Article(ArticleId(f"a{number}"), "", "A", f"A\n\n{body}", language, DAY, DAY, outlet, outlet, ranges)
        )
    dossier = assembled(articles, language)
    return tags(candidates(dossier), dossier)


@pytest.mark.parametrize(("name", "language", "bodies", "expected"), CASES, ids=[row[0] for row in CASES])
def test_a_tag(name: str, language: str, bodies: list[str], expected: str) -> None:
    assert (expected,) == told(language, bodies)


@pytest.mark.parametrize(("name", "language", "bodies", "never"), NEVER, ids=[row[0] for row in NEVER])
def test_no_tag(name: str, language: str, bodies: list[str], never: str) -> None:
    assert never not in told(language, bodies)


def test_the_spelling_of_most_newsrooms() -> None:
    bodies = ["Nobody met Lee Jae Myung. Then Lee Jae Myung left. Later Lee Jae Myung spoke.",
              "Nobody met Lee Jae-myung.", "Nobody saw Lee Jae-myung."]  # fmt: skip

    assert ("Lee Jae-myung",) == told("en", bodies)
