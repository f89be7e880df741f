from __future__ import annotations

import pytest

from tools.evaluation.curves import confusion, most_confused, scope_confidence, scope_curve
from tools.evaluation.judged import Judged
from tools.evaluation.replies import Answered, Reply
from tools.evaluation.scoring import Outcome
from tools.evaluation.sets import Expected, Turn

GROUPS = {"m/a": "m", "m/b": "m", "greet": "talk", "out_of_scope": "out_of_scope"}


def judged(expected: str, got: str = "", best: str = "", confidence: float = 1.0) -> Judged:
    outcome = Outcome.WRONG if got else Outcome.RIGHT
    answers = (Answered(got, {}),) if "/" in got else ()
    reply = Reply(got, (got,), 1.0, (), answers, "none", best or expected, confidence)
    return Judged(Turn("said", (Expected(expected),)), reply, outcome)


def test_confusion_counts_what_was_answered_for_what_was_expected() -> None:
    found = confusion([judged("m/a"), judged("m/a", "m/b"), judged("m/b")], GROUPS)
    assert found.expected == found.got == ("m/a", "m/b")
    assert found.counts.tolist() == [[1, 1], [0, 1]]


def test_labels_of_one_group_stand_together_and_columns_without_a_row_come_last() -> None:
    found = confusion([judged("greet"), judged("m/b", "m/c"), judged("m/a")], GROUPS)
    assert found.expected == ("m/a", "m/b", "greet")
    assert found.got == ("m/a", "m/b", "greet", "m/c")


def test_the_most_confused_labels_are_kept_with_what_they_were_taken_for() -> None:
    some = [judged("m/a"), judged("m/b", "greet"), judged("m/b", "m/c"), judged("greet")]
    part = most_confused(confusion(some, GROUPS), 1)
    assert part.expected == ("m/b",)
    assert part.got == ("m/b", "greet", "m/c")
    assert part.counts.tolist() == [[0, 1, 1]]


def test_labels_that_were_never_confused_are_left_out() -> None:
    assert most_confused(confusion([judged("m/a"), judged("m/b")], GROUPS), 5).expected == ()


def test_nothing_is_sure_to_be_known_that_is_read_as_out_of_scope() -> None:
    some = [judged("m/a", best="out_of_scope", confidence=0.9), judged("m/a", confidence=0.7)]
    assert scope_confidence(some).tolist() == [0.0, 0.7]


def test_a_higher_threshold_keeps_fewer_messages_and_refuses_more() -> None:
    curve = scope_curve(
        [
            judged("m/a", confidence=0.9),
            judged("m/a", confidence=0.3),
            judged("out_of_scope", best="m/a", confidence=0.4),
            judged("out_of_scope", best="out_of_scope", confidence=0.2),
        ],
        steps=2,
    )
    assert curve.thresholds.tolist() == [0.0, 0.5, 1.0]
    assert curve.kept.tolist() == pytest.approx([1.0, 0.5, 0.0])
    assert curve.refused.tolist() == pytest.approx([0.5, 1.0, 1.0])
