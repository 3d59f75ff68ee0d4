"""What a story of a kind tells and what a source says is unknown: found where it stands, not beside it, in 20 languages."""

import pytest

from iroyin.languages import fields_of, says_unknown, tells_of
from iroyin.languages.fields import _table
from iroyin.languages.subjects import subject_keys

# For each language: a sentence that says what is unknown, the same matter told, and one that counts the injured.
SAID = {
    "en": ("The cause of the fire is not yet known.", "A short circuit set the mill alight.", "Four people were hurt."),
    "fr": ("On ignore encore l’origine du feu.", "Un court-circuit a mis le feu au moulin.", "Quatre personnes sont blessées."),
    "es": ("Se desconoce el origen del fuego.", "Un cortocircuito prendió el molino.", "Hay cuatro heridos."),
    "pt": ("A origem do fogo ainda não é conhecida.", "Um curto-circuito incendiou o moinho.", "Há quatro feridos."),
    "de": ("Die Ursache ist noch unklar.", "Ein Kurzschluss setzte die Mühle in Brand.", "Vier Menschen wurden verletzt."),
    "it": ("Non è ancora chiaro come sia nato il fuoco.", "Un corto circuito ha incendiato il mulino.", "Ci sono quattro feriti."),
    "nl": ("De oorzaak is nog onduidelijk.", "Kortsluiting zette de molen in brand.", "Vier mensen raakten gewond."),
    "ru": ("Причина пожара пока неизвестна.", "Мельницу подожгло короткое замыкание.", "Четыре человека пострадали."),
    "uk": ("Причина пожежі поки невідома.", "Млин підпалило коротке замикання.", "Четверо людей постраждали."),
    "pl": ("Przyczyna pożaru nie jest znana.", "Młyn zapalił się od zwarcia.", "Cztery osoby są ranne."),
    "sw": ("Chanzo cha moto bado hakijafahamika.", "Hitilafu ya umeme iliwasha kinu.", "Watu wanne ni majeruhi."),
    "yo": ("A kò tíì mọ̀ ohun tó dá iná náà sílẹ̀.", "Iná mànàmáná ló dá a sílẹ̀.", "Ènìyàn mẹ́rin ló farapa."),
    "ar": ("سبب الحريق غير معروف.", "أشعل تماس كهربائي المطحنة.", "أصيب أربعة أشخاص."),
    "fa": ("علت آتش‌سوزی هنوز معلوم نیست.", "اتصال برق آسیاب را آتش زد.", "چهار نفر زخمی شدند."),
    "hi": ("आग कैसे लगी, यह अभी स्पष्ट नहीं है।", "शॉर्ट सर्किट ने मिल में आग लगाई।", "चार लोग घायल हैं।"),
    "zh": ("起火的情形尚不清楚。", "电线短路点燃了磨坊。", "四人受伤。"),
    "ja": ("火が出たいきさつは分かっていない。", "漏電が製粉所に火をつけた。", "4人がけがをした。"),
    "ko": ("불이 난 경위는 아직 알려지지 않았다.", "누전이 제분소에 불을 냈다.", "4명이 다쳤다."),
    "tr": ("Yangının nasıl çıktığı henüz bilinmiyor.", "Kısa devre değirmeni tutuşturdu.", "Dört kişi yaralandı."),
    "id": ("Asal api belum diketahui.", "Korsleting membakar penggilingan.", "Empat orang terluka."),
}  # fmt: skip
# ruff: noqa: E501


@pytest.mark.parametrize("language", SAID)
def test_what_is_unknown_is_told_from_what_is_known(language: str) -> None:
    open_matter, told, hurt = SAID[language]

    assert says_unknown(open_matter, language)
    assert not says_unknown(told, language)
    assert not says_unknown(hurt, language)
    assert tells_of(hurt, language, "injured")
    assert tells_of(hurt, language, "struck")
    assert not tells_of(told, language, "injured")
    assert not tells_of(told, language, "struck")


def test_every_language_of_the_table_has_every_key() -> None:
    tables = {code: lines for code, lines in _table().items() if code != "asked"}

    assert set(SAID) == set(tables)
    keys = {"struck", "unknown", "dead", "injured", "missing", "cause"}
    assert dict.fromkeys(tables, keys) == {code: set(lines) for code, lines in tables.items()}


def test_a_language_without_words_says_nothing() -> None:
    assert tells_of("Neljä loukkaantui.", "fi", "injured") is None
    assert says_unknown("Syy ei ole tiedossa.", "fi") == ""


def test_the_fields_of_topics_that_there_are() -> None:
    assert {f"topic-{name}" for name in _table()["asked"]} <= set(subject_keys())
    assert ("dead", "injured", "cause", "missing") == fields_of({"topic-fire", "topic-flood"})
    assert () == fields_of({"topic-film"})
