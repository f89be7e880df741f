"""Sentences become vectors of unit length, alone, together and from several threads."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.encoder import encoder as module
from bot.encoder.encoder import SentenceEncoder
from bot.encoder.errors import MissingFileError

TEXTS = ["my back", "pain in my back at night", "is it the cancer", "", "pains"]


def _count_runs(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that receives the number of sentences of each run of the graph."""
    sizes: list[int] = []
    run = encoder._run

    def counted(batch: list[list[int]]) -> Any:
        sizes.append(len(batch))
        return run(batch)

    monkeypatch.setattr(encoder, "_run", counted)
    return sizes


def test_each_text_gets_a_row_of_unit_length(tiny_encoder: SentenceEncoder) -> None:
    vectors = tiny_encoder.encode(TEXTS)
    assert vectors.shape == (5, tiny_encoder.dimension) == (5, 16)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=0, atol=1e-6)


def test_no_texts_give_no_rows(tiny_encoder: SentenceEncoder) -> None:
    assert tiny_encoder.encode([]).shape == (0, 16)


def test_one_string_is_refused_because_it_would_be_read_letter_by_letter(
    tiny_encoder: SentenceEncoder,
) -> None:
    with pytest.raises(TypeError, match="a list of texts"):
        tiny_encoder.encode("back pain")


def test_blank_texts_share_the_vector_of_the_empty_text(tiny_encoder: SentenceEncoder) -> None:
    empty, blank, zero = tiny_encoder.encode(["", " \t\n", "\x00"])
    assert empty.tolist() == blank.tolist() == zero.tolist()


def test_padding_and_company_do_not_change_a_sentence(real_encoder: SentenceEncoder) -> None:
    texts = [
        "Pain.",
        "What is metastasis?",
        "I have had a headache every morning for two weeks now.",
    ]
    alone = np.concatenate([real_encoder.encode_twofold([text]) for text in texts])
    np.testing.assert_allclose(real_encoder.encode_corpus(texts), alone, rtol=0, atol=1e-6)


def test_rows_keep_the_order_of_the_texts_across_batches(
    tiny_encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tiny_encoder.encode_twofold(TEXTS)
    monkeypatch.setattr(module, "TOKENS_PER_BATCH", 8)
    sizes = _count_runs(tiny_encoder, monkeypatch)
    np.testing.assert_allclose(tiny_encoder.encode_corpus(TEXTS), alone, rtol=0, atol=1e-6)
    assert 1 < len(sizes) < len(TEXTS)
    assert sum(sizes) == len(TEXTS)


def test_no_batch_exceeds_its_tokens_unless_one_sentence_does() -> None:
    lengths = [300, 5, 1025, 300, 40, 300, 300, 7]
    batches = list(module._batches(lengths, module.TOKENS_PER_BATCH))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        padded = len(batch) * max(lengths[index] for index in batch)
        assert padded <= module.TOKENS_PER_BATCH or len(batch) == 1


def test_a_repeated_text_is_computed_once(
    tiny_encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = _count_runs(tiny_encoder, monkeypatch)
    first = tiny_encoder.encode(["my back", "my back"])
    second = tiny_encoder.encode(["my back"])
    assert sizes == [1]
    assert first[0].tolist() == first[1].tolist() == second[0].tolist()


def test_no_more_texts_are_remembered_than_asked_for(tiny_encoder: SentenceEncoder) -> None:
    tiny_encoder.encode(TEXTS)
    assert len(tiny_encoder._cache) == 3


def test_a_text_beyond_the_longest_input_is_cut_at_its_end(tiny_encoder: SentenceEncoder) -> None:
    longest, beyond = "pain " * 22, "pain " * 22 + "night " * 100_000
    vectors = tiny_encoder.encode([longest, beyond])
    np.testing.assert_allclose(vectors[0], vectors[1], rtol=0, atol=1e-6)


def test_a_lone_surrogate_does_not_break_a_sentence(tiny_encoder: SentenceEncoder) -> None:
    assert np.isfinite(tiny_encoder.encode(["my back \ud83d"])).all()


def test_two_threads_get_the_vectors_that_one_gets(tiny_encoder: SentenceEncoder) -> None:
    expected = tiny_encoder.encode(TEXTS)
    with ThreadPoolExecutor(2) as pool:
        for vectors in pool.map(lambda _: tiny_encoder.encode(TEXTS), range(40)):
            np.testing.assert_allclose(vectors, expected, rtol=0, atol=1e-6)


def test_a_broken_tokenizer_is_named(tiny_directory: Path, tmp_path: Path) -> None:
    (tiny_directory / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(MissingFileError, match=r"tokenizer\.json cannot be read"):
        SentenceEncoder.load(tiny_directory, None, tmp_path)


def test_eight_bits_stay_close_to_the_exact_vectors(
    real_encoder: SentenceEncoder, eight_bit_encoder: SentenceEncoder
) -> None:
    texts = ["What is metastasis?", "my legs have gone weak", "can it spread to the brain"]
    likeness = np.sum(real_encoder.encode(texts) * eight_bit_encoder.encode(texts), axis=1)
    assert likeness.min() > 0.95


def test_with_eight_bits_the_vector_of_a_text_does_not_depend_on_its_company(
    eight_bit_encoder: SentenceEncoder,
) -> None:
    texts = ["Pain.", "I have had a headache every morning for two weeks now."]
    alone = np.concatenate([eight_bit_encoder.encode([text]) for text in texts])
    assert eight_bit_encoder.encode(texts).tolist() == alone.tolist()


def test_importing_the_encoder_imports_no_framework() -> None:
    heavy = ("rasa", "sanic", "torch", "tensorflow", "transformers", "onnx")
    script = f"import sys, bot.encoder; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
