"""`iroyin init`: a settings file and feeds from the catalogue that ships with the program."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from iroyin.commands.console import say, settings_of, tell
from iroyin.commands.rows import writing
from iroyin.compose import open_store
from iroyin.errors import InputError
from iroyin.ingest.catalogue import catalogue, choose
from iroyin.languages import tidy
from iroyin.model import Feed
from iroyin.publish.locale import label_languages

TEMPLATE = """# Settings of this newsroom. Every setting is described in docs/settings.md.

[desk]
name = {name}
languages = [{languages}]
database = "var/iroyin.db"
# The public address of the site once it has one:
# url = "https://news.example.org"
# Where readers and publishers can write to:
# contact = "desk@example.org"
"""


def init(*, languages: str, sections: str, name: str, config: Path, force: bool) -> None:
    """Write the settings file and add the chosen feeds to its database."""
    chosen = _chosen(_parts(languages), _parts(sections))
    site = [language for language in _parts(languages) if language in label_languages()]
    if not site:
        have = ", ".join(label_languages())
        raise InputError("--languages", f"no labels for pages in {languages}; add one of {have} to read them in")
    if config.exists() and not force:
        raise InputError(str(config), "exists already; --force writes over it")
    quoted = ", ".join(json.dumps(language) for language in site)
    # A text of JSON is a text of TOML.
    text = TEMPLATE.format(name=json.dumps(tidy(name), ensure_ascii=False), languages=quoted)
    with writing(config) as lines:
        lines.write(text)
    with open_store(settings_of(config)) as store:
        added = store.add_feeds(chosen, now=datetime.now(UTC))
    count = Counter(feed.language for feed in chosen)
    say(f"wrote {config} and added {added} feeds: " + ", ".join(f"{n} {code}" for code, n in count.most_common()))
    unlabelled = [language for language in _parts(languages) if language not in site]
    if unlabelled:
        tell(f"{', '.join(unlabelled)}: read as sources, but there are no labels yet for pages in it")
    say("next: `iroyin run` keeps the desk going, `iroyin serve` shows the site, `iroyin feed list` the feeds")


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _chosen(languages: list[str], sections: list[str]) -> list[Feed]:
    """The catalogue's feeds in these languages and sections. Raises InputError naming what there is."""
    known = catalogue()
    for option, wanted, offered in (
        ("--languages", languages, {feed.language for feed in known}),
        ("--sections", sections, {feed.section for feed in known}),
    ):
        missing = [part for part in wanted if part not in offered]
        if missing or (option == "--languages" and not wanted):
            have = ", ".join(sorted(offered))
            raise InputError(option, f"no feeds for {', '.join(missing) or 'nothing'}; the catalogue has {have}")
    return choose(known, languages=languages, sections=sections)
