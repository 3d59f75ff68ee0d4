from datetime import UTC, datetime

import pytest

from iroyin.languages import date_faults, dates, month_names, weekday_names

TUESDAY = datetime(2026, 1, 6, 12, tzinfo=UTC)

# language, text, then every mention as "day precision weekday"
CASES = [
    ("en", "On Monday, January 5, 2026 they met.", ["2026-01-05 day 0"]),
    ("en", "5 January 2026 or Jan. 5 or the fifth of January", ["2026-01-05 day -"] * 3),
    ("en", "yesterday, last month, two weeks ago", ["2026-01-05 day -", "2025-12-01 month -", "2025-12-22 interval -"]),
    ("en", "They may march in May.", ["2026-05-01 month -"]),
    ("en", "They met on Sunday and will meet on Friday.", ["2026-01-04 weekday 6", "2026-01-09 weekday 4"]),
    ("en", "last Tuesday, next Tuesday", ["2025-12-30 weekday 1", "2026-01-13 weekday 1"]),
    ("en", "January 5-7, 2026", ["2026-01-05 interval -"]),
    ("en", "since 2019; 2019-2021; March 2020", ["2019-01-01 year -", "2019-01-01 interval -", "2020-03-01 month -"]),
    ("en", "2026-01-05, 05/01/2026, 25/01/2026", ["2026-01-05 day -", "None day -", "2026-01-25 day -"]),
    ("en", "February 30, 2026", ["None day -"]),
    ("en", "He paid $2000 or 1,500.", []),
    ("fr", "le lundi 5 janvier 2026, le 1er mai", ["2026-01-05 day 0", "2026-05-01 day -"]),
    ("fr", "hier, il y a deux jours, le mois dernier", ["2026-01-05 day -", "2026-01-04 day -", "2025-12-01 month -"]),
    ("es", "el 5 de enero de 2026 por la mañana", ["2026-01-05 day -"]),
    ("es", "Fue condenado en octubre.", ["2025-10-01 month -"]),
    ("es", "mañana, hace tres días", ["2026-01-07 day -", "2026-01-03 day -"]),
    ("yo", "ọjọ́ karùn-ún oṣù kìíní ọdún 2026", ["2026-01-05 day -"]),
    ("yo", "5 Oṣù Ṣẹ́rẹ́ 2026", ["2026-01-05 day -"]),
    ("yo", "January 5, 2026 ní ọjọ́ Ajé", ["2026-01-05 day -", "2026-01-05 weekday 0"]),
    ("yo", "lánàá", ["2026-01-05 day -"]),
    ("sw", "tarehe 5 Januari 2026", ["2026-01-05 day -"]),
    ("sw", "5 mwezi wa kwanza; Jumatatu; siku tatu zilizopita",
     ["2026-01-05 day -", "2026-01-05 weekday 0", "2026-01-03 day -"]),
    ("ko", "2026년 1월 5일(월)", ["2026-01-05 day 0"]),
    ("ko", "5일 오후 3일간 지난달", ["2026-01-05 day -", "2025-12-01 month -"]),
    ("ko", "3일 전, 지난 일요일", ["2026-01-03 day -", "2026-01-04 weekday 6"]),
    ("zh", "2026年1月5日，昨天，上个月", ["2026-01-05 day -", "2026-01-05 day -", "2025-12-01 month -"]),
    ("zh", "上周日，3天前", ["2026-01-04 weekday 6", "2026-01-03 day -"]),
    ("ja", "2026年1月5日（月）に3日間", ["2026-01-05 day 0"]),
    ("ja", "先月、日曜日、3日前", ["2025-12-01 month -", "2026-01-04 weekday 6", "2026-01-03 day -"]),
    ("ru", "5 января 2026 года", ["2026-01-05 day -"]),
    ("ru", "вчера, три дня назад, в марте 2020 года", ["2026-01-05 day -", "2026-01-03 day -", "2020-03-01 month -"]),
    ("ar", "5 يناير 2026", ["2026-01-05 day -"]),
    ("ar", "5 كانون الثاني/يناير، أمس، الأحد الماضي", ["2026-01-05 day -", "2026-01-05 day -", "2026-01-04 weekday 6"]),
    ("hi", "5 जनवरी 2026, पिछले महीने, 3 दिन पहले", ["2026-01-05 day -", "2025-12-01 month -", "2026-01-03 day -"]),
    ("de", "am 5. Januar 2026, gestern, vor drei Tagen", ["2026-01-05 day -", "2026-01-05 day -", "2026-01-03 day -"]),
    ("pt", "5 de janeiro de 2026, ontem", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("it", "il 5 gennaio 2026, tre giorni fa", ["2026-01-05 day -", "2026-01-03 day -"]),
    ("nl", "5 januari 2026, gisteren", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("tr", "5 Ocak 2026, dün", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("id", "5 Januari 2026, kemarin", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("vi", "ngày 5 tháng 1 năm 2026, hôm qua", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("uk", "5 січня 2026 року, вчора", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("pl", "5 stycznia 2026 roku, wczoraj", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("he", "5 בינואר 2026, אתמול", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("th", "5 มกราคม 2569, เมื่อวาน", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("bn", "৫ জানুয়ারি ২০২৬, গতকাল", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("ha", "5 ga Janairu 2026, jiya", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("ig", "5 Jenụwarị 2026, ụnyaahụ", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("am", "5 ጃንዩወሪ 2026, ትናንት", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("el", "5 Ιανουαρίου 2026, χθες", ["2026-01-05 day -", "2026-01-05 day -"]),
    ("fa", "۵ ژانویهٔ ۲۰۲۶، دیروز", ["2026-01-05 day -", "2026-01-05 day -"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "want"), CASES)
def test_dates(language: str, text: str, want: list[str]) -> None:
    found = dates(text, language, published=TUESDAY)

    assert want == [f"{m.day} {m.precision} {'-' if m.weekday is None else m.weekday}" for m in found]
    assert all(m.text == text[m.start : m.end] for m in found)


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("en", "The leaders met on Sunday, January 5, 2026.", [("Sunday, January 5, 2026", "weekday", True)]),
        ("en", "The leaders met on Monday, January 5, 2026.", []),
        ("en", "He flew home that Sunday after the talks of January 5.", [("Sunday", "same-day", True)]),
        ("en", "On Sunday he said the summit of January 5, 2026 failed.", [("Sunday", "weekday", False)]),
        ("en", "He spoke on Sunday.\nThe summit was on January 5, 2026.", []),
        ("en", "It is the first visit in nine years since 2019.", [("nine years since 2019", "since", True)]),
        ("en", "It is the first visit in seven years, since 2019.", []),
        ("en", "Since 2019, seven years have passed.", []),
        ("fr", "le dimanche 5 janvier 2026", [("dimanche 5 janvier 2026", "weekday", True)]),
        ("ko", "2026년 1월 5일(일)에 만났다.", [("2026년 1월 5일(일)", "weekday", True)]),
        ("ja", "2026年1月5日（日）に会談した。", [("2026年1月5日（日）", "weekday", True)]),
        ("ru", "в воскресенье, 5 января 2026 года", [("воскресенье, 5 января 2026", "weekday", True)]),
        ("ar", "الأحد 5 يناير 2026", [("الأحد 5 يناير 2026", "weekday", True)]),
    ],
)
def test_date_faults(language: str, text: str, want: list[tuple[str, str, bool]]) -> None:
    found = date_faults(text, language, published=TUESDAY)

    assert want == [(fault.text, fault.reason, fault.sure) for fault in found]
    assert all(fault.text == text[fault.start : fault.end] for fault in found)


def test_month_and_weekday_names_come_from_cldr_and_the_file() -> None:
    assert 1 == month_names("ru")["января"] == month_names("ru")["январь"] == month_names("ru")["январе"]
    assert 6 == weekday_names("yo")["ojo aiku"]
