"""`iroyin digest` and `iroyin ebook`: the stories of one day, to send or to keep."""

import sys
from datetime import UTC, date, datetime, timedelta
from email.headerregistry import Address
from pathlib import Path

from iroyin.commands.console import say, settings_of, tell
from iroyin.commands.found import found_store
from iroyin.compose import open_postman
from iroyin.errors import InputError, SettingsError
from iroyin.press import day_view, site_view
from iroyin.publish import DayView, digest, ebook
from iroyin.publish.digest import leaving
from iroyin.settings import Settings

NOTHING_PROVED = "no story of this day can be shown to stand on its sources"
NO_WAY = "nowhere to go: name a file with --out, or the settings digest.smtp, digest.from and digest.to"


def send_digest(config: Path | None, language: str, day: str, out: Path | None) -> None:
    """Write the day's message to a file, or send it. Exit code 1 when it did not reach everybody.

    Without a day it is yesterday's, the last that is over, and nothing when no story began on it.
    """
    settings = settings_of(config)
    postman = None if out else open_postman(settings)
    if out is None and postman is None:
        raise InputError("digest", NO_WAY)
    if settings.digest_unsubscribe and not leaving(settings.digest_unsubscribe):
        raise SettingsError("digest.unsubscribe", "must be an e-mail or web address")
    for name, one in (("digest.from", settings.digest_from), *(("digest.to", to) for to in settings.digest_to)):
        _check_address(name, one, needed=postman is not None)
    if postman and not settings.digest_to:
        raise SettingsError("digest.to", "names nobody to send to")
    now = settings.now(datetime.now(UTC))
    over = now.date() - timedelta(days=1)
    view = _told(settings, language, _asked(day) or over)
    if view is None and not day:
        tell(f"no story told in {language} began on {over}: nothing to send")
        return
    view = _some(settings, view, language, day)
    message = digest(
        view, site_view(settings, now), now=now,
        sender=settings.digest_from, leave=settings.digest_unsubscribe,
    )  # fmt: skip
    if message is None:
        raise InputError(view.day.isoformat(), NOTHING_PROVED)
    if postman is None:
        _write(out or Path("-"), message.as_bytes())
        return
    failed = postman.send(message, settings.digest_to)
    for address, why in failed.items():
        tell(f"{address}: {why}")
    say(f"{view.day}: sent to {len(settings.digest_to) - len(failed)} of {len(settings.digest_to)}")
    if failed:
        raise SystemExit(1)


def write_book(config: Path | None, language: str, day: str, out: Path) -> None:
    """Write the day's e-book to a file."""
    settings = settings_of(config)
    view = _some(settings, _told(settings, language, _asked(day)), language, day)
    book = ebook(view, site_view(settings, settings.now(datetime.now(UTC))))
    if book is None:
        raise InputError(view.day.isoformat(), NOTHING_PROVED)
    if not day:
        tell(f"{view.day}, the newest day with a story told in {language}")
    _write(out, book.body)


def _asked(day: str) -> date | None:
    """The day that was named, if one was. Raises InputError."""
    try:
        return date.fromisoformat(day) if day else None
    except ValueError as error:
        raise InputError(day, "is no day; write it as 2026-01-08") from error


def _told(settings: Settings, language: str, day: date | None) -> DayView | None:
    """The stories of the day, or of the newest that has some; None when there are none. Raises InputError."""
    if language not in settings.desk_languages:
        raise InputError(language, f"is no language of the site; these are: {', '.join(settings.desk_languages)}")
    with found_store(settings) as store:
        wanted = day or max(store.told_days(language), default=None)
        view = day_view(store, language, wanted) if wanted else None
    return view if view and view.stories else None


def _some(settings: Settings, view: DayView | None, language: str, day: str) -> DayView:
    """The stories, if there are any. Raises InputError, which names the newest day that has some."""
    if view is not None:
        return view
    with found_store(settings) as store:
        newest = max(store.told_days(language), default=None)
    known = f"; the newest day with one is {newest}" if newest else ""
    raise InputError(day or language, f"no story told in {language} began then{known}")


def _check_address(name: str, address: str, *, needed: bool) -> None:
    if not address and not needed:
        return
    try:
        whole = bool(Address(addr_spec=address).domain) and address.isascii()
    except (ValueError, IndexError):  # what `email` raises differs with what is wrong
        whole = False
    if not whole:
        raise SettingsError(name, f"must be an e-mail address, not {address!r}")


def _write(out: Path, body: bytes) -> None:
    if str(out) == "-":
        sys.stdout.buffer.write(body)
        return
    try:
        out.write_bytes(body)
    except OSError as error:
        raise InputError(str(out), f"cannot be written: {error.strerror}") from error
    tell(f"{len(body)} bytes written to {out}")
