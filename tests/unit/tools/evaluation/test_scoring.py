from __future__ import annotations

import pytest

from bot.knowledge.records import Topic
from tools.evaluation.replies import Answered, Reply
from tools.evaluation.scoring import Outcome, judge
from tools.evaluation.sets import Expected, Turn

TESTS, CURABLE = "metastasis/tests", "metastasis/curable"
TOPICS = {
    TESTS: Topic(TESTS, "Tests", "?", ("test",), {"test": ("mri", "pet")}, ()),
    CURABLE: Topic(CURABLE, "Cure", "?", (), {}, ()),
    "metastasis/spread_sites": Topic(
        "metastasis/spread_sites",
        "Sites",
        "?",
        ("cancer_type",),
        {"cancer_type": ("breast", "other")},
        (),
    ),
}


def reply(*actions: str, labels: tuple[str, ...] = (), safety: str = "none") -> Reply:
    answers = tuple(Answered(name.removeprefix("utter_"), {}) for name in actions if "/" in name)
    return Reply(labels[0] if labels else "", labels, 1.0, actions, answers, safety)


def answered(topic: str, **focus: str) -> Reply:
    return Reply(topic, (topic,), 1.0, (f"utter_{topic}",), (Answered(topic, focus),), "none")


def turn(*expected: Expected) -> Turn:
    return Turn("whatever was said", expected)


def test_the_expected_answer_is_right() -> None:
    assert judge(turn(Expected(CURABLE)), answered(CURABLE), TOPICS) is Outcome.RIGHT


def test_another_answer_is_wrong() -> None:
    assert judge(turn(Expected(CURABLE)), answered(TESTS), TOPICS) is Outcome.WRONG


def test_a_fair_alternative_is_right() -> None:
    expected = Expected(CURABLE, also=(TESTS,))
    assert judge(turn(expected), answered(TESTS), TOPICS) is Outcome.RIGHT


def test_the_wording_for_another_value_is_wrong() -> None:
    expected = turn(Expected(TESTS, {"test": "mri"}))
    assert judge(expected, answered(TESTS, test="mri"), TOPICS) is Outcome.RIGHT
    assert judge(expected, answered(TESTS, test="pet"), TOPICS) is Outcome.WRONG


def test_a_value_without_a_wording_of_its_own_gets_the_one_for_others() -> None:
    expected = turn(Expected("metastasis/spread_sites", {"cancer_type": "kidney"}))
    got = answered("metastasis/spread_sites", cancer_type="other")
    assert judge(expected, got, TOPICS) is Outcome.RIGHT


def test_a_choice_between_topics_is_neither_right_nor_wrong() -> None:
    got = reply("utter_ask_which_topic")
    assert judge(turn(Expected(CURABLE)), got, TOPICS) is Outcome.ASKED


@pytest.mark.parametrize("action", ["utter_default", "utter_out_of_scope", "utter_english_only"])
def test_not_understanding_a_question_is_a_refusal(action: str) -> None:
    assert judge(turn(Expected(CURABLE)), reply(action), TOPICS) is Outcome.REFUSED


@pytest.mark.parametrize("action", ["utter_default", "utter_out_of_scope"])
def test_turning_away_what_is_out_of_scope_is_right(action: str) -> None:
    assert judge(turn(Expected("out_of_scope")), reply(action), TOPICS) is Outcome.RIGHT


def test_both_of_two_questions_must_be_answered() -> None:
    both = turn(Expected(CURABLE), Expected(TESTS))
    assert judge(both, reply(f"utter_{CURABLE}", f"utter_{TESTS}"), TOPICS) is Outcome.RIGHT
    assert judge(both, reply(f"utter_{CURABLE}"), TOPICS) is Outcome.WRONG


def test_a_further_answer_that_nobody_asked_for_is_wrong() -> None:
    got = reply(f"utter_{CURABLE}", f"utter_{TESTS}")
    assert judge(turn(Expected(CURABLE)), got, TOPICS) is Outcome.WRONG


def test_thanks_beside_a_question_need_no_reply_of_their_own() -> None:
    both = turn(Expected("thank"), Expected(CURABLE))
    assert judge(both, answered(CURABLE), TOPICS) is Outcome.RIGHT


def test_a_request_is_declined_by_the_rules_or_by_the_classifier() -> None:
    expected = turn(Expected("request_dose"))
    by_rules = reply("utter_refuse_dose", labels=(CURABLE,), safety="refuse_dose")
    by_classifier = reply("utter_refuse_dose", labels=("request_dose",))
    assert judge(expected, by_rules, TOPICS) is Outcome.RIGHT
    assert judge(expected, by_classifier, TOPICS) is Outcome.RIGHT


@pytest.mark.parametrize("action", ["utter_symptom_heard", "utter_urgent", "utter_emergency"])
def test_a_symptom_is_right_however_pressing_it_was_taken_for(action: str) -> None:
    assert judge(turn(Expected("report_symptom")), reply(action), TOPICS) is Outcome.RIGHT
