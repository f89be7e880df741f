"""The sentence encoder in TensorFlow, with a trainable low-rank correction in each dense layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from bot.encoder.adapter import Adapter
from bot.encoder.config import BertConfig
from bot.encoder.graph import middle_layer
from bot.encoder.weights import Weights

RANK = 32
DROPOUT = 0.1
DENSE = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
_FAR_BELOW = -1e9


class AdaptedEncoder:
    """Computes both embeddings of `bot.encoder.graph`, with what is to be learnt in between."""

    def __init__(
        self, config: BertConfig, weights: Weights, seed: int, begin: Adapter | None = None
    ) -> None:
        """Begin with these corrections, or with none: the first factor random, the second empty."""
        self._config = config
        self._fixed = {name: tf.constant(value) for name, value in weights.items()}
        # Half the bits for the large products of what is not learnt: a third less time.
        self._halved: dict[str, Any] = {}
        random = np.random.default_rng(seed)
        self._down: dict[str, Any] = {}
        self._up: dict[str, Any] = {}
        for index in range(config.layers):
            for dense in DENSE:
                name = f"encoder.layer.{index}.{dense}"
                outputs, inputs = weights[name + ".weight"].shape
                down = random.normal(0, 1 / np.sqrt(inputs), (inputs, RANK)).astype(np.float32)
                up = np.zeros((RANK, outputs), np.float32)
                if begin:
                    down, up = begin[name + ".weight"]
                self._down[name] = tf.Variable(down)
                self._up[name] = tf.Variable(up)
                fixed = np.ascontiguousarray(weights[name + ".weight"].T)
                self._halved[name] = tf.constant(fixed, tf.bfloat16)

    @property
    def variables(self) -> list[Any]:
        """What is learnt."""
        return [*self._down.values(), *self._up.values()]

    def adapter(self) -> Adapter:
        """What was learnt."""
        return {
            name + ".weight": (self._down[name].numpy(), self._up[name].numpy())
            for name in self._down
        }

    def embed(self, ids: Any, mask: Any) -> Any:
        """The last and the middle embedding side by side, each of unit length.

        Args:
            ids: int32 [batch, sequence].
            mask: float32 [batch, sequence], 1 for a token.

        Returns:
            float32 [batch, 2 * hidden].
        """
        fixed = self._fixed
        hidden = tf.gather(fixed["embeddings.word_embeddings.weight"], ids)
        hidden += fixed["embeddings.position_embeddings.weight"][: tf.shape(ids)[1]]
        hidden += fixed["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normalised(hidden, "embeddings.LayerNorm")
        middle = hidden
        for index in range(self._config.layers):
            hidden = self._layer(f"encoder.layer.{index}.", hidden, mask)
            if index == middle_layer(self._config.layers):
                middle = hidden
        return tf.concat([_pooled(hidden, mask), _pooled(middle, mask)], -1)

    def _layer(self, prefix: str, hidden: Any, mask: Any) -> Any:
        context = self._attention(prefix + "attention.self.", hidden, mask)
        attended = self._dense(context, prefix + "attention.output.dense") + hidden
        attended = self._normalised(attended, prefix + "attention.output.LayerNorm")
        inner = tf.nn.gelu(self._dense(attended, prefix + "intermediate.dense"), approximate=False)
        result = self._dense(inner, prefix + "output.dense") + attended
        return self._normalised(result, prefix + "output.LayerNorm")

    def _attention(self, prefix: str, hidden: Any, mask: Any) -> Any:
        size = self._config.hidden_size // self._config.heads
        shape = (tf.shape(hidden)[0], tf.shape(hidden)[1], self._config.heads, size)
        query, key, value = (
            tf.transpose(tf.reshape(self._dense(hidden, prefix + part), shape), (0, 2, 1, 3))
            for part in ("query", "key", "value")
        )
        scores = tf.matmul(query, key, transpose_b=True) / np.sqrt(size)
        weights = tf.nn.softmax(scores + (1 - mask[:, None, None, :]) * _FAR_BELOW)
        context = tf.transpose(tf.matmul(weights, value), (0, 2, 1, 3))
        return tf.reshape(context, tf.shape(hidden))

    def _dense(self, value: Any, name: str) -> Any:
        rows = tf.reshape(value, (-1, value.shape[-1]))
        fixed = tf.cast(tf.cast(rows, tf.bfloat16) @ self._halved[name], tf.float32)
        correction = tf.nn.dropout(rows @ self._down[name], DROPOUT) @ self._up[name]
        result = fixed + self._fixed[name + ".bias"] + correction
        return tf.reshape(result, (*tf.unstack(tf.shape(value)[:2]), result.shape[-1]))

    def _normalised(self, value: Any, name: str) -> Any:
        mean = tf.reduce_mean(value, -1, keepdims=True)
        variance = tf.reduce_mean(tf.square(value - mean), -1, keepdims=True)
        unit = (value - mean) * tf.math.rsqrt(variance + self._config.layer_norm_eps)
        return unit * self._fixed[name + ".weight"] + self._fixed[name + ".bias"]


def _pooled(hidden: Any, mask: Any) -> Any:
    return tf.math.l2_normalize(tf.einsum("bsd,bs->bd", hidden, mask), -1)
