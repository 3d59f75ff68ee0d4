"""Results of votes in many languages: sides only where words name them, and nothing where no vote is told."""

import pytest

from iroyin.languages import Vote, vote

TOLD = [
    ("en", "Parliament passed it by 312 votes to 198 on Monday.", (312, 198, False, 0)),
    ("en", "MPs rejected the bill by 312 votes to 198.", (312, 198, False, 0)),  # no side is named, none is made up
    ("en", "Carrow council voted 31 to 28 on Sunday to pay.", (31, 28, False, 0)),
    ("en", "The result was 312 in favour, 198 against and five abstentions.", (312, 198, True, 5)),
    ("en", "It drew 1,204 votes for and 980 against, with 12 abstentions.", (1204, 980, True, 12)),
    ("en", "Senators backed it in a 51–49 vote.", (51, 49, False, 0)),
    ("fr", "Le jury l’a préféré par sept voix contre deux.", (7, 2, False, 0)),
    ("fr", "Le texte a obtenu 312 voix pour et 198 contre, cinq abstentions.", (312, 198, True, 5)),
    ("es", "Salió adelante con 178 votos a favor, 172 en contra y 3 abstenciones.", (178, 172, True, 3)),
    ("pt", "Foi aprovado com 312 votos a favor e 198 contra.", (312, 198, True, 0)),
    ("it", "Approvato con 312 voti favorevoli e 198 contrari, 5 astenuti.", (312, 198, True, 5)),
    ("de", "Es gab 312 Ja-Stimmen, 198 Nein-Stimmen und 5 Enthaltungen.", (312, 198, True, 5)),
    ("de", "Der Rat nahm es mit 31 zu 28 Stimmen an.", (31, 28, False, 0)),
    ("nl", "Er waren 76 stemmen voor en 74 tegen.", (76, 74, True, 0)),
    ("ru", "За проголосовали 312 депутатов, против — 98, воздержались 5.", (312, 98, True, 5)),
    ("uk", "За проголосували 262 депутати, проти — 12.", (262, 12, True, 0)),
    ("pl", "Za głosowało 231 posłów, przeciw 198, 5 wstrzymało się.", (231, 198, True, 5)),
    ("tr", "Teklif 312 kabul, 198 ret oyuyla geçti.", (312, 198, True, 0)),
    ("id", "Hasilnya 312 suara setuju dan 198 menolak.", (312, 198, True, 0)),
    ("vi", "Dự luật được thông qua với 312 phiếu thuận, 198 phiếu chống và 5 phiếu trắng.", (312, 198, True, 5)),
    ("ar", "أقره البرلمان بأغلبية 312 صوتاً مقابل 198.", (312, 198, False, 0)),
    ("he", "ההצעה עברה: 61 בעד, 48 נגד.", (61, 48, True, 0)),
    ("fa", "لایحه با ۲۱۲ رأی موافق، ۴۸ رأی مخالف تصویب شد.", (212, 48, True, 0)),
    ("hi", "विधेयक के पक्ष में 312 और विपक्ष में 198 वोट पड़े।", (312, 198, True, 0)),
    ("bn", "পক্ষে ৩১২ ভোট ও বিপক্ষে ১৯৮ ভোট পড়ে।", (312, 198, True, 0)),
    ("el", "Το νομοσχέδιο πέρασε με 158 ψήφους υπέρ και 142 κατά.", (158, 142, True, 0)),
    ("th", "ที่ประชุมเห็นด้วย 312 เสียง ไม่เห็นด้วย 98 เสียง งดออกเสียง 5", (312, 98, True, 5)),
    ("sw", "Mswada ulipata kura 312 dhidi ya 198.", (312, 198, False, 0)),
    ("zh", "决议以13票赞成、0票反对、2票弃权获得通过。", (13, 0, True, 2)),
    ("zh", "议案以312票对198票通过。", (312, 198, False, 0)),
    ("ja", "法案は賛成312票、反対98票で可決された。", (312, 98, True, 0)),
    ("ko", "찬성 171표, 반대 85표, 기권 3표로 가결됐다.", (171, 85, True, 3)),
]  # fmt: skip
NONE = [
    ("en", "City beat Rovers 3 to 2 after extra time."),
    ("en", "The bill would need 312 votes to 198 to pass."),
    ("en", "The council did not vote 31 to 28, officials said."),
    ("en", "She won 52.4 percent of the vote against 47.6."),
    ("en", "Turnout was 71.8 percent."),
    ("en", "By 1 vote to 1."),
    ("fr", "Il a gagné par trois buts contre deux."),
    ("yo", "Ìbò 312 sí 198."),  # a language whose file has no words for it
    ("xx", "312 votes to 198"),
]


@pytest.mark.parametrize(("language", "text", "want"), TOLD, ids=[f"{one[0]}-{n}" for n, one in enumerate(TOLD)])
def test_results_are_read(language: str, text: str, want: tuple[int, int, bool, int]) -> None:
    assert Vote(*want) == vote(text, language)


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_is_no_result_gives_none(language: str, text: str) -> None:
    assert vote(text, language) is None
