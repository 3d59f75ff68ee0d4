"""`iroyin mcp`, and the same at `/mcp` of the site: what is published, for the Model Context Protocol."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from iroyin.adapters.store import SqlStore
from iroyin.commands.console import settings_of
from iroyin.commands.found import found_store
from iroyin.errors import InputError
from iroyin.settings import Settings

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer


def mcp(config: Path | None) -> None:
    """Answer on standard input and output until the other side closes them."""
    settings = settings_of(config)
    with found_store(settings) as store:
        speaking(store, settings, "iroyin mcp").run("stdio")


def speaking(store: SqlStore, settings: Settings, who: str) -> "MCPServer[Any]":
    """The server of the protocol. Raises InputError, naming who needs it, when its library is not installed."""
    try:
        from iroyin.web.mcp import server
    except ModuleNotFoundError as error:
        raise InputError(who, 'needs the protocol\'s library: pip install "iroyin[mcp]"') from error
    return server(store, settings)
