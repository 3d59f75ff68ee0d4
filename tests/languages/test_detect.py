import pytest

from iroyin.languages import detect
from iroyin.model import Confidence

SENTENCES = {
    "en": "The government said on Monday that it would raise taxes on fuel next year.",
    "fr": "Le gouvernement a annoncé lundi une hausse des taxes sur le carburant.",
    "es": "El gobierno anunció el lunes una subida de los impuestos a los combustibles.",
    "pt": "O governo anunciou na segunda-feira um aumento dos impostos sobre os combustíveis.",
    "it": "Il governo ha annunciato lunedì un aumento delle tasse sul carburante.",
    "de": "Die Regierung kündigte am Montag höhere Steuern auf Kraftstoff an.",
    "nl": "De regering kondigde maandag een verhoging van de brandstofbelasting aan.",
    "yo": "Ìjọba ìpínlẹ̀ Ọ̀yọ́ ti sọ pé àwọn yóò kọ́ ilé-ìwé tuntun lọ́dún yìí.",
    "sw": "Serikali ya Kenya imesema kwamba itajenga shule mpya mwaka huu.",
    "ha": "Gwamnatin jihar Kano ta ce za ta gina sababbin makarantu a bana.",
    "ig": "Gọọmentị steeti Anambra kwuru na ha ga-arụ ụlọ akwụkwọ ọhụrụ n'afọ a.",
    "tr": "Hükümet pazartesi günü akaryakıt vergilerini artıracağını açıkladı.",
    "id": "Pemerintah mengumumkan pada hari Senin kenaikan pajak bahan bakar.",
    "vi": "Chính phủ hôm thứ Hai thông báo sẽ tăng thuế nhiên liệu trong năm tới.",
    "pl": "Rząd ogłosił w poniedziałek podwyżkę podatków na paliwo.",
    "ru": "Правительство объявило в понедельник о повышении налогов на топливо.",
    "uk": "Уряд оголосив у понеділок про підвищення податків на пальне.",
    "ar": "أعلنت الحكومة يوم الاثنين زيادة الضرائب على الوقود في العام المقبل",
    "fa": "دولت روز دوشنبه اعلام کرد که مالیات سوخت را افزایش می‌دهد",
    "he": "הממשלה הודיעה ביום שני על העלאת המיסים על הדלק",
    "hi": "सरकार ने सोमवार को ईंधन पर कर बढ़ाने की घोषणा की है",
    "bn": "সরকার সোমবার জ্বালানির উপর কর বাড়ানোর ঘোষণা দিয়েছে",
    "ko": "정부는 월요일 유류세를 인상하겠다고 발표했다",
    "ja": "政府は月曜日、燃料税を引き上げると発表した",
    "zh": "政府星期一宣布明年将提高燃油税",
    "th": "รัฐบาลประกาศขึ้นภาษีน้ำมันในวันจันทร์",
    "el": "Η κυβέρνηση ανακοίνωσε τη Δευτέρα αύξηση των φόρων στα καύσιμα",
    "am": "መንግሥት ሰኞ ዕለት የነዳጅ ግብር እንደሚጨምር አስታወቀ",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_plain_sentence_is_recognised(language: str) -> None:
    assert (language, Confidence.HIGH) == detect(SENTENCES[language])


@pytest.mark.parametrize("language", ["fr", "yo", "ru", "ko", "hi"])
def test_a_wrong_declaration_is_overridden(language: str) -> None:
    assert language == detect(SENTENCES[language], prior="en")[0]


@pytest.mark.parametrize(
    ("text", "prior", "want"),
    [
        ("", "", ("und", Confidence.NONE)),
        ("12:30 — 5%", "en", ("und", Confidence.NONE)),
        ("Breaking", "", ("und", Confidence.NONE)),
        ("Breaking", "en", ("en", Confidence.LOW)),
        ("Breaking", "ru", ("und", Confidence.NONE)),
        ("习近平", "ja", ("ja", Confidence.LOW)),
        ("Привет всем друзья, this text is English for about half of it", "", ("und", Confidence.LOW)),
    ],
)
def test_short_and_mixed_texts_stay_unsure(text: str, prior: str, want: tuple[str, Confidence]) -> None:
    assert want == detect(text, prior=prior)


def test_two_languages_in_one_long_text_are_never_sure() -> None:
    text = SENTENCES["en"] + " " + SENTENCES["en"] + " " + SENTENCES["fr"] + " " + SENTENCES["fr"]

    assert Confidence.LOW == detect(text)[1]


def test_macro_languages_and_the_allowed_list() -> None:
    assert (
        "no"
        == detect("Regjeringen kunngjorde mandag at avgiftene på drivstoff skal økes neste år.", prior="nb")[0]
    )
    assert ("und", Confidence.LOW) == detect(SENTENCES["ko"], allowed=["en", "fr"])
    assert "fr" == detect(SENTENCES["fr"], allowed=["en", "fr"])[0]
