"""Logs: one line an event on standard error, escaped and without secrets; the chatter of libraries is left out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

LIBRARIES = (
    "alembic", "asyncio", "charset_normalizer", "courlan", "dateparser", "fastfeedparser", "uvicorn",
    "htmldate", "httpcore2", "httpx2", "justext", "langid", "onnxruntime", "py.warnings", "readability",
    "readability.readability", "trafilatura", "tzlocal", "urllib3",
)  # fmt: skip
_USER = re.compile(r"(?<=://)[^/@\s]+@")
_SECRET = re.compile(r"(?i)([?&;](?:[\w.-]*(?:token|secret|passw|auth|sig|key)[\w.-]*)=)[^&;#\s'\"]+")


def without_secrets(text: str) -> str:
    """The text with user names and passwords of addresses, and values of keys and tokens, replaced by dots.

    >>> without_secrets("https://me:pw@news.example/feed?key=abc&page=2")
    'https://...@news.example/feed?key=...&page=2'
    """
    return _SECRET.sub(r"\1...", _USER.sub("...@", text))


def to_stderr(level: str) -> None:
    """Send events from this level up to standard error, as `time level 'event' name='value'` with all escaped."""
    import structlog

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _told_safely,
    ]
    line = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    wanted = logging.getLevelNamesMapping()[level.upper()]
    out = _StandardError()
    out.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, line],
        )
    )
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers = [*(one for one in root.handlers if not isinstance(one, _StandardError)), out]
    root.setLevel(wanted)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(wanted if wanted < logging.INFO else logging.CRITICAL)


class _StandardError(logging.Handler):
    """Writes to standard error as it is now: a progress bar or a test may stand in for it."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr, flush=True)  # noqa: T201


def _told_safely(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if not name.startswith("_") and not isinstance(value, bool | int | float | None):
            event[name] = without_secrets(str(value))
    return event
