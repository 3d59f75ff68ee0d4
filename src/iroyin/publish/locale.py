"""The words of the page in the reader's language: labels from `.po` files, and dates, numbers and names from CLDR.

A label that is missing is an error (KeyError), not English: the tests hold every file complete.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as CalendarDay  # noqa: N812
from functools import cache, lru_cache
from gettext import c2py
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from iroyin.languages import rules, subject_name

_LOCALE_OF = {"zh": "zh_Hans", "no": "nb"}
_DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "beng": "০১২৩৪৫৬৭৮৯", "deva": "०१२३४५६७८९"}
_SIGNS = {"arab": "٫٬٪", "arabext": "٫٬٪"}
REVIEW = "machine-made, not yet reviewed by a speaker"
"""What the header of a file of labels says until a speaker has read it."""


@cache
def locale_of(language: str) -> Locale:
    """The CLDR locale of a page language; `und` gives the root's nearest, English without its words."""
    try:
        return Locale.parse(_LOCALE_OF.get(language, language.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


def tag(language: str) -> str:
    """The BCP 47 tag of a page language, for `lang` and `hreflang`."""
    return _LOCALE_OF.get(language, language).replace("_", "-")


@cache
def direction(language: str) -> str:
    """`rtl`, `ltr`, or `auto` for a language CLDR does not know."""
    try:
        return str(Locale.parse(_LOCALE_OF.get(language, language.replace("-", "_"))).text_direction)
    except (ValueError, UnknownLocaleError):
        return "auto"


@cache
def autonym(language: str) -> str:
    """A language's name for itself, with a capital: what a language switcher prints."""
    if language == "zh":
        return "简体中文"
    name = locale_of(language).get_language_name() if direction(language) != "auto" else None
    return (name[:1].upper() + name[1:]) if name else language


def label_languages() -> tuple[str, ...]:
    """The languages that have a file of labels."""
    folder = files("iroyin.publish") / "locale"
    return tuple(sorted(f.name for f in folder.iterdir() if (f / "LC_MESSAGES" / "iroyin.po").is_file()))


@cache
def labels(language: str) -> "Labels":
    """The labels of a language. Raises KeyError when there is no file for it."""
    file = files("iroyin.publish") / "locale" / language / "LC_MESSAGES" / "iroyin.po"
    if not file.is_file():
        raise KeyError(f"no labels for language {language!r}")
    catalog = read_po(BytesIO(file.read_bytes()))
    texts: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if message.id:
            key = str(message.id if isinstance(message.id, str) else message.id[0])
            texts[key] = tuple(message.string) if isinstance(message.string, tuple) else (str(message.string),)
    return Labels(language, texts, catalog.plural_expr)


@cache
def unreviewed(language: str) -> bool:
    """Whether the file says that no speaker of the language has reviewed its labels yet."""
    file = files("iroyin.publish") / "locale" / language / "LC_MESSAGES" / "iroyin.po"
    return REVIEW in file.read_text("utf-8").partition('\nmsgid "nav.skip"')[0]


@lru_cache(maxsize=4096)
def _day_shaped(language: str, skeleton: str, day: CalendarDay) -> str:
    return str(format_skeleton(skeleton, day, locale=locale_of(language)))


@lru_cache(maxsize=4096)
def _decimal(language: str, value: float) -> str:
    return str(format_decimal(value, locale=locale_of(language)))


@cache
def _plural(rule: str) -> Callable[[int], int]:
    made: Callable[[int], int] = c2py(rule)
    return made


@dataclass(frozen=True)
class Labels:
    """One language's labels and its ways of writing dates and numbers."""

    language: str
    texts: Mapping[str, tuple[str, ...]]
    plural: str

    def say(self, key: str, **values: object) -> str:
        """The label of this key with its values put in. Raises KeyError when it is missing."""
        return self.texts[key][0].format(**values)

    def has(self, key: str) -> bool:
        """Whether the label exists."""
        return key in self.texts

    def count(self, key: str, number: int, **values: object) -> str:
        """The label of this key in the plural form of the number, `{n}` being the number as written here."""
        form = self.texts[key][_plural(self.plural)(number)]
        return form.format(n=self.number(number), **values)

    def digits(self, text: str) -> str:
        """The text with its digits (and, in numbers, the signs between them) as CLDR has this language write them."""
        system = locale_of(self.language).default_numbering_system
        return text.translate(str.maketrans("0123456789", _DIGITS[system])) if system in _DIGITS else text

    def number(self, value: float) -> str:
        """A number as this language writes it."""
        return self._figures(_decimal(self.language, value))

    def percent(self, share: float) -> str:
        """A share of one as percent."""
        return self._figures(str(format_percent(share, locale=locale_of(self.language))))

    def _figures(self, text: str) -> str:
        signs = _SIGNS.get(locale_of(self.language).default_numbering_system)
        return self.digits(text.translate(str.maketrans(".,%", signs)) if signs else text)

    def date(self, moment: datetime) -> str:
        """Day, month and year."""
        return self.calendar(moment.astimezone(UTC))

    def calendar(self, day: CalendarDay) -> str:
        """A day that is no moment: its date, with the year."""
        return self.digits(str(format_date(day, "long", locale=locale_of(self.language))))

    def day(self, moment: datetime) -> str:
        """Weekday, day, month and year."""
        return self.digits(str(format_date(moment.astimezone(UTC), "full", locale=locale_of(self.language))))

    def time(self, moment: datetime) -> str:
        """Hours and minutes in UTC, without the zone."""
        return self.digits(f"{moment.astimezone(UTC):%H:%M}")

    def stamp(self, moment: datetime) -> str:
        """The moment for machines, to the minute in UTC."""
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"

    def month(self, moment: datetime) -> str:
        """Month and year, as a heading."""
        name = self._shaped("yMMMM", moment)
        return name[:1].upper() + name[1:]

    def short_day(self, moment: datetime) -> str:
        """Day and month, short."""
        return self._shaped("MMMd", moment)

    def short_date(self, moment: datetime) -> str:
        """Day, month and year, short."""
        return self._shaped("yMMMd", moment)

    def moment(self, moment: datetime) -> str:
        """Short date and time, with the zone."""
        comma = "،" if direction(self.language) == "rtl" and self.language != "he" else ","
        return f"{self._shaped('yMMMd', moment)}{comma} {self.time(moment)} UTC"

    def _shaped(self, skeleton: str, moment: datetime) -> str:
        return self.digits(_day_shaped(self.language, skeleton, moment.astimezone(UTC).date()))

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return " " if rules(self.language).spaces else ""

    def list(self, items: tuple[str, ...]) -> str:
        """The items joined as this language joins a list."""
        return str(format_list(list(items), locale=locale_of(self.language))) if items else ""

    def language_name(self, language: str) -> str:
        """The name of a language in this one, else its own name for itself."""
        names: Any = locale_of(self.language).languages
        return str(names.get(language) or autonym(language))

    def country(self, code: str) -> str:
        """The name of a country in this language, else its code; our own lists mend what CLDR has wrong."""
        names: Any = locale_of(self.language).territories
        name = subject_name(f"place-{code.lower()}", self.language) or str(names.get(code.upper()) or code)
        return name[:1].upper() + name[1:]
