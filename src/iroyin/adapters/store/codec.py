"""Values to bytes and back: JSON by msgspec, so a row can be read by eye and by any other program."""

from typing import Any, TypeVar

import msgspec
import numpy as np

from iroyin.languages import called
from iroyin.languages.romanise import romanised
from iroyin.model import TagKind
from iroyin.ports import Vectors

T = TypeVar("T")


def pack(value: object) -> bytes:
    """A frozen value of the model as JSON bytes."""
    return msgspec.json.encode(value)


def unpack(kind: type[T], data: bytes) -> T:
    """The value that `pack` wrote, now or in an older version. Raises msgspec.ValidationError for anything else."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        older = msgspec.json.decode(data)
        if not isinstance(older, dict) or not any(isinstance(tag, str) for tag in older.get("tags", ())):
            raise
        return msgspec.convert({**older, "tags": _tags(older)}, kind)


def _tags(brief: dict[str, Any]) -> list[dict[str, str]]:
    """The tags of a brief from before tags were values: strings, from which the keys are made that they now have."""
    language = str(brief.get("language", ""))
    found = []
    for name in (tag for tag in brief["tags"] if isinstance(tag, str)):
        key = called(name, language) or f"{TagKind.NAME}-{romanised(name)}"
        found.append({"key": key, "kind": key.partition("-")[0], "name": name})
    return found


def pack_vector(vector: Vectors) -> bytes:
    """A unit vector in half precision (little-endian)."""
    return vector.astype("<f2").tobytes()


def unpack_vector(data: bytes) -> Vectors:
    """The vector in single precision, of unit length again (zeros stay zeros)."""
    vector = np.frombuffer(data, dtype="<f2").astype(np.float32)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
