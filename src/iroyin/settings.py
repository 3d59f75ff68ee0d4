"""The one table of settings: each field of `Settings` is a name, a type, a default and a sentence.

A field `fetch_deadline` is `deadline` under `[fetch]` in `iroyin.toml` and `IROYIN_FETCH_DEADLINE` in the
environment, which wins. There is no second way to configure.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iroyin.errors import InputError, SettingsError

LEVELS = ("debug", "info", "warning", "error", "critical")

_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAY_BE_ZERO = {"fetch_host_delay", "fetch_redirects", "model_price_in", "model_price_out"}
_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text in quotes",
    tuple: 'a list of texts, such as ["one", "two"]',
}


def _s(default: Any, sentence: str) -> Any:
    """A row of the table."""
    return field(default=default, metadata={"sentence": sentence})


def _secret(sentence: str) -> Any:
    """A row that is never printed and never in a file."""
    told = f"{sentence} From the environment only, never a file."
    return field(default="", repr=False, metadata={"sentence": told, "secret": True})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the desk, with its default."""

    desk_name: str = _s("Iroyin", "The name printed on every page.")
    desk_url: str = _s("http://127.0.0.1:8000", "The public address; all absolute links start with it.")
    desk_languages: tuple[str, ...] = _s(("en",), "Languages of the site, the first one is the default.")
    desk_database: str = _s("var/iroyin.db", "The SQLite file that holds everything.")
    desk_now: str = _s("", "A fixed clock (ISO time), for samples and tests; empty means the real clock.")
    desk_contact: str = _s("", "Where to write to; on the about page, on stories and in every request.")
    desk_sample: bool = _s(False, "Mark every page as a sample newsroom whose outlets are invented.")

    fetch_deadline: float = _s(30.0, "Seconds for one request in all, redirects included.")
    fetch_connect: float = _s(5.0, "Seconds to connect.")
    fetch_read: float = _s(10.0, "Seconds without a byte before giving up.")
    fetch_feed_bytes: int = _s(15 * 2**20, "Largest feed, decoded, in bytes.")
    fetch_page_bytes: int = _s(8 * 2**20, "Largest page, decoded, in bytes.")
    fetch_redirects: int = _s(5, "Redirects followed.")
    fetch_host_delay: float = _s(2.0, "Seconds between two requests to one host.")
    fetch_workers: int = _s(16, "Requests under way at once, over all hosts.")
    fetch_allow: tuple[str, ...] = _s((), "host:port pairs that may be reached although they are not public.")

    feeds_poll_minutes: int = _s(60, "Usual minutes between two polls of a feed.")
    feeds_entries: int = _s(500, "Newest entries taken from one feed document.")
    feeds_max_age_days: int = _s(30, "Entries older than this are recorded and not read.")

    parse_cpu: int = _s(5, "CPU seconds a child process may spend on one document.")
    parse_wall: float = _s(20.0, "Seconds on the clock a child may spend on one document.")
    parse_memory: int = _s(1024, "MiB of address space of a parsing child.")
    parse_children: int = _s(2, "Parsing children at once.")
    parse_documents: int = _s(500, "Documents one child parses before it is replaced.")

    embed_with: str = _s("e5", "Vectors: 'e5', 'ngrams', or a dotted path 'package.module:make'.")

    group_window_days: int = _s(7, "Days an event stays open for new articles.")

    write_with: str = _s(
        "auto",
        "Writer: 'auto' (the model when model.url and model.name are set), 'extractive', 'model', or a dotted path "
        "'package.module:make'.",
    )
    write_words_per_source: int = _s(120, "Most words taken from one newsroom into one brief.")
    write_lede: int = _s(3, "Most sentences of the lede.")
    write_body: int = _s(12, "Most sentences of the body.")

    react_sources: tuple[str, ...] = _s(
        (),
        "Where public posts are read: bluesky, jetstream, mastodon, reddit, hackernews, lemmy, x or forum, with "
        "another server as 'mastodon@https://example.social'; none: nothing is said about public reaction.",
    )
    react_floor: int = _s(20, "Accounts below which nothing is summarised.")
    react_minutes: int = _s(120, "Minutes between two looks at a story's posts, which also find what was deleted.")
    react_days: int = _s(7, "Days after a story's last article for which new posts are looked for.")
    react_posts: int = _s(400, "Most posts that one source is asked for about one story at once.")
    react_newsrooms: int = _s(2, "Independent newsrooms below which a story's posts are not looked for.")
    react_bluesky_handle: str = _s("", "Handle that searches Bluesky; empty: without an account.")
    react_bluesky_password: str = _secret("The handle's app password.")
    react_jetstream_minutes: int = _s(30, "Minutes before now from which the first look at a Jetstream hears.")
    react_mastodon_token: str = _secret(
        "Token of an account on the Mastodon server; empty: tags alone are searched."
    )
    react_reddit_app: str = _s("", "Id of your Reddit app.")
    react_reddit_secret: str = _secret("The Reddit app's secret.")
    react_x_token: str = _secret("Bearer token of your X app.")
    react_x_posts_per_day: int = _s(1000, "Most posts read from X in a day, since each is paid for.")
    model_url: str = _s(
        "", "Address of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1; may be inner."
    )
    model_file: str = _s("", "A model file (GGUF) to run in this process instead; needs the extra `llama`.")
    model_name: str = _s("", "The model to ask there, as the server calls it.")
    model_key: str = _secret("The server's key.")
    model_judge: str = _s("", "The model on the same server that judges sentences; empty: the writing one.")
    model_languages: tuple[str, ...] = _s(
        (), "Languages that the model may write; empty: every language of the site."
    )
    model_editions: bool = _s(False, "Also write in languages of the site that no source of a story speaks.")
    model_read: float = _s(60.0, "Seconds without a byte before a model is given up.")
    model_deadline: float = _s(300.0, "Seconds for one question in all, further attempts included.")
    model_attempts: int = _s(3, "Attempts at one question.")
    model_context: int = _s(6000, "Tokens of sources that one question holds, about three characters each.")
    model_tokens: int = _s(1500, "Tokens of the longest answer.")
    model_tokens_per_day: int = _s(1_000_000, "Tokens a day, both ways; then the extractive writer serves.")
    model_price_in: float = _s(0.0, "Price of a million tokens sent, in your currency.")
    model_price_out: float = _s(0.0, "Price of a million tokens received.")
    model_money_per_day: float = _s(1.0, "Money a day, at these prices; then the extractive writer serves.")

    image_url: str = _s(
        "", "Address of a server with OpenAI's /images/generations, which paints illustrations; empty: none does."
    )
    image_name: str = _s("", "The image model to ask there, as the server calls it.")
    image_key: str = _secret("The image server's key.")
    image_per_day: int = _s(20, "Images asked for in 24 hours, failed ones too; then graphics made by code serve.")
    image_deadline: float = _s(180.0, "Seconds for one image.")

    speech_url: str = _s(
        "", "Address of a server with OpenAI's /audio/speech, which reads articles aloud; empty: none does."
    )
    speech_name: str = _s("", "The speech model to ask there, as the server calls it.")
    speech_voices: tuple[str, ...] = _s(
        (), "A voice for each language that is read, such as en=af_heart; no others are."
    )
    speech_key: str = _secret("The speech server's key.")
    speech_per_day: int = _s(100, "Articles read in 24 hours, failed ones too.")
    speech_deadline: float = _s(180.0, "Seconds to read one article.")

    site_port: int = _s(8000, "Port that `iroyin serve` listens on.")
    site_host: str = _s("127.0.0.1", "Address that `iroyin serve` listens on.")
    site_analytics: str = _s("", "Address of an analytics script; empty: none, no cookie, no consent notice.")
    site_imprint: str = _s("", "Who answers for the site; printed in the footer and on the about page.")
    site_cards: bool = _s(True, "A PNG of each illustration, for sharing.")
    site_fonts: str = _s("", "Folder with fonts for scripts that the shipped ones lack; used in the PNG alone.")
    site_certificate: str = _s("", "PEM file (chain, key) that signs the PNG; empty: one made here.")
    site_mcp: bool = _s(False, "Also answer programs that speak the Model Context Protocol, at /mcp of the site.")
    site_hub: str = _s(
        "", "Address of a WebSub hub, named in the feeds and told of each that changed; empty: none."
    )
    site_front: int = _s(30, "Stories on the front page.")

    digest_smtp: str = _s(
        "", "Server that sends the digest: smtp://host:587 (STARTTLS, but for this machine) or smtps://host:465."
    )
    digest_from: str = _s("", "E-mail address that the digest comes from.")
    digest_to: tuple[str, ...] = _s((), "E-mail addresses that the digest goes to, each in a message of its own.")
    digest_unsubscribe: str = _s(
        "", "Where readers unsubscribe: an e-mail or web address in ASCII, printed in the digest."
    )
    digest_user: str = _s("", "User name at that server; empty: none.")
    digest_password: str = _secret("The password of digest.user.")

    jobs_lease: float = _s(120.0, "Seconds a worker holds a job before another may take it over.")
    jobs_attempts: int = _s(3, "Attempts before a job is buried with its reason.")

    log_level: str = _s("warning", "Least event that is logged: debug, info, warning, error or critical.")

    def now(self, clock: datetime) -> datetime:
        """The desk's time: the fixed clock when one is set, else `clock` (aware, UTC)."""
        return datetime.fromisoformat(self.desk_now).astimezone(UTC) if self.desk_now else clock


def rows() -> Iterator[tuple[str, str, Any, str]]:
    """Each setting as (name in the file such as 'fetch.deadline', type, default, sentence)."""
    for row in fields(Settings):
        section, _, name = row.name.partition("_")
        kind = "list of str" if isinstance(row.default, tuple) else type(row.default).__name__
        yield f"{section}.{name}", kind, row.default, row.metadata["sentence"]


def load(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of the file (none: defaults), then of `IROYIN_*` variables. Raises SettingsError."""
    table: dict[str, Any] = {}
    if path is not None:
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(str(path), f"cannot be read as settings: {reason}") from error
    known = {row.name: row for row in fields(Settings)}
    values: dict[str, Any] = {}
    for section, entries in table.items():
        if not isinstance(entries, dict):
            raise SettingsError(section, "must stand in a section, such as [desk]")
        for name, value in entries.items():
            flat = f"{section}_{name}"
            if flat in known and known[flat].metadata.get("secret"):
                raise SettingsError(f"{section}.{name}", f"belongs in IROYIN_{flat.upper()}, not in a file")
            if flat not in known:
                raise SettingsError(f"{section}.{name}", "is not a setting; see docs/settings.md")
            values[flat] = _typed(known[flat], value)
    for flat, row in known.items():
        text = environment.get(f"IROYIN_{flat.upper()}")
        if text is not None:
            values[flat] = _typed(row, _from_text(row, text))
    return _sane(Settings(**values))


def _sane(settings: Settings) -> Settings:
    """The settings, when each value can work. Raises SettingsError."""
    for row in fields(Settings):
        value = getattr(settings, row.name)
        if type(value) in (int, float) and not ((value == 0 and row.name in _MAY_BE_ZERO) or 0 < value < 2**53):
            raise SettingsError(_dotted(row.name), f"must be above zero, not {value!r}")
    if settings.site_port > 65_535:
        raise SettingsError("site.port", f"must be at most 65535, not {settings.site_port}")
    if not settings.desk_languages or not all(map(_LANGUAGE.fullmatch, settings.desk_languages)):
        raise SettingsError("desk.languages", 'must be a list of language codes, such as ["en", "yo"]')
    if not Path(settings.desk_database).name:
        raise SettingsError("desk.database", f"must name a file, not {settings.desk_database!r}")
    if not settings.desk_url.startswith(("http://", "https://")):
        raise SettingsError("desk.url", f"must begin with http:// or https://, not {settings.desk_url!r}")
    if settings.model_url and not settings.model_url.startswith(("http://", "https://")):
        raise SettingsError("model.url", f"must begin with http:// or https://, not {settings.model_url!r}")
    if settings.log_level not in LEVELS:
        raise SettingsError("log.level", f"must be one of {', '.join(LEVELS)}, not {settings.log_level!r}")
    try:
        settings.now(datetime.now(UTC))
    except ValueError as error:
        raise SettingsError("desk.now", f"must be a time such as 2026-01-08T18:00:00+00:00: {error}") from error
    return settings


def _dotted(name: str) -> str:
    return name.replace("_", ".", 1)


def _from_text(row: "Field[Any]", text: str) -> Any:
    if isinstance(row.default, bool):
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if isinstance(row.default, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        number: Any = type(row.default)
        return number(text)
    except ValueError as error:
        raise SettingsError(_dotted(row.name), f"must be {_KINDS[type(row.default)]}, not {text!r}") from error


def _typed(row: "Field[Any]", value: Any) -> Any:
    default = row.default
    if isinstance(default, tuple) and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is type(default) and not isinstance(default, tuple):
        return value
    raise SettingsError(_dotted(row.name), f"must be {_KINDS[type(default)]}, not {value!r}")
