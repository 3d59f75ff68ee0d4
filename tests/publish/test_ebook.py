"""The e-book of a day: laid out as EPUB 3 asks, whole, in its language and direction, every sentence with its source.

`make bench-epub` puts the same books under EPUBCheck, which needs Java; nothing here does.
"""

import posixpath
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from newsroom import days, site, views

from iroyin.model import ArticleId
from iroyin.publish import DayView, ebook
from iroyin.publish.evidence import footnotes
from iroyin.publish.locale import direction, labels, tag

SITE = site(sample=True, imprint="Ọ̀rọ̀ & Sons <Ltd>")
DAYS = [day for language in sorted({v.brief.language for v in views()}) for day in days(language)]
NAMES = [f"{day.language}-{day.day}" for day in DAYS]
OPF, XHTML, OPS = (
    "{http://www.idpf.org/2007/opf}",
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.idpf.org/2007/ops}",
)
DC, XML = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/XML/1998/namespace}"


def opened(day: DayView) -> ZipFile:
    page = ebook(day, SITE)
    assert page is not None
    assert (f"{day.language}/archive/{day.day}.epub", "application/epub+zip") == (page.path, page.media_type)
    return ZipFile(BytesIO(page.body))


def tree(book: ZipFile, name: str) -> etree._Element:
    return etree.fromstring(book.read(name))


def texts(book: ZipFile) -> dict[str, etree._Element]:
    return {name: tree(book, name) for name in book.namelist() if name.endswith(".xhtml")}


@pytest.mark.parametrize("day", DAYS, ids=NAMES)
def test_the_zip_begins_with_its_type_and_holds_what_the_manifest_lists(day: DayView) -> None:
    book = opened(day)
    first = book.infolist()[0]
    package = tree(book, "EPUB/package.opf")
    items = package.findall(f".//{OPF}item")
    ids = [one.get("id") for one in items]
    listed = {
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
        *(f"EPUB/{one.get('href')}" for one in items),
    }

    assert ("mimetype", ZIP_STORED, b"") == (first.filename, first.compress_type, first.extra)
    assert b"application/epub+zip" == book.read("mimetype")
    assert b'full-path="EPUB/package.opf"' in book.read("META-INF/container.xml")
    assert set(book.namelist()) == listed and len(book.namelist()) == len(listed)
    assert len(ids) == len(set(ids))
    assert ["nav.xhtml"] == [one.get("href") for one in items if one.get("properties") == "nav"]
    spine = [one.get("idref") for one in package.findall(f".//{OPF}itemref")]
    assert ["title", "nav"] == spine[:2] and set(spine) <= set(ids)
    assert len(day.stories) == len(spine) - 2


@pytest.mark.parametrize("day", DAYS, ids=NAMES)
def test_every_link_within_the_book_leads_to_a_place_and_no_id_stands_twice(day: DayView) -> None:
    book = opened(day)
    read = texts(book)
    ids = {name: [str(one.get("id")) for one in page.iter() if one.get("id")] for name, page in read.items()}
    lost = []
    for name, page in read.items():
        for one in page.iter(f"{XHTML}a", f"{XHTML}img", f"{XHTML}link"):
            address = str(one.get("href") or one.get("src"))
            if ":" in address:
                continue
            bare, _, place = address.partition("#")
            file = posixpath.join("EPUB", bare) if bare else name
            if file not in book.namelist() or (place and place not in ids[file]):
                lost.append((name, address))

    assert [] == lost
    assert all(len(found) == len(set(found)) for found in ids.values())


@pytest.mark.parametrize("day", DAYS, ids=NAMES)
def test_language_and_direction_are_the_sites(day: DayView) -> None:
    book = opened(day)
    package = tree(book, "EPUB/package.opf")
    spine = package.find(f"{OPF}spine")
    assert spine is not None

    assert tag(day.language) == package.findtext(f".//{DC}language") == package.get(f"{XML}lang")
    assert ("rtl" if direction(day.language) == "rtl" else None) == spine.get("page-progression-direction")
    for page in texts(book).values():
        assert tag(day.language) == page.get("lang") == page.get(f"{XML}lang")
        assert direction(day.language) == page.get("dir")


@pytest.mark.parametrize("day", DAYS, ids=NAMES)
def test_every_printed_sentence_has_its_sources_as_endnotes_of_the_chapter(day: DayView) -> None:
    read = texts(opened(day))
    for number, view in enumerate(day.stories, start=1):
        page = read[f"EPUB/s{number}.xhtml"]
        held = {str(one.get("id")): one for one in page.iter() if one.get("id")}
        notes = footnotes(view.brief, view.articles)
        for at, sentence in enumerate(view.brief.all_sentences()):
            place = held[f"s{at}"]
            refs = [one.get("href") for one in place.iter(f"{XHTML}a") if one.get(f"{OPS}type") == "noteref"]
            assert sentence.text in "".join(place.itertext()).replace("\u00a0", " ")
            assert refs and [f"#n{note.number}" for note in notes if at in note.claims] == refs
        for note in notes:
            assert note.text in "".join(held[f"n{note.number}"].itertext())


@pytest.mark.parametrize("day", DAYS, ids=NAMES)
def test_the_title_page_says_who_wrote_it_and_who_answers(day: DayView) -> None:
    say, said = labels(day.language).say, "".join(texts(opened(day))["EPUB/title.xhtml"].itertext())

    assert say("footer.ai") in said and say("sample.banner") in said and SITE.imprint in said


def test_the_same_stories_give_the_same_bytes_and_a_later_version_says_so() -> None:
    day = DAYS[0]
    first, again = ebook(day, SITE), ebook(day, replace(SITE, now=SITE.now.replace(year=2030)))
    assert first and again and first.body == again.body
    one = day.stories[0]
    told = replace(one.brief, written_at=one.brief.written_at.replace(year=2027))
    later = opened(replace(day, stories=(replace(one, brief=told), *day.stories[1:])))

    assert b'modified">2027-' in later.read("EPUB/package.opf")


def test_hostile_words_stay_words_and_no_control_character_breaks_the_book() -> None:
    day = DAYS[0]
    one = day.stories[0]
    odd = replace(one.brief.headline, text="]]> </h1><script>alert(1)</script> & \x00\x0b\ufffe")
    changed = replace(one, brief=replace(one.brief, headline=odd))
    read = texts(opened(replace(day, stories=(changed,))))

    assert [] == [name for name, page in read.items() if list(page.iter(f"{XHTML}script"))]
    assert "<script>alert(1)</script>" in "".join(read["EPUB/s1.xhtml"].itertext())


def test_a_story_that_does_not_stand_is_no_chapter_and_a_day_without_any_is_no_book() -> None:
    day = next(day for day in DAYS if len(day.stories) > 1)
    first = day.stories[0]
    gone = replace(first, articles={ArticleId("other"): next(iter(first.articles.values()))})
    left = ebook(replace(day, stories=(gone, *day.stories[1:])), SITE)

    assert left and "EPUB/s1.svg" in ZipFile(BytesIO(left.body)).namelist()
    assert f"EPUB/s{len(day.stories)}.xhtml" not in ZipFile(BytesIO(left.body)).namelist()
    assert ebook(replace(day, stories=(gone,)), SITE) is None
