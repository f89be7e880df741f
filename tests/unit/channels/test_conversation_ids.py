"""Conversation ids are signed: nobody makes one, and nobody continues what is read in a log."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.channels.conversation_ids import (
    KEY_VARIABLE,
    ConversationIds,
    ConversationKeyError,
    load_key,
)

IDS = ConversationIds(b"k" * 32)


def test_a_token_leads_back_to_its_conversation() -> None:
    token = IDS.issue()
    assert IDS.conversation_of(token) == token.partition(".")[0]


def test_no_two_tokens_are_alike() -> None:
    assert len({IDS.issue() for _ in range(100)}) == 100


def _with_another_start(token: str) -> str:
    return ("1" if token.startswith("0") else "0") + token[1:]


@pytest.mark.parametrize("change", [lambda t: t[:32], lambda t: t[:-1], _with_another_start])
def test_a_part_of_a_token_or_a_changed_one_is_worthless(change) -> None:  # type: ignore[no-untyped-def]
    assert IDS.conversation_of(change(IDS.issue())) is None


def test_another_key_makes_a_token_worthless() -> None:
    assert ConversationIds(b"x" * 32).conversation_of(IDS.issue()) is None


@pytest.mark.parametrize("token", [None, 5, "", [], "é" * 97])
def test_what_is_no_token_stands_for_nothing(token: object) -> None:
    assert IDS.conversation_of(token) is None


def test_the_key_is_made_once_and_kept_for_this_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "key"
    key = load_key({}, file)
    assert len(key) >= 32
    assert load_key({}, file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_the_key_of_the_environment_comes_first(tmp_path: Path) -> None:
    file = tmp_path / "key"
    assert load_key({KEY_VARIABLE: "k" * 32}, file) == b"k" * 32
    assert not file.exists()


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversationKeyError, match=KEY_VARIABLE):
        load_key({KEY_VARIABLE: "short"}, tmp_path / "key")


def test_a_key_that_cannot_be_kept_is_said_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConversationKeyError, match=KEY_VARIABLE):
        load_key({}, tmp_path / "file" / "key")
