"""`iroyin extract`: what the desk reads out of one HTML page."""

import json
import sys
from pathlib import Path

from iroyin.adapters.sandbox import ChildParser
from iroyin.adapters.store.codec import pack
from iroyin.commands.console import settings_of
from iroyin.errors import InputError, ParseError
from iroyin.languages import detect

NOWHERE = "http://page.invalid/"  # the address of a page that came without one


def extract_file(config: Path | None, file: Path, *, url: str) -> None:
    """Title, text, dates and language of a page as JSON on standard output."""
    settings = settings_of(config)
    most = settings.fetch_page_bytes
    try:
        if str(file) == "-":
            body = sys.stdin.buffer.read(most + 1)
        else:
            with file.open("rb") as page_bytes:
                body = page_bytes.read(most + 1)
    except OSError as error:
        raise InputError(str(file), f"cannot be read: {error.strerror}") from error
    if len(body) > most:
        raise InputError(str(file), f"is larger than fetch.page_bytes ({most})")
    try:
        with ChildParser(settings) as parser:
            page = parser.page(body, url or NOWHERE)
    except ParseError as error:
        raise InputError(str(file), f"gave no article: {error.reason}") from error
    language, confidence = detect(page.text, prior=page.language)
    told = json.loads(pack(page)) | {"language": language, "language_confidence": confidence}
    print(json.dumps(told, ensure_ascii=not _in_utf8(), indent=2))  # noqa: T201  # the command's own output


def _in_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
