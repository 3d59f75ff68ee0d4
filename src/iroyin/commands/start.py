"""`iroyin init`: a settings file and feeds from the catalogue that ships with the program."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from iroyin.commands.console import out, settings_of
from iroyin.compose import open_store
from iroyin.errors import InputError
from iroyin.ingest.catalogue import catalogue, choose

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
    wanted = [part.strip() for part in languages.split(",") if part.strip()]
    topics = [part.strip() for part in sections.split(",") if part.strip()]
    known = catalogue()
    offered = {feed.language for feed in known}
    missing = [language for language in wanted if language not in offered]
    if not wanted or missing:
        have = ", ".join(sorted(offered))
        raise InputError(languages, f"no feeds for {', '.join(missing)}; the catalogue has {have}")
    chosen = choose(known, languages=wanted, sections=topics)
    if not chosen:
        all_topics = ", ".join(sorted({feed.section for feed in known}))
        raise InputError(sections, f"no feeds in these sections; the catalogue has {all_topics}")
    if config.exists() and not force:
        raise InputError(str(config), "exists already; --force writes over it")
    quoted = ", ".join(f'"{language}"' for language in wanted)
    safe = name.replace("\\", "").replace('"', "'")
    config.write_text(TEMPLATE.format(name=f'"{safe}"', languages=quoted), "utf-8")
    settings = settings_of(config)
    with open_store(settings) as store:
        added = store.add_feeds(chosen, now=datetime.now(UTC))
    count = Counter(feed.language for feed in chosen)
    out.print(
        f"wrote {config} and added {added} feeds: " + ", ".join(f"{n} {code}" for code, n in count.most_common())
    )
    out.print(
        "next: `iroyin run` keeps the desk going, `iroyin serve` shows the site, `iroyin feed list` the feeds"
    )
