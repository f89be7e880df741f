"""Follow-ups are told from messages that stand on their own."""

from __future__ import annotations

import pytest

from bot.lexicon.ellipsis import asks_of_own_case, has_anaphora, is_elliptical
from bot.lexicon.extractor import ClinicalLexicon

ELLIPTICAL = (
    "is that better for lung",
    "is it the same with prostate",
    "does that apply to melanoma",
    "and for lung?",
    "what about the brain",
    "bone?",
    "and in the liver then",
    "how about breast cancer",
    "sorry I meant prostate",
    "what if it's in the bone",
    "no, lung",
    "same for melanoma?",
    "to the brain?",
    "and MRI?",
    "or radiotherapy",
    "what about age",
    "What about my mum's breast cancer?",
)
COMPLETE = (
    "is it lung cancer",
    "what are the symptoms of brain mets",
    "it's in my bones",
    "I have lung cancer",
    "how is bone treated",
    "tell me about brain mets",
    "what about tomorrow",
    "where does lung cancer spread",
    "my liver hurts",
    "and now?",
)
ANAPHORIC = (
    "how is that treated",
    "is it curable",
    "where does it go",
    "what are the symptoms of those",
    "is this treatable?",
    "can they be removed",
    "does it go there",
    "why does that happen",
    "how common is that",
    "which one is worse",
    "is the same true for men",
    "tell me more about them",
    "do those hurt",
    "is it common?",
    "what treatments are there for that",
    "do they spread further",
    "what\u2019s its cause",
)
SELF_CONTAINED = (
    "where does melanoma spread",
    "when lung cancer spreads, where does it go",
    "is it true that sugar feeds cancer",
    "how long does it take to spread",
    "I heard that cancer spreads",
    "what is cancer that has spread",
    "they said the scan was clear",
    "is there a test",
    "my doctor told me that I have mets",
    "is it possible to cure metastatic cancer",
    "this morning I felt sick",
    "how do they treat bone metastases",
    "is recurrent the same as metastatic",
    "for those with bone mets",
    "melanoma in the brain, is that common",
    "how common is it for cancer to spread to the brain",
    "what does it mean when cancer has spread",
    "hello",
)
OF_OWN_CASE = (
    "so can mine?",
    "and for me?",
    "what about dad's",
    "what about dad\u2019s?",
    "and in my case",
    "Is that true for HER?",
    "what about my own tumour",
    "and my husband's?",
    "mine is 212",
    "mine came back raised",
    "ok and mum's was 40",
)
OF_ALL_CASES = (
    "what is hospice",
    "can it be cured",
    "mine hurts at night",
    "mine is in the liver",
    "his went to the lungs, how is it treated",
    "my husband is ill",
    "does it come from the mine shaft",
    "I read so much about how these things are found and wonder about mine",
    "",
)


@pytest.mark.parametrize("text", ELLIPTICAL)
def test_message_of_a_mention_alone_is_elliptical(lexicon: ClinicalLexicon, text: str) -> None:
    assert is_elliptical(text, lexicon.find(text))


@pytest.mark.parametrize("text", COMPLETE)
def test_complete_message_is_not_elliptical(lexicon: ClinicalLexicon, text: str) -> None:
    assert not is_elliptical(text, lexicon.find(text))


@pytest.mark.parametrize("text", ANAPHORIC)
def test_pointing_back_is_noticed(text: str) -> None:
    assert has_anaphora(text)


@pytest.mark.parametrize("text", SELF_CONTAINED)
def test_message_on_its_own_points_nowhere(text: str) -> None:
    assert not has_anaphora(text)


@pytest.mark.parametrize("text", OF_OWN_CASE)
def test_a_short_message_that_ends_on_a_person_asks_of_that_case(text: str) -> None:
    assert asks_of_own_case(text)


@pytest.mark.parametrize("text", OF_ALL_CASES)
def test_other_messages_ask_of_no_case_of_their_own(text: str) -> None:
    assert not asks_of_own_case(text)
