"""Which characters the bytes of a feed or page are. Total: the worst bytes still give text, with a note.

Order: byte order mark, zero bytes of UTF-16, valid UTF-8 (a wrong declaration is far commoner than text that is
valid UTF-8 by chance), the declared encodings, the legacy encoding of the feed's language, then UTF-8 in which
each bad byte is read as windows-1252.
"""

import codecs
import re
import zlib
from collections.abc import Iterable

from iroyin.errors import ParseError

HEAD = 4096
MOST_BYTES = 15 * 2**20
DAMAGED = 0.01

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# An allow-list: utf-7, idna, rot13 and their like are codecs of Python too, and no encoding of the web.
_ALLOWED = re.compile(
    r"utf_?8|utf_?16(_?[bl]e)?|iso8859_\d+|cp(125\d|866|874|932|949|437|85\d)|koi8_[rut]|gb18030|gbk|hz"
    r"|big5(hkscs)?|euc_jp|shift_jis\w*|iso2022_(jp|kr)\w*|johab|mac_\w+|ptcp154|tis_620"
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?([\w.:-]{1,40})|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.I,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_LEGACY = {
    "ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "be": "cp1251", "sr": "cp1251", "mk": "cp1251",
    "ja": "cp932", "ko": "cp949", "zh": "gb18030", "th": "cp874", "el": "cp1253", "he": "cp1255", "ar": "cp1256",
    "fa": "cp1256", "tr": "cp1254", "pl": "cp1250", "cs": "cp1250", "hu": "cp1250", "ro": "cp1250", "hr": "cp1250",
    "sk": "cp1250", "sl": "cp1250", "lt": "cp1257", "lv": "cp1257", "et": "cp1257", "vi": "cp1258",
}  # fmt: skip


def _byte_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("iroyin.cp1252", _byte_as_cp1252)


def inflate(body: bytes, *, most: int = MOST_BYTES) -> bytes:
    """The body, one layer of gzip taken off if a server forgot to say so. ParseError beyond `most` bytes."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    stream = zlib.decompressobj(31)
    try:
        plain = stream.decompress(body, most + 1)
    except zlib.error as error:
        raise ParseError("damaged gzip") from error
    if not plain:
        raise ParseError("damaged gzip")
    if len(plain) > most:
        raise ParseError("too large when unpacked")
    return plain


def decode(body: bytes, *, content_type: str = "", language: str = "") -> tuple[str, str]:
    """The text of the bytes and a note on its damage ("" when there is none)."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _noted(body[len(mark) :].decode(encoding, "replace"))
    wide = _wide(body)
    if wide:
        return _noted(body.decode(wide, "replace"))
    stated = list(_stated(body, content_type))
    if not (b"\x1b" in body and any(name.startswith("iso2022") for name in stated)):
        try:
            return body.decode("utf-8"), ""
        except UnicodeDecodeError:
            pass
    for encoding in (*stated, _LEGACY.get(language.partition("-")[0].lower(), "")):
        if encoding and encoding not in {"utf_8", "utf_16", "utf_16_le", "utf_16_be"}:
            text = body.decode(encoding, "replace")
            if text.count("\ufffd") <= DAMAGED * len(text):
                return _noted(text)
    return _noted(body.decode("utf-8", "iroyin.cp1252"))


def _stated(body: bytes, content_type: str) -> Iterable[str]:
    """Allowed codec names that the header and then the document name, in that order."""
    from w3lib.encoding import resolve_encoding

    names = [found[1] for found in [_HEADER.search(content_type)] if found]
    names += [(found[1] or found[2]).decode("ascii") for found in _DECLARED.finditer(body[:HEAD])]
    for name in names:
        codec = resolve_encoding(name)
        if codec:
            codec = codec.replace("-", "_").lower()
            if _ALLOWED.fullmatch(codec):
                yield codec


def _wide(body: bytes) -> str:
    """UTF-16 without a byte order mark shows in the zero half of its first markup characters."""
    head = body[:64]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return ""
    return "utf-16-be" if head[0] == 0 else "utf-16-le"


def _noted(text: str) -> tuple[str, str]:
    bad = text.count("\ufffd")
    return text, f"damaged text: {bad} unreadable characters" if bad > DAMAGED * max(len(text), 1) else ""
