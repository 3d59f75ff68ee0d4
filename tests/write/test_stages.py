"""Where in an article a sentence belongs, and whose voice it has."""

from datetime import UTC, datetime

import pytest

from iroyin.model import Article, ArticleId
from iroyin.write.candidates import candidates
from iroyin.write.printable import is_printable
from iroyin.write.stages import Stage, stage
from iroyin.write.voice import is_own_voice
from stories_on_file import assembled

DAY = datetime(2026, 1, 8, tzinfo=UTC)
STAGES = [
    ("en", "The ferry Halcyon sank off Oakham on Wednesday, 7 January 2026.", Stage.NEWS),
    ("en", "“Nobody saw the light,” Ana Teller told the harbour court of Oakham.", Stage.REACTION),
    ("en", "No ferry had sunk off the coast of Oakham since 2019.", Stage.BACKGROUND),
    ("en", "The harbour court of Oakham will hear the captain and both mates.", Stage.NEXT),
    ("en", "The harbour court of Oakham hears the captain on 20 January 2026.", Stage.NEXT),
    ("fr", "Aucun navire n’avait coulé devant le port d’Oakham depuis 2019.", Stage.BACKGROUND),
    ("de", "Seit 2019 war vor der Küste von Oakham kein Schiff gesunken.", Stage.BACKGROUND),
    ("ko", "오컴 법원은 2026년 1월 20일 선장을 불러 사고 경위를 듣는다.", Stage.NEXT),
]
VOICES = [
    ("en", "As everybody guessed, we now know the name of the ship.", True),
    ("en", "But I think the court is wrong about the captain.", True),
    ("en", "The museum shows letters from World War I and later years.", False),
    ("en", "“We saw no light and I heard no horn,” Ana Teller said.", False),
    ("fr", "J’ai vu la foule devant le palais de justice.", True),
    ("fr", "« J’ai vu la foule », a dit Ana Teller.", False),
    ("ru", "Мы увидели толпу у здания суда.", True),
    ("zh", "我们看到法院门前有很多人。", True),
    ("ko", "우리 정부는 선장의 송환을 요청했다.", False),
]
UNFIT = [
    ("en", "Story continues below: the captain and his two mates."),
    ("en", "@harbour: the captain has left the court by the back door."),
    ("ru", "Напомним, 1 мая в порту сгорели два склада."),
    ("es", "(¡Qué noche!) El capitán ya salió del juzgado con su abogado."),
]


@pytest.mark.parametrize(("language", "text", "expected"), STAGES, ids=[row[1][:40] for row in STAGES])
def test_stage(language: str, text: str, expected: Stage) -> None:
    whole = f"Oakham\n\n{text}"
    article = Article(
        ArticleId("a"), "", "Oakham", whole, language, DAY, DAY, "Post", "Post", ((0, 6), (8, len(whole)))
    )

    assert expected is stage(candidates(assembled([article], language))[1])


@pytest.mark.parametrize(("language", "text", "expected"), VOICES, ids=[row[1][:40] for row in VOICES])
def test_own_voice(language: str, text: str, expected: bool) -> None:
    assert expected is is_own_voice(text, language)


@pytest.mark.parametrize(("language", "text"), UNFIT, ids=[row[1][:40] for row in UNFIT])
def test_what_no_page_prints(language: str, text: str) -> None:
    assert not is_printable(text, language, punctuated=True)
