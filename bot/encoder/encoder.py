"""Turn sentences into vectors of unit length."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.encoder.cache import VectorCache
from bot.encoder.errors import MissingFileError
from bot.encoder.store import DEFAULT_PRECISION, Precision, cache_directory, ensure_graph
from bot.encoder.weights import DEFAULT_SHA256, ModelFiles, open_model

Vectors = NDArray[np.float32]

TOKENS_PER_BATCH = 1024
"""Padding included. Larger batches were no faster and only took more memory."""

CHARACTERS_PER_TOKEN = 64
"""Far above any language's mean: where a text is cut, lest a huge one occupy the tokenizer."""

DEFAULT_THREADS = min(2, os.cpu_count() or 1)
"""Two took 60 to 75% of the time of one for a short sentence."""

DEFAULT_CACHE_SIZE = 1024


class SentenceEncoder:
    """A BERT sentence encoder on ONNX Runtime.

    Its methods may be called from any thread. Load it after a process forks, not before.
    """

    def __init__(self, files: ModelFiles, graph: Path, threads: int, cache_size: int) -> None:
        """Open a verified model and its graph; `load` does both steps."""
        self._config = files.config
        self._tokenizer = open_tokenizer(files)
        self._session = _open_session(graph, threads)
        self._cache = VectorCache(cache_size)

    @classmethod
    def load(
        cls,
        directory: str | os.PathLike[str] | None = None,
        expected_sha256: str | None = DEFAULT_SHA256,
        cache_dir: str | os.PathLike[str] | None = None,
        threads: int = DEFAULT_THREADS,
        cache_size: int = DEFAULT_CACHE_SIZE,
        precision: Precision = DEFAULT_PRECISION,
        adapt: bool = True,
    ) -> SentenceEncoder:
        """Open a model, building its graph where that has not been done.

        Args:
            directory: a BERT-style model directory; None for the installed default.
            expected_sha256: hash of its `model.safetensors`; None waives the check.
            cache_dir: where graphs are kept; None for `COMPANION_CACHE_DIR` or `.cache/encoder`.
            threads: processor threads that work on one sentence.
            cache_size: how many vectors of recent texts to keep.
            precision: `float32` is exact; `int8` is twice as fast and lost nothing measured.
            adapt: False for the default weights as they were published.

        Raises:
            EncoderError: if the model is missing, altered or not supported.
        """
        files = open_model(directory, expected_sha256, adapt)
        graph = ensure_graph(files, cache_directory(cache_dir), precision=precision)
        return cls(files, graph, threads, cache_size)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._config.hidden_size

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), dimension], each row of unit length.

        The rows are the sentence embeddings of `encode_twofold` alone.
        """
        return self.encode_twofold(texts)[:, : self.dimension]

    def encode_twofold(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), 2 * dimension]: the sentence and the middle embedding.

        The second half of a row pools the layer two thirds up, which keeps more of the
        wording; each half is of unit length.

        An empty text gets the vector of the bare start and end tokens; a text beyond the
        model's longest input is cut at its end. Each text runs alone: eight-bit arithmetic
        scales by what runs together, and a text's vector must not depend on its company.

        Raises:
            TypeError: if `texts` is one string instead of several.
        """
        return self._encode(texts, tokens_per_batch=1)

    def encode_corpus(self, texts: Sequence[str]) -> Vectors:
        """Return what `encode_twofold` does, in batches: faster for many texts, for training."""
        return self._encode(texts, TOKENS_PER_BATCH)

    def _encode(self, texts: Sequence[str], tokens_per_batch: int) -> Vectors:
        if isinstance(texts, str):
            raise TypeError("Give a list of texts; wrap the single text in a list.")
        cache = self._cache if tokens_per_batch == 1 else VectorCache(0)
        result = np.empty((len(texts), 2 * self.dimension), dtype=np.float32)
        rows_by_text: dict[str, list[int]] = {}
        for row, text in enumerate(map(self._clean, texts)):
            vector = cache.get(text)
            if vector is None:
                rows_by_text.setdefault(text, []).append(row)
            else:
                result[row] = vector
        for text, vector in self._compute(list(rows_by_text), tokens_per_batch):
            cache.put(text, vector)
            result[rows_by_text[text]] = vector
        return result

    def _clean(self, text: str) -> str:
        # The tokenizer refuses lone surrogates.
        start = text[: self._config.max_tokens * CHARACTERS_PER_TOKEN]
        return start.encode("utf-8", "replace").decode("utf-8")

    def _compute(self, texts: list[str], tokens_per_batch: int) -> Iterator[tuple[str, Vectors]]:
        # One by one: the tokenizer's own batches start threads, which a later fork would break.
        tokens = [self._tokenizer.encode(text).ids for text in texts]
        for batch in _batches([len(ids) for ids in tokens], tokens_per_batch):
            vectors = self._run([tokens[index] for index in batch])
            yield from zip([texts[index] for index in batch], vectors, strict=True)

    def _run(self, batch: list[list[int]]) -> Vectors:
        ids = np.zeros((len(batch), max(map(len, batch))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        feed = {"input_ids": ids, "attention_mask": mask}
        return np.hstack(self._session.run(["sentence_embedding", "middle_embedding"], feed))


def _batches(lengths: list[int], most: int) -> Iterator[list[int]]:
    """Yield the indices of items of similar length, at most `most` tokens or one item each."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def open_tokenizer(files: ModelFiles) -> Tokenizer:
    """The tokenizer of a verified model, which cuts what is longer than the longest input.

    Raises:
        MissingFileError: it cannot be read.
    """
    try:
        tokenizer = Tokenizer.from_file(str(files.tokenizer_path))
    except Exception as error:  # the library raises bare exceptions
        raise MissingFileError(
            f"{files.tokenizer_path} cannot be read ({error}). Install the model again."
        ) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(files.config.max_tokens)
    return tokenizer


def _open_session(graph: Path, threads: int) -> ort.InferenceSession:
    ort.disable_telemetry_events()  # some builds report to their vendor unless told not to
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning saves up to two milliseconds and then burns some forty of processor time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
