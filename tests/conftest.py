"""Sockets only to this machine, and where the shared data lies."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1].parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data sets, beside the project; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared/data beside the project: this test needs the real data sets")
    return SHARED


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A connection that would leave this machine fails the test."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and not str(host).startswith("127.") and host not in {"::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {host}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield
