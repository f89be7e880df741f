"""What a platform refuses leaves the turn whole, and an escalation that nobody heard stays owed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage

from bot.channels import counting
from bot.channels.counting import CountingOutput
from bot.channels.guard import guarded
from bot.channels.messaging.sending import SendingError
from bot.dialogue.channel_replies import Replies
from bot.dialogue.names import TELL_PROVIDER

REPLIES = Replies.load()
CALM, GREETING, ASKED = "the calm reply", "utter_greet", "utter_ask_symptom_duration"
HEARD, EMERGENCY, CRISIS = "utter_symptom_heard", "utter_emergency", "utter_crisis_explicit"
WHOLE = [EMERGENCY, TELL_PROVIDER]


class Platform(OutputChannel):
    """Shows what it is given by its name, unless it refuses it."""

    def __init__(self, refuses: Sequence[str], error: Exception) -> None:
        self._refuses = refuses
        self._error = error
        self.shown: list[str] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self._show(str(message["utter_action"]))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        assert text == REPLIES.trouble
        self._show(CALM)

    def _show(self, name: str) -> None:
        if name in self._refuses:
            raise self._error
        self.shown.append(name)


class House:
    """An assistant behind the guard that is told what to utter, and saves each turn in the end."""

    def __init__(self) -> None:
        self.saved = 0
        self._utters: Sequence[str] = ()
        self._guarded = guarded(self._handle, REPLIES)

    async def _handle(self, message: UserMessage) -> None:
        for name in self._utters:
            response = {"text": "...", "utter_action": name}
            await message.output_channel.send_response(message.sender_id, response)
        self.saved += 1

    async def shows(
        self,
        *utters: str,
        refuses: Sequence[str] = (),
        sender: str = "Ann",
        error: Exception | None = None,
    ) -> list[str]:
        """What a person is shown of a turn."""
        platform = Platform(refuses, error or SendingError("status 400", again=False))
        self._utters = utters
        await self._guarded(UserMessage("...", platform, sender))
        return platform.shown

    async def is_down(self, *utters: str, sender: str = "Ann") -> None:
        """The platform refuses a whole turn, and the calm reply as well."""
        with pytest.raises(SendingError):
            await self.shows(*utters, refuses=[*utters, CALM], sender=sender)


@pytest.mark.parametrize("error", [SendingError("status 400"), ZeroDivisionError("Ann")])
async def test_a_turn_is_saved_although_a_response_of_it_is_refused(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    house = House()
    with caplog.at_level(logging.INFO):
        await house.shows(HEARD, ASKED, refuses=[ASKED], error=error)
    assert house.saved == 1
    assert f"A response was not sent ({type(error).__name__})." in caplog.text
    assert "Ann" not in caplog.text


@pytest.mark.parametrize(
    ("utters", "refuses", "shown"),
    [
        ([GREETING, "utter_faq"], GREETING, [CALM]),
        ([GREETING, "utter_faq"], "utter_faq", [GREETING]),
        ([HEARD, ASKED], HEARD, [CALM]),
        ([HEARD, ASKED], ASKED, [HEARD, CALM]),
        (WHOLE, EMERGENCY, [CALM]),
        (WHOLE, TELL_PROVIDER, [EMERGENCY, CALM]),
        ([GREETING, *WHOLE], EMERGENCY, [GREETING, CALM]),
        (["utter_check_stopped", TELL_PROVIDER], TELL_PROVIDER, ["utter_check_stopped", CALM]),
        ([HEARD, TELL_PROVIDER, "utter_faq"], "utter_faq", [HEARD, TELL_PROVIDER]),
    ],
)
async def test_nothing_follows_what_is_refused_but_the_calm_reply_where_it_is_owed(
    utters: list[str], refuses: str, shown: list[str]
) -> None:
    assert await House().shows(*utters, refuses=[refuses]) == shown


async def test_an_escalation_that_nobody_heard_follows_the_next_answer_once() -> None:
    house = House()
    await house.is_down(*WHOLE)
    assert await house.shows(GREETING, sender="Ben") == [GREETING]
    assert await house.shows(GREETING) == [GREETING, CALM]
    assert await house.shows(GREETING) == [GREETING]


async def test_an_answer_that_nobody_heard_is_no_escalation() -> None:
    house = House()
    await house.is_down(GREETING)
    assert await house.shows(GREETING) == [GREETING]


@pytest.mark.parametrize("utters", [WHOLE, [ASKED]])
async def test_who_hears_of_the_escalation_anyway_hears_of_it_once(utters: list[str]) -> None:
    house = House()
    await house.is_down(*WHOLE)
    assert await house.shows(*utters) == utters
    assert await house.shows(GREETING) == [GREETING]


async def test_in_a_crisis_the_escalation_waits_until_after_it() -> None:
    house = House()
    await house.is_down(*WHOLE)
    assert await house.shows(CRISIS) == [CRISIS]
    assert await house.shows(GREETING) == [GREETING, CALM]


async def test_of_too_many_escalations_that_nobody_heard_the_oldest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "MOST_OWED", 2)
    house = House()
    for sender in ("Ann", "Ben", "Cem"):
        await house.is_down(*WHOLE, sender=sender)
    assert await house.shows(GREETING, sender="Ann") == [GREETING]
    assert await house.shows(GREETING, sender="Cem") == [GREETING, CALM]


async def test_the_output_passes_on_the_name_and_the_messages_of_its_channel() -> None:
    output = CountingOutput(CollectingOutputChannel())
    await output.send_text_message("someone", "hello")
    assert output.name() == "collector"
    assert output.messages == [{"recipient_id": "someone", "text": "hello"}]
    assert output.sent == 1


async def test_buttons_go_out_with_their_response() -> None:
    output = CountingOutput(CollectingOutputChannel())
    buttons = [{"title": "Yes", "payload": "Yes"}]
    response = {"text": "Well?", "buttons": buttons, "utter_action": "utter_ask"}
    await output.send_response("someone", response)
    assert output.messages[0]["buttons"] == buttons
