"""The command line: names, options and help. What a command does is in `iroyin.commands`, imported when it runs."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from iroyin import __version__, cli_brief, cli_day, cli_reaction, cli_story
from iroyin.errors import IroyinError, StoreError

app = typer.Typer(
    name="iroyin",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="""A newsroom on a small machine: it reads news feeds in any language, recognises which articles tell the
same story, and publishes one sourced article about each, in which every sentence can be traced.

Start with a sample newsroom, no network needed:

- `iroyin demo`

or with your own, the last two each in a terminal of its own:

- `iroyin init --languages yo,en,ko --sections world,business`
- `iroyin run`
- `iroyin serve`

Settings come from `iroyin.toml` in this folder, or from the file named with `--config`.
""",
)
feed = typer.Typer(no_args_is_help=True, help="Add, list, import, export and check the feeds that the desk polls.")
app.add_typer(feed, name="feed")
app.add_typer(cli_story.app, name="story")
app.add_typer(cli_brief.app, name="brief")
app.add_typer(cli_reaction.app, name="reaction")
app.command()(cli_day.digest)
app.command()(cli_day.ebook)

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="IROYIN_CONFIG", help="Settings file; iroyin.toml here when it exists."),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write; - for standard output.")]


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version when asked; the sub-commands do the rest."""
    if version:
        typer.echo(f"iroyin {__version__}")
        raise typer.Exit


@app.command()
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Stop after publishing and print a one-line JSON summary.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port of the site.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where the sample's database is kept (made new each time).")] = Path(
        "var/demo"
    ),
    languages: Annotated[
        str, typer.Option(help="Languages of the site, or `all` for every language that has labels.")
    ] = "en,fr,es,yo,sw,ko,ar,hi,zh,ru,ja",
) -> None:
    """Run the whole flow on the sample newsroom, then serve its site.

    Invented outlets are served on loopback and read by the real fetcher.

    Example: `iroyin demo --once`
    """
    from iroyin.commands.demo import demo as run

    run(once=once, port=port, folder=folder, languages=languages)


@app.command()
def init(
    languages: Annotated[
        str, typer.Option(help="Languages of the site and its sources, the first is the default.")
    ],
    sections: Annotated[str, typer.Option(help="Sections to take feeds for; empty takes all.")] = "",
    name: Annotated[str, typer.Option(help="Name of your newsroom.")] = "Iroyin",
    config: Annotated[Path, typer.Option("--config", "-c", help="Settings file to write.")] = Path("iroyin.toml"),
    force: Annotated[bool, typer.Option("--force", help="Write over a settings file that exists.")] = False,
) -> None:
    """Write a settings file and take feeds from the catalogue that ships with Iroyin.

    Example: `iroyin init --languages yo,en,ko --sections world,business`
    """
    from iroyin.commands.start import init as run

    run(languages=languages, sections=sections, name=name, config=config, force=force)


@app.command()
def once(config: Config = None) -> None:
    """One pass: poll what is due, read, place, report, publish, and stop.

    Example: `iroyin once`
    """
    from iroyin.commands.work import once as run

    run(config)


@app.command()
def run(config: Config = None) -> None:
    """Keep the desk going until Ctrl-C, which loses nothing.

    Example: `iroyin run`
    """
    from iroyin.commands.work import keep_going

    keep_going(config)


@app.command()
def serve(
    config: Config = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; site.port when not given.")] = None,
) -> None:
    """Serve the published site.

    Example: `iroyin serve --port 8080`
    """
    from iroyin.commands.site import serve as run

    run(config, port=port)


@app.command()
def mcp(config: Config = None) -> None:
    """Serve stories and their evidence to a program that speaks the Model Context Protocol.

    It reads standard input and writes standard output, as such programs start it; only what is published is told.

    Example: `iroyin mcp --config iroyin.toml`
    """
    from iroyin.commands.mcp import mcp as run

    run(config)


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="Folder to write; made when it is not there.")],
    config: Config = None,
) -> None:
    """Write the same pages as static files.

    Example: `iroyin export public`
    """
    from iroyin.commands.site import export as run

    run(config, directory)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSON lines, plain or .gz, - for standard input.")],
    config: Config = None,
    publish: Annotated[bool, typer.Option(help="Place, report and publish right away.")] = True,
) -> None:
    """Take articles from a file of JSON lines.

    Each line is an object with id, lang (may be left out), title, text, published_at, source, url. Importing the
    same file again changes nothing.

    Example: `iroyin import articles.jsonl.gz`
    """
    from iroyin.commands.files import import_articles

    import_articles(config, file, publish=publish)


@app.command()
def group(
    file: Annotated[Path, typer.Argument(help="JSON lines of articles, plain or .gz, - for standard input.")],
    output: Output,
    config: Config = None,
) -> None:
    """Say for each article which story it belongs to, as lines of id and story.

    Reads the rows that `iroyin import` takes, and no other field: labels in the file change nothing.

    Example: `iroyin group articles.jsonl.gz -o stories.jsonl`
    """
    from iroyin.commands.files import group_file

    group_file(config, file, output)


@app.command()
def write(
    file: Annotated[
        Path, typer.Argument(help="JSON lines: the articles of one story, plain or .gz, - for standard input.")
    ],
    output: Output,
    lang: Annotated[str, typer.Option(help="Language to write in.")],
    config: Config = None,
) -> None:
    """Write one story's articles into one brief with its ledger of evidence.

    Reads the rows that `iroyin import` takes. In the brief each sentence has its spans: article id, start, end and
    SHA-256; the texts they point into stand beside it under `articles`.

    Example: `iroyin write story.jsonl -o brief.json --lang en`
    """
    from iroyin.commands.briefs import write_brief

    write_brief(config, file, output, language=lang)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="JSON lines of claims, plain or .gz, - for standard input.")],
    output: Output,
) -> None:
    """Check claims against source texts.

    Each line in is an object with id, claim, lang (may be left out) and sources (a list of texts); each line out
    has id, supported, score (0 to 1) and findings.

    Example: `iroyin verify claims.jsonl -o verdicts.jsonl`
    """
    from iroyin.commands.verdicts import verify_file

    verify_file(file, output)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="An HTML file, - for standard input.")],
    url: Annotated[str, typer.Option(help="The address it came from.")] = "",
    config: Config = None,
) -> None:
    """Print title, text, dates and language of an HTML page as JSON.

    Example: `iroyin extract page.html --url https://example.org/news/1`
    """
    from iroyin.commands.pages import extract_file

    extract_file(config, file, url=url)


@app.command()
def doctor(
    config: Config = None,
    feeds: Annotated[bool, typer.Option("--feeds", help="Fetch every feed as well.")] = False,
) -> None:
    """Check the installation, the database and the feeds, and say what to do.

    Example: `iroyin doctor --feeds`
    """
    from iroyin.commands.doctor import doctor as run

    run(config, feeds=feeds)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The copy to write.")],
    config: Config = None,
) -> None:
    """Write a consistent copy of the database while the desk goes on.

    Example: `iroyin backup copy.db`
    """
    from iroyin.commands.work import backup as run

    run(config, file)


@feed.command("add")
def feed_add(
    url: Annotated[str, typer.Argument(help="Address of the feed.")],
    language: Annotated[str, typer.Option(help="Language of the feed.")] = "und",
    title: Annotated[str, typer.Option(help="Title; the feed's own when not given.")] = "",
    section: Annotated[str, typer.Option(help="Section its stories stand in.")] = "world",
    config: Config = None,
) -> None:
    """Add a feed.

    Example: `iroyin feed add https://example.org/feed --language yo`
    """
    from iroyin.commands.feeds import add

    add(config, url, language=language, title=title, section=section)


@feed.command("remove")
def feed_remove(url: Annotated[str, typer.Argument(help="Address of the feed.")], config: Config = None) -> None:
    """Stop polling a feed; its articles stay.

    Example: `iroyin feed remove https://example.org/feed`
    """
    from iroyin.commands.feeds import remove

    remove(config, url)


@feed.command("list")
def feed_list(config: Config = None) -> None:
    """List the feeds with their health.

    Example: `iroyin feed list`
    """
    from iroyin.commands.feeds import show

    show(config)


@feed.command("import")
def feed_import(file: Annotated[Path, typer.Argument(help="An OPML file.")], config: Config = None) -> None:
    """Add the feeds of an OPML file.

    Example: `iroyin feed import reader.opml`
    """
    from iroyin.commands.feeds import import_opml

    import_opml(config, file)


@feed.command("export")
def feed_export(
    file: Annotated[Path, typer.Argument(help="The OPML file to write.")], config: Config = None
) -> None:
    """Write the feeds as OPML.

    Example: `iroyin feed export feeds.opml`
    """
    from iroyin.commands.feeds import export_opml

    export_opml(config, file)


@feed.command("check")
def feed_check(
    url: Annotated[str, typer.Argument(help="One feed's address; all feeds when not given.")] = "",
    config: Config = None,
) -> None:
    """Fetch feeds now and say what each would give.

    Example: `iroyin feed check https://example.org/feed`
    """
    from iroyin.commands.feeds import check

    if check(config, url):
        raise typer.Exit(1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; what it refuses is said in one line on standard error, with exit code 1 (2: wrong usage)."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more would wait, busily: our products are short
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding is no reason to stop
    try:
        app(args=arguments)
    except StoreError as error:
        _refuse(str(error).partition("\n")[0])  # the library's further lines hold SQL
    except IroyinError as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename or 'the system'}: {error.strerror or error}")
    except _database_errors() as error:
        _refuse(f"the database: {getattr(error, 'orig', error)}")


def _database_errors() -> tuple[type[Exception], ...]:
    """What a database may raise half-way (locked, full disk): asked only when something was raised."""
    if "sqlalchemy" not in sys.modules:
        return ()
    import pysqlite3
    from sqlalchemy.exc import DBAPIError

    return (DBAPIError, pysqlite3.Error)


ADVICE = {
    "database is locked": "another program holds it; try again in a moment",
    "disk is full": "make room and run the command again; what was done is kept",
    "disk I/O error": "is the disk full? what was done is kept",
}


def _refuse(reason: str) -> None:
    from iroyin.commands.printable import printable

    reason = "; ".join([reason, *(advice for trouble, advice in ADVICE.items() if trouble in reason)])
    typer.echo(printable(f"iroyin: {reason}"), err=True)
    sys.exit(1)
