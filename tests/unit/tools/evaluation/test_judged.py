from __future__ import annotations

from tools.evaluation.judged import Judged, Tally, by, in_scope, out_of_scope
from tools.evaluation.replies import Answered, Reply
from tools.evaluation.scoring import Outcome
from tools.evaluation.sets import Expected, Turn


def judged(
    expected: str,
    outcome: Outcome,
    *answers: str,
    label: str = "",
    safety: str = "none",
    also: tuple[str, ...] = (),
) -> Judged:
    given = tuple(Answered(answer, {}) for answer in answers)
    reply = Reply(label, (label,), 1.0, (), given, safety)
    return Judged(Turn("said", (Expected(expected, also=also),)), reply, outcome)


def test_outcomes_are_counted() -> None:
    tally = Tally.of([judged("a", Outcome.RIGHT), judged("a", Outcome.WRONG)])
    assert (tally.total, tally[Outcome.RIGHT], tally[Outcome.ASKED]) == (2, 1, 0)


def test_an_out_of_scope_message_is_kept_out_if_it_is_told_so_or_not_understood() -> None:
    outcomes = (Outcome.RIGHT, Outcome.REFUSED, Outcome.WRONG, Outcome.ASKED)
    assert Tally.of(judged("out_of_scope", outcome) for outcome in outcomes).kept_out == 2


def test_messages_are_told_apart_by_scope() -> None:
    inside, outside = judged("greet", Outcome.RIGHT), judged("out_of_scope", Outcome.RIGHT)
    assert in_scope([inside, outside]) == [inside]
    assert out_of_scope([inside, outside]) == [outside]


def test_boxes_are_in_the_order_of_their_names() -> None:
    boxes = by(lambda one: one.label, [judged("b", Outcome.RIGHT), judged("a", Outcome.RIGHT)])
    assert list(boxes) == ["a", "b"]


def test_a_right_reply_counts_as_the_expected_label() -> None:
    assert judged("a/b", Outcome.RIGHT, "a/c", also=("a/c",)).got == "a/b"


def test_a_wrong_reply_counts_as_the_answer_that_was_given_instead() -> None:
    assert judged("a/b", Outcome.WRONG, "a/b", "a/c").got == "a/c"


def test_an_alarm_instead_of_an_answer_is_named() -> None:
    assert judged("a/b", Outcome.WRONG, label="a/b", safety="urgent").got == "(safety: urgent)"


def test_the_expected_answer_for_another_value_is_another_wording() -> None:
    assert judged("a/b", Outcome.WRONG, "a/b").got == "(other wording)"


def test_a_choice_and_a_refusal_have_columns_of_their_own() -> None:
    assert judged("a/b", Outcome.ASKED).got == "(asked which)"
    assert judged("a/b", Outcome.REFUSED).got == "(not understood)"
