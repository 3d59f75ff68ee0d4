"""The networks on loopback, and sources that ask them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from network import NOW, Clock, Network, crowd, numbered

from iroyin.adapters.sandbox import ChildParser
from iroyin.model import Platform
from iroyin.sample.social import SocialWeb
from iroyin.settings import Settings


@pytest.fixture(scope="session")
def parser() -> Iterator[ChildParser]:
    with ChildParser(Settings()) as made:
        yield made


@pytest.fixture
def network(parser: ChildParser) -> Iterator[Network]:
    posts = [one for at, platform in enumerate(Platform) for one in numbered(crowd(platform), at * 1000)]
    with SocialWeb(posts, now=NOW) as web:
        yield Network(web, Clock(), parser)
