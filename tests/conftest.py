"""Sockets only to this machine, and where the shared data lies."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1].parent / "shared" / "data"


HERE = Path(__file__).parent
COSTLY = HERE / "flow"  # where tests share one costly newsroom


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file with the costly newsroom begins, the others end: of two processes one makes it, neither waits."""
    files = {item.path for item in items if item.path.parent == COSTLY and "desk" in item.fixturenames}  # type: ignore[attr-defined]
    first = min(files, default=None)
    items.sort(key=lambda item: 0 if item.path == first else 2 if item.path in files else 1)


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
