"""What Telegram alone has: commands of its own, groups where several people talk, topics."""

from __future__ import annotations

import pytest

from tests.channels.counterparts.telegram import TelegramCounterpart
from tests.channels.test_promises import ANSWERS, SYMPTOM
from tests.channels.wordings import (
    EMERGENCY,
    ESCALATION,
    GREETING,
    everything,
    is_response,
)

pytestmark = [
    pytest.mark.model,
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
]


@pytest.mark.parametrize(
    ("command", "response"),
    [
        ("/start", GREETING),
        ("/start from_the_clinic", GREETING),
        ("/help", "utter_capabilities"),
        ("/privacy", "utter_privacy"),
    ],
)
async def test_a_command_is_answered_like_its_plain_words(
    platform: TelegramCounterpart, command: str, response: str
) -> None:
    [shown] = await platform.say("Ann", command)
    assert is_response(shown, response)


@pytest.mark.parametrize("command", ["/start", "/help", "/privacy", "/stop"])
async def test_what_follows_a_command_is_not_lost(
    platform: TelegramCounterpart, command: str
) -> None:
    shown = await platform.say("Ann", f"{command} i can't breathe")
    assert is_response(shown[0], EMERGENCY)
    assert is_response(shown[-1], ESCALATION)


async def test_a_command_inside_the_check_does_not_lose_it(platform: TelegramCounterpart) -> None:
    await platform.say("Ann", SYMPTOM)
    await platform.say("Ann", "/start")
    for words in ANSWERS:
        shown = await platform.say("Ann", words)
    assert is_response(shown[-1], ESCALATION)


async def test_each_person_of_a_group_has_a_conversation_of_their_own(
    platform: TelegramCounterpart,
) -> None:
    await platform.say_in_group("Ann", SYMPTOM, addressed=True)
    [shown] = await platform.say_in_group("Ben", "hello", addressed=True)
    assert is_response(shown, GREETING)
    for words in ANSWERS:
        shown_last = await platform.say_in_group("Ann", words, addressed=True)
    assert is_response(shown_last[-1], ESCALATION)


async def test_what_is_said_in_a_group_is_unknown_in_the_chat_of_two(
    platform: TelegramCounterpart,
) -> None:
    await platform.say_in_group("Ann", SYMPTOM, addressed=True)
    shown = await platform.say("Ann", ANSWERS[0])
    assert ANSWERS[0] not in everything(shown)
    assert shown[-1].buttons == ()
