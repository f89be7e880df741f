"""What Messenger delivers, read as words or as what cannot be read; and what is sent to it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.shaping import Piece
from bot.channels.messenger_events import ANSWERABLE_SECONDS, deliveries, message_form

NOW = 1_458_692_752.478
ANN, PAGE = "1008372609250235", "682498302938465"
BETWEEN = {"sender": {"id": ANN}, "recipient": {"id": PAGE}, "timestamp": 1_458_692_752_478}


def read(*events: dict[str, Any], now: float = NOW, **more: Any) -> list[Delivery]:
    messaging = [{**BETWEEN, **event} for event in events]
    entry = {"id": PAGE, "time": 1_458_692_752_478, "messaging": messaging}
    return list(deliveries({"object": "page", "entry": [entry], **more}, now))


def said(text: str = "hello", **more: Any) -> dict[str, Any]:
    return {"message": {"mid": "m_1", "text": text, **more}}


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return {"message": {"mid": "m_1", "attachments": [{"type": kind, "payload": payload}]}}


def test_a_message_is_read() -> None:
    assert read(said()) == [Delivery("m_1", ANN, ANN, "hello")]


def test_all_events_of_a_notification_are_read_in_their_order() -> None:
    second = {"message": {"mid": "m_2", "text": "again"}}
    assert [delivery.text for delivery in read(said(), second)] == ["hello", "again"]


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"text": "no id"}},
        {"message": {"mid": ["m_3"], "text": "hello"}},
        {"message": {"mid": "m_3", "text": {"a": 1}}},
        {"message": {"mid": "m_3", "attachments": [{}]}},
        {"message": "hello"},
        {"message_edit": {"mid": "m_3"}},
        {"reaction": {"mid": "m_3"}},
        {"postback": {"mid": "m_3"}},
        {**said(), "sender": ANN},
        {**said(), "sender": {"id": {"a": 1}}},
        {**said(), "timestamp": "a moment ago"},
        {**said(), "timestamp": 10**400},
    ],
)
def test_an_event_of_another_form_keeps_no_other_from_being_read(
    broken: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    second = {"message": {"mid": "m_2", "text": "again"}}
    assert [delivery.text for delivery in read(said(), broken, second)] == ["hello", "again"]
    assert "messenger: an event was not understood" in caplog.text
    assert ANN not in caplog.text


@pytest.mark.parametrize("broken", ["entry", {"messaging": 5}, {"messaging": [5, None]}])
def test_an_entry_of_another_form_keeps_no_other_from_being_read(broken: object) -> None:
    entry = {"messaging": [{**BETWEEN, **said()}]}
    assert [delivery.text for delivery in read(entry=[broken, entry])] == ["hello"]


def test_a_quick_reply_says_the_words_that_it_stands_for() -> None:
    [delivery] = read(said("Yes", quick_reply={"payload": "Yes, please"}))
    assert (delivery.text, delivery.unread) == ("Yes, please", False)


@pytest.mark.parametrize(
    ("postback", "text"),
    [
        ({"mid": "m_3", "title": "Get started", "payload": "Hello"}, "Hello"),
        ({"mid": "m_3", "title": "Get started"}, "Get started"),
    ],
)
def test_a_postback_says_its_payload_or_else_its_title(postback: dict[str, str], text: str) -> None:
    assert read({"postback": postback}) == [Delivery("m_3", ANN, ANN, text)]


def test_a_postback_without_an_id_is_known_by_its_time() -> None:
    [delivery] = read({"postback": {"title": "Get started", "payload": "Hello"}})
    assert delivery.id == f"{ANN}:1458692752478"


@pytest.mark.parametrize(
    "event",
    [
        attached("audio", url="https://cdn.example.com/a"),
        attached("image", url="https://cdn.example.com/a", sticker_id=369239263222822),
        attached("location", coordinates={"lat": 51.5, "long": -0.1}),
        attached("fallback", url="https://example.com"),
        {"message": {"mid": "m_1", "is_unsupported": True}},
        {"reaction": {"reaction": "love", "emoji": "❤️", "action": "react", "mid": "m_1"}},
        {"message_edit": {"mid": "m_1", "text": "something else", "num_edit": 2}},
    ],
)
def test_what_is_not_text_is_unread_and_carries_no_words(event: dict[str, Any]) -> None:
    [delivery] = read(event)
    assert (delivery.unread, delivery.text, delivery.person) == (True, "", ANN)


def test_an_edit_and_a_reaction_are_not_taken_for_the_message_that_they_concern() -> None:
    edit = {"message_edit": {"mid": "m_1", "text": "something else", "num_edit": 1}}
    reaction = {"reaction": {"reaction": "love", "action": "react", "mid": "m_1"}}
    assert len({delivery.id for delivery in read(said(), edit, reaction)}) == 3


def test_the_words_with_an_image_are_read() -> None:
    [delivery] = read(said("what is this?", attachments=[{"type": "image", "payload": {}}]))
    assert (delivery.unread, delivery.text) == (True, "what is this?")


def test_the_preview_of_a_link_does_not_make_a_message_unreadable() -> None:
    [delivery] = read(said("https://example.com", attachments=[{"type": "fallback"}]))
    assert (delivery.unread, delivery.text) == (False, "https://example.com")


@pytest.mark.parametrize(
    "event",
    [
        said(is_echo=True, app_id=1517776481860111),
        {"message": {"mid": "m_1", "is_deleted": True}},
        {"delivery": {"mids": ["m_1"], "watermark": 1458668856253}},
        {"read": {"watermark": 1458668856253}},
        {"reaction": {"action": "unreact", "mid": "m_1"}},
        {"optin": {"ref": "a"}},
        {"referral": {"ref": "a", "source": "SHORTLINK", "type": "OPEN_THREAD"}},
        {"pass_thread_control": {"new_owner_app_id": "1"}},
        {**said(), "sender": {"user_ref": "a"}},
        {**said(), "sender": {}},
    ],
)
def test_echoes_receipts_and_other_events_are_left_alone(event: dict[str, Any]) -> None:
    assert read(event) == []


def test_what_another_app_answers_and_what_is_no_message_is_left_alone() -> None:
    entries = [{"id": PAGE, "standby": [{**BETWEEN, **said()}]}, {"id": PAGE, "changes": []}]
    assert read(entry=entries) == []
    assert read(said(), object="instagram") == []


def test_what_is_a_day_old_may_not_be_answered() -> None:
    assert read(said(), now=NOW + ANSWERABLE_SECONDS - 1) != []
    assert read(said(), now=NOW + ANSWERABLE_SECONDS + 1) == []


def test_a_message_answers_and_offers_its_choices_as_quick_replies() -> None:
    form = message_form(ANN, Piece("Which? 💔", ("Yes", "No")))
    assert form["messaging_type"] == "RESPONSE"
    assert json.loads(form["recipient"]) == {"id": ANN}
    sent = json.loads(form["message"])
    assert sent["text"] == "Which? 💔"
    assert [reply["payload"] for reply in sent["quick_replies"]] == ["Yes", "No"]


def test_a_message_without_choices_has_no_quick_replies() -> None:
    assert json.loads(message_form(ANN, Piece("Hello."))["message"]) == {"text": "Hello."}
