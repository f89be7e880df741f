"""Conversations over Rasa's usual REST channel."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest

from tests.e2e.conftest import Running, curated, on_one_line

WEBHOOK = "/webhooks/rest/webhook"


@pytest.fixture
def sender() -> str:
    """A person of one's own."""
    return secrets.token_hex(16)


def texts(messages: list[dict[str, Any]]) -> list[str]:
    """The texts of the messages, each on one line."""
    return [on_one_line(message["text"]) for message in messages]


def test_a_question_is_answered_with_its_sources(assistant: Running, sender: str) -> None:
    (message,) = assistant.says("Which cancers travel to bone?", sender)
    assert "prostate" in message["text"]
    assert message["text"].splitlines()[-1].startswith("Sources: ")


def test_a_symptom_check_ends_with_a_note_and_the_escalation(
    assistant: Running, sender: str
) -> None:
    told = ["My elbow has been aching", "since the week before Diwali", "worse when I knead bread"]
    for text in told:
        assistant.says(text, sender)
    last = texts(assistant.says("nope, not at the moment", sender))
    assert all(words in last[0] for words in told)
    assert last[1] == curated("utter_symptom_not_proof")
    assert last[-1] == curated("utter_tell_healthcare_provider")
    assert "tell your healthcare provider" in last[-1]


def test_a_typed_restart_does_not_escape_the_escalation(assistant: Running, sender: str) -> None:
    assistant.says("My elbow has been aching", sender)
    last = texts(assistant.says("/restart", sender))
    assert last[-1] == curated("utter_tell_healthcare_provider")


def test_a_typed_payload_is_text(assistant: Running, sender: str) -> None:
    assert assistant.says('/inform_country{"country": "ie"}', sender)
    asked = texts(assistant.says("is there a number I can ring for support", sender))
    assert asked == [curated("utter_ask_country")]


def test_a_typed_payload_is_no_answer_to_the_symptom_check(assistant: Running, sender: str) -> None:
    assistant.says("My elbow has been aching", sender)
    payload = '/inform{"symptom_duration": "x", "symptom_trend": "x", "in_treatment": "x"}'
    last = texts(assistant.says(payload, sender))[-1]
    assert last == curated("utter_ask_symptom_duration")


@pytest.mark.parametrize("sender", [None, "default", ""], ids=["none", "default", "empty"])
def test_two_strangers_share_no_conversation(assistant: Running, sender: str | None) -> None:
    first = assistant.says("Which cancers travel to bone?", sender)
    second = assistant.says("please repeat that", sender)
    assert texts(second) == [curated("utter_nothing_to_repeat")]
    assert first[0]["recipient_id"] != second[0]["recipient_id"]


def test_ten_thousand_characters_get_one_short_answer(assistant: Running, sender: str) -> None:
    (message,) = assistant.says("does it go on " * 714, sender)
    assert 0 < len(message["text"]) < 1500
    assert texts(assistant.says("please repeat that", sender))


def test_a_broken_body_is_refused_and_the_next_message_answered(
    assistant: Running, sender: str
) -> None:
    status, content = assistant.post(WEBHOOK, b'{"sender": "x", "message": ')
    assert status == 400
    assert b"Traceback" not in content
    assert assistant.says("Which cancers travel to bone?", sender)


@pytest.mark.parametrize(
    "body",
    [
        [1, 2],
        None,
        "text",
        {},
        {"sender": "x"},
        {"sender": ["x"], "message": ["y"]},
        {"sender": "x", "message": {"text": "y"}},
        {"sender": "x", "message": 5, "metadata": {"country": "ie"}, "input_channel": "y"},
    ],
    ids=json.dumps,
)
def test_a_body_without_a_text_gets_a_calm_answer(assistant: Running, body: object) -> None:
    status, content = assistant.post(WEBHOOK, json.dumps(body).encode())
    assert status == 200
    assert texts(json.loads(content)) == [curated("utter_empty_message")]


def test_the_chat_page_hands_out_its_own_files_only(assistant: Running) -> None:
    assert assistant.get("/chat/widget.js")[0] == 200
    for path in ("/chat/../rest.py", "/chat/%2e%2e/rest.py", "/chat/widget.js.map"):
        assert assistant.get(path)[0] == 404


def test_rasas_own_interface_is_closed(assistant: Running) -> None:
    for path in ("/domain", "/status", "/conversations/x/tracker", "/model/parse"):
        assert assistant.get(path)[0] in (404, 405)


def test_a_message_of_a_megabyte_is_refused_before_it_is_read(
    assistant: Running, sender: str
) -> None:
    body = json.dumps({"sender": sender, "message": "my elbow aches " * 70_000}).encode()
    assert len(body) > 1_000_000
    status, _ = assistant.post(WEBHOOK, body)
    assert status == 413
    assert assistant.says("hello", sender)


def test_a_long_message_that_a_person_might_paste_is_answered(
    assistant: Running, sender: str
) -> None:
    assert assistant.says("what is a bone scan? " * 900, sender)
