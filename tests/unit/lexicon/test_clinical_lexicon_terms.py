"""Every term of the data is found, every value can be shown, and the values are the closed ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.lexicon.errors import LexiconError
from bot.lexicon.extractor import ClinicalLexicon
from bot.lexicon.vocabulary import Entry, load_vocabulary

DATA = Path(__file__).parents[3] / "data" / "lexicon"
CLOSED = {
    "cancer_type": "breast colon lung melanoma prostate stomach brain bone liver pancreas kidney"
    " ovary bladder thyroid cervix endometrium esophagus mouth throat larynx rectum gallbladder"
    " basal_cell skin lymphoma leukemia myeloma sarcoma testicle head_neck mesothelioma bile_duct"
    " neuroendocrine stromal thymus anus vulva vagina penis eye adrenal_gland salivary_gland"
    " small_bowel appendix germ_cell neuroblastoma",
    "body_site": "bone brain liver lung adrenal peritoneum skin muscle lymph_node spine other",
    "test": "blood tumor_marker ultrasound ct mri bone_scan pet biopsy",
    "treatment": "chemotherapy radiotherapy immunotherapy surgery gamma_knife steroids"
    " thoracentesis drug_therapy",
    "risk_factor": "age alcohol immunosuppression obesity sunlight tobacco",
    "country": "us ca gb ie au in other",
}
ENTRIES = [entry for kind in load_vocabulary(DATA).values() for entry in kind.values()]


def _terms() -> Iterator[tuple[Entry, str]]:
    """Yield each wording of the data in the shortest message in which it must be found."""
    for entry in ENTRIES:
        for term in (*entry.terms, *entry.exact, *entry.alone):
            yield entry, term
        for term in (*entry.organs, *entry.adjectives):
            if entry.kind == "cancer_type":
                yield entry, f"{term} cancer"
            else:
                yield entry, f"spread to the {term}"
        for term in entry.located:
            yield entry, f"it has spread to my {term}"


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yml")), ids=lambda path: path.stem)
def test_no_file_has_a_key_twice(path: Path) -> None:
    assert YAML(typ="safe").load(path)


@pytest.mark.parametrize("kind", CLOSED)
def test_values_are_the_closed_ones(lexicon: ClinicalLexicon, kind: str) -> None:
    assert set(lexicon.values(kind)) == set(CLOSED[kind].split())


@pytest.mark.parametrize(("entry", "text"), _terms(), ids=lambda value: str(value)[:40])
def test_every_term_is_found(lexicon: ClinicalLexicon, entry: Entry, text: str) -> None:
    values = {(mention.kind, mention.value) for mention in lexicon.find(text)}
    assert (entry.kind, entry.value) in values


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.kind}-{entry.value}")
def test_every_value_has_a_name_and_a_short_label(lexicon: ClinicalLexicon, entry: Entry) -> None:
    assert lexicon.name(entry.kind, entry.value) == entry.name
    assert lexicon.label(entry.kind, entry.value)[0].isupper()
    assert len(lexicon.label(entry.kind, entry.value)) <= 20


def test_names_read_well_inside_a_sentence(lexicon: ClinicalLexicon) -> None:
    assert lexicon.name("cancer_type", "breast") == "breast cancer"
    assert lexicon.name("cancer_type", "melanoma") == "melanoma"
    assert lexicon.name("body_site", "brain") == "the brain"
    assert lexicon.name("body_site", "bone") == "bone"
    assert lexicon.name("country", "us") == "the United States"


def test_bare_organ_maps_to_the_cancer_that_begins_there(lexicon: ClinicalLexicon) -> None:
    assert lexicon.as_cancer_type("lung") == "lung"
    assert lexicon.as_cancer_type("breast") == "breast"
    assert lexicon.as_cancer_type("adrenal") is None


def test_bare_organ_maps_to_a_place(lexicon: ClinicalLexicon) -> None:
    assert lexicon.as_body_site("lung") == "lung"
    assert lexicon.as_body_site("breast") == "other"
    assert lexicon.as_body_site("lymphoma") is None


def test_unknown_kinds_and_values_are_errors_that_name_the_known_ones(
    lexicon: ClinicalLexicon,
) -> None:
    with pytest.raises(LexiconError, match="cancer_type"):
        lexicon.values("cancers")
    with pytest.raises(LexiconError, match="breast"):
        lexicon.name("cancer_type", "bowel")
