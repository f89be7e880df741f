from __future__ import annotations

import pytest

from bot.safety.assess import EMPTY, ConversationContext, SafetyCore
from bot.safety.verdicts import Category

FEVER = EMPTY.with_findings(["hot"])


def rule(core: SafetyCore, text: str, context: ConversationContext = EMPTY) -> set[str]:
    assessment = core.assess(text, context)
    names = {assessment.rule_id, *(rule_id for _, rule_id in assessment.signs)}
    return {name for name in names if name.startswith("temperature-")}


@pytest.mark.parametrize(
    "text",
    [
        "38.7",
        "38,7",
        "39.4C",
        "its 38.6 now",
        "temp of 38",
        "temp 38.2c",
        "my temperature is 101.2F",
        "temp a hundred and two",
        "temperature thirty nine point four",
        "Temp: 38.5",
        "T 38.4 celsius",
        "fever 103",
        "thermometer says 100.8",
        "temp 385",
        "reading of 38.9 degrees",
        "102 fever",
        "38.5\u00b0C this morning",
        "mum's temprature is 38.9",
    ],
)
def test_a_fever_is_read_however_it_is_written(core: SafetyCore, text: str) -> None:
    assert rule(core, text) == {"temperature-fever"}


@pytest.mark.parametrize(
    "text",
    [
        "36.8",
        "temp 36.9, all normal",
        "98.6",
        "39",
        "I am 39 years old",
        "I'm 38",
        "it is 38 degrees outside today",
        "the room is 38.5 degrees",
        "I weigh 39.4 kg",
        "CA 125 is 38.7",
        "my CEA was 39.5",
        "38.5 mg of prednisolone",
        "bus 39",
        "pulse 102",
        "blood pressure 101 over 60",
        "page 38",
        "39.5 percent of patients",
    ],
)
def test_other_numbers_are_not_taken_for_a_fever(core: SafetyCore, text: str) -> None:
    assert rule(core, text) == set()


def test_a_bare_number_after_talk_of_fever_is_a_temperature(core: SafetyCore) -> None:
    assert rule(core, "39", FEVER) == {"temperature-fever"}
    assert rule(core, "it says 102", FEVER) == {"temperature-fever"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("temp 40.1", Category.EMERGENCY),
        ("temp 38.0", Category.URGENT),
        ("temp 100.4", Category.URGENT),
        ("temp 37.9", Category.URGENT),
        ("temp 37.4", Category.NONE),
        ("temp 35.6", Category.URGENT),
        ("temp 40.5, on chemo", Category.EMERGENCY),
        ("temp 37.5, on chemo", Category.EMERGENCY),
        ("temp 35.9, on chemo", Category.EMERGENCY),
        ("temp 36.5, on chemo", Category.NONE),
    ],
)
def test_a_temperature_comes_to_the_tier_of_its_band(
    core: SafetyCore, text: str, expected: Category
) -> None:
    assert core.assess(text).category is expected


@pytest.mark.parametrize(
    "text",
    [
        "if my temp goes over 38 who do I call",
        "they told me to ring if it is above 38.5",
        "what temperature is a fever",
        "I had a temp of 39.5 when I was a child",
    ],
)
def test_a_temperature_that_is_supposed_or_past_is_not_a_fever(core: SafetyCore, text: str) -> None:
    assert rule(core, text) == set()
