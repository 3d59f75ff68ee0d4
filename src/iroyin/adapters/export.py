"""The static copy of the site: the same bytes as the live one, each file replaced as a whole or not at all."""

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from iroyin.errors import InputError
from iroyin.model import Page

MANIFEST = ".iroyin-files"


def write_site(
    paths: Collection[str],
    page_at: Callable[[str], Page | None],
    directory: Path,
    *,
    etags: Mapping[str, str] | None = None,
) -> tuple[int, int, int]:
    """Write the pages of these paths and remove files of an earlier export that are no longer published.

    A page whose hash in `etags` is that of the export before is not even read. Files that this program did not write
    are left alone. Returns files written, unchanged and removed. Raises InputError when the folder cannot be written,
    or when a first export would write over such a file.
    """
    root = directory.resolve()
    made, hashes = set(paths), etags or {}
    try:
        root.mkdir(parents=True, exist_ok=True)
        manifest = root / MANIFEST
        first = not manifest.exists() and any(root.iterdir())
        if first and (there := next((path for path in made if _inside(root, path).is_file()), "")):
            raise InputError(str(directory), f"no export wrote {there} there: move it, or name another folder")
        before = _listed(manifest)
        # The list of ours is written before the files, so that an export cut off half-way is cleared up by the next.
        _list(
            manifest,
            dict.fromkeys(made, "") | {path: hashed for path, hashed in before.items() if path not in made},
        )
        gone = sorted(path for path in before.keys() - made if _inside(root, path).is_file())
        for path in gone:
            _remove(root, _inside(root, path))
        written = 0
        for path in sorted(made):
            target = _inside(root, path)
            if hashes.get(path) and before.get(path) == hashes[path] and target.is_file():
                continue
            page = page_at(path)
            written += page is not None and _write(target, page.body)
        _list(manifest, {path: hashes.get(path, "") for path in made})
    except OSError as error:
        raise InputError(str(error.filename or directory), error.strerror or str(error)) from error
    return written, len(made) - written, len(gone)


def _listed(manifest: Path) -> dict[str, str]:
    """The paths of the export before, each with the hash of its page (empty: not known)."""
    if not manifest.exists():
        return {}
    lines = (line.partition("\t") for line in manifest.read_text("utf-8").splitlines())
    return {path: hashed for path, _, hashed in lines}


def _list(manifest: Path, paths: Mapping[str, str]) -> None:
    lines = (f"{path}\t{hashed}" if hashed else path for path, hashed in sorted(paths.items()))
    _replace(manifest, "\n".join(lines).encode())


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
