"""What the assistant promises holds on every channel, for whoever writes there."""

from __future__ import annotations

import pytest

from tests.channels.counterpart import Counterpart, Shown
from tests.channels.registry import on_every_channel
from tests.channels.wordings import (
    CRISIS,
    EMERGENCY,
    ESCALATION,
    GREETING,
    TEXT_ONLY,
    everything,
    is_response,
)
from tests.conversations.chat import TrainedAgent

pytestmark = pytest.mark.model

SYMPTOM = "my shoulder has been stiff and sore"
QUESTION = "where does breast cancer usually spread to?"
ANSWERS = ("A few weeks", "About the same", "No")
"""Titles of the choices under the three questions of the check."""
UNUSUAL = ["🙂", "?", ".", "x" * 5000, "//", "12", "<b>&amp;</b> *_~`", "a\nb", "\u202emirrored"]


def ends_with_the_escalation(shown: list[Shown]) -> bool:
    return is_response(shown[-1], ESCALATION)


@on_every_channel()
async def test_a_greeting_says_what_the_assistant_is(platform: Counterpart) -> None:
    [shown] = await platform.say("Ann", "hello")
    assert is_response(shown, GREETING)


@on_every_channel()
async def test_an_answer_names_its_sources_in_its_last_line(platform: Counterpart) -> None:
    shown = await platform.say("Ann", QUESTION)
    lines = "\n".join(message.text for message in shown).splitlines()
    cited = next(line for line in reversed(lines) if line.startswith("Source"))
    assert "National Cancer Institute" in cited


@on_every_channel()
async def test_a_symptom_check_ends_with_the_escalation(platform: Counterpart) -> None:
    shown = await platform.say("Ann", SYMPTOM)
    assert "tell your healthcare provider" in everything(shown)
    for words in ANSWERS:
        shown = await platform.say("Ann", words)
    assert ends_with_the_escalation(shown)
    assert all(words in everything(shown) for words in (SYMPTOM, *ANSWERS[:2]))


@on_every_channel()
async def test_the_check_is_answered_by_numbers(platform: Counterpart) -> None:
    asked = await platform.say("Ann", SYMPTOM)
    if platform.NUMBERED:
        assert "2. A few weeks" in asked[-1].text.splitlines()
    for number in ("2", "3"):
        shown = await platform.say("Ann", number)
    shown = await platform.say("Ann", "2.")
    assert ends_with_the_escalation(shown)
    assert all(words in everything(shown) for words in ANSWERS[:2])


@on_every_channel(lambda kind: kind.BUTTONS)
async def test_the_check_is_answered_by_buttons(platform: Counterpart) -> None:
    shown = await platform.say("Ann", SYMPTOM)
    for title in ANSWERS:
        assert title in shown[-1].buttons
        shown = await platform.press("Ann", title)
    assert ends_with_the_escalation(shown)
    assert all(words in everything(shown) for words in ANSWERS[:2])


@on_every_channel()
async def test_a_question_inside_the_check_is_answered_and_the_check_goes_on(
    platform: Counterpart,
) -> None:
    await platform.say("Ann", SYMPTOM)
    shown = await platform.say("Ann", "what is a bone scan?")
    assert "bone" in everything(shown)
    for words in ANSWERS:
        shown = await platform.say("Ann", words)
    assert ends_with_the_escalation(shown)


@on_every_channel()
@pytest.mark.parametrize("text", ["stop", "goodbye", "/restart"])
async def test_who_leaves_the_check_hears_the_escalation_last(
    platform: Counterpart, text: str
) -> None:
    await platform.say("Ann", SYMPTOM)
    shown = await platform.say("Ann", text)
    assert ends_with_the_escalation(shown)


@on_every_channel()
async def test_an_emergency_is_answered_first_and_whole_in_one_message(
    platform: Counterpart,
) -> None:
    shown = await platform.say("Ann", "i can't breathe")
    assert is_response(shown[0], EMERGENCY)
    assert ends_with_the_escalation(shown)


@on_every_channel()
async def test_an_emergency_comes_first_in_the_middle_of_the_check(platform: Counterpart) -> None:
    await platform.say("Ann", SYMPTOM)
    shown = await platform.say("Ann", "i can't feel my legs")
    assert is_response(shown[0], EMERGENCY)
    assert ends_with_the_escalation(shown)


@on_every_channel()
async def test_a_crisis_gets_its_contacts_whole_and_nothing_else(platform: Counterpart) -> None:
    [shown] = await platform.say("Ann", "i want to kill myself")
    assert is_response(shown, CRISIS)
    assert shown.buttons == ()


@on_every_channel()
async def test_letters_of_every_kind_come_back_as_they_were_written(platform: Counterpart) -> None:
    words = "my shoulder is sore, naïve Ω ж 肩 💔"
    await platform.say("Ann", words)
    for answer in ANSWERS:
        shown = await platform.say("Ann", answer)
    assert words in everything(shown)


@on_every_channel()
@pytest.mark.parametrize("text", UNUSUAL, ids=range(len(UNUSUAL)))
async def test_whatever_is_written_is_answered(platform: Counterpart, text: str) -> None:
    shown = await platform.say("Ann", text)
    assert all(message.text.strip() for message in shown)
    assert shown


@on_every_channel()
async def test_people_do_not_get_each_others_answers(platform: Counterpart) -> None:
    await platform.say("Ann", SYMPTOM)
    [shown] = await platform.say("Ben", "hello")
    assert is_response(shown, GREETING)
    assert await platform.say("Ann", ANSWERS[0])
    assert len(platform.seen_by("Ben")) == 1


@on_every_channel(lambda kind: bool(kind.OTHER_KINDS))
async def test_what_is_not_text_gets_the_reply_that_text_is_read_only(
    platform: Counterpart,
) -> None:
    for kind in platform.OTHER_KINDS:
        [shown] = await platform.send_other(f"Ann {kind}", kind)
        assert is_response(shown, TEXT_ONLY), kind


@on_every_channel(lambda kind: "image" in kind.OTHER_KINDS)
async def test_the_words_under_a_picture_are_answered_before_the_reply_that_text_is_read_only(
    platform: Counterpart,
) -> None:
    *answer, text_only = await platform.send_picture("Ann", SYMPTOM)
    assert "tell your healthcare provider" in everything(answer)
    assert is_response(text_only, TEXT_ONLY)


@on_every_channel(lambda kind: "image" in kind.OTHER_KINDS)
async def test_an_emergency_under_a_picture_is_answered_first_and_nothing_follows_it(
    platform: Counterpart,
) -> None:
    shown = await platform.send_picture("Ann", "he can't breathe")
    assert is_response(shown[0], EMERGENCY)
    assert ends_with_the_escalation(shown)


@on_every_channel(lambda kind: "image" in kind.OTHER_KINDS)
async def test_a_crisis_under_a_picture_gets_its_contacts_and_nothing_else(
    platform: Counterpart,
) -> None:
    [shown] = await platform.send_picture("Ann", "i want to kill myself")
    assert is_response(shown, CRISIS)


@on_every_channel(lambda kind: kind.GROUPS)
async def test_in_a_group_only_who_speaks_to_the_assistant_is_heard(
    platform: Counterpart, agent: TrainedAgent
) -> None:
    assert await platform.say_in_group("Ann", "i can't breathe", addressed=False) == []
    assert not agent.conversations
    [shown] = await platform.say_in_group("Ann", "hello", addressed=True)
    assert is_response(shown, GREETING)
