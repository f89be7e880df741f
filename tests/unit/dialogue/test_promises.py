"""Whatever is said in whatever order, the promises hold: searched, not only exemplified."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.conversation import Conversation, reports_symptom
from bot.dialogue.events import Said
from bot.dialogue.names import CHECK_FORM, RESTART, TELL_PROVIDER
from tests.unit.dialogue.chat import Chat, said

LABELS = [
    *("nothing", "affirm", "deny", "unsure", "skip", "stop", "restart", "greet", "goodbye"),
    *("ask_helpline", "ask_more", "ask_repeat", "ask_why", "inform_country", "express_distress"),
    *("report_symptom", "request_symptom_check", "inform_symptom_detail", "metastasis/tests"),
    *("request_dose", "request_human"),
]
VERDICTS = ["none", "symptom", "urgent", "emergency", "crisis_explicit", "crisis_ambiguous"]
VERDICTS += ["refuse_dose", "refuse_prognosis"]
TEXTS = ["2", "two weeks", "why is that?", "", "hm", "yes"]
MESSAGES = st.builds(
    lambda text, label, verdict, form: said(text, f"{form}{label}", verdict=verdict),
    st.sampled_from(TEXTS),
    st.sampled_from(LABELS),
    st.sampled_from(VERDICTS),
    st.sampled_from(["", "", "~", "^"]),
)
FIRST = {
    "crisis_explicit": "utter_crisis_explicit",
    "crisis_ambiguous": "utter_crisis_ambiguous",
    "emergency": "utter_emergency",
    "urgent": "utter_urgent",
}
SYMPTOM = said("my hip aches", "report_symptom", verdict="symptom")


@pytest.fixture(scope="module")
def begin(request: pytest.FixtureRequest) -> Callable[[bool], Chat]:
    """A function that begins a conversation, on an action server that works or does not."""
    known = [request.getfixturevalue(name) for name in ("world", "offers", "buttons")]

    def new(note_fails: bool) -> Chat:
        chat = Chat(*known)
        chat.note_fails = note_fails
        return chat

    return new


def hear(chat: Chat, message: Said) -> None:
    """Take a message in and check how its turn ends."""
    owed_before = Conversation.of(chat.events).owed
    actions = chat.hear(message)
    assert any(action.startswith("utter_") or action == CHECK_FORM for action in actions)
    if owed_before or reports_symptom(message):
        asked = actions[-1] == CHECK_FORM
        told = TELL_PROVIDER in (actions[-1], actions[-2] if actions[-1] == RESTART else None)
        assert asked or told, actions
        assert Conversation.of(chat.events).check_open is asked


@settings(max_examples=150, deadline=None)
@given(st.lists(MESSAGES, min_size=1, max_size=8), st.booleans())
def test_no_turn_is_silent_and_none_ends_while_the_escalation_is_due(
    begin: Callable[[bool], Chat], messages: list[Said], note_fails: bool
) -> None:
    chat = begin(note_fails)
    for message in messages:
        hear(chat, message)


@pytest.mark.parametrize("first", LABELS)
def test_no_two_messages_in_an_open_check_lose_the_escalation(
    begin: Callable[[bool], Chat], first: str
) -> None:
    for second in LABELS:
        chat = begin(False)
        for message in (SYMPTOM, said("...", first), said("...", second)):
            hear(chat, message)


@pytest.mark.parametrize("verdict", FIRST)
@pytest.mark.parametrize("before", LABELS)
def test_what_is_pressing_is_answered_first_whatever_came_before(
    begin: Callable[[bool], Chat], before: str, verdict: str
) -> None:
    for label in LABELS:
        chat = begin(False)
        chat.say("...", before)
        assert chat.say("...", label, verdict=verdict)[0] == FIRST[verdict]


@pytest.mark.parametrize("verdict", ["symptom", "urgent", "emergency"])
@pytest.mark.parametrize("label", LABELS)
def test_the_first_reply_to_a_symptom_names_the_healthcare_provider(
    begin: Callable[[bool], Chat], label: str, verdict: str
) -> None:
    actions = begin(False).say("my hip aches", label, verdict=verdict)
    assert {"utter_symptom_heard", "utter_urgent", TELL_PROVIDER}.intersection(actions)
