"""The `iroyin brief` commands: names, options and help. What they do is in `iroyin.commands`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Look at what was written about a story, and take sentences back.")

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="IROYIN_CONFIG", help="Settings file; iroyin.toml here when it exists."),
]
Id = Annotated[str, typer.Argument(help="Id of the story, from `iroyin story list`.")]
Reason = Annotated[str, typer.Option("--reason", "--why", help="The reason, which readers are shown.")]
By = Annotated[str, typer.Option("--by", help="Your name in the log; the user name when not given.")]


@app.command()
def findings(
    story: Id,
    language: Annotated[str, typer.Option(help="One language; all that were tried when not given.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines, an object a sentence.")] = False,
    config: Config = None,
) -> None:
    """Show every sentence that was proposed for a story and what became of it.

    Printed, softened (its outlet is named), replaced (by its source sentence, or another headline), cut, or held (the
    page has too little that passes); with the code of each finding, the characters that are wrong and the nearest
    source text.

    Example: `iroyin brief findings s1a2b3c4d5e6f7081 --language en`
    """
    from iroyin.commands.findings import findings as run

    run(config, story, language=language, as_json=json)


@app.command()
def withdraw(
    story: Id,
    language: Annotated[str, typer.Argument(help="Language of the page.")],
    sentence: Annotated[
        int, typer.Argument(min=0, help="Number of the sentence, as in claims.json; 0: headline.")
    ],
    reason: Reason,
    unprinted: Annotated[
        bool, typer.Option("--unprinted", help="Do not repeat its words among the corrections.")
    ] = False,
    by: By = "",
    config: Config = None,
) -> None:
    """Take one sentence of a page back: it goes, the correction is listed, and no report brings it back.

    Refused from then on, in every language of the story: the same words, the source sentences that it stood on while
    they say what they say now, and another sentence with the same claim.

    Example: `iroyin brief withdraw s1a2b3c4d5e6f7081 en 4 --reason wrong-person`
    """
    from iroyin.commands.corrections import withdraw as run

    run(config, story, language, sentence, why=reason, by=by, printed=not unprinted)


@app.command()
def restore(
    number: Annotated[int, typer.Argument(help="Number of the withdrawal, from `iroyin story show`.")],
    reason: Reason,
    by: By = "",
    config: Config = None,
) -> None:
    """Let a withdrawn sentence be printed again, when the writer chooses it and the checks let it pass.

    Example: `iroyin brief restore 3 --reason confirmed`
    """
    from iroyin.commands.corrections import restore as run

    run(config, number, why=reason, by=by)
