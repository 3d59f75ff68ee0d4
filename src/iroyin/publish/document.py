"""From a template and values to an HTML page: the frame that every page of the site shares."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from iroyin.model import Page, StoryId
from iroyin.publish.assets import asset
from iroyin.publish.locale import autonym, direction, labels, locale_of, tag
from iroyin.publish.paths import country_path, outlet_key, outlet_path
from iroyin.publish.slug import slug
from iroyin.publish.tags import tag_name, tag_path
from iroyin.publish.typeset import unbroken
from iroyin.publish.views import SiteView, StoryCard

_INDENT = re.compile(r"\n\s+")  # of the templates; no element of ours keeps its white space


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to machines. `editions` maps languages to the path of the same page in them."""

    path: str
    title: str
    description: str
    editions: Mapping[str, str] = field(default_factory=dict)
    kind: str = "website"
    jsonld: str = ""
    robots: str = "max-image-preview:large"
    published: str = ""
    modified: str = ""
    section: str = ""
    feed: str = ""
    story: StoryId | None = None
    image: str = ""
    image_alt: str = ""


def web_address(url: str) -> str:
    """The address if it is an http(s) one that names a host, else nothing: only such links are printed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def contact_address(contact: str) -> str:
    """A link to write to: the address itself, or mailto for an e-mail address; nothing for plain words."""
    if web_address(contact):
        return contact
    return f"mailto:{quote(contact, safe='@+.-_')}" if "@" in contact and " " not in contact else ""


def letter(subject: str, body: str) -> str:
    """A mailto link that begins a letter. Letters of any script stay as they are, which keeps it short."""
    fields = (f"{name}={''.join(map(_in_query, text))}" for name, text in (("subject", subject), ("body", body)))
    return f"mailto:?{'&'.join(fields)}"


def _in_query(char: str) -> str:
    return char if char > "\x7f" and char.isprintable() else quote(char, safe=":/,", errors="replace")


def quoted(path: str) -> str:
    """A path with its letters percent-encoded, as machines want it."""
    return quote(path, safe="/:#?=&%~.-_")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("iroyin.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        asset=asset,
        autonym=autonym,
        contact_address=contact_address,
        country_path=country_path,
        dir_of=direction,
        lang_of=tag,
        once=once,
        outlet_key=outlet_key,
        outlet_path=outlet_path,
        quoted=quoted,
        slug=slug,
        tag_name=tag_name,
        tag_path=tag_path,
        unbroken=unbroken,
        web_address=web_address,
    )
    return environment


def once(
    drawn: dict[Hashable, tuple[StoryCard, str]],
    macro: Callable[..., str],
    card: StoryCard,
    elsewhere: bool,
    *form: object,
) -> str:
    """What the macro makes of a card in a form, made once for all lists that share `drawn`, which keeps the card.

    `elsewhere`: the list is not that of the card's own section, which the card then names.
    """
    key = (id(card), elsewhere, form)
    if key not in drawn:
        drawn[key] = card, macro(card, *form)
    return drawn[key][1]


def page_of(path: str, media_type: str, body: bytes, story: StoryId | None = None) -> Page:
    """A page at a path given with or without its leading slash, with its content hash."""
    return Page(path.lstrip("/"), media_type, body, story, sha256(body).hexdigest())


def section_name(language: str, section: str) -> str:
    """A section's name in the language; a section without a label is "other news"."""
    words = labels(language)
    return words.say(f"section.{section}" if words.has(f"section.{section}") else "section.other")


def rendered(template: str, language: str, site: SiteView, **values: object) -> str:
    """A template filled in the words of a language."""
    words = labels(language)
    return (
        _environment()
        .get_template(template)
        .render(
            site=site,
            lang=language,
            dir=direction(language),
            t=words.say,
            words=words,
            section_name=lambda section: section_name(language, section),
            **values,
        )
    )


def html_page(template: str, head: Head, language: str, site: SiteView, **values: object) -> Page:
    """The page of a template in the frame of the site, at `<head.path>/index.html`."""
    feed = head.feed or f"/{language}/feed"
    shown = {"head": head, "og_locale": str(locale_of(language)), "feed_path": feed} | values
    html = rendered(template, language, site, **shown)
    path = head.path.rstrip("/") + "/index.html" if not head.path.endswith(".html") else head.path
    return page_of(path, "text/html; charset=utf-8", _INDENT.sub("\n", html).encode(), head.story)
