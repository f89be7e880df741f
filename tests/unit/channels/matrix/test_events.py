"""What is read in the events of Matrix, and written into them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.matrix.events import Place, answer, called, read, since_invited

ME, ROOT = "@companion:example.org", "$root"
NAMES = (ME, "companion", "Cancer Companion")


def message(body: str = "hello", **content: Any) -> dict[str, Any]:
    """A text message with more in its content."""
    full = {"msgtype": "m.text", "body": body, **content}
    return event("m.room.message", full)


def event(kind: str, content: Any, **more: Any) -> dict[str, Any]:
    """Any event of Ann."""
    return {"type": kind, "event_id": "$1", "sender": "@ann:example.org", "content": content} | more


def test_a_text_is_read_as_it_is() -> None:
    found = read(message("  my **back** hurts\n"))
    assert found and (found.id, found.sender) == ("$1", "@ann:example.org")
    assert (found.text, found.unread, found.thread) == ("  my **back** hurts\n", False, None)


def test_what_somebody_does_in_words_is_read_too() -> None:
    found = read(message("can't breathe", msgtype="m.emote"))
    assert found and (found.text, found.unread) == ("can't breathe", False)


@pytest.mark.parametrize("kind", ["m.image", "m.audio", "m.video", "m.file", "m.location", "x.y"])
def test_a_file_is_not_read_and_neither_is_its_name(kind: str) -> None:
    found = read(message("IMG_001.jpg", msgtype=kind, filename="IMG_001.jpg"))
    assert found and (found.text, found.unread) == ("", True)


def test_what_is_written_under_an_image_is_read() -> None:
    found = read(message("it bleeds and will not stop", msgtype="m.image", filename="a.jpg"))
    assert found and (found.text, found.unread) == ("it bleeds and will not stop", True)


@pytest.mark.parametrize("kind", ["m.sticker", "m.reaction", "m.poll.start", "m.call.invite"])
def test_what_is_no_message_is_not_read(kind: str) -> None:
    found = read(event(kind, {"body": "a smile"}))
    assert found and (found.text, found.unread) == ("", True)


def test_a_corrected_message_is_not_read() -> None:
    new = {"msgtype": "m.text", "body": "new"}
    relation = {"rel_type": "m.replace", "event_id": "$0"}
    found = read(message("* new", **{"m.new_content": new, "m.relates_to": relation}))
    assert found and (found.text, found.unread) == ("", True)


def test_an_encrypted_message_is_told_apart() -> None:
    found = read(event("m.room.encrypted", {"ciphertext": "x"}))
    assert found and found.encrypted


@pytest.mark.parametrize(
    "ignored",
    [
        message(msgtype="m.notice"),
        event("m.room.message", {}),
        event("m.room.redaction", {"redacts": "$0"}),
        event("m.room.topic", {"topic": "x"}, state_key=""),
        event("m.poll.response", {}),
    ],
    ids=["notice", "taken back", "redaction", "topic", "vote"],
)
def test_what_asks_for_no_answer_is_left_out(ignored: dict[str, Any]) -> None:
    assert read(ignored) is None


def test_a_thread_and_a_reply_are_recognised() -> None:
    relation = {"rel_type": "m.thread", "event_id": ROOT, "m.in_reply_to": {"event_id": "$2"}}
    found = read(message(**{"m.relates_to": relation}))
    assert found and (found.thread, found.answers) == (ROOT, "$2")


REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$2"}}}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("> <@companion:example.org> How long?\n> 1. Days\n\na week", "a week"),
        ("> * <@companion:example.org> waves\n\nhello", "hello"),
        ("> 3 weeks", "> 3 weeks"),
        ("a week\n> <@x:y> no quote", "a week\n> <@x:y> no quote"),
    ],
)
def test_the_quote_before_a_reply_is_left_out_and_nothing_else(body: str, text: str) -> None:
    found = read(message(body, **REPLY))
    assert found and found.text == text
    unrelated = read(message(body))
    assert unrelated and unrelated.text == body


def test_mentions_are_found_in_the_list_and_in_links() -> None:
    link = '<a href="https://matrix.to/#/%40companion%3Aexample.org">x</a>'
    found = read(message(formatted_body=link, **{"m.mentions": {"user_ids": ["@ben:x"]}}))
    assert found and found.mentions == {ME, "@ben:x"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Companion: hello", "hello"),
        ("@companion, hello", "hello"),
        ("cancer companion hello", "hello"),
        ("@companion:example.org: hello", "hello"),
        (" Companion", ""),
        ("companionship is hard", None),
        ("hello Companion", None),
        ("", None),
    ],
)
def test_who_begins_with_the_name_speaks_to_the_assistant(text: str, rest: str | None) -> None:
    assert called(text, NAMES) == rest


def membership(user: str, now: str, before: str | None = None) -> dict[str, Any]:
    unsigned = {"prev_content": {"membership": before}} if before else {}
    return event("m.room.member", {"membership": now}, state_key=user, unsigned=unsigned)


def test_what_was_said_before_the_invitation_was_not_said_to_the_assistant() -> None:
    early, late = message("early"), message("late")
    invited, joined = membership(ME, "invite"), membership(ME, "join", "invite")
    assert since_invited([early, invited, late, joined, late], ME) == [late, joined, late]


def test_who_joins_without_an_invitation_begins_there() -> None:
    early, late = message("early"), message("late")
    assert since_invited([early, membership(ME, "join"), late], ME) == [late]
    assert since_invited([early, membership(ME, "join", "leave"), late], ME) == [late]


def test_a_new_name_of_the_assistant_or_a_guest_hides_nothing() -> None:
    events = [message(), membership(ME, "join", "join"), membership("@ben:x", "invite"), message()]
    assert since_invited(events, ME) == events


def test_an_answer_is_a_plain_notice() -> None:
    assert answer("<b>x</b>", None) == {"msgtype": "m.notice", "body": "<b>x</b>", "m.mentions": {}}


def test_an_answer_in_a_thread_names_it() -> None:
    relation = answer("x", ROOT)["m.relates_to"]
    assert (relation["rel_type"], relation["event_id"]) == ("m.thread", ROOT)


@pytest.mark.parametrize("place", [Place("!room"), Place("!room", ROOT), Place("!room", "a b")])
def test_an_address_leads_back_to_its_place(place: Place) -> None:
    assert Place.of(place.address) == place


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
FIELDS = ["msgtype", "body", "filename", "formatted_body", "m.relates_to", "m.mentions"]


@given(
    st.sampled_from(["m.room.message", "m.room.encrypted", "m.room.member", "m.sticker"]) | JSON,
    JSON | st.dictionaries(st.sampled_from(FIELDS), JSON),
)
def test_whatever_an_event_holds_it_is_read_or_left_out(kind: Any, content: Any) -> None:
    found = read(event(json.loads(json.dumps(kind)), content))
    assert found is None or isinstance(found.text, str)
    assert since_invited([event(kind, content, state_key=ME, unsigned=content)], ME) is not None
