from decimal import Decimal

import pytest

from iroyin.languages import languages, numbers, rules

# language, text, then every number as "value unit kind" ("-" for no value or no unit; "~" in front: approximate)
CASES = [
    ("en", "Two hundred thousand people", ["200000 - number"]),
    ("en", "twenty-five men and one hundred and five women", ["25 - number", "105 - number"]),
    ("en", "$3.5 billion, 5% and N500 million", ["3500000000 USD money", "5 % percent", "500000000 NGN money"]),
    ("en", "nearly 100 km in a five-year plan", ["~100 km measure", "5 year duration"]),
    ("en", "at 11:20 a.m. or 5pm or 17:45", ["- 11:20 time", "- 17:00 time", "- 17:45 time"]),
    ("en", "Arsenal won 3-1", ["- 3-1 score"]),
    (
        "en",
        "10-15 people for $5-6 billion",
        ["10 - range", "15 - range", "5000000000 USD money", "6000000000 USD money"],
    ),
    ("en", "COVID-19, G20, 5G, F-35 and one of them", []),
    ("en", "a dozen, two dozen", ["12 - number", "24 - number"]),
    ("en", "thousands of people in 2026 and the 1990s", ["1000 - vague", "2026 - year", "1990 decade year"]),
    ("en", "the third and the 3rd time", ["3 - ordinal", "3 - ordinal"]),
    ("en", "It was -5°C", ["-5 degree measure"]),
    ("en", "1,234,567.5 and 1,00,000", ["1234567.5 - number", "100000 - number"]),
    ("fr", "17 000 personnes, 3,5 millions d’euros", ["17000 - number", "3500000 EUR money"]),
    ("fr", "quatre-vingt-dix-sept, vingt et un, soixante et onze", ["97 - number", "21 - number", "71 - number"]),
    (
        "fr",
        "le 1er à 20h30, 5 % de plus, deux ans",
        ["1 - ordinal", "- 20:30 time", "5 % percent", "2 year duration"],
    ),
    ("fr", "le premier ministre a une maison", []),
    ("es", "17.000 millones de dólares", ["17000000000 USD money"]),
    ("es", "dos mil quinientos millones, treinta y cinco", ["2500000000 - number", "35 - number"]),
    ("es", "$111,000 y 0,125", ["111000 USD money", "0.125 - number"]),
    ("es", "el 3,5 % en tres años", ["3.5 % percent", "3 year duration"]),
    ("yo", "mílíọ̀nù márùn-ún náírà", ["5000000 NGN money"]),
    ("yo", "₦500 million fún ọdún mẹ́wàá", ["500000000 NGN money", "10 year duration"]),
    ("yo", "ẹgbẹ̀rún mẹ́ta", ["3000 - number"]),
    ("sw", "dola milioni tano, asilimia 50", ["5000000 USD money", "50 % percent"]),
    ("sw", "elfu mbili mia tatu na hamsini", ["2350 - number"]),
    ("sw", "watu kumi na mbili kwa miaka kumi", ["12 - number", "10 year duration"]),
    ("ko", "1조 2000억원, 3만 5천 명", ["1200000000000 KRW money", "35000 person measure"]),
    ("ko", "두 명이 오후 3시 20분에 3시간", ["2 person measure", "- 15:20 time", "3 hour duration"]),
    ("ko", "5%로 약 3만여명", ["5 % percent", "~30000 person measure"]),
    ("ar", "١٢٨ شخصا و٥٪", ["128 person measure", "5 % percent"]),
    ("ar", "ثلاثة ملايين دولار", ["3000000 USD money"]),
    ("ar", "خمسة وعشرون شخصا", ["25 person measure"]),
    ("hi", "५ लाख करोड़ रुपये", ["5000000000000 INR money"]),
    ("hi", "तीन हजार लोग, 5 प्रतिशत", ["3000 person measure", "5 % percent"]),
    ("zh", "三百二十五万人，3.5亿美元", ["3250000 person measure", "350000000 USD money"]),
    ("zh", "一个人说，第三次，两名", ["3 - ordinal", "2 person measure"]),
    ("zh", "下午3时20分，5%", ["- 15:20 time", "5 % percent"]),
    ("ja", "1億2000万円、三十五人", ["120000000 JPY money", "35 person measure"]),
    ("ja", "午後3時20分に3時間", ["- 15:20 time", "3 hour duration"]),
    ("ru", "3,5 млн рублей, двадцать пять лет", ["3500000 RUB money", "25 year duration"]),
    ("ru", "128 человек, 3-й", ["128 person measure", "3 - ordinal"]),
    ("de", "3,5 Millionen Euro, 1.200 Menschen", ["3500000 EUR money", "1200 - number"]),
    ("pt", "R$ 3,5 milhões e 40 por cento", ["3500000 BRL money", "40 % percent"]),
    ("it", "duecento no, 3 miliardi di euro", ["3000000000 EUR money"]),
    ("tr", "%50 ve 3 milyon dolar", ["50 % percent", "3000000 USD money"]),
    ("id", "Rp 5 juta, 12 orang", ["5000000 IDR money", "12 person measure"]),
    ("vi", "5 triệu đồng, 12 người", ["5000000 VND money", "12 person measure"]),
    ("uk", "п'ять тисяч гривень", ["5000 UAH money"]),
    ("pl", "5 tys. osób", ["5000 - number"]),
    ("fa", "۵ میلیون دلار", ["5000000 USD money"]),
    ("he", "5 מיליון דולר", ["5000000 USD money"]),
    ("th", "5 ล้านบาท", ["5000000 THB money"]),
    ("bn", "৫ লাখ টাকা", ["500000 BDT money"]),
    ("ha", "naira miliyan biyar", ["5000000 NGN money"]),
    ("ig", "nde ise", ["5000000 - number"]),
    ("am", "5 ሚሊዮን ብር", ["5000000 ETB money"]),
    ("el", "5 εκατομμύρια ευρώ", ["5000000 EUR money"]),
]


def told(text: str, language: str) -> list[str]:
    found = []
    for n in numbers(text, language):
        value = "-" if n.value is None else f"{n.value.normalize():f}"
        found.append(f"{'~' if n.approximate else ''}{value} {n.unit or '-'} {n.kind}")
    return found


@pytest.mark.parametrize(("language", "text", "want"), CASES)
def test_numbers(language: str, text: str, want: list[str]) -> None:
    assert want == told(text, language)


@pytest.mark.parametrize("language", languages())
def test_every_scale_word_multiplies_digits(language: str) -> None:
    known = rules(language)
    for word, scale in known.scales.items():
        if scale < 1000 or known.scale_first:
            continue
        text = f"3{word}" if not known.spaces or language == "ko" else f"3 {word}"
        assert [Decimal(3) * scale] == [n.value for n in numbers(text, language)], word


def test_offsets_and_exclusion() -> None:
    text = "Lábẹ́ òfin, náírà mílíọ̀nù 5 ni."

    number = numbers(text, "yo")[0]

    assert "náírà mílíọ̀nù 5" == number.text == text[number.start : number.end]
    assert [] == numbers(text, "yo", exclude=[(number.start, number.end)])


def test_a_number_that_opens_the_body_after_a_headline_is_read() -> None:
    assert ["3,200"] == [number.text for number in numbers("Crowds fill Orlek\n3,200 people came.", "en")]
