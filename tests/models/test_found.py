"""Servers on this machine are noticed by what they answer, never guessed."""

import pytest
from model_server import ModelServer, Raw

from iroyin.adapters.models.found import at, servers


@pytest.mark.parametrize(
    ("expected", "owner"),
    [("Ollama", "library"), ("llama.cpp", "llamacpp"), ("vLLM", "vllm"), ("a model server", "someone")],
)
def test_a_server_says_what_it_is(expected: str, owner: str) -> None:
    with ModelServer(lambda _: "", owner=owner) as server:
        port = int(server.url.split(":")[2].removesuffix("/v1"))
        found = servers((port,))
    assert [(expected, server.url, ("small",))] == [(one.kind, one.url, one.models) for one in found]


def test_nothing_is_found_where_nothing_answers() -> None:
    with ModelServer(lambda _: Raw(500)) as server:
        port = int(server.url.split(":")[2].removesuffix("/v1"))
        assert at(f"http://127.0.0.1:{port}/v2") is None
    assert [] == servers((port,))
