"""No letter is drawn as an empty box: each is in a face that has it, in the order in which it is read, or is told."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import uharfbuzz as harfbuzz
from lxml import etree
from newsroom import views

from iroyin.adapters.lettering import lettered
from iroyin.adapters.pictures import Cards
from iroyin.adapters.typefaces import Face, Typefaces, operators_faces
from iroyin.errors import PictureError
from iroyin.publish import figure
from iroyin.publish.locale import label_languages

FACES = Typefaces()
CATALOGUES = Path(__file__).parents[2] / "src" / "iroyin" / "publish" / "locale"
MIXED = [
    ("zh", "南都观察、Pacific Courier、नया सवेरा 和みなと新聞", ["南都观察、", "नया सवेरा", "和みなと新聞"]),
    ("en", "Tokyo 東京 नई दिल्ली العربية اليوم ok", ["Tokyo", "東京", "नई दिल्ली", "العربية اليوم", "ok"]),
    ("ar", "\u2067قال Apple و नया सवेरा، 12\u2069", ["नया सवेरा", "Apple"]),
    ("he", "\u2067אמר Reuters אתמול\u2069", ["אתמול", "Reuters", "אמר"]),
]


def drawing(language: str, words: str, more: str = "") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}" width="1200" height="675"><title>x</title>'
        f'<text x="40" y="80" font-size="30" font-weight="400" text-anchor="start">{words}</text>{more}</svg>'
    )


def empty_boxes(words: str, face: Face) -> int:
    """How many glyphs of these words are the box for what is missing, asked of the shaper itself."""
    shaped = harfbuzz.Buffer()
    shaped.add_str(re.sub("[\u2066-\u2069]", "", words))
    shaped.guess_segment_properties()
    harfbuzz.shape(face.font(400), shaped)
    return sum(glyph.codepoint == 0 for glyph in shaped.glyph_infos)


@pytest.mark.parametrize("language", label_languages())
def test_every_label_of_every_language_has_its_letters(language: str) -> None:
    folder = {"nb": "no", "zh-Hans": "zh"}.get(language, language)
    said = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', next((CATALOGUES / folder).rglob("*.po")).read_text(), re.M)

    assert len(said) > 100
    assert 0 == sum(empty_boxes(words, face) for text in said for words, face in FACES.runs(text, language))


def test_the_sample_stories_have_their_letters() -> None:
    for view in views():
        art = figure(view.brief, view.articles)
        for text in etree.fromstring(art.svg.encode()).iter("{*}text"):
            for words, face in FACES.runs(text.text or "", view.brief.language):
                assert not empty_boxes(words, face), (words, face.name)


@pytest.mark.parametrize(("language", "words", "order"), MIXED)
def test_scripts_side_by_side_stand_in_their_order(language: str, words: str, order: list[str]) -> None:
    svg, files = lettered(drawing(language, words), FACES)
    placed = [
        (float(text.get("x") or 0), re.sub("[\u2066-\u2069]", "", text.text or ""))
        for text in etree.fromstring(svg).iter("{*}text")
    ]

    at = {told: x for x, said in placed for told in order if told in said}
    assert order == sorted(at, key=at.__getitem__)
    assert all(b - a > 10 for a, b in pairwise(sorted(x for x, _ in placed)))
    assert len(files) > 1


def test_a_text_keeps_its_place_however_it_is_cut() -> None:
    for anchor, share in (("start", 0.0), ("middle", 0.5), ("end", 1.0)):
        svg, _ = lettered(drawing("en", "Tokyo 東京").replace('"start"', f'"{anchor}"'), FACES)
        first, second = etree.fromstring(svg).iter("{*}text")
        wide = (float(second.get("x") or 0) - float(first.get("x") or 0)) + 60  # two letters of 30 units
        assert abs(float(first.get("x") or 0) - (40 - share * wide)) < 0.1


def test_accents_go_to_a_face_that_puts_them_on_their_letter() -> None:
    assert [("报道 Ìròyìn ", "Noto Sans CJK SC"), ("ẹ̀kọ́", "Noto Sans")] == [
        (words, face.name) for words, face in FACES.runs("报道 Ìròyìn ẹ̀kọ́", "zh")
    ]


def test_what_no_face_has_is_told_and_not_drawn(tmp_path: Path) -> None:
    cards = Cards("Iroyin", folder=tmp_path)
    lacking = drawing("en", "Lhasa ལྷ་ས and ⵣ")

    assert "no face has U+0F63 TIBETAN LETTER LA, U+0FB7 TIBETAN SUBJOINED LETTER HA" in cards.lacks(lacking)
    assert "and 2 more" in cards.lacks(lacking)
    with pytest.raises(PictureError):
        cards.card(lacking)
    assert "" == cards.lacks(drawing("en", "Lhasa"))


def test_a_fault_inside_resvg_is_a_picture_that_is_not_made(tmp_path: Path) -> None:
    arabic, bengali = "العربية الله", "কলকাতার ক্ষ"
    spans = "".join(
        f"<tspan font-family='Noto Sans {name}'>{words}</tspan>"
        for name, words in (("Arabic", arabic), ("Bengali", bengali))
    )
    broken = f"<text>{arabic}</text><text>{bengali}</text><text>{spans}</text>"
    cards = Cards("Iroyin", folder=tmp_path)

    with pytest.raises(PictureError, match="resvg failed"):
        cards.card(drawing("zh", "x", broken))
    with pytest.raises(PictureError, match="not drawn"):
        cards.card(drawing("zh", "x").replace('width="1200"', 'width="0"'))


def test_a_folder_of_the_operators_adds_faces(tmp_path: Path) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0)), pen.lineTo((500, 0)), pen.lineTo((250, 700)), pen.closePath()
    box, made = pen.glyph(), FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "la"])
    made.setupCharacterMap({0x0F63: "la"})
    made.setupGlyf({".notdef": box, "la": box})
    made.setupHorizontalMetrics({".notdef": (600, 0), "la": (600, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Tibetan of Ours", "styleName": "Regular"})
    made.setupOS2(), made.setupPost()
    made.save(tmp_path / "ours.ttf")
    (tmp_path / "broken.ttf").write_bytes(b"no font at all")
    whole = (tmp_path / "ours.ttf").read_bytes()
    for table in (b"name", b"cmap"):
        at = whole.index(table)  # its row in the directory: tag, checksum, offset, length
        start = int.from_bytes(whole[at + 8 : at + 12], "big")
        for way, damaged in {
            "gone": whole.replace(table, b"zzzz", 1),
            "garbled": whole[:start] + bytes(12) + whole[start + 12 :],
            "short": whole[: at + 12] + b"\0\0\0\x01" + whole[at + 16 :],
        }.items():
            folder = tmp_path / "damaged" / f"{table.decode()} {way}"
            folder.mkdir(parents=True)
            (folder / "ours.ttf").write_bytes(damaged)
            faces, faults = operators_faces(folder)
            assert ([], 1) == (faces, len(faults)), folder.name
            with pytest.raises(KeyError, match="ལ"):
                Typefaces(folder).runs("ལ", "en")

    with pytest.raises(KeyError):
        FACES.runs("ལ", "en")
    assert ["Tibetan of Ours"] == [face.name for _, face in Typefaces(tmp_path).runs("ལ", "en")]
    assert Cards("Iroyin", folder=tmp_path, fonts=str(tmp_path)).card(drawing("en", "ལ")).startswith(b"\x89PNG")


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    assert ([], [(str(tmp_path / "none"), "there is no such folder")]) == operators_faces(tmp_path / "none")
