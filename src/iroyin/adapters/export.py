"""The static copy of the site: the same bytes as the live one, each file replaced as a whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from iroyin.errors import InputError
from iroyin.model import Page

MANIFEST = ".iroyin-files"


def write_site(pages: Iterable[Page], directory: Path) -> tuple[int, int, int]:
    """Write the pages under the folder and remove files of an earlier export that are no longer published.

    Files that this program did not write are left alone. Returns files written, unchanged and removed.
    Raises InputError when the folder cannot be written.
    """
    root = directory.resolve()
    try:
        root.mkdir(parents=True, exist_ok=True)
        manifest = root / MANIFEST
        before = set(manifest.read_text("utf-8").splitlines()) if manifest.exists() else set()
        written = kept = 0
        made: set[str] = set()
        for page in pages:
            target = (root / page.path).resolve()
            if not target.is_relative_to(root):
                raise InputError(page.path, "leads out of the export folder")
            made.add(page.path)
            if target.is_file() and target.read_bytes() == page.body:
                kept += 1
                continue
            _replace(target, page.body)
            written += 1
        gone = sorted(before - made)
        for path in gone:
            (root / path).unlink(missing_ok=True)
        _replace(manifest, "\n".join(sorted(made)).encode())
    except OSError as error:
        raise InputError(str(directory), str(error)) from error
    return written, kept, len(gone)


def _replace(target: Path, body: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name[:80]}.partial")
    with partial.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)
