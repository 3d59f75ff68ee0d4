"""The server process: Granian inside this process, so that one command runs the desk and its site."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

from iroyin.errors import SettingsError

_BACKPRESSURE = 256  # requests under way at once; more wait, so that slow readers cannot use up the process


def free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before any work is done. Raises SettingsError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        why = f"cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}; choose another with --port"
        raise SettingsError("site.port", why) from error


def serve(make: Callable[[], Starlette], *, host: str, port: int) -> None:
    """Serve the application until Ctrl-C or SIGTERM, then return with all connections closed.

    Raises SettingsError when the address cannot be listened on.
    """
    free(host, port)
    with asyncio.Runner() as runner:
        runner.run(run(make, host=host, port=port))


async def run(
    make: Callable[[], Starlette], *, host: str, port: int, ready: Callable[[], None] | None = None
) -> None:
    """Serve inside a running event loop; returns after Ctrl-C or SIGTERM. `ready` is called when it listens."""
    logging.getLogger("_granian").setLevel(logging.WARNING)
    server = Server(
        make(),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backpressure=_BACKPRESSURE,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, server.stop)
    if ready:
        server.on_startup(ready)
    try:
        await server.serve()
    finally:
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(name)
