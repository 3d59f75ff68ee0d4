import pytest

from iroyin.languages import quotes

# language, text, then (words inside the marks, speaker)
CASES = [
    ("en", '"We agreed," said Ana Ruiz, director of Amnesty.', [("We agreed,", "Ana Ruiz")]),
    ("en", "Ana Ruiz said: “We agreed. It’s over.”", [("We agreed. It’s over.", "Ana Ruiz")]),
    ("en", "“One,” said Ana Ruiz. “Two.”", [("One,", "Ana Ruiz"), ("Two.", "")]),
    ("en", "The workers' union wasn't ready, said O'Brien's friend.", []),
    ("en", "Officials say ‘the deal is done’ today.", [("the deal is done", "")]),
    ("en", "“It is a ‘big’ step,” Ana Ruiz said.", [("It is a ‘big’ step,", "Ana Ruiz"), ("big", "Ana Ruiz")]),
    ("en", 'The screen is 5" wide.', []),
    ("fr", "« C’est fini », a dit Marie Dupont.", [("C’est fini", "Marie Dupont")]),
    (
        "fr",
        "Le président Emmanuel Macron a déclaré : « Nous sommes prêts. »",
        [("Nous sommes prêts.", "Emmanuel Macron")],
    ),
    ("es", "«Es tarde», dijo Pedro Sánchez.", [("Es tarde", "Pedro Sánchez")]),
    ("de", "Friedrich Merz sagte: „Wir sind bereit.“", [("Wir sind bereit.", "Friedrich Merz")]),
    ("ru", "«Мы ждем», — сказала Мария Захарова.", [("Мы ждем", "Мария Захарова")]),
    ("ko", "김민수 교수는 “어려운 일이다”라고 설명했다.", [("어려운 일이다", "김민수")]),
    ("ko", "이 대통령은 “가겠다”고 말했다.", [("가겠다", "이 대통령")]),
    ("zh", "李强说：“我们会合作。”《新闻》报道。", [("我们会合作。", "李强")]),
    ("zh", "“这是好事，”发言人毛宁说。", [("这是好事，", "毛宁")]),
    ("ja", "石破茂首相は「協力する『必ず』」と述べた。", [("協力する『必ず』", "石破茂"), ("必ず", "石破茂")]),
    ("ar", 'قال الرئيس عبد الفتاح السيسي: "لن نقبل".', [("لن نقبل", "عبد الفتاح السيسي")]),
    ("hi", "प्रधानमंत्री नरेंद्र मोदी ने कहा, “भारत बढ़ेगा।”", [("भारत बढ़ेगा।", "नरेंद्र मोदी")]),
    ("sw", 'Rais Samia Suluhu Hassan alisema, "Tutafanya kazi."', [("Tutafanya kazi.", "Samia Suluhu Hassan")]),
    ("yo", "Ààrẹ Bola Tinubu sọ pé “a ó ṣe é”.", [("a ó ṣe é", "Bola Tinubu")]),
]


@pytest.mark.parametrize(("language", "text", "want"), CASES)
def test_quotes(language: str, text: str, want: list[tuple[str, str]]) -> None:
    found = quotes(text, language)

    assert want == [(mark.text, mark.speaker) for mark in found]
    assert all(mark.text == text[mark.start : mark.end] for mark in found)


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    text = "“This is the first paragraph of it.\n“And this is the second,” said Ana Ruiz."

    found = quotes(text, "en")

    assert [True, False] == [mark.open for mark in found]
    assert ["Ana Ruiz", "Ana Ruiz"] == [mark.speaker for mark in found]


def test_an_unclosed_mark_is_no_quotation() -> None:
    assert [] == quotes("He said “this and left.\nNothing more.", "en")


@pytest.mark.parametrize("text", ["a ‘ b ’ c ’ d ‘ e “f ‘g’ h", "’ ‘“ ’ ‘ ” ’", "‘ ‘ ‘ ’ “ ” ’ ’ “"])
def test_stray_marks_never_raise(text: str) -> None:
    assert all(0 <= mark.start <= mark.end <= len(text) for mark in quotes(text, "en"))
