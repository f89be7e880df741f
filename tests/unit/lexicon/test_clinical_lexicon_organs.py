"""An organ is read as the cancer that began there, as a place of spread, or as a bare mention."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.lexicon.extractor import ClinicalLexicon

Read = Callable[[str], list[tuple[str, str]]]


def _expected(words: str) -> list[tuple[str, str]]:
    """Turn "cancer:lung site:bone? other" into kinds and values."""
    kinds = {"cancer": "cancer_type", "site": "body_site"}
    pairs = [word.split(":") for word in words.split()]
    return [(kinds[kind] + "?" * value.endswith("?"), value.rstrip("?")) for kind, value in pairs]


CANCER = {
    "lung cancer": "cancer:lung",
    "my lung primary": "cancer:lung",
    "lung carcinoma": "cancer:lung",
    "a brain tumour": "cancer:brain",
    "cancer of the lung": "cancer:lung",
    "tumours of the bowel": "cancer:colon",
    "breast and lung cancer": "cancer:breast cancer:lung",
    "lung, breast and prostate cancers": "cancer:lung cancer:breast cancer:prostate",
    "cancer of the breast or lung": "cancer:breast cancer:lung",
    "cancer that started in the kidney": "cancer:kidney",
    "primary in the colon": "cancer:colon",
    "my primary was breast": "cancer:breast",
    "the primary site is the pancreas": "cancer:pancreas",
    "diagnosed with breast last year": "cancer:breast",
    "stage 4 lung": "cancer:lung",
    "terminal lung": "cancer:lung",
    "metastatic breast": "cancer:breast",
    "breast ca": "cancer:breast",
    "ca breast": "cancer:breast",
    "cancer lung": "cancer:lung",
    "renal cell carcinoma": "cancer:kidney",
    "colorectal cancer": "cancer:colon",
    "womb cancer": "cancer:endometrium",
    "gullet cancer": "cancer:esophagus",
    "secondary breast cancer": "cancer:breast",
    "metastatic liver cancer": "cancer:liver",
    "primary bone cancer": "cancer:bone",
    "prostate mets": "cancer:prostate",
    "cancer in the prostate": "cancer:prostate",
    "has it spread outside the prostate": "cancer:prostate",
    "does lung spread": "cancer:lung",
    "can breast go to other places": "cancer:breast",
    "skin cancer": "cancer:skin",
    "basal cell skin cancer": "cancer:basal_cell",
    "basal cell": "cancer:basal_cell",
    "melanoma skin cancer": "cancer:melanoma",
    "nsclc": "cancer:lung",
    "crc": "cancer:colon",
    "mbc": "cancer:breast",
    "head and neck cancer": "cancer:head_neck",
    "for breast and for lung cancer": "cancer:breast cancer:lung",
    "when cancer leaves the lung": "cancer:lung",
}
PLACE = {
    "lung mets": "site:lung",
    "hepatic metastases": "site:liver",
    "spread to my lungs": "site:lung",
    "secondary in the lung": "site:lung",
    "secondaries in bone": "site:bone",
    "mets in bone, liver and lungs": "site:bone site:liver site:lung",
    "bone and liver mets": "site:bone site:liver",
    "mets lungs liver bones": "site:lung site:liver site:bone",
    "gone to the liver": "site:liver",
    "it's in my bones": "site:bone",
    "it has reached the brain": "site:brain",
    "it came back in the liver": "site:liver",
    "found in part of my liver": "site:liver",
    "tumors in the lung": "site:lung",
    "a lesion on the adrenal gland": "site:adrenal",
    "which cancers spread to bone": "site:bone",
    "what goes to the brain": "site:brain",
    "spread to the lining of the belly": "site:peritoneum",
    "peritoneal cancer": "site:peritoneum",
    "cancer in my lymph nodes": "site:lymph_node",
    "spine mets": "site:spine",
    "it has gone to my hip": "site:bone",
    "spread to the stomach": "site:other",
    "spread to the heart": "site:other",
    "metastatic brain cancer": "site:brain",
    "metastatic brain tumors": "site:brain",
    "metastatic bone cancer": "site:bone",
    "secondary liver cancer": "site:liver",
    "secondary lung cancer": "site:lung",
    "brain cancer that started elsewhere": "site:brain",
    "skin mets": "site:skin",
    "what do you know about liver mets": "site:liver",
    "mum has brain mets": "site:brain",
    "what starts somewhere else and lands in the brain": "site:brain",
}
BOTH = {
    "breast cancer that has spread to the bones": "cancer:breast site:bone",
    "does breast cancer go to the brain": "cancer:breast site:brain",
    "from the breast to the bones": "cancer:breast site:bone",
    "lung to brain": "cancer:lung site:brain",
    "liver cancer that came from my breast": "site:liver cancer:breast",
    "secondary bone cancer from prostate": "site:bone cancer:prostate",
    "is breast cancer in the liver liver cancer": "cancer:breast site:liver cancer:liver",
    "breast cancer in the kidney": "cancer:breast site:other",
    "it started in my bowel and now it's in my liver": "cancer:colon site:liver",
    "brain mets from melanoma": "site:brain cancer:melanoma",
    "liver mets from bowel": "site:liver cancer:colon",
    "breast cancer in my bones liver and brain": "cancer:breast site:bone site:liver site:brain",
    "pancreatic cancer mets to liver": "cancer:pancreas site:liver",
    "primary bone cancer or bone mets": "cancer:bone site:bone",
    "my kidney cancer has gone to my lungs and brain": "cancer:kidney site:lung site:brain",
    "breast cancer metastatic to bone": "cancer:breast site:bone",
}
BARE = {
    "and for lung?": "site:lung?",
    "the liver?": "site:liver?",
    "lung or brain": "site:lung? site:brain?",
    "and for breast?": "cancer:breast?",
    "what about the colon": "cancer:colon?",
    "my liver hurts": "site:liver?",
    "pain in my stomach": "cancer:stomach?",
    "the spleen": "site:other?",
    "sites of spread: breast?": "cancer:breast?",
}
NOTHING = (
    "my hip has been aching",
    "pain in my ribs",
    "a heart attack",
    "oral thrush",
    "a sore throat",
    "brain fog",
    "kidney stones",
    "bowel movements",
    "chicken breast",
    "breast feeding",
    "bone density",
    "cancer of unknown primary",
    "my neck is stiff",
)


@pytest.mark.parametrize(("text", "values"), CANCER.items())
def test_organ_is_the_cancer_that_began_there(found: Read, text: str, values: str) -> None:
    assert found(text) == _expected(values)


@pytest.mark.parametrize(("text", "values"), PLACE.items())
def test_organ_is_the_place_of_spread(found: Read, text: str, values: str) -> None:
    assert found(text) == _expected(values)


@pytest.mark.parametrize(("text", "values"), BOTH.items())
def test_cancer_and_place_are_told_apart(found: Read, text: str, values: str) -> None:
    assert found(text) == _expected(values)


@pytest.mark.parametrize(("text", "values"), BARE.items())
def test_organ_alone_is_a_bare_mention(found: Read, text: str, values: str) -> None:
    assert found(text) == _expected(values)


@pytest.mark.parametrize("text", NOTHING)
def test_everyday_use_of_an_organ_is_no_mention(found: Read, text: str) -> None:
    assert found(text) == []


def test_a_mention_covers_the_organ_and_its_head(lexicon: ClinicalLexicon) -> None:
    (mention,) = lexicon.find("Is lung  cancer bad?")
    assert (mention.text, mention.start, mention.end) == ("lung  cancer", 3, 15)
