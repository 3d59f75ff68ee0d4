"""`iroyin digest` and `iroyin ebook`: names, options and help. What they do is in `iroyin.commands.days`."""

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="IROYIN_CONFIG", help="Settings file; iroyin.toml here when it exists."),
]
Over = Annotated[str, typer.Option(help="The day, such as 2026-01-08; yesterday (UTC) when not given.")]
Day = Annotated[str, typer.Option(help="The day, such as 2026-01-08; the newest with a story when not given.")]


def digest(
    language: Annotated[str, typer.Option(help="Language of the digest.")],
    day: Over = "",
    out: Annotated[Path | None, typer.Option(help="File to write it to, - for standard output.")] = None,
    config: Config = None,
) -> None:
    """Send the stories that began on one day as an e-mail, or write it to a file.

    It is sent only when digest.smtp, digest.from and digest.to are set and no file is named. Without `--day` it is of
    yesterday, the last day that is over, so that no day falls between two digests; when no story began then, nothing
    is sent, a line says so and the exit code is 0.

    Example: `iroyin digest --language en --out digest.eml`
    """
    from iroyin.commands.days import send_digest

    send_digest(config, language, day, out)


def ebook(
    language: Annotated[str, typer.Option(help="Language of the book.")],
    out: Annotated[Path, typer.Option(help="File to write, - for standard output.")],
    day: Day = "",
    config: Config = None,
) -> None:
    """Write the stories that began on one day as an e-book (EPUB 3), with every source as an endnote.

    Example: `iroyin ebook --language yo --out day.epub`
    """
    from iroyin.commands.days import write_book

    write_book(config, language, day, out)
