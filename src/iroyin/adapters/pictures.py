"""PNG of an illustration for sharing: drawn by resvg, labelled in IPTC fields, signed by C2PA.

Each file says how it was made twice: in XMP (`Iptc4xmpExt:DigitalSourceType`, alt text, credit), written first, and in
a C2PA manifest, signed last, since any later change breaks the signature. Without a certificate of the operator a
self-made one signs: readers then see a valid signature of somebody nobody vouches for.
"""

import json
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import resvg_py
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from iroyin.adapters.certificate import development_certificate
from iroyin.adapters.lettering import lettered, letterless
from iroyin.adapters.typefaces import Typefaces
from iroyin.errors import PictureError, SettingsError

MADE_BY_CODE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
MADE_BY_MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_VERSION = 1  # of how a card is made; another one draws all anew
_COLOURS = 128
_TOLD = 3  # characters without a face that a reason names


class Cards:
    """Makes the PNG of an illustration. `certificate` is a PEM file of chain and key; empty: a self-made one.

    `fonts` is a folder with more faces than the packages bring.
    """

    def __init__(self, credit: str, *, folder: Path, certificate: str = "", fonts: str = "") -> None:
        self._credit = credit
        self._faces = Typefaces(Path(fonts) if fonts else None)
        self._signer, chain = _signer(Path(certificate) if certificate else development_certificate(folder))
        self.id = f"cards/{_VERSION} {sha256(f'{credit} {chain}'.encode()).hexdigest()[:16]}"

    def lacks(self, svg: str) -> str:
        """The letters of this drawing that no face has; "" when it can be drawn."""
        lacking = letterless(svg, self._faces)
        return f"no face has {_named(lacking)}" if lacking else ""

    def card(self, svg: str, *, source_type: str = "") -> bytes:
        """The PNG of this illustration, labelled and, where C2PA is installed, signed. Raises PictureError.

        Without a `source_type` a drawing with a picture in it was painted by a model, for code draws marks alone.
        """
        source_type = source_type or (MADE_BY_MODEL if "<image " in svg else MADE_BY_CODE)
        try:
            drawing, files = lettered(svg, self._faces)
            drawn = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=list(files))
        except KeyError as error:
            raise PictureError(f"no face has {_named(error.args[0])}") from error
        except ValueError as error:
            raise PictureError(f"not drawn: {error}") from error
        except _panics() as error:
            raise PictureError(f"resvg failed: {error}") from error
        packed = BytesIO()
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", _xmp(svg.encode(), self._credit, source_type))
        whole = Image.open(BytesIO(bytes(drawn))).convert("RGB")
        few = whole.quantize(256) if "<image " in svg else whole.quantize(_COLOURS, Image.Quantize.FASTOCTREE)
        few.save(packed, "PNG", compress_level=6, pnginfo=info)
        return self._signed(packed.getvalue(), source_type) if self._signer else packed.getvalue()

    def _signed(self, png: bytes, source_type: str) -> bytes:
        import c2pa

        quiet = c2pa.Settings.from_json('{"version":1,"builder":{"thumbnail":{"enabled":false}}}')
        builder = c2pa.Builder(json.dumps(_manifest(self._credit, source_type)), context=c2pa.Context(quiet))
        signed = BytesIO()
        try:
            builder.sign(self._signer, "image/png", BytesIO(png), signed)
        except c2pa.C2paError as error:
            raise PictureError(f"not signed: {error}") from error
        return signed.getvalue()


def _panics() -> tuple[type[BaseException], ...]:
    """What a fault inside resvg is raised as: a class that exists from the first such fault on, and is no Exception."""
    return tuple(kind for kind in BaseException.__subclasses__() if kind.__name__ == "PanicException")


def _named(characters: str) -> str:
    """The first few characters by number and name."""
    named = (f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() for char in characters[:_TOLD])
    return ", ".join(named) + (f" and {len(characters) - _TOLD} more" if len(characters) > _TOLD else "")


def _signer(certificate: Path | None) -> tuple[Any, str]:
    """The signer of this PEM file and the chain; None where C2PA is not installed. Raises SettingsError."""
    try:
        import c2pa
    except ImportError:
        return None, ""
    if certificate is None:
        return None, ""
    try:
        pem = certificate.read_text("utf-8")
    except OSError as error:
        raise SettingsError("site.certificate", f"{certificate} cannot be read: {error.strerror}") from error
    chain, begin, key = pem.partition("-----BEGIN PRIVATE KEY-----")
    if not begin or "BEGIN CERTIFICATE" not in chain:
        raise SettingsError(
            "site.certificate", f"{certificate} must hold a certificate chain and a key, in this order"
        )
    told = c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, chain.encode(), (begin + key).encode(), None)
    return c2pa.Signer.from_info(told), chain


def _manifest(credit: str, source_type: str) -> Mapping[str, Any]:
    made = {"action": "c2pa.created", "digitalSourceType": source_type, "softwareAgent": {"name": "Iroyin"}}
    return {
        "claim_generator_info": [{"name": "Iroyin"}],
        "title": credit,
        "format": "image/png",
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [made]}}],
    }


def _xmp(svg: bytes, credit: str, source_type: str) -> str:
    root = etree.fromstring(svg)
    alt, language = root.findtext("{*}title") or "", root.get(_LANG) or "und"
    said = "".join(f'<rdf:li xml:lang="{code}">{escape(alt)}</rdf:li>' for code in ("x-default", language))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f"<Iptc4xmpExt:DigitalSourceType>{source_type}</Iptc4xmpExt:DigitalSourceType>"
        f"<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>{said}</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
        f"<photoshop:Credit>{escape(credit)}</photoshop:Credit>"
        f"<dc:creator><rdf:Seq><rdf:li>{escape(credit)}</rdf:li></rdf:Seq></dc:creator>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
