"""The house style: all that pages are made of beside the news, so that a change of it is seen on every page."""

from datetime import UTC, datetime
from hashlib import sha256

from iroyin import __version__
from iroyin.ports_site import Pictures
from iroyin.press import RANKING, site_view
from iroyin.publish import label_languages, plates
from iroyin.settings import Settings

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # the hour at which a page is made is no style


def house_style(settings: Settings, pictures: Pictures | None) -> str:
    """A hash of the settings that pages show, of what draws their cards and of the program that prints them."""
    site = site_view(settings, _NO_TIME)
    shown = (site, settings.site_front, bool(settings.react_sources), RANKING, pictures.id if pictures else "")
    return sha256(f"{__version__}\n{plates()}\n{shown!r}".encode(errors="replace")).hexdigest()


def given_up(settings: Settings) -> tuple[str, ...]:
    """Where pages lie in languages that the site has no longer."""
    return tuple(f"{code}/" for code in label_languages() if code not in settings.desk_languages)
