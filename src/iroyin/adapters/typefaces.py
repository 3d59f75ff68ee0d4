"""Faces for the pictures: which characters each one has, so that nothing is ever drawn as an empty box.

The faces come in packages that hold data alone (Noto, under the Open Font License); a folder of the operator's adds
more. A text is cut into runs by face before it is drawn: the face of the page's language first, then the others. What
no face has is told instead of drawn.
"""

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import structlog
import uharfbuzz as harfbuzz
from fontTools.ttLib import TTCollection, TTFont, TTLibError

PACKAGES = ("fontpkg_noto_serif", "manimgx_fonts", "manimgx_fonts_cjk")
FIRST = {
    "ar": "Noto Sans Arabic", "fa": "Noto Sans Arabic", "ur": "Noto Sans Arabic", "he": "Noto Sans Hebrew",
    "hi": "Noto Sans Devanagari", "mr": "Noto Sans Devanagari", "ne": "Noto Sans Devanagari",
    "bn": "Noto Sans Bengali", "th": "Noto Sans Thai", "ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR",
    "zh": "Noto Sans CJK SC",
}  # fmt: skip
"""The face that a language is set in; all others are set in the serif of the page's headings."""
_SERIF, _SANS = "Noto Serif", "Noto Sans"
_WORDS = re.compile(r"\s+|\S+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_ENDINGS = {".ttf", ".otf", ".ttc"}

BROKEN = (TTLibError, OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, struct.error)
"""What the library raises at a damaged table; its own error is only one of them."""

Run = tuple[str, "Face"]
Fault = tuple[str, str]  # file and reason


class Face:
    """One family: its name, its files, and the characters that it has."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files: list[tuple[str, int]] = []
        self._fonts: dict[int, harfbuzz.Font] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """The files to draw with."""
        return tuple(dict.fromkeys(path for path, _ in self.files))

    @cached_property
    def covers(self) -> frozenset[str]:
        """Every character it has a shape for; read when first asked."""
        return frozenset(map(chr, self.font(400).face.unicodes))

    def has(self, text: str) -> bool:
        """Whether every character that is seen can be drawn, and each accent where it belongs."""
        return all(char in self.covers or _unseen(char) for char in text) and (
            not _ACCENTS.search(text) or all(self.places(one) for one in clusters(text) if _ACCENTS.search(one))
        )

    def places(self, cluster: str) -> bool:
        """Whether the accents of a letter are moved to it: some faces have the signs and not their places."""
        shaped = shape(cluster, self)
        return len(shaped) < len(cluster) or any(across or up for _, across, up in shaped[1:])

    def font(self, weight: int) -> harfbuzz.Font:
        """The face at this weight, for measuring."""
        if weight not in self._fonts:
            path, number = self.files[0]
            font = harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(path), number))
            font.set_variations({"wght": weight})
            self._fonts[weight] = font
        return self._fonts[weight]


def shape(words: str, face: Face, weight: int = 400) -> list[tuple[float, float, float]]:
    """Each glyph of words of one script: how wide it is, and how far it is moved across and up; in ems."""
    font, shaped = face.font(weight), harfbuzz.Buffer()
    shaped.add_str(words)
    shaped.guess_segment_properties()
    harfbuzz.shape(font, shaped)
    em = font.face.upem
    return [(at.x_advance / em, at.x_offset / em, at.y_offset / em) for at in shaped.glyph_positions]


class Typefaces:
    """All faces that were found: those of the packages, then those in the operator's folder, read when needed."""

    def __init__(self, folder: Path | None = None) -> None:
        found, faults = _families(_shipped())
        _tell(faults)
        self._faces = {face.name: face for face in found}
        self._folder = folder

    @cached_property
    def _more(self) -> tuple[Face, ...]:
        """The families of the operator's folder that no package has."""
        if self._folder is None:
            return ()
        found, faults = operators_faces(self._folder)
        _tell(faults)
        return tuple(face for face in found if face.name not in self._faces)

    def _order(self, language: str) -> Iterator[Face]:
        """The faces in the order in which a page of this language takes them."""
        first = FIRST.get(language.partition("-")[0], _SERIF)
        wished = dict.fromkeys((first, _SERIF if first == _SERIF else _SANS, _SANS, _SERIF))
        yield from (self._faces[name] for name in wished if name in self._faces)
        yield from (face for name, face in self._faces.items() if name not in wished)
        yield from self._more

    def runs(self, text: str, language: str) -> list[Run]:
        """The text cut where the face changes: a word in one face where one has it, marks always with their letter.

        Raises KeyError with the characters that no face has.
        """
        runs: list[Run] = []
        lacking: list[str] = []
        for word in _WORDS.findall(text):
            whole = self._face(word, language)
            for cluster, face in [(word, whole)] if whole else self._parts(word, language):
                if face is None:
                    lacking += [char for char in cluster if not _unseen(char)]
                elif runs and (face is runs[-1][1] or cluster.isspace()):
                    runs[-1] = (runs[-1][0] + cluster, runs[-1][1])
                else:
                    runs.append((cluster, face))
        if lacking:
            raise KeyError("".join(dict.fromkeys(lacking)))
        return runs

    def _face(self, text: str, language: str) -> Face | None:
        return next((face for face in self._order(language) if face.has(text)), None)

    def _parts(self, word: str, language: str) -> Iterator[tuple[str, Face | None]]:
        """The letters of a word that no face has whole; a digit stays with what stands before it."""
        last: Face | None = None
        for cluster in clusters(word):
            last = last if last and cluster[0].isdigit() and last.has(cluster) else self._face(cluster, language)
            yield cluster, last


def _unseen(char: str) -> bool:
    """Spaces and marks that order text; renderers draw nothing for them, with or without a shape."""
    return char.isspace() or unicodedata.category(char) in {"Cf", "Cc"} or "\ufe00" <= char <= "\ufe0f"


def clusters(text: str) -> Iterator[str]:
    """The letters of the text, each with its marks and joiners."""
    held = ""
    for char in text:
        if held and unicodedata.category(char) not in {"Mn", "Mc", "Me", "Cf"}:
            yield held
            held = ""
        held += char
    if held:
        yield held


def _shipped() -> Iterator[Path]:
    """The upright font files of the packages that are installed."""
    for package in PACKAGES:
        spec = find_spec(package)
        for place in spec.submodule_search_locations or () if spec else ():
            files = sorted(path for path in Path(place).rglob("*") if path.suffix in _ENDINGS)
            yield from (path for path in files if "Italic" not in path.name)


def operators_faces(folder: Path) -> tuple[list[Face], list[Fault]]:
    """The families in a folder of the operator's that can be drawn with, and what is left out and why."""
    if not folder.is_dir():
        return [], [(str(folder), "there is no such folder")]
    found, faults = _families(path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _ENDINGS)
    for face in found:
        wrong = {file: reason for file in face.files if (reason := _fault(*file))}
        face.files = [file for file in face.files if file not in wrong]
        faults += [(path, reason) for (path, _), reason in wrong.items()]
    return [face for face in found if face.files], faults


def _fault(path: str, number: int) -> str:
    """Why nothing can be drawn with this font; empty when it can."""
    alone = Face("")
    alone.files = [(path, number)]
    try:
        return "" if alone.covers else "it has no characters"
    except BROKEN as error:
        return str(error) or type(error).__name__


def _tell(faults: Iterable[Fault]) -> None:
    for path, reason in faults:
        structlog.get_logger().warning("no font to draw with", file=path, reason=reason)


def _families(paths: Iterable[Path]) -> tuple[list[Face], list[Fault]]:
    """The families of these files, and each file that is left out with its reason."""
    found: dict[str, Face] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            for number, name in enumerate(_names(path)):
                if name:
                    found.setdefault(name, Face(name)).files.append((str(path), number))
                else:
                    faults.append((str(path), "it has no family name"))
        except BROKEN as error:
            faults.append((str(path), str(error) or type(error).__name__))
    return list(found.values()), faults


def _names(path: Path) -> list[str]:
    """The family of each font in this file."""
    if path.suffix.lower() == ".ttc":
        with TTCollection(path, lazy=True) as collection:
            return [_name(font) for font in collection.fonts]
    with TTFont(path, lazy=True) as font:
        return [_name(font)]


def _name(font: TTFont) -> str:
    return font["name"].getDebugName(16) or font["name"].getDebugName(1) or ""
