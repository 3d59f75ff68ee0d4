"""The composition root: settings in, a working newsroom out. The only module that knows every adapter."""

import importlib
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from iroyin.adapters.embedders import make as make_embedder
from iroyin.adapters.http import GuardedFetcher, line_of, user_agent
from iroyin.adapters.netguard import check_url
from iroyin.adapters.sandbox import ChildParser
from iroyin.adapters.social import make_sources
from iroyin.adapters.store import SqlStore
from iroyin.desk import Desk, Ports
from iroyin.errors import AddressRefused, SettingsError
from iroyin.ports import Calls, Chat, Editions, Embedder, Writer
from iroyin.ports_reaction import Teller
from iroyin.ports_site import Announcer, Painter, Pictures, Postman, Speaker
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


def open_writer(settings: Settings, calls: Calls | None = None) -> Writer:
    """The configured writer: extractive, a model's, or what a dotted path's `make(settings)` returns.

    `calls` keeps what was asked of a model; without it that is forgotten with the process. Raises SettingsError.
    """
    from iroyin.write import ExtractiveWriter

    extractive = ExtractiveWriter(
        words_per_source=settings.write_words_per_source, lede=settings.write_lede, body=settings.write_body
    )
    wanted = settings.write_with
    if wanted == "auto":
        wanted = "model" if settings.model_url and settings.model_name else "extractive"
    if wanted == "extractive":
        return extractive
    if wanted == "model":
        chat, judge = open_chats(settings, calls)
        from iroyin.adapters.models.writer import ModelWriter

        return ModelWriter(
            chat, judge, extractive, settings.model_context, settings.model_tokens, settings.write_lede,
            languages=settings.model_languages,
        )  # fmt: skip
    module, _, name = wanted.partition(":")
    try:
        made: Writer = getattr(importlib.import_module(module), name)(settings)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError("write.with", f"{wanted!r} cannot be loaded: {error}") from error
    return made


def open_chats(settings: Settings, calls: Calls | None = None) -> tuple[Chat, Chat]:
    """The model that writes and the one that judges. Raises SettingsError when the settings name none."""
    from iroyin.adapters.models import CallsInMemory, ModelChat

    for name in ("url", "name"):
        if not getattr(settings, f"model_{name}"):
            raise SettingsError(f"model.{name}", "is empty, and a model is to write; see docs/models.md")
    kept = calls if calls is not None else CallsInMemory()
    try:
        writing = ModelChat(settings, kept)
        judging = ModelChat(settings, kept, model=settings.model_judge) if settings.model_judge else writing
    except AddressRefused as error:
        raise SettingsError("model.url", error.reason) from error
    return writing, judging


def open_editions(settings: Settings, calls: Calls | None = None) -> Editions | None:
    """What writes in languages that no source speaks; None unless the settings ask for it and name a model."""
    if not (settings.model_editions and settings.model_url and settings.model_name):
        return None
    from iroyin.adapters.models.edition import EditionWriter

    return EditionWriter(*open_chats(settings, calls), settings.model_tokens, settings.write_lede)


def open_teller(settings: Settings, calls: Calls | None = None) -> Teller | None:
    """What writes about what people say; None unless sources of posts and a model are named."""
    if not (settings.react_sources and settings.model_url and settings.model_name):
        return None
    from iroyin.adapters.models.views import ViewTeller

    return ViewTeller(*open_chats(settings, calls), settings.model_tokens)


@contextmanager
def with_model(settings: Settings) -> Iterator[Settings]:
    """The settings with address and key of the model file's own server, while it runs; as they are without a file."""
    if not settings.model_file:
        yield settings
        return
    from iroyin.adapters.models.local import serving

    file = Path(settings.model_file)
    with serving(file) as (url, key):
        yield replace(settings, model_url=url, model_key=key, model_name=settings.model_name or file.stem)


def open_pictures(settings: Settings) -> Pictures | None:
    """What makes the PNG of illustrations; None when none are wished. Raises SettingsError."""
    if not settings.site_cards:
        return None
    from iroyin.adapters.pictures import Cards

    folder = Path(settings.desk_database).parent
    return Cards(
        settings.desk_name, folder=folder, certificate=settings.site_certificate, fonts=settings.site_fonts
    )


def open_painter(settings: Settings, calls: Calls | None = None) -> Painter | None:
    """The image model that the settings name; None without one. Raises SettingsError."""
    if not settings.image_url:
        return None
    if not settings.image_name:
        raise SettingsError("image.name", "is empty, and image.url names a server; see docs/site.md")
    from iroyin.adapters.models import CallsInMemory
    from iroyin.adapters.models.painter import ImageModel

    try:
        return ImageModel(settings, calls if calls is not None else CallsInMemory())
    except AddressRefused as error:
        raise SettingsError("image.url", error.reason) from error


def open_speaker(settings: Settings, calls: Calls | None = None) -> Speaker | None:
    """The speech engine that the settings name; None without one. Raises SettingsError."""
    if not settings.speech_url:
        return None
    for name in ("name", "voices"):
        if not getattr(settings, f"speech_{name}"):
            raise SettingsError(f"speech.{name}", "is empty, and speech.url names a server; see docs/reading.md")
    from iroyin.adapters.models import CallsInMemory
    from iroyin.adapters.models.speaker import SpeechModel, voices

    try:
        spoken = voices(settings.speech_voices)
    except ValueError as error:
        raise SettingsError("speech.voices", str(error)) from error
    try:
        return SpeechModel(settings, calls if calls is not None else CallsInMemory(), spoken)
    except AddressRefused as error:
        raise SettingsError("speech.url", error.reason) from error


def open_announcer(settings: Settings) -> Announcer | None:
    """The WebSub hub that the settings name; None without one. Raises SettingsError."""
    if not settings.site_hub:
        return None
    from iroyin.adapters.websub import Hub

    try:
        check_url(settings.site_hub)
    except AddressRefused as error:
        raise SettingsError("site.hub", error.reason) from error
    return Hub(line_of(settings), settings.site_hub, user_agent(settings))


def open_postman(settings: Settings) -> Postman | None:
    """What sends the digest; None unless a server is named. Raises SettingsError."""
    if not settings.digest_smtp:
        return None
    from iroyin.adapters.post import SmtpPost, smtp_server

    try:
        scheme, host, port = smtp_server(settings.digest_smtp)
    except ValueError as error:
        raise SettingsError("digest.smtp", str(error)) from error
    return SmtpPost(
        scheme, host, port, settings.digest_user, settings.digest_password, seconds=settings.fetch_deadline
    )


@contextmanager
def open_newsroom(settings: Settings) -> Iterator[Newsroom]:
    """Everything wired; closed in the right order at the end, whatever happens."""
    with ExitStack() as stack:
        store = stack.enter_context(open_store(settings))
        parser = stack.enter_context(ChildParser(settings))
        fetcher = stack.enter_context(GuardedFetcher(settings))
        embedder = open_embedder(settings)
        settings = stack.enter_context(with_model(settings))
        writer, editions = open_writer(settings, store), open_editions(settings, store)
        social = make_sources(settings, fetcher, parser, lambda: settings.now(datetime.now(UTC)))
        ports = Ports(
            store, fetcher, parser, embedder, writer, lambda: datetime.now(UTC),
            social=social, editions=editions, pictures=open_pictures(settings),
            painter=open_painter(settings, store), speaker=open_speaker(settings, store),
            teller=open_teller(settings, store), announcer=open_announcer(settings),
        )  # fmt: skip
        yield Newsroom(settings, store, fetcher, parser, embedder, Desk(ports, settings))
