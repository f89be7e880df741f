"""Tests, treatments, risk factors and countries are found; everyday look-alikes are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str], list[tuple[str, str]]]

FOUND = {
    "cat scan": ("test", "ct"),
    "what is CT": ("test", "ct"),
    "scintigraphy": ("test", "bone_scan"),
    "PET": ("test", "pet"),
    "do PET scans hurt": ("test", "pet"),
    "my pet scan is tomorrow": ("test", "pet"),
    "CA 15-3": ("test", "tumor_marker"),
    "ca153": ("test", "tumor_marker"),
    "psa": ("test", "tumor_marker"),
    "raised markers": ("test", "tumor_marker"),
    "blood work": ("test", "blood"),
    "liver enzymes": ("test", "blood"),
    "US-guided biopsy of the nodule": ("test", "ultrasound"),
    "rads": ("treatment", "radiotherapy"),
    "chemo": ("treatment", "chemotherapy"),
    "keytruda": ("treatment", "immunotherapy"),
    "cyberknife": ("treatment", "gamma_knife"),
    "dex": ("treatment", "steroids"),
    "draining the fluid": ("treatment", "thoracentesis"),
    "letrozole": ("treatment", "drug_therapy"),
    "does the op hurt": ("treatment", "surgery"),
    "is surgery possible": ("treatment", "surgery"),
    "gamma knife surgery": ("treatment", "gamma_knife"),
    "can it be cut out": ("treatment", "surgery"),
    "smoking": ("risk_factor", "tobacco"),
    "booze": ("risk_factor", "alcohol"),
    "wine": ("risk_factor", "alcohol"),
    "is drinking a cause": ("risk_factor", "alcohol"),
    "does the sun cause it": ("risk_factor", "sunlight"),
    "uv radiation": ("risk_factor", "sunlight"),
    "being overweight": ("risk_factor", "obesity"),
    "HIV": ("risk_factor", "immunosuppression"),
    "AIDS": ("risk_factor", "immunosuppression"),
    "a kidney transplant": ("risk_factor", "immunosuppression"),
    "is age a risk factor": ("risk_factor", "age"),
    "getting old": ("risk_factor", "age"),
    "do older people get it more": ("risk_factor", "age"),
    "US": ("country", "us"),
    "us": ("country", "us"),
    "I'm in the us": ("country", "us"),
    "I live in the U.S.": ("country", "us"),
    "usa": ("country", "us"),
    "america": ("country", "us"),
    "uk": ("country", "gb"),
    "Scotland": ("country", "gb"),
    "northern ireland": ("country", "gb"),
    "ireland": ("country", "ie"),
    "republic of Ireland": ("country", "ie"),
    "new south wales": ("country", "au"),
    "india": ("country", "in"),
    "Germany": ("country", "other"),
    "new zealand": ("country", "other"),
    "I live in Turkey": ("country", "other"),
}
NOT_FOUND = (
    "see you on Sunday",
    "see you on sun",
    "the sun newspaper",
    "I drink a lot of water",
    "I keep drinking water",
    "eating and drinking is hard",
    "at my age",
    "what age was she",
    "my older brother",
    "ten years older",
    "my pet dog",
    "I love my pet",
    "my hearing aids",
    "smoked salmon",
    "a smoke alarm",
    "blood on the tissue",
    "in good spirits",
    "ring the GP surgery",
    "the doctor's surgery is closed",
    "a marker pen",
    "I have hardly drunk anything",
    "should I cut out fruit",
    "drug companies hide the cure",
    "electromagnetic radiation",
    "a lump in throat feeling",
    "tell us more",
    "contact us",
    "TELL US MORE PLEASE",
    "bone marrow transplant",
    "radiation from phones",
    "chinese medicine",
    "london",
    "Dublin",
    "Georgia",
    "I roasted a turkey",
    "my husband jordan",
    "I'm in pain",
    "the American Cancer Society",
    "I can't drink anything",
)


@pytest.mark.parametrize(("text", "pair"), FOUND.items())
def test_wording_means_its_value(found: Read, text: str, pair: tuple[str, str]) -> None:
    assert pair in found(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_everyday_wording_means_nothing(found: Read, text: str) -> None:
    assert found(text) == []


def test_longest_wording_wins(found: Read) -> None:
    assert found("bone scan") == [("test", "bone_scan")]
    assert found("liver function tests") == [("test", "blood")]
    assert found("new south wales") == [("country", "au")]


def test_several_kinds_are_found_in_order(found: Read) -> None:
    assert found("Is chemo or radiation better for lung mets in the UK?") == [
        ("treatment", "chemotherapy"),
        ("treatment", "radiotherapy"),
        ("body_site", "lung"),
        ("country", "gb"),
    ]
