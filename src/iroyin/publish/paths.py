"""Where the pages of outlets and countries stand."""

from functools import lru_cache

from iroyin.publish.slug import slug


@lru_cache(maxsize=8192)
def outlet_key(name: str) -> str:
    """The last part of an outlet's address; names that differ by signs alone share it."""
    return slug(name, "en")


def outlet_path(language: str, name: str) -> str:
    """The path of an outlet's page from the root."""
    return f"/{language}/outlets/{outlet_key(name)}"


def country_path(language: str, code: str) -> str:
    """The path of the page of the outlets of a country."""
    return f"/{language}/countries/{code.lower()}"
