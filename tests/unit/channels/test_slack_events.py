"""What Slack delivers, read as words or as what cannot be read; and what is sent to it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.shaping import Piece
from bot.channels.slack_events import event_delivery, message, plain, press_delivery
from tests.channels.payloads import slack as payloads

ANN, ALONE = "U061F7AUR", "D024BE91L"
THREAD = "1515449522.000016"


def read(event: dict[str, Any]) -> Delivery | None:
    return event_delivery(json.loads(payloads.envelope(event, "Ev1")))


def said(text: str = "hello", **more: Any) -> Delivery | None:
    return read({**payloads.message(ANN, ALONE, text), **more})


def test_a_message_alone_with_the_assistant_is_read() -> None:
    assert said() == Delivery("Ev1", ALONE, ANN, "hello", place=ALONE)


def test_a_message_in_a_thread_is_answered_there_and_belongs_to_the_same_conversation() -> None:
    assert said(thread_ts=THREAD) == Delivery("Ev1", f"{ALONE}/{THREAD}", ANN, "hello", place=ALONE)


def test_a_mention_is_answered_in_a_thread_of_its_own() -> None:
    event = payloads.mention(ANN, "hello", ts=THREAD)
    address = f"{payloads.GROUP}/{THREAD}"
    assert read(event) == Delivery("Ev1", address, ANN, "hello", place=address)


def test_a_mention_inside_a_thread_is_answered_in_that_thread() -> None:
    delivery = read(payloads.mention(ANN, "hello", thread_ts=THREAD))
    assert delivery is not None and delivery.address == f"{payloads.GROUP}/{THREAD}"


def test_a_mention_without_words_is_an_empty_message() -> None:
    delivery = read(payloads.mention(ANN, ""))
    assert delivery is not None and (delivery.text, delivery.unread) == ("", False)


@pytest.mark.parametrize(
    "changed",
    [
        {"bot_id": "B1"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "message_replied", "hidden": True},
        {"hidden": True},
        {"channel_type": "channel"},
        {"channel_type": "group"},
        {"channel_type": "mpim"},
        {"type": "team_join"},
        {"user": None},
    ],
)
def test_bots_notices_and_what_others_say_to_each_other_are_left_alone(
    changed: dict[str, Any],
) -> None:
    assert said(**changed) is None


@pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast"])
def test_every_way_of_writing_is_read(subtype: str) -> None:
    delivery = said(subtype=subtype)
    assert delivery is not None and delivery.text == "hello"


@pytest.mark.parametrize(
    "event",
    [
        payloads.file(ANN, ALONE, "image/png"),
        payloads.file(ANN, ALONE, "audio/webm", subtype="slack_audio"),
        payloads.message(ANN, ALONE, "", attachments=[{"is_share": True}]),
        payloads.reaction(ANN, ALONE),
        payloads.edit(ANN, ALONE, "something else"),
    ],
)
def test_what_is_not_text_is_unread_and_carries_no_words(event: dict[str, Any]) -> None:
    delivery = read(event)
    assert delivery is not None
    assert (delivery.unread, delivery.text, delivery.address) == (True, "", ALONE)


def test_the_words_with_a_file_are_read() -> None:
    delivery = read(payloads.file(ANN, ALONE, "image/png", "what is this?"))
    assert delivery is not None
    assert (delivery.unread, delivery.text) == (True, "what is this?")


def test_a_mention_that_was_edited_is_unread() -> None:
    edited = {"user": ANN, "ts": THREAD}
    delivery = read(payloads.mention(ANN, "hello", edited=edited))
    assert delivery is not None and (delivery.unread, delivery.text) == (True, "")


def test_a_preview_that_slack_adds_to_a_link_is_no_edit() -> None:
    event = payloads.edit(ANN, ALONE, "hello")
    edited_before = {**event["previous_message"], "edited": event["message"]["edited"]}
    assert read({**event, "previous_message": edited_before}) is None
    del event["message"]["edited"]
    assert read(event) is None


def test_a_change_of_the_assistants_own_message_is_left_alone() -> None:
    event = payloads.edit(payloads.BOT, ALONE, "hello")
    event["message"]["bot_id"] = "B1"
    assert read(event) is None


def test_a_reaction_in_a_channel_speaks_to_nobody() -> None:
    assert read(payloads.reaction(ANN, payloads.GROUP)) is None


def test_what_is_no_event_is_left_alone() -> None:
    assert event_delivery({"type": "url_verification", "challenge": "3eZbrw1a"}) is None
    assert event_delivery({"type": "app_rate_limited"}) is None


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (f"<@{payloads.BOT}> hello", "hello"),
        (f"hello <@{payloads.BOT}|companion>", "hello"),
        ("less than 5 &lt; 6 &amp; &amp;lt;", "less than 5 < 6 & &lt;"),
        ("see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"),
        ("see <https://example.org|this page>", "see this page"),
        ("<mailto:ann@example.org>", "ann@example.org"),
        ("in <#C123|general> for <!here> and <!subteam^S1|@nurses>", "in general for  and @nurses"),
        ("lost in <#C123>", "lost in"),
        ("naïve Ω ж 肩 💔", "naïve Ω ж 肩 💔"),
    ],
)
def test_words_are_read_without_markup(written: str, read_as: str) -> None:
    assert plain(written) == read_as


def pressed(channel: str = ALONE, **more: Any) -> dict[str, Any]:
    sent = message(f"{channel}/{more['thread_ts']}" if more else channel, Piece("?", ("A", "B")))
    posted = {**sent, "blocks": [block.to_dict() for block in sent["blocks"]], "ts": "1.2", **more}
    payload: dict[str, Any] = json.loads(
        parse_qs(payloads.press(ANN, "ann", "B", posted))["payload"][0]
    )
    return payload


def test_a_pressed_button_says_its_words() -> None:
    delivery = press_delivery(pressed())
    assert delivery is not None
    assert (delivery.text, delivery.address, delivery.person) == ("B", ALONE, ANN)
    assert delivery.place == ALONE and not delivery.unread


def test_a_button_under_an_answer_in_a_thread_is_answered_in_that_thread() -> None:
    delivery = press_delivery(pressed(payloads.GROUP, thread_ts=THREAD))
    assert delivery is not None
    assert delivery.address == delivery.place == f"{payloads.GROUP}/{THREAD}"


def test_each_press_of_a_button_is_a_message_of_its_own() -> None:
    first, second = press_delivery(pressed()), press_delivery(pressed())
    assert first is not None and second is not None
    assert first.id != second.id


@pytest.mark.parametrize("changed", [{"type": "view_submission"}, {"actions": []}])
def test_other_interactions_are_left_alone(changed: dict[str, Any]) -> None:
    assert press_delivery({**pressed(), **changed}) is None


def test_a_message_is_plain_and_whole_and_shows_no_previews() -> None:
    sent = message(ALONE, Piece("1 < 2 & <!channel> *not bold*"))
    [section] = (block.to_dict() for block in sent["blocks"])
    assert section["text"]["type"] == "plain_text" and section["expand"] is True
    assert section["text"]["text"] == "1 < 2 & <!channel> *not bold*"
    assert sent["text"] == "1 &lt; 2 &amp; &lt;!channel&gt; *not bold*"
    assert (sent["mrkdwn"], sent["unfurl_links"], sent["unfurl_media"]) == (False, False, False)
    assert sent["thread_ts"] is None


def test_choices_are_buttons_that_stand_for_their_words() -> None:
    sent = message(f"{ALONE}/{THREAD}", Piece("Which?", ("Yes", "No")))
    _, actions = (block.to_dict() for block in sent["blocks"])
    assert [button["value"] for button in actions["elements"]] == ["Yes", "No"]
    assert (sent["channel"], sent["thread_ts"]) == (ALONE, THREAD)
