"""The invented outlets and what each of them published, read from the package's own files."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from iroyin.errors import InputError
from iroyin.model import OutletKind


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet; `format` is the kind of feed it publishes, `ordinal` its place in the list."""

    slug: str
    name: str
    language: str
    country: str
    kind: OutletKind
    format: str
    ordinal: int
    family: str = ""
    ai_written: bool = False
    hostile: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One published text. `story` is the gold key of its event, empty for a piece on its own."""

    outlet: str
    slug: str
    published: datetime
    section: str
    title: str
    text: str
    summary: str = ""
    author: str = ""
    origin: str = ""
    story: str = ""

    @property
    def path(self) -> str:
        """Where the piece lies on its outlet's site, percent-encoded."""
        return quote(f"/{self.section}/{self.slug}.html")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, paragraph by paragraph."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


def outlets() -> tuple[Outlet, ...]:
    """Every outlet of `outlets.toml`, in its order."""
    table = tomllib.loads((resources.files(__package__) / "outlets.toml").read_text("utf-8"))
    return tuple(
        Outlet(**{**row, "kind": OutletKind(row["kind"])}, ordinal=number)
        for number, row in enumerate(table["outlet"])
    )


def pieces() -> tuple[Piece, ...]:
    """Every piece of `stories/*.toml`, oldest first. Raises InputError for a file that does not fit."""
    names = {outlet.slug: outlet.name for outlet in outlets()}
    found: dict[tuple[str, str], Piece] = {}
    for name, table in _story_files():
        for row in table.get("article", []):
            piece = _piece(name, table.get("key", ""), row, names)
            if piece.outlet not in names:
                raise InputError(name, f"{piece.slug}: no outlet {piece.outlet!r}")
            if (piece.outlet, piece.slug) in found:
                raise InputError(name, f"{piece.outlet}/{piece.slug} is there twice")
            found[piece.outlet, piece.slug] = piece
    return tuple(sorted(found.values(), key=lambda piece: (piece.published, piece.outlet, piece.slug)))


@cache
def boilerplate(language: str) -> Mapping[str, str]:
    """The words around an article in the outlet's language; English where we have none."""
    table = tomllib.loads((resources.files(__package__) / "boilerplate.toml").read_text("utf-8"))
    return {**table["en"], **table.get(language, {})}


def _story_files() -> Iterator[tuple[str, dict[str, Any]]]:
    folder = resources.files(__package__) / "stories"
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            try:
                yield file.name, tomllib.loads(file.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise InputError(file.name, str(error)) from error


def _piece(file: str, story: str, row: Mapping[str, Any], names: Mapping[str, str]) -> Piece:
    """One row of a story file; an `origin` that is an outlet's slug becomes the name that outlet prints."""
    origin = row.get("origin", "")
    try:
        return Piece(
            outlet=row["outlet"],
            slug=row["slug"],
            published=_moment(row["published"]),
            section=row.get("section", "world"),
            title=row["title"],
            text=row["text"],
            summary=row.get("summary", ""),
            author=row.get("author", ""),
            origin=names.get(origin, origin),
            story=story,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(file, f"{row.get('slug', '?')}: {error!r}") from error


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
