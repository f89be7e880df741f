from __future__ import annotations

from tools.evaluation.crossval import CrossValidation, Fold
from tools.evaluation.judged import Judged, SetResult
from tools.evaluation.misses import misses
from tools.evaluation.replies import Reply
from tools.evaluation.report import crossval_table, groups_table, sets_table, voices_table
from tools.evaluation.scoring import Outcome
from tools.evaluation.sets import Expected, Turn


def judged(label: str, outcome: Outcome, voice: str = "") -> Judged:
    turn = Turn(f"about {label}", (Expected(label),), voice)
    return Judged(turn, Reply(label, (label,), 1.0, ("utter_x", "action_listen"), (), ""), outcome)


RESULTS = [
    SetResult(
        "questions",
        [
            judged("m/a", Outcome.RIGHT, "curt"),
            judged("m/a", Outcome.WRONG, "formal"),
            judged("out_of_scope", Outcome.RIGHT, "curt"),
        ],
        left_out=2,
    ),
    SetResult("practice", [judged("m/a", Outcome.REFUSED)], left_out=0),
]


def test_in_scope_and_out_of_scope_messages_are_counted_apart() -> None:
    rows = sets_table(RESULTS).rows
    assert rows[0] == ("questions", "2", "50.0%", "50.0%", "0.0%", "0.0%", "1", "100.0%")
    assert rows[1] == ("practice", "1", "0.0%", "0.0%", "0.0%", "100.0%", "0", "-")


def test_practice_messages_do_not_count_among_the_held_out_ones() -> None:
    held_out = next(row for row in sets_table(RESULTS).rows if row[0] == "all held-out sets")
    assert held_out[1] == "2"
    assert [row[:2] for row in groups_table(RESULTS, {"m/a": "m"}).rows] == [
        ("m", "2"),
        ("other", "1"),
    ]


def test_voices_are_counted_in_scope() -> None:
    rows = voices_table(RESULTS).rows
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("curt", "1", "100.0%"),
        ("formal", "1", "0.0%"),
    ]


def test_cross_validation_shows_each_fold_with_mean_and_deviation() -> None:
    folds = (Fold(0.9, 0.95, 0.8, 0.7, 0.6), Fold(0.8, 0.95, 0.8, 0.7, 0.6))
    row = crossval_table(CrossValidation(folds, {})).rows[0]
    assert row == ("right", "90.0%", "80.0%", "85.0%", "5.0")


def test_misses_list_every_message_that_was_not_right_under_a_warning() -> None:
    text = misses(RESULTS, None)
    assert "tune on the practice sets" in text
    assert "## questions (1)" in text
    assert "- wrong: 'about m/a'; wanted m/a; got utter_x" in text
    assert "- refused: 'about m/a'" in text
