import pytest

from iroyin.languages import find_phrases, name_key, names, opens_with, places

CASES = [
    (
        "en",
        "President Lee Jae Myung met Xi Jinping in Beijing on Monday.",
        ["Lee Jae Myung", "Xi Jinping", "Beijing"],
    ),
    ("en", "Meanwhile, Mr. Smith’s car was found.", ["Smith"]),
    ("en", "The Bank of England told Ursula von der Leyen.", ["Bank of England", "Ursula von der Leyen"]),
    ("en", "U.S. President Donald Trump spoke in January.", ["U.S.", "Donald Trump"]),
    ("fr", "Le président Emmanuel Macron a parlé à l’ONU. C’est tout.", ["Emmanuel Macron", "ONU"]),
    ("es", "El presidente Pedro Sánchez viajó a Estados Unidos.", ["Pedro Sánchez", "Estados Unidos"]),
    ("yo", "Ààrẹ Bola Tinubu wà ní Amẹ́ríkà.", ["Bola Tinubu", "Amẹ́ríkà"]),
    ("sw", "Rais Samia Suluhu Hassan alizuru Kenya.", ["Samia Suluhu Hassan", "Kenya"]),
    ("ru", "Президент Владимир Путин прибыл в Китай.", ["Владимир Путин", "Китай"]),
    ("de", "Bundeskanzler Friedrich Merz sprach in Berlin.", ["Friedrich Merz", "Berlin"]),
    ("tr", "Recep Tayyip Erdoğan dün Ankara'da konuştu.", ["Recep Tayyip Erdoğan", "Ankara"]),
    ("ko", "이재명 대통령은 베이징에서 시진핑 국가주석과 만났다.", ["이재명", "베이징", "시진핑"]),
    ("ko", "도널드 트럼프 대통령이 방문했다.", ["도널드 트럼프"]),
    ("zh", "韩国总统李在明在北京会见国家主席习近平。", ["韩国", "李在明", "北京", "习近平"]),
    ("zh", "特朗普总统与OpenAI会谈。", ["特朗普", "OpenAI"]),
    ("ja", "石破茂首相とトランプ大統領は日本で会談した。", ["石破茂", "トランプ", "日本"]),
    ("ar", "قال الرئيس عبد الفتاح السيسي إن مصر مستعدة.", ["عبد الفتاح السيسي", "مصر"]),
    ("hi", "प्रधानमंत्री नरेंद्र मोदी ने भारत में कहा।", ["नरेंद्र मोदी", "भारत"]),
]


@pytest.mark.parametrize(("language", "text", "want"), CASES)
def test_names(language: str, text: str, want: list[str]) -> None:
    found = names(text, language)

    assert want == [name.text for name in found]
    assert all(name.text == text[name.start : name.end] for name in found)


def test_the_title_is_told_apart() -> None:
    assert [("Emmanuel Macron", "president")] == [
        (n.text, n.title) for n in names("le président Emmanuel Macron", "fr")
    ]


def test_a_lone_opening_word_is_never_sure() -> None:
    assert [False] == [name.sure for name in names("Beekeepers found nobody.", "en")]
    assert [] == names("Firefighters came and other firefighters left.", "en")


def test_a_headline_in_title_case_is_not_trusted() -> None:
    assert {False} == {name.sure for name in names("Five Killed As Train Derails Near Northern Town", "en")}


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Lee Jae Myung", "Lee Jae-myung", "en"),
        ("Ọ̀yọ́", "Oyo", "yo"),
        ("Путина", "Путин", "ru"),
        ("Zelenskyy’s", "ZELENSKYY", "en"),
        ("U.S.", "US", "en"),
    ],
)
def test_spellings_share_a_key(one: str, other: str, language: str) -> None:
    assert name_key(one, language) == name_key(other, language)


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("en", "South Korea and Chad told us that Paris agreed", {"KR", "TD", "FR"}),
        ("fr", "Les États-Unis et la Corée du Sud", {"US", "KR"}),
        ("ko", "한국과 미국은", {"KR", "US"}),
        ("zh", "韩国和美国", {"KR", "US"}),
        ("ar", "في مصر وفرنسا", {"EG", "FR"}),
        ("hi", "भारत और चीन", {"IN", "CN"}),
        ("yo", "ní Nàìjíríà àti South Africa", {"NG", "ZA"}),
        ("yo", "láti Gúúsù Kòríà", {"KR"}),
        ("ru", "в России и Китае", {"RU", "CN"}),
        ("sw", "Marekani na Ujerumani", {"US", "DE"}),
    ],
)
def test_places(language: str, text: str, want: set[str]) -> None:
    assert want == places(text, language)


@pytest.mark.parametrize(
    ("language", "sentence", "want"),
    [
        ("en", "“He left.", "he"),
        ("en", "Hence it was", ""),
        ("en", "In addition, they left.", "in addition"),
        ("fr", "Ce dernier a refusé.", "ce dernier"),
        ("ko", "그는 떠났다.", "그는"),
        ("zh", "他走了。", "他"),
        ("yo", "Ó lọ sí Èkó.", "o"),
        ("ar", "وهو رئيس", "هو"),
    ],
)
def test_opens_with(language: str, sentence: str, want: str) -> None:
    assert want == opens_with(sentence, language, "dangling_openers")


def test_find_phrases_keeps_word_edges_and_offsets() -> None:
    text = "Kò sí ẹnì kankan; kókó"

    assert ["Kò sí"] == [text[p.start : p.end] for p in find_phrases(text, "yo", "negations")]
    assert [] == find_phrases("Notable knots", "en", "negations")
    assert ["不"] == [p.text for p in find_phrases("不过他不去", "zh", "negations")]
    assert [] == find_phrases("委员会会议", "zh", "hedges")
