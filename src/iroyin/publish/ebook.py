"""The stories of a day as one EPUB 3: a title page that says who wrote it, a chapter a story, sources as endnotes.

Pure: the same values give the same bytes. The zip is laid out as OCF 3.3 asks: `mimetype` first and stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from iroyin.model import Figure, Page
from iroyin.publish.archive import moment_of
from iroyin.publish.attribution import attributed, gap, lead_in
from iroyin.publish.document import page_of, quoted, rendered
from iroyin.publish.evidence import footnotes, proved
from iroyin.publish.figure import figure
from iroyin.publish.locale import labels, tag
from iroyin.publish.metadata import source_type
from iroyin.publish.story import outlets, parts
from iroyin.publish.syndicate import desk_tag
from iroyin.publish.typeset import printable
from iroyin.publish.unknown import missing
from iroyin.publish.views import BOOK, DayView, SiteView, StoryView

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)
_FOLDER = files("iroyin.publish") / "templates" / "ebook"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story of the book: the name of its files, and its view with a proved brief."""

    name: str
    view: StoryView
    figure: Figure

    @property
    def headline(self) -> str:
        """What the table of contents prints."""
        return attributed(self.view.brief.headline)


def ebook(view: DayView, site: SiteView) -> Page | None:
    """The book at `/{lang}/archive/{day}.epub`; None when no story of the day can be shown to stand."""
    told = (replace(one, brief=brief) for one in view.stories if (brief := proved(one.brief, one.articles)))
    chapters = tuple(
        Chapter(f"s{number}", one, one.figure or figure(one.brief, one.articles))
        for number, one in enumerate(told, start=1)
    )
    if not chapters:
        return None
    return page_of(f"{view.path}{BOOK}", MEDIA_TYPE, _zipped(_files(chapters, view, site)))


@cache
def design() -> str:
    """A hash of how books are made, for those who keep them: it changes with the templates."""
    texts = (file.read_bytes() for file in sorted(_FOLDER.iterdir(), key=lambda file: file.name))
    return sha256(b"\0".join(texts)).hexdigest()


def _files(chapters: tuple[Chapter, ...], view: DayView, site: SiteView) -> Iterable[tuple[str, str]]:
    """Name and text of every file, in the order of the zip."""
    words = labels(view.language)
    day = words.day(moment_of(view.day))
    written = max(one.view.brief.written_at for one in chapters).astimezone(UTC)
    shared = {
        "chapters": chapters,
        "title": f"{site.name}: {day}",
        "day": day,
        "date": view.day.isoformat(),
        "id": f"{desk_tag(site)}:day/{tag(view.language)}/{view.day.isoformat()}",
        "modified": f"{written:%Y-%m-%dT%H:%M:%SZ}",
        "address": quoted(site.absolute(view.path)),
        "made_by": sorted({source_type(one.view.brief.writer) for one in chapters}),
    }
    yield "META-INF/container.xml", _CONTAINER
    for name in ("package.opf", "nav.xhtml", "title.xhtml"):
        yield f"EPUB/{name}", rendered(f"ebook/{name}", view.language, site, **shared)
    yield "EPUB/book.css", (_FOLDER / "book.css").read_text("utf-8")
    for one in chapters:
        yield f"EPUB/{one.name}.xhtml", _chapter(one, view.language, site)
        yield f"EPUB/{one.name}.svg", one.figure.svg


def _chapter(chapter: Chapter, language: str, site: SiteView) -> str:
    view, words = chapter.view, labels(language)
    brief = view.brief
    notes = footnotes(brief, view.articles)
    return rendered(
        "ebook/chapter.xhtml", language, site,
        title=chapter.headline, name=chapter.name, view=view, brief=brief, figure=chapter.figure, parts=parts(view),
        notes=notes, notes_of=[[n for n in notes if at in n.claims] for at in range(len(brief.all_sentences()))],
        gap=gap(language), lead_in=lead_in, outlet_of=lambda s: words.list(outlets(s, view)),
        unknown=missing(words, brief), address=quoted(site.absolute(view.path)),
    )  # fmt: skip


def _zipped(named: Iterable[tuple[str, str]]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as book:
        book.writestr(_entry("mimetype", ZIP_STORED), MEDIA_TYPE)
        for name, text in named:
            book.writestr(_entry(name, ZIP_DEFLATED), printable(text).encode())
    return held.getvalue()


def _entry(name: str, how: int) -> ZipInfo:
    entry = ZipInfo(name)  # dated 1980, whenever it is made
    entry.compress_type, entry.external_attr, entry.create_system = how, 0o644 << 16, 3
    return entry
