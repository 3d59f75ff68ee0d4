"""The composition root: settings in, a working newsroom out. The only module that knows every adapter."""

import importlib
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from iroyin.adapters.embedders import make as make_embedder
from iroyin.adapters.http import GuardedFetcher
from iroyin.adapters.sandbox import ChildParser
from iroyin.adapters.store import SqlStore
from iroyin.desk import Desk, Ports
from iroyin.errors import SettingsError
from iroyin.ports import Embedder, Pictures, Writer
from iroyin.settings import Settings


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A wired desk with the adapters that commands ask directly."""

    settings: Settings
    store: SqlStore
    fetcher: GuardedFetcher
    parser: ChildParser
    embedder: Embedder
    desk: Desk

    def now(self) -> datetime:
        """The desk's time: the fixed clock of a sample, else the real one."""
        return self.settings.now(datetime.now(UTC))


def open_store(settings: Settings) -> SqlStore:
    """The desk's database, made or migrated when needed. Raises StoreError."""
    return SqlStore(
        Path(settings.desk_database),
        lease=settings.jobs_lease,
        attempts=settings.jobs_attempts,
        clock=lambda: settings.now(datetime.now(UTC)),
    )


def cache_folder() -> Path:
    """Where the converted vector model is kept between runs."""
    home = os.environ.get("XDG_CACHE_HOME")
    fallback = Path.home() / ("Library/Caches" if platform.system() == "Darwin" else ".cache")
    return (Path(home) if home else fallback) / "iroyin"


def open_embedder(settings: Settings) -> Embedder:
    """The configured vectors; character n-grams with a warning when the model is not there."""
    return make_embedder(settings.embed_with, cache=cache_folder())


def open_writer(settings: Settings) -> Writer:
    """The configured writer: 'extractive', or what a dotted path's `make(settings)` returns."""
    if settings.write_with == "extractive":
        from iroyin.write import ExtractiveWriter

        return ExtractiveWriter(
            words_per_source=settings.write_words_per_source, lede=settings.write_lede, body=settings.write_body
        )
    module, _, name = settings.write_with.partition(":")
    try:
        made: Writer = getattr(importlib.import_module(module), name)(settings)
    except (ImportError, AttributeError) as error:
        raise SettingsError("write.with", f"{settings.write_with!r} cannot be loaded: {error}") from error
    return made


def open_pictures(settings: Settings) -> Pictures | None:
    """What makes the PNG of illustrations; None when none are wished. Raises SettingsError."""
    if not settings.site_cards:
        return None
    from iroyin.adapters.pictures import Cards

    folder = Path(settings.desk_database).parent
    return Cards(settings.desk_name, folder=folder, certificate=settings.site_certificate)


@contextmanager
def open_newsroom(settings: Settings) -> Iterator[Newsroom]:
    """Everything wired; closed in the right order at the end, whatever happens."""
    with ExitStack() as stack:
        store = stack.enter_context(open_store(settings))
        parser = stack.enter_context(ChildParser(settings))
        fetcher = stack.enter_context(GuardedFetcher(settings))
        embedder = open_embedder(settings)
        ports = Ports(
            store, fetcher, parser, embedder, open_writer(settings), lambda: datetime.now(UTC),
            pictures=open_pictures(settings),
        )  # fmt: skip
        yield Newsroom(settings, store, fetcher, parser, embedder, Desk(ports, settings))
