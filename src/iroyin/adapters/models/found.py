"""Model servers that run on this machine, found at their usual ports by asking for their list of models."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from iroyin.adapters.exchange import Ask, exchange, line_to
from iroyin.adapters.netguard import check_url
from iroyin.errors import FetchError

PORTS = (11434, 8080, 1234)
_OWNERS = {"library": "Ollama", "llamacpp": "llama.cpp", "vllm": "vLLM"}
_SECONDS = 1.0
_LIMIT = 2**20


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A server that answers: what it seems to be, the address for `model.url`, the names for `model.name`."""

    kind: str
    url: str
    models: tuple[str, ...]


def servers(ports: Sequence[int] = PORTS) -> list[ModelServer]:
    """The servers that answer on these ports of loopback."""
    found = (at(f"http://127.0.0.1:{port}/v1") for port in ports)
    return [server for server in found if server]


def at(url: str, key: str = "") -> ModelServer | None:
    """The server at this address; None when none answers as one."""
    try:
        target = check_url(f"{url.rstrip('/')}/models")
        line = line_to(target, connect=_SECONDS, read=_SECONDS)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        listed = json.loads(exchange(line, Ask(target, headers, 3 * _SECONDS, _LIMIT)).body)["data"]
        rows = [row for row in listed if isinstance(row, dict) and isinstance(row.get("id"), str)]
    except (FetchError, ValueError, KeyError, TypeError, RecursionError):
        return None
    kinds = {_OWNERS.get(str(row.get("owned_by")), "a model server") for row in rows}
    return ModelServer(min(kinds, default="a model server"), url, tuple(row["id"] for row in rows))
