"""An alarm stands until something else is talked about."""

from __future__ import annotations

import pytest

from bot.dialogue.alarms import CRISIS_STANDS, EMERGENCY_STANDS, STANDS_FOR
from tests.unit.dialogue.chat import Chat

SAYS_NOTHING = [
    "nothing",
    "out_of_scope",
    "affirm",
    "deny",
    "unsure",
    "inform_symptom_detail",
    "ask_repeat",
    "ask_more",
]


@pytest.mark.parametrize("label", SAYS_NOTHING)
def test_what_says_nothing_else_after_an_emergency_gets_the_emergency_route_again(
    chat: Chat, label: str
) -> None:
    chat.say("...", "report_symptom", verdict="emergency")
    assert chat.say("...", label) == [EMERGENCY_STANDS]


@pytest.mark.parametrize("label", SAYS_NOTHING)
@pytest.mark.parametrize("verdict", ["crisis_explicit", "crisis_ambiguous"])
@pytest.mark.parametrize("other", [True, False])
def test_what_says_nothing_else_after_a_crisis_gets_the_contacts_again(
    chat: Chat, label: str, verdict: str, other: bool
) -> None:
    chat.say("...", "nothing", verdict=verdict, other=other)
    assert chat.say("...", label) == [CRISIS_STANDS]


def test_an_alarm_stands_as_long_as_nothing_else_is_said(chat: Chat) -> None:
    chat.say("...", "nothing", verdict="emergency")
    assert [chat.say("...", "nothing") for _ in range(3)] == [[EMERGENCY_STANDS]] * 3


@pytest.mark.parametrize("label", ["metastasis/tests", "ask_identity", "coping/stress"])
def test_another_matter_after_an_alarm_is_answered_as_ever(chat: Chat, label: str) -> None:
    chat.say("...", "nothing", verdict="emergency")
    assert EMERGENCY_STANDS not in chat.say("...", label)


@pytest.mark.parametrize("label", ["nothing", "out_of_scope"])
def test_what_is_not_understood_soon_after_an_alarm_may_be_about_it(chat: Chat, label: str) -> None:
    chat.say("...", "nothing", verdict="emergency")
    chat.say("what do I tell them", "metastasis/tests")
    assert chat.say("the ambulance is coming", label) == [EMERGENCY_STANDS]


def test_what_is_not_understood_long_after_an_alarm_is_not_about_it(chat: Chat) -> None:
    chat.say("...", "nothing", verdict="emergency")
    for _ in range(STANDS_FOR):
        chat.say("...", "metastasis/tests")
    assert chat.say("...", "nothing") == ["utter_default"]


def test_an_alarm_before_a_symptom_check_is_over(chat: Chat) -> None:
    chat.say("...", "nothing", verdict="emergency")
    chat.say("my hip aches", "report_symptom", verdict="symptom")
    chat.say("stop", "stop")
    assert chat.say("...", "nothing") == ["utter_default"]


@pytest.mark.parametrize("label", ["affirm", "deny", "ask_more", "ask_repeat"])
def test_a_reply_to_another_answer_is_not_about_the_alarm(chat: Chat, label: str) -> None:
    chat.say("...", "nothing", verdict="emergency")
    chat.say("...", "metastasis/tests")
    assert EMERGENCY_STANDS not in chat.say("...", label)


def test_another_cancer_or_place_is_another_matter(chat: Chat) -> None:
    chat.say("...", "metastasis/spread_sites cancer_type=breast")
    chat.say("...", "nothing", verdict="emergency")
    assert chat.say("and for lung?", "~nothing cancer_type=lung?") != [EMERGENCY_STANDS]


def test_a_symptom_after_an_emergency_is_heard(chat: Chat) -> None:
    chat.say("...", "nothing", verdict="emergency")
    assert chat.say("...", "report_symptom", verdict="symptom")[0] == "utter_symptom_heard"
