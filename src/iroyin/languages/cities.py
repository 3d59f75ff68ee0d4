"""Big cities that are no capitals, with the names CLDR gives them because time zones are called after them.

A city counts for its country too. Capitals are left out: in news they mostly stand for their country, and are read so
(`languages.places`). So are cities whose name is a common word or a person's somewhere, and those that states dispute.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from iroyin.languages.romanise import romanised
from iroyin.languages.rules import canonical, rules

_ZONES = {
    "AU": "Australia/Adelaide Australia/Brisbane Australia/Melbourne Australia/Perth Australia/Sydney",
    "BR": "America/Fortaleza America/Manaus America/Recife America/Sao_Paulo",
    "CA": "America/Edmonton America/Halifax America/Toronto America/Vancouver America/Winnipeg",
    "CD": "Africa/Lubumbashi",
    "CH": "Europe/Zurich",
    "CI": "Africa/Abidjan",
    "CM": "Africa/Douala",
    "CN": "Asia/Shanghai Asia/Urumqi",
    "EC": "America/Guayaquil",
    "ID": "Asia/Makassar",
    "IN": "Asia/Calcutta",
    "KZ": "Asia/Almaty",
    "MA": "Africa/Casablanca",
    "MX": "America/Monterrey America/Tijuana",
    "NG": "Africa/Lagos",
    "PK": "Asia/Karachi",
    "RU": "Asia/Irkutsk Asia/Krasnoyarsk Asia/Novosibirsk Asia/Omsk Asia/Vladivostok Asia/Yakutsk "
    "Asia/Yekaterinburg Europe/Kaliningrad Europe/Samara Europe/Volgograd",
    "TR": "Europe/Istanbul",
    "TZ": "Africa/Dar_es_Salaam",
    "US": "America/Anchorage America/Chicago America/Detroit America/Los_Angeles America/New_York",
    "UZ": "Asia/Samarkand",
    "VN": "Asia/Saigon",
    "ZA": "Africa/Johannesburg",
}
_BEFORE = "ìlú "  # "city of", which CLDR's Yoruba names begin with


@lru_cache(maxsize=64)
def city_names(language: str) -> Mapping[str, str]:
    """The keys of the cities ("place-lagos") to their names in this language; those without one are left out."""
    code = canonical(language)
    english, own = _zones("en"), _zones(code)
    names = {zone: own.get(zone) or (english[zone] if rules(code).script == "Latn" else "") for zone in english}
    return {_key(english[zone]): name.removeprefix(_BEFORE) for zone, name in names.items() if name}


@cache
def country_of_city() -> Mapping[str, str]:
    """The key of each city to the key of its country."""
    english = _zones("en")
    return {_key(english[zone]): _key(country) for country, zones in _ZONES.items() for zone in zones.split()}


def _key(name: str) -> str:
    return f"place-{romanised(name)}"


def _zones(code: str) -> Mapping[str, str]:
    """The names of the zones' cities in this language; in English every zone has one, at least its own."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse({"zh": "zh_Hans"}.get(code, code)).time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    listed = [zone for zones in _ZONES.values() for zone in zones.split()]
    names = {zone: str(known.get(zone, {}).get("city", "")) for zone in listed}
    if code == "en":
        names = {zone: name or zone.partition("/")[2].replace("_", " ") for zone, name in names.items()}
    return {zone: name for zone, name in names.items() if name}
