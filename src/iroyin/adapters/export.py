"""The static copy of the site: the same bytes as the live one, each file replaced as a whole or not at all."""

import os
from collections.abc import Callable, Collection
from pathlib import Path

from iroyin.errors import InputError
from iroyin.model import Page

MANIFEST = ".iroyin-files"


def write_site(
    paths: Collection[str], page_at: Callable[[str], Page | None], directory: Path
) -> tuple[int, int, int]:
    """Write the pages of these paths and remove files of an earlier export that are no longer published.

    Files that this program did not write are left alone. Returns files written, unchanged and removed.
    Raises InputError when the folder cannot be written.
    """
    root = directory.resolve()
    made = set(paths)
    try:
        root.mkdir(parents=True, exist_ok=True)
        manifest = root / MANIFEST
        before = set(manifest.read_text("utf-8").splitlines()) if manifest.exists() else set()
        # The list of ours is written before the files, so that an export cut off half-way is cleared up by the next.
        _replace(manifest, "\n".join(sorted(before | made)).encode())
        gone = sorted(path for path in before - made if _inside(root, path).is_file())
        for path in gone:
            _remove(root, _inside(root, path))
        written = 0
        for path in sorted(made):
            page = page_at(path)
            written += page is not None and _write(_inside(root, path), page.body)
        _replace(manifest, "\n".join(sorted(made)).encode())
    except OSError as error:
        raise InputError(str(directory), str(error)) from error
    return written, len(made) - written, len(gone)


def _inside(root: Path, path: str) -> Path:
    target = (root / path).resolve()
    if not target.is_relative_to(root):
        raise InputError(path, "leads out of the export folder")
    return target


def _remove(root: Path, target: Path) -> None:
    """Take a file away, and the folders that are empty without it: a page may stand there next."""
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()


def _write(target: Path, body: bytes) -> bool:
    """Write a file unless it holds these bytes already; whether it was written."""
    if target.is_file() and target.read_bytes() == body:
        return False
    _replace(target, body)
    return True


def _replace(target: Path, body: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name[:80]}.partial")
    with partial.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)
