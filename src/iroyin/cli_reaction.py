"""The `iroyin reaction` commands: names, options and help. What they do is in `iroyin.commands.reactions`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Take posts out of what people say, for those who wrote them.")

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="IROYIN_CONFIG", help="Settings file; iroyin.toml here when it exists."),
]


@app.command()
def remove(
    what: Annotated[str, typer.Argument(help="Address of a post, or the handle of an account, such as @name.")],
    platform: Annotated[
        str, typer.Option(help="The handle's platform (bluesky, x, …); on all of them when not given.")
    ] = "",
    why: Annotated[str, typer.Option("--why", help="The reason, kept beside the removal.")] = "asked for",
    config: Config = None,
) -> None:
    """Remove a post by its address, or all posts of an account by its handle, for ever.

    They are taken away at once with what was said from them, and never come back; a desk that is running counts anew
    without them, or the next `iroyin once` does. What is kept of them is a number from which nobody can be read.

    Example: `iroyin reaction remove https://social.example/@name/123`
    """
    from iroyin.commands.reactions import remove as run

    run(config, what, platform=platform, why=why)
