"""What a text is kept as for searching, and what a reader's words ask of it."""

import pytest

from iroyin.languages.searching import indexed, question

FOUND = [
    ("en", "Ministers agreed on Monday", "minister"),
    ("de", "Die Müllabfuhr in Köln streikt", "koln"),
    ("fr", "L’élection présidentielle", "election"),
    ("yo", "Ìròyìn láti ọ̀dọ̀ Ìgbìmọ̀", "iroyin igbimo"),
    ("tr", "İstanbul’da ışıklar söndü", "istanbul isik"),
    ("ru", "Самолёт сел в Москве", "самолет"),
    ("ar", "أعلنت الحكومةُ المِصريّة", "الحكومه"),
    ("fa", "دولت ایران اعلام کرد", "ايران"),
    ("he", "שָׁלוֹם עולם", "שלום"),
    ("hi", "दिल्ली में चुनाव हुआ", "चुनाव"),
    ("bn", "ঢাকায় নির্বাচন", "নির্বাচন"),
    ("th", "นายกรัฐมนตรีแถลงข่าว", "รัฐมนตรี"),
    ("zh", "首相召开记者会见", "记者会见"),
    ("zh", "首相召开记者会见", "首"),
    ("ja", "首相が記者会見を開いた", "会見"),
    ("ja", "オリンピックが開幕", "オリンピック"),
    ("ko", "한중정상회담이 열렸다", "정상회담"),
    ("vi", "Thủ tướng phát biểu", "thu tuong"),
]


@pytest.mark.parametrize(("language", "text", "asked"), FOUND)
def test_the_words_of_a_text_are_found_in_it(language: str, text: str, asked: str) -> None:
    kept = f" {indexed(text)} "
    for part in question(asked).split(" AND "):
        run, whole = part.strip('*"'), not part.endswith("*")
        assert f" {run}{' ' if whole else ''}" in kept, (kept, part)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [('x" OR "y', '"x"* AND "or"* AND "y"*'), ("", ""), ("* - ( )", ""), ("北京市", '"北京 京市"'), ("京", '"京"*'),
     ("NEAR(a b)", '"near"* AND "a"* AND "b"*')],
)  # fmt: skip
def test_no_sign_of_the_query_language_gets_through(asked: str, expected: str) -> None:
    assert expected == question(asked)


def test_a_long_question_is_cut() -> None:
    assert 12 == question("word " * 500).count("AND") + 1
