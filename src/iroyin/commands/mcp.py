"""`iroyin mcp`: what is published, for programs that speak the Model Context Protocol on standard input and output."""

from pathlib import Path

from iroyin.commands.console import settings_of
from iroyin.commands.found import found_store
from iroyin.errors import InputError


def mcp(config: Path | None) -> None:
    """Answer on standard input and output until the other side closes them."""
    try:
        from iroyin.web.mcp import server
    except ModuleNotFoundError as error:
        raise InputError("iroyin mcp", 'needs the protocol\'s library: pip install "iroyin[mcp]"') from error
    settings = settings_of(config)
    with found_store(settings) as store:
        server(store, settings).run("stdio")
