"""The twelve-layer encoder as an ONNX graph over embedded tokens: built from the weights, made int8, kept on disk.

A text is run alone, never padded beside others: dynamic quantisation scales a whole tensor, so in a padded batch
the neighbours would change a text's vector. The weights are made 7-bit (`reduce_range`): processors without
VNNI saturate on full 8-bit products, and the vectors would differ from one machine to another.
"""

import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from iroyin.adapters.embedders.weights import PINNED, Weights
from iroyin.errors import EmbedderError

RECIPE = "int8-1"  # raise when the graph or its quantisation changes
INPUT, OUTPUT = "embedded", "pooled"


class _Graph:
    """Nodes and constants of the encoder under construction."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def linear(self, x: str, key: str) -> str:
        matrix = self.weights.matrices[f"{key}.w"]
        full = matrix.take(np.arange(len(matrix.blocks)))
        product = self.node("MatMul", [x, self.constant(f"{key}.w", full.T)], f"{key}.product")
        return self.node(
            "Add", [product, self.constant(f"{key}.b", self.weights.tensors[f"{key}.b"])], f"{key}.out"
        )

    def normed(self, x: str, key: str) -> str:
        scale = self.constant(f"{key}.w", self.weights.tensors[f"{key}.w"])
        shift = self.constant(f"{key}.b", self.weights.tensors[f"{key}.b"])
        epsilon = self.weights.epsilon
        return self.node("LayerNormalization", [x, scale, shift], f"{key}.out", axis=-1, epsilon=epsilon)

    def heads(self, x: str, key: str, order: list[int]) -> str:
        split = self.node("Reshape", [self.linear(x, key), "split"], f"{key}.split")
        return self.node("Transpose", [split], f"{key}.heads", perm=order)

    def layer(self, x: str, name: str) -> str:
        query = self.node("Mul", [self.heads(x, f"{name}.q", [0, 2, 1, 3]), "scale"], f"{name}.scaled")
        scores = self.node("MatMul", [query, self.heads(x, f"{name}.k", [0, 2, 3, 1])], f"{name}.scores")
        shares = self.node("Softmax", [scores], f"{name}.shares", axis=-1)
        mixed = self.node("MatMul", [shares, self.heads(x, f"{name}.v", [0, 2, 1, 3])], f"{name}.mixed")
        rows = self.node("Transpose", [mixed], f"{name}.rows", perm=[0, 2, 1, 3])
        merged = self.node("Reshape", [rows, "merge"], f"{name}.merged")
        x = self.normed(self.node("Add", [x, self.linear(merged, f"{name}.ao")], f"{name}.sum"), f"{name}.aln")
        inner = self.node("Gelu", [self.linear(x, f"{name}.fi")], f"{name}.gelu")
        return self.normed(self.node("Add", [x, self.linear(inner, f"{name}.fo")], f"{name}.end"), f"{name}.oln")


def build(weights: Weights) -> Any:
    """The encoder as an ONNX model in float32: embedded tokens (n, tokens, hidden) to their mean (n, hidden)."""
    from onnx import TensorProto, helper

    graph, size = _Graph(weights), weights.hidden
    width = size // weights.heads
    graph.constant("split", np.array([0, -1, weights.heads, width], np.int64))
    graph.constant("merge", np.array([0, -1, size], np.int64))
    graph.constant("scale", np.array(width**-0.5, np.float32))
    x = graph.normed(INPUT, "emb.ln")
    for number in range(weights.layers):
        x = graph.layer(x, f"l{number}")
    graph.node("ReduceMean", [x, graph.constant("axis", np.array([1], np.int64))], OUTPUT, keepdims=0)
    given = helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["n", "tokens", size])
    wanted = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["n", size])
    body = helper.make_graph(graph.nodes, "encoder", [given], [wanted], graph.constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


def cached(weights: Weights, cache: Path) -> bytes:
    """The int8 model: from the cache folder when its recorded hash holds, else made and kept there.

    Raises EmbedderError when the folder cannot be written.
    """
    path = cache / f"e5-small-{PINNED[:12]}-{RECIPE}.onnx"
    record = path.with_suffix(".sha256")
    try:
        content = path.read_bytes()
        if sha256(content).hexdigest() == record.read_text("ascii").strip():
            return content
    except (OSError, UnicodeDecodeError):
        pass  # not made yet, or half a cache: make it again
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="making-") as folder:
            content = _quantised(build(weights), Path(folder) / "encoder.onnx")
            _replace(Path(folder), path, content)
            _replace(Path(folder), record, sha256(content).hexdigest().encode())
    except OSError as error:
        raise EmbedderError(f"the cache folder of the vector model cannot be written: {error}") from error
    return content


def _quantised(model: Any, path: Path) -> bytes:
    import logging

    from onnxruntime.quantization import QuantType, quantize_dynamic

    logger = logging.getLogger()
    before, logger.disabled = logger.disabled, True  # it advises pre-processing that changes nothing here
    try:
        quantize_dynamic(
            model,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
        )
    finally:
        logger.disabled = before
    return path.read_bytes()


def _replace(folder: Path, path: Path, content: bytes) -> None:
    """Write next to the goal, then rename: a reader sees the old file or the new one, never a half."""
    new = folder / path.name
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def session(content: bytes, *, threads: int) -> Any:
    """An ONNX Runtime session on the processor. Raises EmbedderError when the model cannot be loaded."""
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
        raise EmbedderError(f"the vector model cannot be loaded: {error}") from error


def layer_output(number: int) -> str:
    """The name of what this layer (from 0) hands to the next."""
    return f"l{number}.oln.out"


def cut_at(content: bytes, output: str, hidden: int) -> bytes:
    """The model with this node's states (n, tokens, hidden) as its only output: the layers above are not run."""
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load_from_string(content)
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", "tokens", hidden]))
    cut: bytes = model.SerializeToString()
    return cut
