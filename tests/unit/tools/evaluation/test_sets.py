from __future__ import annotations

from pathlib import Path

from tools.evaluation.sets import Expected, load_set


def written(directory: Path, name: str, text: str) -> Path:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_has_one_turn_with_its_focus_alternatives_and_voice(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "questions.yml",
        "utterances:\n- {text: hi, expect: m/a, focus: {test: mri}, also: [m/b], voice: curt}\n",
    )
    (dialogue,) = load_set(path)
    (turn,) = dialogue.turns
    assert turn.expected == (Expected("m/a", {"test": "mri"}, ("m/b",)),)
    assert (turn.text, turn.voice) == ("hi", "curt")


def test_two_questions_are_expected_in_one_turn(tmp_path: Path) -> None:
    text = "two:\n- {text: both, expect: [{answer: m/a}, {answer: m/b, focus: {test: ct}}]}\n"
    (dialogue,) = load_set(written(tmp_path, "practice_two_questions.yml", text))
    assert [one.label for one in dialogue.turns[0].expected] == ["m/a", "m/b"]


def test_follow_ups_are_turns_of_one_dialogue(tmp_path: Path) -> None:
    text = (
        "conversations:\n"
        "- name: n\n  turns:\n  - {user: one, expect: m/a}\n  - {user: two, expect: m/b}\n"
    )
    (dialogue,) = load_set(written(tmp_path, "follow_ups.yml", text))
    assert [turn.text for turn in dialogue.turns] == ["one", "two"]
