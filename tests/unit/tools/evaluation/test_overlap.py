from __future__ import annotations

from pathlib import Path

import pytest

from tools.evaluation.corpus import groups, load_examples
from tools.evaluation.overlap import Overlap, Seen, plain, rule_examples

NLU = """version: "3.1"
nlu:
- intent: metastasis/definition
  examples: |
    - what is it?
    - What's a met
- synonym: x
  examples: |
    - y
"""
RULES = """safety_rules:
  - id: a
    must_match: ["my legs are numb"]
    must_not_match: ["numb with joy"]
safety_combinations:
  - id: b
    must_match:
      - ["I feel hot", "39.4"]
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, text in (
        ("nlu/metastasis/definition.yml", NLU),
        ("nlu/greet.yml", "nlu:\n- intent: greet\n  examples: |\n    - hello\n"),
        ("knowledge/safety/rules.yml", RULES),
        ("safety_examples/urgent.yml", "safety_examples:\n  urgent:\n    - my calf is hot\n"),
    ):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's THIS, then?!", "whats this then"),
        ("what\u2019s this then", "whats this then"),
        ("  caf\u00e9\n39.4 ", "cafe 39 4"),
        ("\U0001f62d!!", ""),
    ],
)
def test_case_punctuation_apostrophes_and_accents_make_no_difference(text: str, words: str) -> None:
    assert plain(text) == words


def test_examples_are_read_with_label_and_group_and_synonyms_are_passed_over(data: Path) -> None:
    found = [(e.text, e.label, e.group) for e in load_examples(data / "nlu")]
    assert found == [
        ("hello", "greet", "greet"),
        ("what is it?", "metastasis/definition", "metastasis"),
        ("What's a met", "metastasis/definition", "metastasis"),
    ]


def test_each_label_has_the_group_of_its_directory(data: Path) -> None:
    named = groups(load_examples(data / "nlu"))
    assert named == {"greet": "greet", "metastasis/definition": "metastasis"}


def test_rule_examples_are_found_at_any_depth_and_a_conversation_is_one_text(data: Path) -> None:
    texts = [text for text, _ in rule_examples(data / "knowledge" / "safety")]
    assert texts == ["my legs are numb", "numb with joy", "I feel hot 39.4"]


def test_a_text_was_seen_whatever_its_case_and_punctuation(data: Path) -> None:
    seen = Seen.trained(data)
    assert "WHAT IS IT" in seen
    assert "My legs are numb!" in seen
    assert "what is it now" not in seen


def test_a_text_without_words_was_never_seen() -> None:
    assert "?!" not in Seen([("...", "somewhere")])


def test_an_overlap_names_the_place(data: Path) -> None:
    overlaps = Seen.trained(data).overlaps(["whats a met", "something else"])
    place = "data/nlu/metastasis/definition.yml (metastasis/definition)"
    assert overlaps == [Overlap("whats a met", place)]


def test_up_to_three_words_are_short() -> None:
    assert Overlap("and for lung?", "").is_short
    assert not Overlap("and for the lung", "").is_short


def test_what_the_detector_learnt_was_seen(data: Path) -> None:
    places = [overlap.place for overlap in Seen.trained(data).overlaps(["My calf is hot!"])]
    assert places == ["data/safety_examples (urgent)"]
