"""Misspelled words are mended, and text that is right stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.lexicon.normalizer import TextNormalizer

HERE = Path(__file__).parent
MISSPELLINGS = yaml.safe_load((HERE / "misspellings.yml").read_text(encoding="utf-8"))
CLEAN = yaml.safe_load((HERE / "clean_sentences.yml").read_text(encoding="utf-8"))["sentences"]
# Measured 0.98 and 0.93: see docs/decisions/0003-spelling.md.
LEAST_RIGHT = {"tuned": 0.97, "held_out": 0.92}

# The words that matter most: each must be right, not only a share of them.
MUST = {
    "metastisis": "metastasis",
    "kemo": "chemo",
    "cemotherapy": "chemotherapy",
    "limph nodes": "lymph nodes",
    "simptoms": "symptoms",
    "bons": "bones",
    "livver": "liver",
    "melonoma": "melanoma",
    "prostrate cancer": "prostate cancer",
    "oncoligist": "oncologist",
    "palitive": "palliative",
    "hospis": "hospice",
    "tretment": "treatment",
    "spred": "spread",
    "canser": "cancer",
    "brian mets": "brain mets",
    "lungcancer": "lung cancer",
    "soooo tired": "so tired",
    "helllp": "help",
}
KEPT = (
    "tengo dolor en los huesos",
    "meine Mutter hat Krebs und das ist schlimm",
    "aetiological, extracranial, brexit",
    "capecitabine",
    "letrozole",
    "pembrolizumab",
    "rilotumumab",
    "oesophagus",
    "haemorrhage",
    "tumours metastasised",
    "mum's",
    "HER2 BRCA EGFR",
    "ca153",
    "III",
    "doctor okonkwo",
    "my name is shaniqua",
    "I met Tadhg and Xiomara",
    "www.cancer.gov",
    "mail me@canser.org",
    "my husband brian has mets",
)


@pytest.mark.parametrize("group", MISSPELLINGS)
def test_most_misspellings_are_read_as_meant(normalizer: TextNormalizer, group: str) -> None:
    pairs = MISSPELLINGS[group].items()
    right = sum(normalizer.normalize(written) == meant for written, meant in pairs)
    assert right / len(pairs) >= LEAST_RIGHT[group]


@pytest.mark.parametrize(("written", "meant"), MUST.items())
def test_common_misspelling_is_mended(normalizer: TextNormalizer, written: str, meant: str) -> None:
    assert normalizer.normalize(written) == meant


@pytest.mark.parametrize("sentence", CLEAN)
def test_clean_sentence_is_unchanged(normalizer: TextNormalizer, sentence: str) -> None:
    assert normalizer.normalize(sentence) == sentence


@pytest.mark.parametrize("text", KEPT)
def test_name_code_or_medicine_is_unchanged(normalizer: TextNormalizer, text: str) -> None:
    assert normalizer.normalize(text) == text


def test_every_term_of_the_lexicon_is_known(normalizer: TextNormalizer) -> None:
    assert [
        word for word in normalizer.spelling.domain if not normalizer.spelling.knows(word)
    ] == []


def test_mended_word_keeps_its_capital(normalizer: TextNormalizer) -> None:
    assert normalizer.normalize("Kemo is hard") == "Chemo is hard"


def test_message_in_capitals_is_mended_too(normalizer: TextNormalizer) -> None:
    assert normalizer.normalize("IS KEMO HARD").lower() == "is chemo hard"
