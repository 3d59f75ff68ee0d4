"""Print docs/commands.md from the command line itself: `python docs/make_commands.py > docs/commands.md`."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

import typer.main

from iroyin.cli import app

HEAD = """# Commands

Printed by `docs/make_commands.py` from the command line itself. What went wrong is said in one line on standard error;
the exit code is 0 when all went well, 1 when something was refused, 2 for wrong usage, 130 after Ctrl-C in the middle
of a file. Progress goes to standard error, so that standard output can be a file or a pipe.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *(line for path, command in commands() for line in _described(path, command))])


def commands() -> Iterator[tuple[str, Any]]:
    """Each command with its full name, such as 'iroyin feed add'."""
    yield from _within("iroyin", typer.main.get_command(app))


def _within(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for name, child in command.commands.items():
            yield from _within(f"{path} {name}", child)
    else:
        yield path, command


def _described(path: str, command: Any) -> Iterator[str]:
    yield f"## {path}\n"
    yield cleandoc(command.help) + "\n"
    rows = [row for parameter in command.params if (row := _row(parameter))]
    if rows:
        yield "| | | Default |\n|---|---|---|"
        yield from rows
        yield ""


def _row(parameter: Any) -> str:
    if "--help" in parameter.opts:
        return ""
    is_option = parameter.param_type_name == "option"
    names = [*parameter.opts, *parameter.secondary_opts] if is_option else [parameter.name.upper()]
    default = "needed" if parameter.required else parameter.default
    shown = (
        "empty" if default in ("", None) else "no" if default is False else "yes" if default is True else default
    )
    return f"| {', '.join(f'`{name}`' for name in names)} | {getattr(parameter, 'help', '') or ''} | {shown} |"


if __name__ == "__main__":
    print(page(), end="")
