"""Every error the desk raises on purpose. Each carries its data and says what to do.

IroyinError
├── SettingsError        a setting is unknown or has the wrong type
├── FetchError           a request was refused or did not come back (reason, url, retry_after)
│   ├── AddressRefused   the address is not public and not on the operator's list
│   └── PolicyRefused    robots.txt or an opt-out says no
├── ParseError           bytes are not what they should be (reason)
├── EmbedderError        the vector model is missing, truncated or not the pinned one
├── WriterError          a writer gave nothing that can be checked
├── ModelError           a language model gave no answer that can be used (reason, retry_after)
├── PictureError         an illustration could not be drawn or signed (reason)
├── SpeechError          a page could not be read aloud (reason)
├── StoreError           the database cannot be used
│   └── LeaseLost        the job was taken over by another worker: its result is thrown away
└── InputError           a file given on the command line cannot be used (path, line, reason)
"""


class IroyinError(Exception):
    """The root of the tree: catch this to handle everything the desk refuses on purpose."""


class SettingsError(IroyinError):
    """A setting is unknown or has the wrong type."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"setting {name!r}: {reason}")
        self.name, self.reason = name, reason


class FetchError(IroyinError):
    """A request was refused or did not come back whole.

    `reason` is a short code ("timeout", "too-large", "redirects", "status 503"); `retry_after` is in seconds.
    """

    def __init__(self, url: str, reason: str, *, retry_after: float | None = None, status: int = 0) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason, self.retry_after, self.status = url, reason, retry_after, status


class AddressRefused(FetchError):
    """The address is not public and not on the operator's list of allowed hosts."""


class PolicyRefused(FetchError):
    """robots.txt or a text-and-data-mining opt-out says no."""


class ParseError(IroyinError):
    """Bytes are not what they should be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EmbedderError(IroyinError):
    """The vector model is missing, truncated or not the pinned one."""


class WriterError(IroyinError):
    """A writer gave nothing that can be checked."""


class ModelError(IroyinError):
    """A language model gave no answer that can be used.

    `reason` is a short code ("timeout", "status 500", "budget", "not JSON"); `retry_after` is in seconds.
    """

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


class PictureError(IroyinError):
    """An illustration could not be drawn or signed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SpeechError(IroyinError):
    """A page could not be read aloud."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreError(IroyinError):
    """The database cannot be used: newer than the program, read-only, damaged or on a full disk."""


class LeaseLost(StoreError):
    """The job was taken over by another worker: this result is thrown away."""


class InputError(IroyinError):
    """A file given on the command line cannot be used; `line` counts from 1, 0 means the whole file."""

    def __init__(self, path: str, reason: str, *, line: int = 0) -> None:
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason}")
        self.path, self.reason, self.line = path, reason, line
