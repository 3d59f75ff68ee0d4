"""Tags are names, spelled as most newsrooms spell them."""

from datetime import UTC, datetime

import pytest

from iroyin.languages import split
from iroyin.model import Article, ArticleId, Tag, TagKind
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
    ("half of a country's name", "en", ["Talks with North Korea began in the North.",
     "The North sent nobody, and North Korea gave no reason."], "North"),
    ("the outlet", "en", ["The mayor told First Post at noon.", "Nobody told First Post more."], "First Post"),
]  # fmt: skip


def tagged(language: str, bodies: list[tuple[str, str]]) -> tuple[Tag, ...]:
    """The tags of the edition in this language of a story of these articles, each (language, body)."""
    articles = []
    for number, (code, body) in enumerate(bodies):
        outlet = ("First Post", "Second Post", "Third Post", "Fourth Post")[number]
        ranges = ((0, 1), *((start + 3, end + 3) for start, end in split(body, code)))
        articles.append(
            Article(ArticleId(f"a{number}"), "", "A", f"A\n\n{body}", code, DAY, DAY, outlet, outlet, ranges)
        )
    dossier = assembled(articles, language)
    return tags(candidates(dossier), dossier)


def told(language: str, bodies: list[str]) -> tuple[str, ...]:
    return tuple(tag.name for tag in tagged(language, [(language, body) for body in bodies]))


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


PEOPLE = [
    ("en", "President Noémie Vaitiare spoke in Port-Amiral. Nobody saw Noémie Vaitiare leave. Vaitiare was calm."),
    ("fr", "La présidente Noémie Vaitiare a parlé. La foule a suivi Noémie Vaitiare sur le quai."),
    ("ru", "Президент Ноэми Вайтиаре выступила в порту. В порту ждали, и Ноэми Вайтиаре ушла."),
]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_one_person_has_one_key_whatever_the_script(language: str) -> None:
    people = [tag for tag in tagged(language, PEOPLE) if tag.kind is TagKind.PERSON]

    assert ["person-noemie-vaitiare"] == [tag.key for tag in people]
    assert {"en": "Noémie Vaitiare", "fr": "Noémie Vaitiare", "ru": "Ноэми Вайтиаре"}[language] == people[0].name


def test_a_name_seen_only_in_another_case_is_no_tag() -> None:
    bodies = [("en", "The bank of Tavoria met. Nobody left Tavoria today."),
              ("ru", "Регулятор Тавории собрался утром. Столица Тавории ждала весь день.")]  # fmt: skip

    assert "Тавории" not in [tag.name for tag in tagged("ru", bodies)]


def test_two_names_that_sound_unlike_are_two_people() -> None:
    other = [PEOPLE[0], ("ru", "Президент Анна Петрова выступила в порту. В порту ждали, и Анна Петрова ушла.")]

    assert "person-noemie-vaitiare" not in [tag.key for tag in tagged("ru", other)]


KNOWN = [
    ("en", "Kenya votes today. The election in Kenya is watched by the United Nations, the UN said."),
    ("sw", "Kenya inapiga kura leo. Uchaguzi mkuu wa Kenya unafuatiliwa na Umoja wa Mataifa."),
    ("ar", "كينيا تصوت اليوم. الانتخابات في كينيا تراقبها الأمم المتحدة."),
    ("zh", "肯尼亚今天投票。联合国关注肯尼亚选举的投票率。"),
]
NAMED = {
    "en": ("Kenya", "United Nations", "Elections"),
    "sw": ("Kenya", "Umoja wa Mataifa", "Uchaguzi"),
    "ar": ("كينيا", "الأمم المتحدة", "انتخابات"),
    "zh": ("肯尼亚", "联合国", "选举"),
}


@pytest.mark.parametrize("language", NAMED)
def test_a_country_an_organisation_and_a_topic_have_one_key_and_a_name_in_each_language(language: str) -> None:
    found = {tag.key: tag.name for tag in tagged(language, KNOWN)}
    expected = dict(zip(("place-ke", "org-un", "topic-election"), NAMED[language], strict=True))

    assert expected == {key: found.get(key) for key in expected}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The mayor met Salma Njoka, 41, at noon. Later Salma Njoka left.", "Salma Njoka", TagKind.PERSON),
        ("The fire in Port Selwyn was out. Nobody in Port Selwyn was hurt.", "Port Selwyn", TagKind.PLACE),
        ("The rate of the Harbour Bank fell. Nobody left the Harbour Bank.", "Harbour Bank", TagKind.ORGANISATION),
        ("The crew of Santa Brisa slept. Nobody left Santa Brisa.", "Santa Brisa", TagKind.NAME),
    ],
)
def test_the_kind_of_a_name_is_what_the_texts_show_and_else_unsaid(text: str, name: str, kind: TagKind) -> None:
    assert (name, kind) in [(tag.name, tag.kind) for tag in tagged("en", [("en", text)])]


def test_what_is_written_by_ai_gives_no_subject_beside_reporting() -> None:
    body = "Kenya votes today. Nobody in Kenya slept."
    ranges = ((0, 1), *((start + 3, end + 3) for start, end in split(body, "en")))
    made = Article(ArticleId("ai"), "", "A", f"A\n\n{body}", "en", DAY, DAY, "Bot", "Bot", ranges, ai_written=True)
    told = Article(ArticleId("a"), "", "A", "A\n\nIt rained.", "en", DAY, DAY, "Post", "Post", ((0, 1), (3, 13)))
    dossier = assembled([made, told], "en")

    assert () == tags(candidates(dossier), dossier)
