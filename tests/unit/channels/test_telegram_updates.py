"""What Telegram delivers is read as it is documented, and only what is meant for the bot."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.messaging.delivery import Delivery
from bot.channels.telegram_updates import Bot, query_id, read

BOT = Bot(42, "TheBot")
COMMANDS = {"start": "hello", "help": "what can you do?"}
ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}
PRIVATE, GROUP = {"id": 7, "type": "private"}, {"id": -100, "type": "supergroup"}
BOTS_MESSAGE = {"message_id": 1, "from": {"id": 42, "is_bot": True}, "text": "Which?"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 2, "date": 1, "chat": chat, "from": ANN, **content}


def found(bot: Bot = BOT, **update: Any) -> list[Delivery]:
    return read({"update_id": 5, **update}, bot, COMMANDS)


def named(text: str, name: str, kind: str = "mention", **more: Any) -> dict[str, Any]:
    """A text that names somebody, with the place in UTF-16 units."""
    before = text[: text.index(name)].encode("utf-16-le")
    entity = {"type": kind, "offset": len(before) // 2, "length": len(name), **more}
    return {"text": text, "entities": [entity]}


def test_a_text_is_delivered_with_its_chat_and_its_writer() -> None:
    assert found(message=message(text="hello")) == [Delivery("5", "7", "7", "hello")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/start", "hello"),
        ("/START", "hello"),
        ("/start from_the_clinic", "hello"),
        ("/start ward7-poster", "hello"),
        ("/start dying", "hello dying"),
        ("/start chest_pain and sweating", "hello chest_pain and sweating"),
        ("/help", "what can you do?"),
        ("/help I can't breathe", "what can you do? I can't breathe"),
        ("/stop", "/stop"),
        ("/started today", "/started today"),
        ("/restart{}", "/restart{}"),
        ("and/or /start", "and/or /start"),
    ],
)
def test_a_known_command_is_read_as_plain_words_and_nothing_said_after_it_is_lost(
    typed: str, words: str
) -> None:
    assert found(message=message(text=typed))[0].text == words


def test_a_caption_is_text_beside_something_that_is_not_read() -> None:
    [delivery] = found(message=message(photo=[{}], caption="a lump"))
    assert (delivery.text, delivery.unread) == ("a lump", True)


@pytest.mark.parametrize(
    "kind", ["voice", "photo", "sticker", "location", "document", "poll", "what_comes_next_year"]
)
def test_what_is_not_text_is_unread(kind: str) -> None:
    assert found(message=message(**{kind: {}})) == [Delivery("5", "7", "7", "", unread=True)]


@pytest.mark.parametrize("event", ["pinned_message", "message_auto_delete_timer_changed"])
def test_what_was_done_in_a_chat_is_no_message(event: str) -> None:
    assert found(message=message(**{event: {}})) == []


def test_the_pictures_of_an_album_are_one_delivery_and_its_caption_another() -> None:
    picture = message(photo=[{}], media_group_id="9")
    titled = message(photo=[{}], media_group_id="9", caption="my scan")
    first, second = found(message=picture), found(message=picture, update_id=6)
    assert first[0].id == second[0].id
    assert found(message=titled)[0].id == "5"


def test_an_edited_text_is_unread() -> None:
    assert found(edited_message=message(text="no")) == [Delivery("5", "7", "7", "", unread=True)]


def test_a_live_location_that_moves_is_nothing() -> None:
    assert found(edited_message=message(location={})) == []


def reaction(chat: dict[str, Any] = PRIVATE, new: tuple[str, ...] = ("👍",)) -> dict[str, Any]:
    emoji = [{"type": "emoji", "emoji": each} for each in new]
    return {"chat": chat, "message_id": 1, "user": ANN, "old_reaction": [], "new_reaction": emoji}


def test_a_reaction_is_unread() -> None:
    assert found(message_reaction=reaction()) == [Delivery("5", "7", "7", "", unread=True)]


def test_a_reaction_taken_back_or_in_a_group_is_nothing() -> None:
    assert found(message_reaction=reaction(new=())) == []
    assert found(message_reaction=reaction(GROUP)) == []


def query(**content: Any) -> dict[str, Any]:
    return {"id": "3", "from": ANN, "message": {**BOTS_MESSAGE, "chat": GROUP}, **content}


def test_a_pressed_button_is_what_the_presser_types() -> None:
    assert found(callback_query=query(data="Yes")) == [Delivery("5", "-100", "7", "Yes")]


def test_forged_words_of_a_button_are_no_command() -> None:
    # What begins with a slash is freed of it by the guard, like all that is typed.
    assert found(callback_query=query(data="/start"))[0].text == "/start"


def test_a_button_without_words_or_without_its_chat_is_nothing() -> None:
    assert found(callback_query=query(game_short_name="chess")) == []
    assert found(callback_query=query(data="Yes", message=None)) == []


def test_the_id_of_a_pressed_button_is_found_in_its_update_alone() -> None:
    assert query_id({"callback_query": {"id": "3"}}) == "3"
    others = [{}, [], None, "3", {"callback_query": []}, {"callback_query": {"id": {}}}]
    assert [query_id(other) for other in others] == [None] * len(others)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "hello"},
        {"text": "/start"},
        {"voice": {}},
        named("@another_bot hello", "@another_bot"),
        named("/start@another_bot", "/start@another_bot", "bot_command"),
        named("Ann, hello", "Ann", "text_mention", user={"id": 8}),
        {"text": "@TheBot is no mention without an entity"},
        {"text": "yes", "reply_to_message": {**BOTS_MESSAGE, "from": {"id": 8}}},
        {"text": "hi", "reply_to_message": {**BOTS_MESSAGE, "forum_topic_created": {}}},
        {"new_chat_members": [{"id": 42}]},
        {"text": "yes", "reply_to_message": BOTS_MESSAGE, "sender_chat": GROUP},
        {"text": "yes", "reply_to_message": BOTS_MESSAGE, "from": {"id": 9, "is_bot": True}},
    ],
)
def test_in_a_group_nobody_is_answered_who_does_not_address_the_bot(
    content: dict[str, Any],
) -> None:
    assert found(message=message(GROUP, **content)) == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (named("@TheBot what is a biopsy", "@TheBot"), "what is a biopsy"),
        (named("@thebot hello", "@thebot"), "hello"),
        (named("💔 hello @TheBot", "@TheBot"), "💔 hello"),
        (named("@TheBot", "@TheBot"), ""),
        (named("Companion, hello", "Companion", "text_mention", user={"id": 42}), "hello"),
        (named("/start@TheBot", "/start@TheBot", "bot_command"), "hello"),
        (named("/stop@thebot now", "/stop@thebot", "bot_command"), "/stop now"),
        ({"text": "yes", "reply_to_message": BOTS_MESSAGE}, "yes"),
    ],
)
def test_in_a_group_who_addresses_the_bot_is_read_without_its_name(
    content: dict[str, Any], text: str
) -> None:
    assert found(message=message(GROUP, **content)) == [Delivery("5", "-100", "7", text)]


def test_in_a_group_a_picture_counts_where_its_caption_names_the_bot() -> None:
    caption = named("@TheBot look", "@TheBot")
    content = {"caption": caption["text"], "caption_entities": caption["entities"], "photo": [{}]}
    [delivery] = found(message=message(GROUP, **content))
    assert (delivery.text, delivery.unread) == ("look", True)


def test_as_long_as_the_name_of_the_bot_is_unknown_nobody_is_meant_by_an_empty_one() -> None:
    nameless = Bot(42)
    content = named("/start@ now", "/start@", "bot_command")
    assert found(nameless, message=message(GROUP, **content)) == []


def test_the_answer_goes_to_the_topic_where_a_group_has_topics() -> None:
    content = {"text": "yes", "reply_to_message": BOTS_MESSAGE, "message_thread_id": 3}
    assert found(message=message(GROUP, **content))[0].address == "-100"
    [delivery] = found(message=message(GROUP, is_topic_message=True, **content))
    assert delivery.address == "-100/3"


def test_an_update_of_another_kind_is_nothing() -> None:
    assert found(channel_post=message(GROUP, text="hello")) == []


@pytest.mark.parametrize(
    ("update", "error"),
    [
        ({}, KeyError),
        ([], TypeError),
        (None, TypeError),
        ({"update_id": 5, "message": "hello"}, AttributeError),
        ({"update_id": 5, "message": {"from": ANN, "text": "hello"}}, KeyError),
    ],
)
def test_what_is_no_update_raises_what_the_webhook_expects(
    update: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read(update, BOT, COMMANDS)
