"""A card's marks, read by two libraries that share no code with those that wrote them; neither asks the network."""

from pathlib import Path
from typing import Any

import encypher_c2pa
import pytest
from newsroom import views
from xmpkit import XmpFile, ns

from iroyin.adapters.pictures import MADE_BY_CODE, MADE_BY_MODEL, Cards
from iroyin.publish import figure

ART = {v.brief.language: figure(v.brief, v.articles) for v in views()}
EXT, CORE = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the verifier notes that it may tell nobody of its work."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    return Cards("Iroyin", folder=tmp_path)


def verified(png: bytes, **trust: Any) -> Any:
    return encypher_c2pa.verify(png, "image/png", telemetry=False, no_default_trust=True, online=False, **trust)


@pytest.mark.parametrize("source_type", [MADE_BY_CODE, MADE_BY_MODEL])
@pytest.mark.parametrize("language", ["en", "yo", "ar", "zh"])
def test_the_iptc_fields_are_read(cards: Cards, language: str, source_type: str) -> None:
    file = XmpFile()
    file.from_bytes(cards.card(ART[language].svg, source_type=source_type))
    told = file.get_xmp()
    assert told is not None

    assert source_type == told.get_property(EXT, "DigitalSourceType").as_str()
    assert "Iroyin" == told.get_property(ns.PHOTOSHOP, "Credit").as_str()
    alt, tongue = told.get_localized_text(CORE, "AltTextAccessibility", language, language)
    assert tongue.startswith(language) and ART[language].alt == " ".join(alt.split())


def test_the_manifest_is_valid_in_another_implementation(cards: Cards, tmp_path: Path) -> None:
    png = cards.card(ART["yo"].svg)
    read = verified(png)
    (manifest,) = read["manifest_report"]["manifests"].values()
    made = next(a for a in manifest["assertions"] if a["label"] == "c2pa.actions.v2")["data"]["actions"][0]

    assert ("valid", "valid", "match") == (read["integrity"], read["signature"], read["hard_binding"])
    assert "Valid" == read["validation_state"]  # and nobody vouches for the signer
    assert ("c2pa.created", MADE_BY_CODE) == (made["action"], made["digitalSourceType"])

    chain = (tmp_path / "c2pa-development.pem").read_text().partition("-----BEGIN PRIVATE KEY")[0]
    root = "-----BEGIN CERTIFICATE" + chain.rpartition("-----BEGIN CERTIFICATE")[2]
    assert "Trusted" == verified(png, trust_pem=root)["validation_state"]


def test_another_implementation_sees_a_changed_picture(cards: Cards) -> None:
    png = bytearray(cards.card(ART["en"].svg))
    png[-40] ^= 1
    read = verified(bytes(png))

    assert ("invalid", "mismatch") == (read["integrity"], read["hard_binding"])
