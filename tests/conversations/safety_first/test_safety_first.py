"""What cannot wait is answered first, whatever else is open or asked."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat

ESCALATION = "utter_tell_healthcare_provider"
EMERGENCIES = ["i can't breathe", "i can't feel my legs"]


@pytest.mark.parametrize("text", EMERGENCIES)
def test_an_emergency_comes_first_and_the_escalation_last(chat: Chat, text: str) -> None:
    assert chat.says(text).responses == ["utter_emergency", ESCALATION]


@pytest.mark.parametrize("text", EMERGENCIES)
def test_an_emergency_closes_an_open_check(chat: Chat, text: str) -> None:
    chat.says("My elbow has been aching")
    turn = chat.says(text)
    assert turn.responses == ["utter_emergency", ESCALATION]
    assert not turn.check_open


def test_an_emergency_is_never_the_answer_to_a_question_of_the_check(chat: Chat) -> None:
    chat.says("My elbow has been aching")
    assert "symptom_duration" not in chat.says("i can't breathe").slots


def test_an_emergency_beside_a_question_is_answered_first_and_alone(chat: Chat) -> None:
    turn = chat.says("What is a hospice? Also, i can't breathe")
    assert turn.responses == ["utter_emergency", ESCALATION]


def test_yes_to_treatment_after_a_fever_is_heard_when_it_is_given_by_its_number(
    chat: Chat,
) -> None:
    chat.says("I feel hot")
    chat.says("skip")
    assert chat.says("skip").responses == ["utter_ask_in_treatment"]
    assert chat.says("1").responses == ["utter_emergency", ESCALATION]


def test_an_emergency_at_the_end_of_a_message_beyond_all_bounds_is_heard(chat: Chat) -> None:
    turn = chat.says("we went to the shops and then home again. " * 800 + "i can't breathe")
    assert turn.responses == ["utter_emergency", ESCALATION]


def test_a_crisis_gets_the_crisis_contact_and_nothing_else(chat: Chat) -> None:
    turn = chat.says("i want to kill myself")
    assert turn.responses == ["utter_crisis_explicit"]
    assert turn.buttons == []


def test_a_crisis_comes_first_in_an_open_check_and_closes_it(chat: Chat) -> None:
    chat.says("My elbow has been aching")
    turn = chat.says("i want to kill myself")
    assert turn.responses[0] == "utter_crisis_explicit"
    assert not turn.check_open


def test_a_crisis_of_someone_else_gets_the_contact_for_both(chat: Chat) -> None:
    turn = chat.says("my husband wants to kill himself")
    assert turn.responses == ["utter_crisis_other_person"]


def test_a_wish_not_to_wake_up_gets_the_palliative_route_too(chat: Chat) -> None:
    assert chat.says("i just wish i would not wake up").responses == ["utter_crisis_ambiguous"]


def test_an_urgent_sign_is_answered_first_and_ends_with_today(chat: Chat) -> None:
    turn = chat.says("I have cancer and my back pain gets worse every night")
    assert turn.responses == ["utter_urgent", "utter_ask_symptom_duration"]
    for _ in range(2):
        chat.says("skip")
    assert chat.says("skip").responses[-2:] == ["utter_contact_urgent", ESCALATION]


def test_after_a_crisis_the_conversation_goes_on(chat: Chat) -> None:
    chat.says("i want to kill myself")
    assert chat.says("Which cancers travel to bone?").responses == [
        "utter_metastasis/spread_sources"
    ]


@pytest.mark.parametrize("text", ["no", "say that again", "the neighbour is out"])
def test_what_says_nothing_else_after_an_emergency_gets_the_way_to_help_again(
    chat: Chat, text: str
) -> None:
    chat.says("i can't breathe")
    assert chat.says(text).responses == ["utter_emergency_stands"]


def test_what_says_nothing_else_after_a_crisis_gets_the_contacts_again(chat: Chat) -> None:
    chat.says("i want to kill myself")
    assert chat.says("no").responses == ["utter_crisis_stands"]


def test_what_goes_on_about_an_emergency_after_a_question_is_not_off_the_subject(
    chat: Chat,
) -> None:
    chat.says("i can't breathe")
    chat.says("what is metastasis")
    assert chat.says("ambulance is coming").responses == ["utter_emergency_stands"]


def test_a_detail_added_to_an_emergency_is_an_emergency_again(chat: Chat) -> None:
    chat.says("shaking with cold and my temperature is 39")
    assert chat.says("the last chemo was on monday").responses[0] == "utter_emergency"


def test_a_question_after_an_emergency_is_answered(chat: Chat) -> None:
    chat.says("i can't breathe")
    assert chat.says("what is metastasis").responses == ["utter_metastasis/definition"]
