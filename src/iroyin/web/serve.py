"""The server process: Uvicorn inside this process, so that one command runs the desk and its site."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from iroyin.errors import SettingsError

_MOST_CONNECTIONS = 256  # one more is answered 503, so that slow readers cannot use up the process
_IDLE_SECONDS = 5  # a connection that asks nothing is closed
_PATIENCE_SECONDS = 10  # answers under way at the end get this long


def free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before any work is done. Raises SettingsError."""
    _listener(host, port).close()


def serve(make: Callable[[], Starlette], *, host: str, port: int, ready: Callable[[], None] | None = None) -> None:
    """Serve the application until Ctrl-C or SIGTERM, then return with all connections closed.

    `ready` is called when it listens. Raises SettingsError when the address cannot be listened on.
    """
    asyncio.run(run(make, host=host, port=port, ready=ready))


async def run(
    make: Callable[[], Starlette], *, host: str, port: int, ready: Callable[[], None] | None = None
) -> None:
    """Serve inside a running event loop; returns after Ctrl-C or SIGTERM. `ready` is called when it listens."""
    listener = _listener(host, port)
    server = _Server(
        uvicorn.Config(
            make(),
            http="h11",
            ws="none",
            loop="none",
            lifespan="on",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_PATIENCE_SECONDS,
        )
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    if ready:
        loop.call_soon(ready)
    try:
        await server.serve(sockets=[listener])
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals to its caller: its own way raises an obeyed signal a second time at the end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def stop(self) -> None:
        """End after the answers under way; at once when told again."""
        self.force_exit = self.should_exit
        self.should_exit = True


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # asyncio sets this only on sockets that say they are TCP, which those accepted here do not: without it the
        # second half of an answer waits 40 ms for the reader's acknowledgement of the first.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        why = f"cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}; choose another with --port"
        raise SettingsError("site.port", why) from error
