import pytest

from iroyin.languages import content_words, count_words, direction, script_share, without_spaces, words


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("en", "Ana’s PLAN, twice: 3.5!", ["ana's", "plan", "twice", "3", "5"]),
        ("fr", "L’eau du président, aujourd'hui", ["eau", "du", "président", "aujourd'hui"]),
        ("yo", "Ọ̀yọ́ àti Èkó", ["ọ̀yọ́", "àti", "èkó"]),
        ("hi", "भारत की सरकार", ["भारत", "की", "सरकार"]),
        ("zh", "我们会去", ["我们", "们会", "会去"]),
        ("th", "ไทย", ["ไท", "ทย"]),
        ("ko", "정부는 발표했다", ["정부는", "발표했다"]),
        ("ar", "مُحَمَّد قال", ["مُحَمَّد", "قال"]),
    ],
)
def test_words(language: str, text: str, want: list[str]) -> None:
    assert want == words(text, language)


def test_words_without_marks_make_tone_spellings_equal() -> None:
    assert words("Ijoba ipinle Oyo", "yo") == words("Ìjọba ìpínlẹ̀ Ọ̀yọ́", "yo", marks=False)
    assert words("محمد", "ar", marks=False) == words("مُحَمَّد", "ar", marks=False)


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [("en", "Three little words.", 3), ("zh", "我们会去北京", 3), ("ja", "iPhoneを買う", 3), ("en", "", 0)],
)
def test_count_words(language: str, text: str, want: int) -> None:
    assert want == count_words(text, language)


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("en", "The plan of the mayor is not a plan", {"plan", "mayor"}),
        ("yo", "Ìjọba ti sọ pé àwọn", {"ijoba", "so"}),
        ("ru", "Это был план мэра", {"план", "мэра"}),
    ],
)
def test_content_words(language: str, text: str, want: set[str]) -> None:
    assert want == content_words(text, language)


def test_scripts() -> None:
    assert script_share("Привет", "ru") == 1.0
    assert script_share("Привет hello", "ru") == pytest.approx(6 / 11)
    assert script_share("12:30", "ru") == 1.0
    assert script_share("東京へ行く", "ja") == 1.0
    assert ("rtl", "ltr") == (direction("ar"), direction("en"))
    assert (True, False) == (without_spaces("zh"), without_spaces("ko"))
