"""Several messages are read as one, and raise a verdict that none of them gives alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.safety.story import LEAST, MOST_MESSAGES, Told, judged_with_before
from bot.safety.verdicts import Assessment, Category

NOTHING = Assessment()
TOGETHER = Assessment(
    Category.EMERGENCY, "detector-emergency", ((0, 3),), True, findings=("of the story",)
)


def told(text: str, category: Category = Category.NONE, tells: bool = True) -> Told:
    return Told(text, category, tells)


def always(verdict: Assessment) -> Callable[[str], Assessment]:
    return lambda _: verdict


def never(story: str) -> Assessment:
    raise AssertionError(f"read as a story: {story}")


def after(*before: Told, found: Assessment = NOTHING, together: Assessment = TOGETHER) -> Category:
    """The category of a message after these."""
    return judged_with_before("...", found, before, always(together)).category


def test_a_message_that_completes_a_danger_is_raised_to_it() -> None:
    found = Assessment(signs=((Category.SYMPTOM, "pain"),), findings=("fever",))
    judged = judged_with_before("...", found, [told("my eye is blurry")], always(TOGETHER))
    assert judged == Assessment(
        Category.EMERGENCY,
        "detector-emergency",
        about_other_person=True,
        signs=((Category.SYMPTOM, "pain"),),
        findings=("fever",),
    )


def test_the_first_message_is_no_story() -> None:
    assert judged_with_before("...", NOTHING, [], never) is NOTHING


def test_questions_before_a_message_are_no_story() -> None:
    before = [told("what is a scan", tells=False), told("hello", tells=False)]
    assert judged_with_before("...", NOTHING, before, never) is NOTHING


@pytest.mark.parametrize("category", [Category.EMERGENCY, Category.CRISIS_EXPLICIT])
def test_nothing_is_read_together_where_the_message_is_an_emergency(category: Category) -> None:
    found = Assessment(category, "rule")
    assert judged_with_before("...", found, [told("a")], never) is found


def test_what_tells_nothing_is_left_out_of_the_story() -> None:
    stories: list[str] = []

    def judge(story: str) -> Assessment:
        stories.append(story)
        return NOTHING

    before = [told("first"), told("what is a scan", tells=False), told("second")]
    judged_with_before("third", NOTHING, before, judge)
    assert stories == ["first\nsecond\nthird"]


def test_only_the_last_messages_belong_to_the_story() -> None:
    stories: list[str] = []

    def judge(story: str) -> Assessment:
        stories.append(story)
        return NOTHING

    before = [told(f"message {number}") for number in range(MOST_MESSAGES + 3)]
    judged_with_before("now", NOTHING, before, judge)
    assert stories[0].split("\n") == [*(each.text for each in before[-MOST_MESSAGES:]), "now"]


@pytest.mark.parametrize("alarm", [Category.EMERGENCY, Category.CRISIS_AMBIGUOUS])
def test_what_goes_on_about_an_alarm_is_answered_as_one_again(alarm: Category) -> None:
    assert after(told("a", alarm), together=Assessment(alarm, "detector")) is alarm


def test_an_urgent_sign_that_was_answered_is_not_answered_again() -> None:
    urgent = Assessment(Category.URGENT, "detector-urgent")
    assert after(told("a", Category.URGENT), together=urgent) is Category.NONE


def test_a_wish_to_die_is_not_hidden_by_an_emergency_that_was_answered() -> None:
    wish = Assessment(Category.CRISIS_AMBIGUOUS, "rule")
    assert judged_with_before("...", wish, [told("a", Category.EMERGENCY)], never) is wish


@pytest.mark.parametrize("category", [Category.URGENT, Category.SYMPTOM])
def test_a_milder_complaint_stays_in_the_story_of_a_crisis(category: Category) -> None:
    wish = Assessment(Category.CRISIS_AMBIGUOUS, "rule")
    together = Assessment(Category.CRISIS_EXPLICIT, "detector-crisis_explicit")
    assert after(told("a", category), found=wish, together=together) is Category.CRISIS_EXPLICIT


def test_a_complaint_after_a_crisis_is_read_together_with_it() -> None:
    complaint = Assessment(Category.SYMPTOM, "rule")
    together = Assessment(Category.CRISIS_EXPLICIT, "detector-crisis_explicit")
    crisis = told("a", Category.CRISIS_AMBIGUOUS)
    assert after(crisis, found=complaint, together=together) is Category.CRISIS_EXPLICIT


def test_more_than_was_answered_counts() -> None:
    assert after(told("a"), told("b", Category.URGENT)) is Category.EMERGENCY


def test_what_is_no_more_pressing_than_the_message_itself_changes_nothing() -> None:
    found = Assessment(Category.CRISIS_AMBIGUOUS, "crisis-rule")
    together = Assessment(Category.CRISIS_AMBIGUOUS, "detector-crisis_ambiguous")
    assert judged_with_before("...", found, [told("a")], always(together)) is found


@pytest.mark.parametrize("category", [each for each in Category if each < LEAST])
def test_what_is_mild_together_is_not_raised(category: Category) -> None:
    assert after(told("a"), together=Assessment(category, "rule")) is Category.NONE
