"""`iroyin digest` and `iroyin ebook`: the stories of one day, to send or to keep."""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from iroyin.commands.console import say, settings_of, tell
from iroyin.commands.found import found_store
from iroyin.compose import open_postman
from iroyin.errors import InputError, SettingsError
from iroyin.press import day_view, site_view
from iroyin.publish import DayView, digest, ebook
from iroyin.publish.mail import is_mailbox, leave_link
from iroyin.settings import Settings

NO_WAY = "nowhere to go: name a file with --out, or the settings digest.smtp, digest.from and digest.to"
UNPROVED = "no story of this day can be shown to stand on its sources"


def send_digest(config: Path | None, language: str, day: str, out: Path | None) -> None:
    """Write the day's message to a file, or send it; the day is yesterday unless it is named.

    Exit code 1 when it did not reach everybody. A yesterday without a story is a line and no failure when it would
    have been sent: a small desk has such days.
    """
    settings = settings_of(config)
    postman = None if out else open_postman(settings)
    if out is None and postman is None:
        raise InputError("digest", NO_WAY)
    if settings.digest_unsubscribe and not leave_link(settings.digest_unsubscribe):
        raise SettingsError("digest.unsubscribe", "must be an e-mail or web address")
    for name, one in (("digest.from", settings.digest_from), *(("digest.to", to) for to in settings.digest_to)):
        _check_address(name, one, needed=postman is not None)
    if postman and not settings.digest_to:
        raise SettingsError("digest.to", "names nobody to send to")
    now = settings.now(datetime.now(UTC))
    wanted = _day(day) or now.date() - timedelta(days=1)
    view, newest = _told(settings, language, wanted)
    if not view.stories and postman and not day:
        say(f"{wanted}: {_silence(language, newest)}; nothing is sent")
        return
    if not view.stories:
        raise InputError(wanted.isoformat(), _silence(language, newest))
    message = digest(
        view, site_view(settings, now), now=now,
        sender=settings.digest_from, leave=settings.digest_unsubscribe,
    )  # fmt: skip
    if message is None:
        raise InputError(view.day.isoformat(), UNPROVED)
    if postman is None:
        _write(out or Path("-"), message.as_bytes(), view.day)
        return
    failed = postman.send(message, settings.digest_to)
    for address, why in failed.items():
        tell(f"{address}: {why}")
    say(f"{view.day}: sent to {len(settings.digest_to) - len(failed)} of {len(settings.digest_to)}")
    if failed:
        raise SystemExit(1)


def write_book(config: Path | None, language: str, day: str, out: Path) -> None:
    """Write the day's e-book to a file; the day is the newest with a story unless it is named."""
    settings = settings_of(config)
    view, newest = _told(settings, language, _day(day))
    if not view.stories:
        raise InputError(day or language, _silence(language, newest))
    book = ebook(view, site_view(settings, settings.now(datetime.now(UTC))))
    if book is None:
        raise InputError(view.day.isoformat(), UNPROVED)
    _write(out, book.body, view.day)


def _day(day: str) -> date | None:
    """The day that was named, if one was. Raises InputError."""
    try:
        return date.fromisoformat(day) if day else None
    except ValueError as error:
        raise InputError(day, "is no day; write it as 2026-01-08") from error


def _told(settings: Settings, language: str, day: date | None) -> tuple[DayView, date | None]:
    """The stories of the day, None: of the newest that has some; and which day that is. Raises InputError."""
    if language not in settings.desk_languages:
        raise InputError(language, f"is no language of the site; these are: {', '.join(settings.desk_languages)}")
    with found_store(settings) as store:
        newest = max(store.told_days(language), default=None)
        wanted = day or newest
        return (day_view(store, language, wanted) if wanted else DayView(language, date.min, ())), newest


def _silence(language: str, newest: date | None) -> str:
    known = f"; the newest day with one is {newest}" if newest else ""
    return f"no story told in {language} began then{known}"


def _check_address(name: str, address: str, *, needed: bool) -> None:
    if not address and not needed:
        return
    if not is_mailbox(address):
        raise SettingsError(name, f"must be an e-mail address, not {address!r}")


def _write(out: Path, body: bytes, day: date) -> None:
    """The bytes to the file or standard output; standard error says of which day they are."""
    if str(out) == "-":
        sys.stdout.buffer.write(body)
        tell(f"{day}: {len(body)} bytes")
        return
    try:
        out.write_bytes(body)
    except OSError as error:
        raise InputError(str(out), f"cannot be written: {error.strerror}") from error
    tell(f"{day}: {len(body)} bytes written to {out}")
