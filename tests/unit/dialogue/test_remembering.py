"""A conversation of which the earlier part is only summed up goes on as if it were whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.answers import TURNS_RECALLED
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Did, Event, LoopChanged, Remembered, Reset, Said, SlotChanged
from bot.dialogue.memory import Judge, judged_in_context
from bot.dialogue.names import CHECK_FORM, IN_TREATMENT, REQUESTED_SLOT, TELL_PROVIDER
from bot.dialogue.remembering import KEPT_TURNS, MOST_TURNS, cut_at, remember
from bot.safety.combine import ConversationContext
from bot.safety.verdicts import Assessment, Category
from tests.unit.dialogue.chat import Chat, said
from tests.unit.dialogue.test_promises import LABELS, MESSAGES, SYMPTOM

Begin = Callable[[], Chat]


@pytest.fixture(scope="module")
def begin(request: pytest.FixtureRequest) -> Begin:
    """A function that begins a conversation."""
    known = [request.getfixturevalue(name) for name in ("world", "offers", "buttons")]
    return lambda: Chat(*known)


def shorten(chat: Chat, turns: int = TURNS_RECALLED) -> None:
    """Leave the last turns and a summary of all before, as it is read from a database."""
    said_at = [i for i, event in enumerate(chat.events) if isinstance(event, Said)]
    if len(said_at) > turns:
        cut = said_at[-turns]
        memory = Remembered.from_dict(json.loads(json.dumps(remember(chat.events[:cut]).to_dict())))
        chat.events = [memory, *chat.events[cut:]]


def same_steps(begin: Begin, messages: Sequence[Said]) -> None:
    whole, short = begin(), begin()
    for message in messages:
        whole.hear(message)
        short.hear(message)
        assert short.steps == whole.steps
        shorten(short)
        assert Conversation.of(short.events).owed == Conversation.of(whole.events).owed


@settings(max_examples=150, deadline=None)
@given(st.lists(MESSAGES, min_size=4, max_size=14))
def test_every_step_is_the_same_as_with_all_events(begin: Begin, messages: list[Said]) -> None:
    same_steps(begin, messages)


@pytest.mark.parametrize("label", LABELS)
def test_the_escalation_is_owed_through_a_check_that_outlasts_what_is_kept(
    begin: Begin, label: str
) -> None:
    further = said("and my knee aches", "report_symptom", verdict="symptom")
    same_steps(begin, [SYMPTOM, *[further] * 10, said("...", label), said("stop", "stop")])


def test_an_urgent_sign_told_long_before_the_end_of_a_check_still_counts(begin: Begin) -> None:
    chat = begin()
    chat.hear(said("black stool", "report_symptom", verdict="urgent"))
    for _ in range(10):
        chat.hear(said("and my knee aches", "report_symptom", verdict="symptom"))
        shorten(chat)
    for _ in range(3):
        actions = chat.say("skip", "skip")
        shorten(chat)
    assert "utter_contact_urgent" in actions


def test_what_was_answered_long_ago_is_not_offered_again_as_new(begin: Begin) -> None:
    whole, short = begin(), begin()
    for chat in (whole, short):
        chat.say("what is it?", "metastasis/definition")
        for _ in range(8):
            chat.say("thanks", "thank")
            if chat is short:
                shorten(chat)
    assert short.say("more", "ask_more") == whole.say("more", "ask_more")
    assert short.say("again", "ask_repeat") == whole.say("again", "ask_repeat")


def test_a_finding_of_an_earlier_message_is_remembered_for_the_next_verdict() -> None:
    fever = Said("I feel hot", "report_symptom", verdict=Assessment(findings=("fever",)))
    memory = remember([fever, SlotChanged(REQUESTED_SLOT, IN_TREATMENT)])
    seen: list[tuple[str, ConversationContext]] = []

    def assess(text: str, context: ConversationContext) -> Assessment:
        seen.append((text, context))
        return Assessment(Category.EMERGENCY if context.findings else Category.NONE)

    judge = Judge(assess, "on chemo", {})
    (_, judged) = judged_in_context([memory, said("yes", "affirm")], judge)
    assert isinstance(judged, Said)
    assert judged.verdict.category is Category.EMERGENCY
    context = ConversationContext(("fever",))
    assert {("yes", context), ("on chemo", context)} <= set(seen)


def test_a_restart_forgets_all_but_the_debt() -> None:
    memory = remember([SYMPTOM, LoopChanged(CHECK_FORM), SlotChanged("country", "uk"), Reset()])
    assert memory == Remembered(owed=True)


def test_what_is_remembered_of_nothing_is_nothing() -> None:
    assert remember([]) == Remembered()


def test_a_summary_of_a_summary_is_the_same_summary(begin: Begin) -> None:
    chat = begin()
    for message in (SYMPTOM, said("2 weeks", "inform_symptom_detail"), said("?", "ask_helpline")):
        chat.hear(message)
    memory = remember(chat.events)
    assert remember([memory]) == memory
    assert memory.open_form == CHECK_FORM


def test_the_summary_of_a_conversation_stays_small(begin: Begin) -> None:
    chat = begin()
    for label in LABELS * 20:
        chat.say("what about this?", label)
        shorten(chat)
    assert len(json.dumps(chat.events[0].to_dict())) < 4000  # type: ignore[union-attr]


def turns(number: int) -> list[Event]:
    return [event for _ in range(number) for event in (said("hi", "greet"), Did(TELL_PROVIDER))]


@pytest.mark.parametrize("number", [0, 1, KEPT_TURNS, MOST_TURNS - 1])
def test_a_short_conversation_stays_whole(number: int) -> None:
    assert cut_at([isinstance(event, Said) for event in turns(number)]) == 0


def test_a_long_conversation_is_cut_right_before_a_message() -> None:
    events = turns(MOST_TURNS)
    cut = cut_at([isinstance(event, Said) for event in events])
    assert sum(isinstance(event, Said) for event in events[cut:]) == KEPT_TURNS
    assert isinstance(events[cut], Said)


def test_more_turns_are_kept_than_a_plan_looks_back() -> None:
    assert KEPT_TURNS > TURNS_RECALLED + 1
