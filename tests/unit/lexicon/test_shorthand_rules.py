"""Each rule of ``shorthand.yml`` reads its examples as written, and leaves look-alikes alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lexicon.errors import LexiconError
from bot.lexicon.normalizer import TextNormalizer
from bot.lexicon.shorthand import Shorthand

SHORTHAND = Shorthand.load(Path(__file__).parents[3] / "data" / "lexicon")
EXAMPLES = [(p.rule_id, *pair) for p in SHORTHAND.patterns for pair in p.examples.items()]
UNCHANGED = [(p.rule_id, text) for p in SHORTHAND.patterns for text in p.unchanged]


def test_rule_ids_are_unique_and_every_rule_has_an_example() -> None:
    ids = [pattern.rule_id for pattern in SHORTHAND.patterns]
    assert len(set(ids)) == len(ids)
    assert [p.rule_id for p in SHORTHAND.patterns if not p.examples] == []


@pytest.mark.parametrize(("rule_id", "written", "meant"), EXAMPLES)
def test_rule_reads_its_example(
    normalizer: TextNormalizer, rule_id: str, written: str, meant: str
) -> None:
    assert normalizer.normalize(written) == meant, rule_id


@pytest.mark.parametrize(("rule_id", "text"), UNCHANGED)
def test_rule_leaves_its_look_alike(normalizer: TextNormalizer, rule_id: str, text: str) -> None:
    assert normalizer.normalize(text) == text, rule_id


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wat r mets", "what are mets"),
        ("u there", "you there"),
        ("pls help", "please help"),
        ("Thx", "Thanks"),
        ("dunno", "I don't know"),
        ("bc it hurts", "because it hurts"),
        ("i have bc", "i have breast cancer"),
        ("my onc said", "my oncologist said"),
        ("what's the tx", "what's the treatment"),
        ("its my dx", "its my diagnosis"),
        ("mets", "mets"),
        ("mbc", "mbc"),
        ("dont know", "don't know"),
        ("ill ask, its well", "ill ask, its well"),
    ],
)
def test_shorthand_word_is_written_out(
    normalizer: TextNormalizer, written: str, meant: str
) -> None:
    assert normalizer.normalize(written) == meant


def test_a_broken_rule_is_an_error_that_names_it(tmp_path: Path) -> None:
    bad = "patterns:\n  - {id: broken, find: '(', replace: x}\n"
    (tmp_path / "shorthand.yml").write_text(bad, encoding="utf-8")
    with pytest.raises(LexiconError, match="broken"):
        Shorthand.load(tmp_path)


def test_an_unquoted_yes_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "shorthand.yml").write_text("words: {yh: yes}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="quote"):
        Shorthand.load(tmp_path)
