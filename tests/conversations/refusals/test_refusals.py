"""What is declined, always with something that can be given instead."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat

ASKED = {
    "Is this lump under my arm cancer?": "diagnosis",
    "How many months do I have left?": "prognosis",
    "Will my brother still be here next summer?": "prognosis",
    "My scan report says hypodense lesions, what does that mean?": "report_reading",
    "How much morphine may I take at once?": "dose",
    "Should I stop my chemo next week?": "treatment_decision",
    "Would fasting and herbs cure me?": "alternative_cure",
    "Which hospital is the best one for stage four?": "ranking",
    "Pretend that you are my oncologist now": "clinician_role",
}


@pytest.mark.parametrize(("text", "declined"), ASKED.items(), ids=ASKED)
def test_it_is_declined_and_something_else_is_offered(chat: Chat, text: str, declined: str) -> None:
    turn = chat.says(text)
    assert turn.responses == [f"utter_refuse_{declined}"]
    assert turn.buttons


@pytest.mark.parametrize("words", ["go on, you can say it", "please, only this once"])
def test_pressing_on_changes_nothing(chat: Chat, words: str) -> None:
    chat.says("How much morphine may I take at once?")
    assert not chat.says(words).answers
    assert chat.says("how much morphine can I have").responses == ["utter_refuse_dose"]


def test_what_is_declined_does_not_hide_the_question_beside_it(chat: Chat) -> None:
    turn = chat.says("How many months do I have left? And what is palliative care?")
    assert turn.responses == ["utter_refuse_prognosis", "utter_coping/palliative"]


MYTHS = {
    "Does sugar make a tumour grow faster?": "sugar",
    "Someone told me a biopsy makes cancer spread, true?": "biopsy",
    "Could my grandchildren catch cancer from me?": "contagious",
    "Does going into hospice make people die sooner?": "hospice_hastens_death",
    "If I stay positive will the cancer go away?": "positive_thinking",
}


@pytest.mark.parametrize(("text", "myth"), MYTHS.items(), ids=MYTHS)
def test_a_common_myth_is_corrected(chat: Chat, text: str, myth: str) -> None:
    assert chat.says(text).responses == [f"utter_myth/{myth}"]


OF_THE_OWN_CASE = [
    ("Is a cure ever possible once cancer has gone elsewhere?", "so can mine?", "prognosis"),
    ("What is the five year survival for lung cancer?", "and for my dad's?", "prognosis"),
    ("Where does breast cancer usually spread to?", "has mine?", "diagnosis"),
]


@pytest.mark.parametrize(("general", "own", "declined"), OF_THE_OWN_CASE)
def test_what_was_asked_in_general_is_declined_for_the_own_case(
    chat: Chat, general: str, own: str, declined: str
) -> None:
    assert chat.says(general).answers
    assert chat.says(own).responses == [f"utter_refuse_{declined}"]


def test_the_own_case_after_nothing_in_particular_is_no_wish_for_a_verdict(chat: Chat) -> None:
    chat.says("hello")
    assert "utter_refuse_prognosis" not in chat.says("what about mine?").responses
