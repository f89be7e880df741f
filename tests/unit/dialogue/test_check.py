"""Answers to the questions of the symptom check, recognised in many phrasings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.check import (
    MOST_DESCRIBED,
    MOST_KEPT,
    NOT_GIVEN,
    CheckCues,
    CheckCuesError,
    described,
    kept,
    read_answer,
    times_done,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.names import DURATION, IN_TREATMENT, SYMPTOM, TREND
from bot.dialogue.world import World
from tests.unit.dialogue.chat import Chat, said

DURATIONS = (
    """
two weeks|about 3 days|since Monday|since yesterday|a few months|ages|for a while now
it started last night|just started|a couple of wks|over a year|10 days or so|on and off for months
all week|since my last chemo|recently|forever|half a year|a fortnight|first noticed at Christmas
when it started it was two days ago|this morning|several yrs|suddenly|A FEW DAYS|a long time
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
TRENDS = (
    """
worse|it's getting better|about the same|no change|up and down|comes and goes|slowly improving
much worse at night|it has eased a bit|steady|bigger than before|it's growing|it varies|going away
not changing|more often now|less than it was|it fades|Getting worse|stable I think|unchanged
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
TREATMENTS = (
    """
yes|no|nope|yeah since May|not at the moment|I finished in June|on chemo|having radiotherapy
I'm on tablets|between cycles|hormone therapy|never|it ended weeks ago|immunotherapy|not any more
taking a break|waiting to start|last month|surgery only|not yet|just pills|No
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
QUESTIONS = (
    """
what is a bone scan|why do you ask|how long should it take?|is it bad|can cancer spread to the hip
do I need a test|which doctor should I see|should I be worried|two weeks, is that long?
will it go away|  what about chemo|does it matter
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
OFF = ["hmm", "it is my left hip", "thank you", "banana", "my husband made me write this"]


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        *((DURATION, text) for text in DURATIONS),
        *((TREND, text) for text in TRENDS),
        *((IN_TREATMENT, text) for text in TREATMENTS),
    ],
)
def test_an_answer_is_recognised_by_its_cues_and_kept_in_its_own_words(
    world: World, slot: str, text: str
) -> None:
    assert read_answer(slot, said(text, "nothing"), world.cues) == text


@pytest.mark.parametrize("slot", [SYMPTOM, DURATION, TREND, IN_TREATMENT])
@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_answer(world: World, slot: str, text: str) -> None:
    assert read_answer(slot, said(text, "inform_symptom_detail"), world.cues) is None


@pytest.mark.parametrize("slot", [DURATION, TREND, IN_TREATMENT])
@pytest.mark.parametrize("text", OFF)
def test_words_without_a_cue_are_no_answer(world: World, slot: str, text: str) -> None:
    assert read_answer(slot, said(text, "nothing"), world.cues) is None


@pytest.mark.parametrize("slot", [DURATION, TREND, IN_TREATMENT])
@pytest.mark.parametrize("label", ["inform_symptom_detail", "unsure"])
def test_what_the_classifier_takes_for_an_answer_is_one(
    world: World, slot: str, label: str
) -> None:
    assert read_answer(slot, said("no idea", label), world.cues) == "no idea"


@pytest.mark.parametrize("text", ["can't tell", "can't say for sure", "cannot remember"])
def test_an_answer_that_only_begins_like_a_question_is_an_answer(world: World, text: str) -> None:
    assert read_answer(DURATION, said(text, "unsure"), world.cues) == text


@pytest.mark.parametrize("slot", [SYMPTOM, DURATION, TREND, IN_TREATMENT])
@pytest.mark.parametrize("text", ["skip", "next please", "can we skip this one?"])
def test_every_question_can_be_skipped(world: World, slot: str, text: str) -> None:
    assert read_answer(slot, said(text, "skip"), world.cues) == NOT_GIVEN


@pytest.mark.parametrize(
    ("text", "label", "answer"),
    [
        ("a dull ache  in my\nhip", "nothing", "a dull ache in my hip"),
        ("my knee hurts", "report_symptom", "my knee hurts"),
        ("dizziness", "nothing", "dizziness"),
        ("yes", "affirm", None),
        ("hello", "greet", None),
    ],
)
def test_a_symptom_is_described_by_any_words_but_a_single_one_that_means_something_else(
    world: World, text: str, label: str, answer: str | None
) -> None:
    assert read_answer(SYMPTOM, said(text, label), world.cues) == answer


def test_a_long_answer_is_cut_and_put_on_one_line() -> None:
    answer = kept("so\n tired \t" * 200)
    assert answer.startswith("so tired so tired") and len(answer) <= MOST_KEPT
    assert answer.endswith(("so…", "tired…"))


@pytest.mark.parametrize("earlier", [None, "", NOT_GIVEN])
def test_the_first_description_stands_alone(earlier: str | None) -> None:
    assert described("my  knee hurts", earlier) == "my knee hurts"


def test_a_further_symptom_is_added_to_what_was_said_before() -> None:
    assert described("my knee hurts", "a cough") == "a cough; my knee hurts"


def test_of_much_that_was_told_the_last_stays_whole_and_what_came_before_is_cut() -> None:
    told = described("my right leg is weak now", None)
    for _ in range(10):
        told = described("a cough at night and in the morning, " * 6, told)
    told = described("a lump in the neck", told)
    assert told.startswith("my right leg is weak now; a cough")
    assert told.endswith("…; a lump in the neck")
    assert len(told) <= MOST_DESCRIBED


def test_a_reply_is_counted_in_a_row_and_only_at_the_same_question(check: Chat) -> None:
    def times(action: str) -> int:
        events = [*check.events, said("...", "nothing")]
        return times_done(Conversation.of(events), action)

    assert times("utter_unclear_answer") == 0
    check.say("hmm", "nothing")
    assert times("utter_unclear_answer") == 1
    assert times("utter_back_to_check") == 0
    check.say("two weeks", "nothing")
    assert times("utter_unclear_answer") == 0


def test_before_the_first_message_nothing_was_done() -> None:
    assert times_done(Conversation(), "utter_unclear_answer") == 0


@pytest.mark.parametrize(
    "content",
    [
        "check_cues: [",
        "cues: {}",
        "check_cues: {duration: [a], trend: [b], in_treatment: [c]}",
        "check_cues: {duration: ['('], trend: [b], in_treatment: [c], question: [d]}",
        "check_cues: {duration: 1, trend: [b], in_treatment: [c], question: [d]}",
        None,
    ],
)
def test_broken_cues_are_refused_with_the_path_of_their_file(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "check_cues.yml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CheckCuesError, match=r"check_cues\.yml: cannot read the check's cue"):
        CheckCues.load(path)


def test_the_description_of_a_symptom_has_no_cues(world: World) -> None:
    assert world.cues.for_slot(SYMPTOM) is None
    assert world.cues.for_slot(DURATION) is world.cues.duration
