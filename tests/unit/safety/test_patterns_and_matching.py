from __future__ import annotations

from typing import Any

import pytest

from bot.safety.datafiles import SafetyDataError
from bot.safety.document import Document
from bot.safety.index import PatternIndex
from bot.safety.matching import find_matches
from bot.safety.patterns import Pattern, compile_pattern
from bot.safety.vocabulary import Vocabulary
from bot.safety.wording import Wording

CONCEPTS: dict[str, Any] = {
    "LEG": ["leg+", "thigh+"],
    "ARM": ["arm+"],
    "LIMB": ["LEG", "ARM"],
    "WEAK": ["weak", "weakness", "giving way"],
    "MANY": {"number": {"from": "6", "to": "60"}},
}


def find(pattern: Any, text: str) -> list[str]:
    vocabulary = Vocabulary(CONCEPTS, {})
    compiled = compile_pattern(pattern, {}, vocabulary)
    document = Document(text, vocabulary, Wording(vocabulary.words, (), {}))
    if not PatternIndex([compiled], vocabulary).candidates(document):
        return []
    return [
        " ".join(document.tokens[token][0] for span in match for token in range(*span))
        for match in find_matches(compiled, document)
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("LEG & WEAK", "weakness in both my legs", True),
        ("LEG & WEAK", "my legs feel weak", True),
        ("LEG & WEAK", "my legs ache. I feel weak", False),
        ("LEG & WEAK", "my legs, which used to carry me up every hill there is, are weak", False),
        ("LIMB WEAK", "arms weak", True),
        ("LEG ... WEAK", "legs are always just a bit weak", True),
        ("LEG WEAK", "legs are always just a bit weak", False),
        ("LEG ... WEAK", "weak in the legs", False),
        ("(my|both)_(LEG)", "my two legs", False),
        ("(my|both)_(LEG)", "both legs", True),
        ("giving_way & LEG", "leg keeps giving way", True),
        ("LEG !(of)", "leg of lamb", False),
        ("LEG !(of)", "leg is weak", True),
        ("WEAK !(*)", "so weak today", False),
        ("WEAK !(*)", "so weak, today", True),
        ("MANY times", "sick ten times", True),
        ("MANY times", "sick 2 times", False),
    ],
)
def test_a_pattern_finds_its_words(pattern: str, text: str, found: bool) -> None:
    assert bool(find(pattern, text)) is found


def test_a_match_names_the_words_that_it_found() -> None:
    assert find("LEG & WEAK", "so weak, my legs") == ["weak legs"]


@pytest.mark.parametrize(
    ("conditions", "text", "found"),
    [
        ({"unless": ["table"]}, "the table leg is weak", False),
        ({"unless": ["table"]}, "at the table I saw that now my leg is weak", True),
        ({"unless_anywhere": ["table"]}, "leg is weak. It is the table", False),
        ({"needs_anywhere": ["again"]}, "leg is weak", False),
        ({"needs_anywhere": ["again"]}, "leg is weak. Again", True),
        ({"within": 0}, "leg is weak", False),
    ],
)
def test_the_conditions_of_a_pattern_hold(
    conditions: dict[str, Any], text: str, found: bool
) -> None:
    assert bool(find({"match": "LEG & WEAK", **conditions}, text)) is found


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("LEGS & WEAK", "no concept is called 'LEGS'"),
        ("LEG &", "side of '&' is empty"),
        ("", "give the words to match"),
        ({"match": "LEG", "unles": ["x"]}, "unknown key"),
        ({"match": "LEG", "unless": "x"}, "must be a list of texts"),
        ("(|)", "an item is empty"),
    ],
)
def test_a_pattern_that_cannot_be_meant_is_refused(pattern: Any, message: str) -> None:
    with pytest.raises(SafetyDataError, match=message):
        compile_pattern(pattern, {}, Vocabulary(CONCEPTS, {}))


def test_a_pattern_is_looked_up_by_its_rarest_item() -> None:
    vocabulary = Vocabulary(CONCEPTS, {})
    patterns: list[Pattern] = [
        compile_pattern(source, {}, vocabulary) for source in ("(i|my) LEG", "WEAK & LEG")
    ]
    document = Document("my leg", vocabulary, Wording(vocabulary.words, (), {}))
    assert PatternIndex(patterns, vocabulary).candidates(document) == [0]


@pytest.mark.parametrize(
    ("concepts", "message"),
    [
        ({"leg": ["leg"]}, "in capitals"),
        ({"LEG": "leg"}, "must be a list of texts"),
        ({"LEG": ["ARM"]}, "no concept is called 'ARM'"),
        ({"LEG": ["ARM"], "ARM": ["LEG"]}, "refers to itself"),
    ],
)
def test_a_vocabulary_that_cannot_be_meant_is_refused(
    concepts: dict[str, Any], message: str
) -> None:
    with pytest.raises(SafetyDataError, match=message):
        Vocabulary(concepts, {})
