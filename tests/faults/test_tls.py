"""A certificate that does not prove the name is an error, never a silent downgrade (hardening 21)."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from evil import Evil, answer
from stage import FEED, NOW, Names, plays_public

from iroyin.adapters.http import GuardedFetcher
from iroyin.errors import FetchError
from iroyin.settings import Settings


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for good.example and its key in one file, signed by itself."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl command to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example", "-keyout", "-", "-out", "-"],
        check=True, stdout=file.open("wb"), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return file


def fetcher(port: int, trust: ssl.SSLContext | None) -> GuardedFetcher:
    return GuardedFetcher(
        Settings(fetch_host_delay=0.0, fetch_deadline=5.0),
        resolve=Names(),
        public=plays_public,
        ports=frozenset({port}),
        tls=trust,
        now=lambda: NOW,
    )


@pytest.mark.parametrize(
    ("host", "trusted", "works"),
    [("good.example", True, True), ("good.example", False, False), ("other.example", True, False)],
)
def test_only_a_trusted_certificate_for_the_name_is_taken(
    host: str, trusted: bool, works: bool, certificate: Path
) -> None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate)
    trust = ssl.create_default_context(cafile=str(certificate)) if trusted else None
    with Evil(routes={"/ok": lambda _: answer(FEED)}, tls=own) as web:
        found = fetcher(web.port, trust)
        if works:
            assert FEED == found.fetch(f"https://{host}:{web.port}/ok", "feed").body
        else:
            with pytest.raises(FetchError) as error:
                found.fetch(f"https://{host}:{web.port}/ok", "feed")
            assert ("tls", []) == (error.value.reason, web.requests)
