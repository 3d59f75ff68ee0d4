"""A PNG says how it was made: read back field by field."""

import json
import zlib
from io import BytesIO
from pathlib import Path
from struct import unpack

import c2pa
import pytest
from lxml import etree
from newsroom import views

from iroyin.adapters.pictures import MADE_BY_CODE, Cards
from iroyin.errors import SettingsError
from iroyin.publish import figure

ART = {v.brief.language: figure(v.brief, v.articles) for v in views()}


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    return Cards("Iroyin", folder=tmp_path_factory.mktemp("keys"))


def chunks(png: bytes) -> dict[bytes, bytes]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = {}, 8
    while at < len(png):
        (length,), kind = unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        found.setdefault(kind, body)
        at += 12 + length
    return found


@pytest.mark.parametrize("language", ["en", "ar", "zh", "yo", "hi"])
def test_the_iptc_fields_are_in_the_file(cards: Cards, language: str) -> None:
    parts = chunks(cards.card(ART[language].svg))
    keyword, packet = parts[b"iTXt"].split(b"\0", 1)
    tree = etree.fromstring(packet.lstrip(b"\0").removeprefix(b"\0").strip(b"\0"))

    assert (1200, 675) == unpack(">II", parts[b"IHDR"][:8])
    assert b"XML:com.adobe.xmp" == keyword
    assert MADE_BY_CODE == tree.findtext(".//{*}DigitalSourceType")
    assert ART[language].alt in [
        " ".join(li.text.split()) for li in tree.iterfind(".//{*}AltTextAccessibility//{*}li")
    ]


def test_the_manifest_is_valid_and_says_what_made_it(cards: Cards) -> None:
    png = cards.card(ART["en"].svg)
    read = c2pa.Reader("image/png", BytesIO(png))
    told = json.loads(read.json())
    made = told["manifests"][told["active_manifest"]]["assertions"]

    assert "Valid" == read.get_validation_state()
    assert MADE_BY_CODE in json.dumps(made)
    assert len(png) < 120_000


def test_a_changed_picture_is_no_longer_valid(cards: Cards) -> None:
    png = bytearray(cards.card(ART["en"].svg))
    png[-40] ^= 1

    assert "Valid" != c2pa.Reader("image/png", BytesIO(bytes(png))).get_validation_state()


def test_the_certificate_is_kept_and_nobody_else_may_read_the_key(tmp_path: Path) -> None:
    Cards("Iroyin", folder=tmp_path)
    first = (tmp_path / "c2pa-development.pem").read_bytes()
    Cards("Iroyin", folder=tmp_path)

    assert first == (tmp_path / "c2pa-development.pem").read_bytes()
    assert 0o600 == (tmp_path / "c2pa-development.pem").stat().st_mode & 0o777


def test_a_certificate_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("nothing")

    for name in ("x.pem", "missing.pem"):
        with pytest.raises(SettingsError):
            Cards("Iroyin", folder=tmp_path, certificate=str(tmp_path / name))
