"""A message is cleaned, normalised and cut into the parts that may each hold a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.typed_text import MOST_READ
from bot.nlu.keys import PARTS
from bot.nlu.message_splitter import MessageSplitter
from bot.safety.length import LONGEST
from tests.components.conftest import typed


def parts(splitter: MessageSplitter, text: str) -> list[str]:
    [message] = splitter.process([typed(text)])
    found: list[str] = message.get(PARTS)
    return found


def test_one_question_is_one_part(splitter: MessageSplitter) -> None:
    assert len(parts(splitter, "What is metastatic cancer?")) == 1


def test_two_questions_are_the_whole_and_two_parts(splitter: MessageSplitter) -> None:
    text = "What is a bone scan? Can it be cured?"
    whole, first, second = parts(splitter, text)
    assert "bone scan" in first and "cured" in second
    assert first in whole and second in whole


def test_a_misspelled_word_is_put_right(splitter: MessageSplitter) -> None:
    assert "metastasis" in parts(splitter, "what is metastsis")[0]


@pytest.mark.parametrize("typed_text", ["/restart", " / /restart", "\u200b/restart"])
def test_a_typed_command_becomes_text(splitter: MessageSplitter, typed_text: str) -> None:
    [message] = splitter.process([typed(typed_text)])
    assert message.get(TEXT) == "restart"
    assert message.get(PARTS) == ["restart"]


@pytest.mark.parametrize("text", ["", " ", "/", "\x00"])
def test_an_empty_message_has_one_empty_part(splitter: MessageSplitter, text: str) -> None:
    [message] = splitter.process([typed(text)])
    assert (message.get(TEXT), message.get(PARTS)) == ("", [""])


def test_a_message_without_text_is_read_as_empty(splitter: MessageSplitter) -> None:
    [message] = splitter.process([Message({})])
    assert message.get(PARTS) == [""]


def test_only_the_beginning_of_a_very_long_message_is_read(splitter: MessageSplitter) -> None:
    [message] = splitter.process([typed("bone scan " * 1000)])
    assert len(message.get(TEXT)) > MOST_READ
    assert len(message.get(PARTS)[0]) <= MOST_READ


def test_a_message_without_end_is_cut(splitter: MessageSplitter) -> None:
    [message] = splitter.process([typed("bone scan " * 10_000)])
    assert len(message.get(TEXT)) <= LONGEST


def test_a_training_example_has_its_normalised_whole_and_no_parts(
    splitter: MessageSplitter,
) -> None:
    example = Message({TEXT: "What is metastsis? And stage 4?", INTENT: "metastasis"})
    splitter.process_training_data(TrainingData([example]))
    [whole] = example.get(PARTS)
    assert "metastasis" in whole


def test_the_text_of_a_training_example_is_left_as_it_is(splitter: MessageSplitter) -> None:
    example = Message({TEXT: "What is metastsis?"})
    splitter.process_training_data(TrainingData([example]))
    assert example.get(TEXT) == "What is metastsis?"


def test_edited_words_change_what_the_training_cache_knows(tmp_path: Path) -> None:
    (tmp_path / "words.yml").write_text("a: b", encoding="utf-8")
    config = {"lexicon_dir": str(tmp_path)}
    before = MessageSplitter.fingerprint_addon(config)
    assert MessageSplitter.fingerprint_addon(config) == before
    (tmp_path / "words.yml").write_text("a: c", encoding="utf-8")
    assert MessageSplitter.fingerprint_addon(config) != before
