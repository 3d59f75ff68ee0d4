"""Graphics made by code: the number they show stands in a proved sentence, and they read in the page's language."""

import re
from dataclasses import replace

import pytest
from lxml import etree
from newsroom import views

from iroyin.model import ArticleId, Brief, Sentence
from iroyin.publish import StoryView, figure
from iroyin.publish.canvas import WIDE
from iroyin.publish.keynumber import key_number
from iroyin.publish.palette import PALETTES, palette
from iroyin.publish.typeset import unbroken, width, wrap

VIEWS = views()
NAMES = [f"{v.story.id}-{v.brief.language}" for v in VIEWS]


def brief(text: str, language: str = "en") -> Brief:
    said: Sentence = replace(VIEWS[0].brief.lede[0], text=text, language=language)
    return replace(VIEWS[0].brief, lede=(said,), language=language)


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("en", "The work cost 318 million dollars in all.", "318 million dollars"),
        ("en", "Prices rose 7.4% in March.", "7.4%"),
        ("en", "It cost $40 then.", "$40"),
        ("en", "Trams return after 62 years.", "62 years"),
        ("en", "It closed in 2025.", ""),
        ("en", "It opened on 5 January with 3 guests.", ""),
        ("en", "The first bus crossed at 05:30.", ""),
        ("en", "The council voted 311 to 280 for it.", ""),
        ("en", "The F-16 and the 25th division came.", ""),
        ("en", "Two people came.", ""),
        ("zh", "工程耗资3.18亿美元。", "3.18亿美元"),
        ("zh", "大桥于2026年1月5日通车。", ""),
        ("en", "Ada, the 31-year-old captain, struck twice.", ""),
        ("ja", "モセティが2時間3分41秒で優勝した。", ""),
        ("ja", "118号列車に乗る。", ""),
        ("zh", "免税清单上增加640种商品。", "640"),
        ("en", "Rates rose to 8.25 percent.", "8.25 percent"),
        ("ru", "Министры встретились 8 января 2026 года.", ""),
        ("ko", "표 1,200장은 모두 팔렸다.", "1,200"),
        ("ar", "وبلغت كلفة الأعمال 318 مليون دولار.", "318 مليون دولار"),
    ],
)
def test_key_numbers(language: str, text: str, want: str) -> None:
    found = key_number(brief(text, language))

    assert want == (found[0] if found else "")


def test_the_number_of_the_headline_comes_before_a_larger_one() -> None:
    told = brief("It cost 318 million dollars. ")
    second = replace(told.lede[0], text="The water stood in 23 villages.")
    headed = replace(
        told, headline=replace(told.headline, text="Flood reaches 23 villages"), lede=(*told.lede, second)
    )

    assert ("23", second) == key_number(headed)


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_numbers_on_the_graphic_stand_in_the_evidence(view: StoryView) -> None:
    found = key_number(view.brief)
    if found:
        spans = "".join(view.articles[s.article_id].text[s.start : s.end] for s in found[1].spans)
        assert re.search(r"\d[\d.,]*", found[0]).group().rstrip(".,") in spans  # type: ignore[union-attr]


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_words_stay_on_the_picture(view: StoryView) -> None:
    for text in etree.fromstring(figure(view.brief, view.articles).svg.encode()).iter("{*}text"):
        size, x, words = float(text.get("font-size")), float(text.get("x")), text.text or ""
        long = width(words) * size
        start = x - long if text.get("text-anchor") == "end" else x
        assert 0 <= start and start + long <= WIDE, words


def test_every_article_has_its_mark() -> None:
    many = dict(VIEWS[0].articles) | {
        ArticleId(f"a{n}"): replace(next(iter(VIEWS[0].articles.values())), id=ArticleId(f"a{n}"))
        for n in range(40)
    }
    drawn = etree.fromstring(figure(VIEWS[0].brief, many).svg.encode())

    marks = drawn.findall("{*}g[@data-part='coverage']/{*}circle")

    assert len(many) == len(marks) and min(float(c.get("cy")) for c in marks) > 500


def test_alt_text_is_in_the_language_and_names_the_headline() -> None:
    for view in VIEWS:
        art = figure(view.brief, view.articles)
        assert view.brief.headline.text.rstrip("。") in art.alt
        assert "code" == art.made_by and art.caption
    arabic = next(v for v in VIEWS if v.brief.language == "ar")
    assert not re.search(r"[A-Za-z]{4,}", figure(arabic.brief, arabic.articles).alt)


def test_right_to_left_pictures_are_mirrored() -> None:
    arabic = next(v for v in VIEWS if v.brief.language == "ar")
    texts = list(etree.fromstring(figure(arabic.brief, arabic.articles).svg.encode()).iter("{*}text"))

    assert "end" == texts[0].get("text-anchor") and float(texts[0].get("x")) > WIDE / 2


def test_every_palette_can_be_read() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a: str, b: str) -> float:
        high, low = sorted((luminance(a), luminance(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for p in PALETTES:
        for ground, ink, accent, _ in filter(None, ((p.ground, p.ink, p.accent, p.second), p.night)):
            assert contrast(ground, ink) >= 7
            assert contrast(ground, accent) >= 3
        assert luminance(p.night[0] if p.night else p.ground) < 0.1  # no glare on a dark page


def test_a_story_keeps_its_colours_over_languages() -> None:
    assert 1 == len({palette(v.brief.story_id) for v in VIEWS if v.story.id == "adun-bridge"})


def test_long_text_is_cut_with_an_ellipsis_and_wide_scripts_break_anywhere() -> None:
    assert wrap("一二三四五六七八九十", 4, 3) == ("一二三四", "五六七八", "九十")
    assert wrap("one two three four five six", 6, 2)[-1].endswith("…")
    assert wrap("", 5, 2) == ("",)


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("fr", "Au Nigeria, une « Maison » : 11 400 voix", "Au Nigeria, une «_Maison_»_: 11_400 voix"),
        ("en", "He said : 3 400 of 12 in 2026", "He said : 3_400 of 12 in 2026"),
    ],
)
def test_a_line_never_ends_inside_a_number_or_before_a_french_sign(language: str, text: str, want: str) -> None:
    assert want.replace("_", "\u00a0") == unbroken(text, language)
    assert not [
        line for line in wrap(unbroken(text, language), 6, 9) if line.endswith("«") or line.startswith("»")
    ]
