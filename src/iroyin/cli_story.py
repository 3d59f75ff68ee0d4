"""The `iroyin story` commands: names, options and help. What they do is in `iroyin.commands`: `stories`, `edits`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    help="""Look at stories and correct them. What you say here stands for ever, or until you take it back: no second
thought of the desk goes against it. A desk that is running hears it at once.""",
)

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="IROYIN_CONFIG", help="Settings file; iroyin.toml here when it exists."),
]
Id = Annotated[str, typer.Argument(help="Id of the story, from `iroyin story list`.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept in the log.")]
By = Annotated[str, typer.Option("--by", help="Your name in the log; the user name when not given.")]
Reason = Annotated[str, typer.Option("--reason", "--why", help="The reason, which readers are shown.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")]


@app.command("list")
def list_(limit: Limit = 30, config: Config = None) -> None:
    """List the newest stories: id, articles, independent newsrooms, when last told, state, headline.

    The state is frozen, retracted, or untold: no page of the site tells it (yet), and its oldest article's title stands
    in place of a headline.

    Example: `iroyin story list --limit 10`
    """
    from iroyin.commands.stories import show_all

    show_all(config, limit=limit)


@app.command()
def show(story: Id, config: Config = None) -> None:
    """Show a story: its articles, why each stands in it and what was next best, its links, what happened to it.

    Example: `iroyin story show s1a2b3c4d5e6f7081`
    """
    from iroyin.commands.stories import show_one

    show_one(config, story)


@app.command()
def merge(
    story: Id,
    into: Annotated[
        str, typer.Argument(help="Id of the story that it becomes part of, and that keeps its address.")
    ],
    why: Why = "",
    by: By = "",
    config: Config = None,
) -> None:
    """Make two stories one: all articles of the first go into the second, and its addresses lead there.

    Example: `iroyin story merge s1a2b3c4d5e6f7081 s8f7e6d5c4b3a2910 --why same-flood`
    """
    from iroyin.commands.edits import merge as run

    run(config, story, into, why=why, by=by)


@app.command()
def split(
    story: Id,
    articles: Annotated[
        list[str], typer.Argument(help="Ids of the articles that leave, from `iroyin story show`.")
    ],
    why: Why = "",
    by: By = "",
    config: Config = None,
) -> None:
    """Take articles out of a story into one of their own. The story keeps its id and its address.

    To undo a merge, name the articles that came with it (`iroyin story log` has them): their story comes back under
    its old id and address.

    Example: `iroyin story split s1a2b3c4d5e6f7081 a11 a12 --why another-flood`
    """
    from iroyin.commands.edits import split as run

    run(config, story, articles, why=why, by=by)


@app.command()
def link(
    one: Annotated[str, typer.Argument(help="Id of the article that moves when it has to.")],
    other: Annotated[str, typer.Argument(help="Id of the other article.")],
    must: Annotated[bool, typer.Option("--must/--cannot", help="Whether they must or cannot stand in one story.")],
    why: Why = "",
    by: By = "",
    config: Config = None,
) -> None:
    """Say that two articles must, or cannot, stand in one story. Where they stand otherwise the first one moves.

    Example: `iroyin story link a11 a12 --cannot`
    """
    from iroyin.commands.edits import link as run

    run(config, one, other, must=must, why=why, by=by)


@app.command()
def unlink(
    number: Annotated[int, typer.Argument(help="Number of the link, from `iroyin story show`.")],
    why: Why = "",
    by: By = "",
    config: Config = None,
) -> None:
    """Take a link back. Nothing moves by that alone; from now on the desk may decide again.

    Example: `iroyin story unlink 7`
    """
    from iroyin.commands.edits import unlink as run

    run(config, number, why=why, by=by)


@app.command()
def freeze(story: Id, why: Why = "", by: By = "", config: Config = None) -> None:
    """Leave a story as it is: the desk adds no article, merges it with nothing, splits nothing off. You still can.

    Example: `iroyin story freeze s1a2b3c4d5e6f7081 --why legal`
    """
    from iroyin.commands.edits import freeze as run

    run(config, story, why=why, by=by)


@app.command()
def unfreeze(story: Id, why: Why = "", by: By = "", config: Config = None) -> None:
    """Let the desk change a frozen story again.

    Example: `iroyin story unfreeze s1a2b3c4d5e6f7081`
    """
    from iroyin.commands.edits import unfreeze as run

    run(config, story, why=why, by=by)


@app.command()
def retract(story: Id, reason: Reason, by: By = "", config: Config = None) -> None:
    """Take a story back: its addresses say that it was retracted, when and why, and it is told nowhere.

    New articles on it join it and are not told either. It is listed among the corrections.

    Example: `iroyin story retract s1a2b3c4d5e6f7081 --reason hoax`
    """
    from iroyin.commands.edits import retract as run

    run(config, story, why=reason, by=by)


@app.command()
def unretract(story: Id, reason: Reason, by: By = "", config: Config = None) -> None:
    """Tell a retracted story again, anew from what its sources say now.

    Example: `iroyin story unretract s1a2b3c4d5e6f7081 --reason confirmed`
    """
    from iroyin.commands.edits import unretract as run

    run(config, story, why=reason, by=by)


@app.command()
def reread(story: Id, config: Config = None) -> None:
    """Read the sources of a story again, whatever their feeds say: what they changed or took away is put right.

    Example: `iroyin story reread s1a2b3c4d5e6f7081`
    """
    from iroyin.commands.edits import reread as run

    run(config, story)


@app.command()
def log(
    story: Annotated[str, typer.Argument(help="Id of a story; all stories when not given.")] = "",
    limit: Limit = 100,
    config: Config = None,
) -> None:
    """Tell what happened to stories, the newest last: when, what, to which, by whom and why.

    Example: `iroyin story log s1a2b3c4d5e6f7081`
    """
    from iroyin.commands.stories import show_log

    show_log(config, story, limit=limit)
