"""A model file of the operator's own, run in this process by llama.cpp's server (the extra `llama`).

The server listens on loopback and speaks the protocol of every other one, so that nothing else changes. The file is
read by llama.cpp, a parser in C++: take model files from where you would take a program.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iroyin.errors import SettingsError

_MAGIC = b"GGUF"
_CONTEXT = 4096  # tokens, question and answer together


@contextmanager
def serving(file: Path, *, context: int = _CONTEXT, threads: int = 0) -> Iterator[tuple[str, str]]:
    """Address and key of a server of this model file while the block runs; `threads` 0 means half the processors.

    The key is new each time: a page open in a browser on this machine cannot ask the model anything.

    Raises SettingsError when the extra or the file is missing, or the file is no GGUF.
    """
    try:
        import xllamacpp
    except ImportError as error:
        raise SettingsError("model.file", "needs the extra: pip install 'iroyin[llama]'") from error
    try:
        with file.open("rb") as opened:
            if opened.read(len(_MAGIC)) != _MAGIC:
                raise SettingsError("model.file", f"{file} is not a GGUF file")
    except OSError as error:
        raise SettingsError("model.file", f"{file} cannot be read: {error.strerror}") from error
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(file)
    wanted.hostnames, wanted.port = ["127.0.0.1"], 0
    wanted.offline, wanted.ui = True, False
    wanted.n_ctx, wanted.n_parallel = context, 1
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = threads or max(1, (os.cpu_count() or 2) // 2)
    key = secrets.token_hex(16)
    wanted.api_keys, wanted.verbosity = [key], 0
    try:
        server = xllamacpp.Server(wanted)
    except RuntimeError as error:
        raise SettingsError("model.file", f"{file} cannot be loaded: {error}") from error
    try:
        yield f"{server.listening_address}/v1", key
    finally:
        del server
