"""Taking in: once each, in order, each conversation by itself, and nothing that identifies."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.reception import Reception
from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.settings import Limits
from bot.channels.messaging.shaping import Piece, Shaper
from bot.channels.pace import Limit, Pace
from bot.dialogue.conversation import ANSWERS_CRISIS

ADDRESS, WORDS = "+12025550123", "my elbow has been aching"


@dataclass
class House:
    """A reception with an assistant behind it that says each text back, and who gets what."""

    heard: list[UserMessage] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    handling: int = 0
    most_at_once: int = 0
    failing: Exception | None = None
    answers_with: str = "utter_greet"
    refuses: str = ""

    def reception(self, key: bytes = b"k" * 32) -> Reception:
        shaper = Shaper.load(Limits(text=1000, buttons=3, title=20))
        pace = Pace(Limit(2, 60.0))
        return Reception("pigeon", self.handle, shaper, self.send, key, "text only", pace)

    async def handle(self, message: UserMessage) -> None:
        self.handling += 1
        self.most_at_once = max(self.most_at_once, self.handling)
        await asyncio.sleep(0)
        self.heard.append(message)
        if self.failing:
            raise self.failing
        response = {"text": f"you said {message.text}", "utter_action": self.answers_with}
        await message.output_channel.send_response(message.sender_id, response)
        self.handling -= 1

    async def send(self, address: str, piece: Piece) -> None:
        if piece.text == self.refuses:
            raise SendingError(ADDRESS, again=False)
        self.sent.append((address, piece.text))

    @property
    def texts(self) -> list[str | None]:
        return [message.text for message in self.heard]


@pytest.fixture
def house() -> House:
    return House()


def delivery(id: str = "1", text: str = WORDS, **changed: Any) -> Delivery:
    return Delivery(**{"id": id, "address": ADDRESS, "person": "Ann", "text": text, **changed})


async def taken(reception: Reception, *deliveries: Delivery) -> None:
    reception.take(deliveries)
    await reception.finish()


async def test_a_message_is_handled_and_answered_where_it_came_from(house: House) -> None:
    await taken(house.reception(), delivery())
    assert house.texts == [WORDS]
    assert house.sent == [(ADDRESS, f"you said {WORDS}")]
    assert house.heard[0].input_channel == "pigeon"


async def test_taking_in_does_not_wait_for_the_answer(house: House) -> None:
    reception = house.reception()
    reception.take([delivery()])
    assert house.heard == []
    await reception.finish()
    assert len(house.heard) == 1


async def test_what_comes_again_is_handled_once_even_while_it_is_being_answered(
    house: House,
) -> None:
    reception = house.reception()
    reception.take([delivery(), delivery()])
    await taken(reception, delivery())
    await taken(reception, delivery())
    assert len(house.heard) == 1


async def test_messages_of_one_person_are_answered_one_after_the_other(house: House) -> None:
    await taken(house.reception(), *[delivery(str(n), f"message {n}") for n in range(9)])
    assert house.texts == [f"message {n}" for n in range(9)]
    assert house.most_at_once == 1


async def test_nobody_waits_for_another_person(house: House) -> None:
    people = [delivery(str(n), person=f"person {n}") for n in range(4)]
    await taken(house.reception(), *people)
    assert house.most_at_once == 4


async def test_the_conversation_is_the_same_each_time_and_tells_nothing(house: House) -> None:
    await taken(house.reception(), delivery("1"), delivery("2"))
    first, second = (message.sender_id for message in house.heard)
    assert first == second
    assert len(first) == 32
    assert not {"Ann", ADDRESS} & {first, str(house.heard[0].metadata)}


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        (delivery(), delivery(person="Ben")),
        (delivery(), delivery(address="+1")),
        (delivery(address="a", person="bc"), delivery(address="ab", person="c")),
    ],
)
def test_each_person_at_each_address_has_a_conversation(
    house: House, mine: Delivery, other: Delivery
) -> None:
    reception = house.reception()
    assert reception.conversation_of(mine) != reception.conversation_of(other)


def test_with_another_key_a_person_has_another_conversation(house: House) -> None:
    mine, other = house.reception(), house.reception(b"x" * 32)
    assert mine.conversation_of(delivery()) != other.conversation_of(delivery())


async def test_what_is_not_text_gets_the_reply_and_goes_no_further(house: House) -> None:
    await taken(house.reception(), delivery(text="", unread=True))
    assert (house.heard, house.sent) == ([], [(ADDRESS, "text only")])


async def test_words_beside_what_is_not_text_are_answered_first(house: House) -> None:
    await taken(house.reception(), delivery(unread=True))
    assert [text for _, text in house.sent] == [f"you said {WORDS}", "text only"]


@pytest.mark.parametrize("response", ["utter_emergency", *sorted(ANSWERS_CRISIS)])
async def test_nothing_distracts_from_the_answer_to_an_emergency_or_a_crisis(
    house: House, response: str
) -> None:
    house.answers_with = response
    await taken(house.reception(), delivery(unread=True))
    assert [text for _, text in house.sent] == [f"you said {WORDS}"]


async def test_words_are_answered_even_if_the_reply_to_what_is_beside_them_is_refused(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.refuses = "text only"
    with caplog.at_level(logging.INFO):
        await taken(house.reception(), delivery(unread=True))
    assert [text for _, text in house.sent] == [f"you said {WORDS}"]
    assert "pigeon: that text only is read was not said (SendingError)" in caplog.text
    assert WORDS not in caplog.text and ADDRESS not in caplog.text


async def test_who_sends_many_images_is_told_a_few_times_only(house: House) -> None:
    await taken(house.reception(), *[delivery(str(n), "", unread=True) for n in range(9)])
    assert len(house.sent) == 2


async def test_an_empty_message_reaches_the_guard_which_answers_it(house: House) -> None:
    await taken(house.reception(), delivery(text=""))
    assert house.texts == [""]


async def test_a_failure_is_logged_without_words_or_address_and_the_next_is_answered(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    reception = house.reception()
    house.failing = ZeroDivisionError(f"{WORDS} {ADDRESS}")
    with caplog.at_level(logging.INFO):
        await taken(reception, delivery("1"))
    assert "pigeon: an answer was not sent (ZeroDivisionError)" in caplog.text
    assert WORDS not in caplog.text and ADDRESS not in caplog.text
    house.failing = None
    await taken(reception, delivery("2", "and now?"))
    assert [text for _, text in house.sent] == ["you said and now?"]


async def test_nothing_is_kept_of_conversations_that_are_quiet(house: House) -> None:
    reception = house.reception()
    await taken(reception, *[delivery(str(n), person=str(n)) for n in range(5)])
    assert not (reception._order or reception._waiting or reception._turns)
