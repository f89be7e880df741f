"""Build the ONNX graph of a BERT sentence encoder straight from its weights.

The graph is written in ONNX Runtime's fused operators (domain `com.microsoft`): its optimiser
leaves attention and residual normalisation of a plain graph unfused, which is slower.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from bot.encoder.config import BertConfig
from bot.encoder.errors import UnsupportedArchitectureError
from bot.encoder.weights import Weights

INPUTS = ("input_ids", "attention_mask")
OUTPUT = "sentence_embedding"
MIDDLE_OUTPUT = "middle_embedding"

OPSET = 17
IR_VERSION = 8
FUSED = "com.microsoft"


def build_graph(config: BertConfig, weights: Weights) -> bytes:
    """Return the serialised graph; the same weights give the same bytes.

    Inputs: `input_ids` and `attention_mask` (1 for a token, 0 for padding), int64
    [batch, sequence]. Outputs, float32 [batch, hidden_size], of unit length:
    `sentence_embedding`, and `middle_embedding`, which pools the layer two thirds up. The last
    layers turn to overall meaning; the middle one keeps more of the wording, and a classifier
    that sees both tells close questions apart better.

    Raises:
        UnsupportedArchitectureError: if a tensor of a BERT encoder is missing.
    """
    try:
        return _GraphBuilder(config, weights).build()
    except KeyError as error:
        raise UnsupportedArchitectureError(
            f"The weights have no tensor {error.args[0]}. Configure a BERT model whose config.json "
            f"and model.safetensors belong together."
        ) from error


def middle_layer(layers: int) -> int:
    """The index of the layer that stands two thirds up."""
    return max(0, round(layers * 2 / 3) - 1)


class _GraphBuilder:
    """Collects nodes and tensors; a node bears the name of its output."""

    def __init__(self, config: BertConfig, weights: Weights) -> None:
        self._config = config
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._tensors: list[TensorProto] = []

    def build(self) -> bytes:
        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        hidden = self._embeddings()
        row = self._mask_row()
        for index in range(self._config.layers):
            hidden = self._layer(f"encoder.layer.{index}.", hidden)
            if index == middle_layer(self._config.layers):
                self._unit_length(self._mean(hidden, row, "middle"), MIDDLE_OUTPUT)
        by_first = self._config.pooling == "cls"
        pooled = self._first_token(hidden) if by_first else self._mean(hidden, row, "last")
        self._unit_length(pooled, OUTPUT)
        return self._serialise()

    def _unit_length(self, pooled: str, output: str) -> None:
        self._node("LpNormalization", [pooled], output, axis=-1, p=2)

    def _tensor(self, name: str, value: NDArray[Any]) -> str:
        self._tensors.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def _weight(self, name: str) -> str:
        return self._tensor(name, self._weights[name])

    def _kernel(self, name: str) -> str:
        # PyTorch stores a dense layer as [out, in]; MatMul wants [in, out].
        return self._tensor(name, self._weights[name].T)

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def _embeddings(self) -> str:
        words = self._weight("embeddings.word_embeddings.weight")
        # A lone sentence has only token type 0: its row is added to every position once, here.
        positions = self._weights["embeddings.position_embeddings.weight"]
        token_type = self._weights["embeddings.token_type_embeddings.weight"][0]
        summed = self._tensor("positions", positions[: self._config.max_tokens] + token_type)
        norm = [self._weight(f"embeddings.LayerNorm.{part}") for part in ("weight", "bias")]
        ids = self._node("Cast", ["input_ids"], "ids", to=TensorProto.INT32)
        # The operator requires its second output, a mask index, which nothing uses.
        node = helper.make_node(
            "EmbedLayerNormalization",
            [ids, "", words, summed, "", *norm],
            ["embeddings", "embeddings.mask_index"],
            name="embeddings",
            domain=FUSED,
            epsilon=self._config.layer_norm_eps,
        )
        self._nodes.append(node)
        return "embeddings"

    def _layer(self, prefix: str, hidden: str) -> str:
        context = self._attention(prefix + "attention.self.", hidden)
        attended = self._dense_residual_norm(prefix + "attention.output.", context, hidden)
        kernel = self._kernel(prefix + "intermediate.dense.weight")
        inner = self._node("MatMul", [attended, kernel], prefix + "intermediate")
        bias = self._weight(prefix + "intermediate.dense.bias")
        active = self._node("BiasGelu", [inner, bias], prefix + "active", domain=FUSED)
        return self._dense_residual_norm(prefix + "output.", active, attended)

    def _attention(self, prefix: str, hidden: str) -> str:
        parts = [f"{prefix}{part}." for part in ("query", "key", "value")]
        kernels = [self._weights[part + "weight"].T for part in parts]
        biases = [self._weights[part + "bias"] for part in parts]
        inputs = [
            hidden,
            self._tensor(prefix + "kernel", np.concatenate(kernels, axis=1)),
            self._tensor(prefix + "bias", np.concatenate(biases)),
            "mask",
        ]
        return self._node(
            "Attention", inputs, prefix + "context", domain=FUSED, num_heads=self._config.heads
        )

    def _dense_residual_norm(self, prefix: str, value: str, residual: str) -> str:
        kernel = self._kernel(prefix + "dense.weight")
        product = self._node("MatMul", [value, kernel], prefix + "product")
        names = ("LayerNorm.weight", "LayerNorm.bias", "dense.bias")
        return self._node(
            "SkipLayerNormalization",
            [product, residual, *(self._weight(prefix + name) for name in names)],
            prefix + "normalised",
            domain=FUSED,
            epsilon=self._config.layer_norm_eps,
        )

    def _first_token(self, hidden: str) -> str:
        first = self._tensor("first", np.array(0, dtype=np.int64))
        return self._node("Gather", [hidden, first], "pooled", axis=1)

    def _mask_row(self) -> str:
        self._tensor("sequence_axis", np.array([1], dtype=np.int64))
        mask = self._node("Cast", ["attention_mask"], "mask_float", to=TensorProto.FLOAT)
        return self._node("Unsqueeze", [mask, "sequence_axis"], "mask_row")

    def _mean(self, hidden: str, row: str, prefix: str) -> str:
        # The sum stands for the mean: the number of tokens cancels in the normalisation.
        total = self._node("MatMul", [row, hidden], f"{prefix}_total")
        return self._node("Squeeze", [total, "sequence_axis"], f"{prefix}_pooled")

    def _serialise(self) -> bytes:
        info = helper.make_tensor_value_info
        graph = helper.make_graph(
            self._nodes,
            "sentence_encoder",
            [info(name, TensorProto.INT64, ["batch", "sequence"]) for name in INPUTS],
            [
                info(name, TensorProto.FLOAT, ["batch", self._config.hidden_size])
                for name in (OUTPUT, MIDDLE_OUTPUT)
            ],
            self._tensors,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        return bytes(model.SerializeToString(deterministic=True))
