"""What a command stands on: a database that is there, labels, an address."""

import ipaddress
from pathlib import Path

from iroyin.adapters.store import SqlStore
from iroyin.compose import open_store
from iroyin.errors import SettingsError, StoreError
from iroyin.settings import Settings


def found_store(settings: Settings) -> SqlStore:
    """The desk's database, which must be there: a command that only reads never makes one. Raises StoreError."""
    path = Path(settings.desk_database)
    if not path.is_file():
        raise StoreError(
            f"there is no database at {path}: run this in the newsroom's folder, name its settings with --config, "
            "or begin one with `iroyin init`"
        )
    return open_store(settings)


def labelled(settings: Settings) -> None:
    """Refuse a site in a language whose pages could not be labelled. Raises SettingsError."""
    from iroyin.publish.locale import label_languages

    known = label_languages()
    missing = [language for language in settings.desk_languages if language not in known]
    if missing:
        reason = f"there are no labels for pages in {', '.join(missing)}; there are for {', '.join(known)}"
        raise SettingsError("desk.languages", reason)


def sound_address(host: str, port: int) -> None:
    """Refuse what is no address to listen on. Raises SettingsError."""
    try:
        ipaddress.ip_address(host)
    except ValueError as error:
        raise SettingsError("site.host", f"must be an IP address such as 127.0.0.1, not {host!r}") from error
    if not 0 < port < 65_536:
        raise SettingsError("site.port", f"must be between 1 and 65535, not {port}")
