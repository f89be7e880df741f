"""Learns the adapter: the tasks of both classifiers at once, with last layers to throw away."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from bot.encoder.adapter import Adapter
from bot.encoder.weights import ModelFiles, read_weights
from tools.adapt.examples import Batch, Example, batches
from tools.adapt.network import AdaptedEncoder
from tools.progress import track

EPOCHS = 3
STEP, HEAD_STEP = 1.5e-3, 5e-3
WARM_UP = 50
"""Steps until the full step is taken; from there it falls to nothing."""

FURTHER_STEP, FURTHER_WARM_UP = 0.6, 300
"""Where an adapter is learnt further, in one round: the share of the full step that it takes, and
after how many steps, when the new last layers know what it knows."""

SMOOTHING = 0.05
"""Share of certainty that is withheld, lest the examples be learnt by heart."""

SCALE = 8.0
SEED = 0


class Head:
    """A last layer: from embeddings to the labels of one task."""

    def __init__(self, labels: Sequence[str], width: int, random_: np.random.Generator) -> None:
        """Begin with small random weights."""
        self.labels = {label: index for index, label in enumerate(sorted(set(labels)))}
        start = random_.normal(0, 0.02, (width, len(self.labels)))
        self._weights = tf.Variable(start.astype(np.float32))
        self._bias = tf.Variable(np.zeros(len(self.labels), np.float32))

    @property
    def variables(self) -> list[Any]:
        """What is learnt."""
        return [self._weights, self._bias]

    def loss(self, embeddings: Any, wanted: Any) -> Any:
        """The mean cross-entropy of the rows that have a label (0 or above)."""
        count = len(self.labels)
        known = tf.cast(wanted >= 0, tf.float32)
        target = tf.one_hot(tf.maximum(wanted, 0), count) * (1 - SMOOTHING) + SMOOTHING / count
        scores = embeddings @ self._weights + self._bias
        each = tf.nn.softmax_cross_entropy_with_logits(target, scores)
        return tf.reduce_sum(each * known) / tf.maximum(1.0, tf.reduce_sum(known))


class Fitting:
    """The encoder, both heads and their optimisers."""

    def __init__(
        self, files: ModelFiles, examples: Sequence[Example], begin: Adapter | None = None
    ) -> None:
        """Begin with an adapter, or with the weights as they were published."""
        random_ = np.random.default_rng(SEED)
        tf.random.set_seed(SEED)
        self.encoder = AdaptedEncoder(files.config, read_weights(files.weights_path), SEED, begin)
        width = 2 * files.config.hidden_size
        self.asks = Head([e.asks for e in examples if e.asks], width, random_)
        self.dangers = Head([e.danger for e in examples if e.danger], width, random_)
        self._optimisers = [tf.keras.optimizers.legacy.Adam(step) for step in (STEP, HEAD_STEP)]
        kinds = [tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None, None), tf.float32)]
        labels = [tf.TensorSpec((None,), tf.int32)] * 2
        self._compiled = tf.function(self._step, input_signature=[*kinds, *labels], autograph=False)

    def step(self, batch: Batch, inner: float, heads: float) -> float:
        """Learn from a batch with these shares of the full steps; return the loss."""
        for optimiser, step in zip(
            self._optimisers, (STEP * inner, HEAD_STEP * heads), strict=True
        ):
            optimiser.learning_rate = step
        asks = [self.asks.labels.get(e.asks or "", -1) for e in batch.examples]
        dangers = [self.dangers.labels.get(e.danger or "", -1) for e in batch.examples]
        wanted = (np.array(asks, np.int32), np.array(dangers, np.int32))
        return float(self._compiled(*_padded(batch.tokens), *wanted))

    def _step(self, ids: Any, mask: Any, asks: Any, dangers: Any) -> Any:
        heads = [*self.asks.variables, *self.dangers.variables]
        with tf.GradientTape() as tape:
            embeddings = tf.nn.dropout(self.encoder.embed(ids, mask), 0.1) * SCALE
            loss = self.asks.loss(embeddings, asks) + self.dangers.loss(embeddings, dangers)
        inner = self.encoder.variables
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, [*inner, *heads]), 1.0)
        for optimiser, own, variables in zip(
            self._optimisers, (gradients[: len(inner)], gradients[len(inner) :]), (inner, heads),
            strict=True,
        ):  # fmt: skip
            optimiser.apply_gradients(zip(own, variables, strict=True))
        return loss


def fit(
    files: ModelFiles, examples: Sequence[Example], tokenize: Any, begin: Adapter | None = None
) -> Adapter:
    """Learn the adapter from all examples: up to an hour on two cores.

    Args:
        files: the weights as they were published.
        examples: what it is learnt from.
        tokenize: gives the token ids of a text.
        begin: the adapter to go on from, in one round; else it is learnt anew, in `EPOCHS`.
    """
    fitting = Fitting(files, examples, begin)
    chance = random.Random(SEED)
    rounds = [batches(examples, tokenize, chance) for _ in range(1 if begin else EPOCHS)]
    every = [batch for one in rounds for batch in one]
    for number, batch in enumerate(track(every, "Adapting"), 1):
        rest = max(0.02, 1 - number / len(every))
        heads = rest * min(1.0, number / WARM_UP)
        inner = rest * FURTHER_STEP * min(1.0, number / FURTHER_WARM_UP) ** 2 if begin else heads
        fitting.step(batch, inner, heads)
    return fitting.encoder.adapter()


def _padded(tokens: list[list[int]]) -> tuple[Any, Any]:
    ids = np.zeros((len(tokens), max(map(len, tokens))), np.int32)
    mask = np.zeros(ids.shape, np.float32)
    for row, text in enumerate(tokens):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return ids, mask
