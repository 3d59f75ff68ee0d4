"""Features as bytes and back, so that a restart reads what it would else compute again from every article."""

import zlib
from dataclasses import fields

import msgspec

from iroyin.group.features import FEATURES_VERSION, Features

_TAG = zlib.crc32(f"{FEATURES_VERSION} {[field.name for field in fields(Features)]}".encode()).to_bytes(4, "big")


def to_bytes(found: Features) -> bytes:
    """The features as they are kept: a tag of their version and fields, then packed MessagePack."""
    return _TAG + zlib.compress(msgspec.msgpack.encode(found), 1)


def from_bytes(data: bytes) -> Features | None:
    """The features in these bytes; None when there are none, or such as another version of the program made."""
    if not data.startswith(_TAG):
        return None
    return msgspec.msgpack.decode(zlib.decompress(data[len(_TAG) :]), type=Features)
