"""A real browser on the invented newsroom; these tests skip where there is none."""

import shutil
from collections.abc import Iterator

import pytest
from invented_site import serve

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium, driven by Playwright; a module's own, since Playwright holds this thread's event loop while it runs."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: browser tests need it")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine: browser tests need one")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    yield from serve()
