"""Values to bytes and back: JSON by msgspec, so a row can be read by eye and by any other program."""

from typing import TypeVar

import msgspec
import numpy as np

from iroyin.ports import Vectors

T = TypeVar("T")


def pack(value: object) -> bytes:
    """A frozen value of the model as JSON bytes."""
    return msgspec.json.encode(value)


def unpack(kind: type[T], data: bytes) -> T:
    """The value that `pack` wrote. Raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=kind)


def pack_vector(vector: Vectors) -> bytes:
    """A unit vector in half precision (little-endian)."""
    return vector.astype("<f2").tobytes()


def unpack_vector(data: bytes) -> Vectors:
    """The vector in single precision, of unit length again (zeros stay zeros)."""
    vector = np.frombuffer(data, dtype="<f2").astype(np.float32)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
