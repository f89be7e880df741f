"""Questions, follow-ups, helplines and small talk become the steps that answer them."""

from __future__ import annotations

import pytest

from bot.dialogue.world import World
from tests.unit.dialogue.chat import Chat

TESTS, CAUSE, OVERVIEW = "metastasis/tests", "metastasis/cause", "metastasis/overview"


def set_slots(chat: Chat) -> list[dict[str, object]]:
    """What each step of the last turn has set, without what it has cleared."""
    return [{name: v for name, v in step.slots.items() if v} for step in chat.steps]


def test_a_question_gets_its_curated_answer_in_the_wording_for_its_words(chat: Chat) -> None:
    assert chat.say("what does a CT show", f"{TESTS} test=ct") == ["utter_metastasis/tests"]
    assert set_slots(chat) == [{"test": "ct"}]


def test_an_answer_clears_what_the_one_before_has_set(chat: Chat) -> None:
    chat.say("what does a CT show", f"{TESTS} test=ct")
    chat.say("what is hospice", "coping/hospice")
    assert chat.slots["test"] is None


def test_a_question_about_two_things_is_answered_for_each(chat: Chat) -> None:
    assert chat.say("CT or MRI", f"{TESTS} test=ct test=mri") == ["utter_metastasis/tests"] * 2
    assert set_slots(chat) == [{"test": "ct"}, {"test": "mri"}]


def test_two_questions_get_two_answers_and_the_same_one_only_once(chat: Chat) -> None:
    assert chat.say("...", "coping/hospice", CAUSE) == ["utter_coping/hospice", f"utter_{CAUSE}"]
    assert chat.say("...", "coping/hospice", "coping/hospice") == ["utter_coping/hospice"]


def test_a_general_wording_is_not_given_beside_a_particular_one(chat: Chat) -> None:
    assert chat.say("...", TESTS, f"{TESTS} test=ct") == [f"utter_{TESTS}"]
    assert set_slots(chat) == [{"test": "ct"}]


def test_a_thing_named_after_a_question_asks_it_again_if_the_question_takes_it(chat: Chat) -> None:
    chat.say("...", f"{TESTS} test=ct", f"~{OVERVIEW} test=mri")
    assert set_slots(chat) == [{"test": "ct"}, {"test": "mri"}]
    cancer = f"~{OVERVIEW} cancer_type=breast"
    assert chat.say("...", "coping/hospice", cancer) == [
        "utter_coping/hospice",
        f"utter_{OVERVIEW}",
    ]


@pytest.mark.parametrize(
    ("aside", "replies"),
    [
        ("express_distress", ["utter_distress_heard", "utter_coping/hospice"]),
        ("complain", ["utter_sorry", "utter_coping/hospice"]),
        ("out_of_scope", ["utter_coping/hospice", "utter_part_out_of_scope"]),
    ],
)
def test_what_is_said_beside_a_question_gets_a_word_of_its_own(
    chat: Chat, aside: str, replies: list[str]
) -> None:
    assert chat.say("...", "coping/hospice", aside=aside) == replies


def test_small_talk_beside_something_said_is_not_left_to_the_rules(chat: Chat) -> None:
    assert chat.say("...", "request_human", aside="complain") == ["utter_sorry", "utter_human"]


def test_no_more_than_three_answers_are_given_at_once(chat: Chat) -> None:
    many = f"{TESTS} test=ct test=mri test=pet"
    assert len(chat.say("...", many, CAUSE, "coping/hospice")) == 3


def test_a_myth_is_answered_though_it_is_no_topic_with_a_focus(chat: Chat) -> None:
    assert chat.say("sugar feeds it", "myth/sugar") == ["utter_myth/sugar"]


def test_what_was_not_understood_is_said_not_to_be(chat: Chat) -> None:
    assert chat.say("blah", "nothing") == ["utter_default"]
    assert chat.say("blah") == ["utter_default"]


def test_the_same_question_about_another_thing_is_the_last_one_again(chat: Chat) -> None:
    chat.say("where does breast cancer go", "metastasis/spread_sites cancer_type=breast")
    chat.say("and for lung?", f"~{OVERVIEW} body_site=lung?")
    assert chat.actions == ["utter_metastasis/spread_sites"]
    assert set_slots(chat)[0]["cancer_type"] == "lung"


def test_an_elliptical_message_that_was_not_understood_is_the_last_question_again(
    chat: Chat,
) -> None:
    chat.say("what does a CT show", f"{TESTS} test=ct")
    assert chat.say("and an MRI?", "~nothing test=mri") == [f"utter_{TESTS}"]


@pytest.mark.parametrize("before", [OVERVIEW, "coping/hospice", "myth/sugar"])
def test_an_elliptical_message_stands_alone_when_the_last_answer_does_not_take_its_words(
    chat: Chat, before: str
) -> None:
    chat.say("...", before)
    assert chat.say("breast cancer?", f"~{OVERVIEW} cancer_type=breast") == [f"utter_{OVERVIEW}"]


def test_a_question_that_points_back_takes_what_was_named_before(chat: Chat) -> None:
    chat.say("tell me of brain mets", f"{OVERVIEW} body_site=brain")
    chat.say("how is that treated", "^metastasis/treatment")
    assert set_slots(chat) == [{"body_site": "brain", "body_site_name": "the brain"}]


def test_a_question_of_its_own_takes_nothing_from_before(chat: Chat) -> None:
    chat.say("tell me of brain mets", f"{OVERVIEW} body_site=brain")
    chat.say("how is cancer treated", "metastasis/treatment")
    assert set_slots(chat) == [{}]


@pytest.mark.parametrize(("turns", "recalled"), [(2, True), (3, False)])
def test_what_was_named_is_forgotten_after_three_turns(
    chat: Chat, turns: int, recalled: bool
) -> None:
    chat.say("tell me of brain mets", f"{OVERVIEW} body_site=brain")
    for _ in range(turns):
        chat.say("hello", "greet")
    chat.say("how is that treated", "^metastasis/treatment")
    assert bool(set_slots(chat)[0]) is recalled


def test_why_leads_to_the_topic_behind_the_last_answer(chat: Chat, world: World) -> None:
    chat.say("what is it treated for", "metastasis/treatment_goal")
    assert world.topics["metastasis/treatment_goal"].why == "metastasis/curable"
    assert chat.say("why?", "ask_why") == ["utter_metastasis/curable"]


@pytest.mark.parametrize("before", ["greet", "metastasis/tests", "myth/sugar"])
def test_why_after_what_has_no_reason_of_its_own_is_why_cancer_spreads(
    chat: Chat, before: str
) -> None:
    chat.say("...", before)
    assert chat.say("why?", "ask_why") == [f"utter_{CAUSE}"]


def test_more_leads_on_to_what_was_not_read_yet(chat: Chat, world: World) -> None:
    assert world.topics["coping/learning"].next == ("coping/talking", "metastasis/definition")
    chat.say("who can I talk to", "coping/talking")
    chat.say("how much should I know", "coping/learning")
    assert chat.say("what else?", "ask_more") == ["utter_metastasis/definition"]


def test_more_comes_to_an_end(chat: Chat, world: World) -> None:
    for topic in world.topics["coping/hospice"].next:
        chat.say("...", topic)
    chat.say("what is hospice", "coping/hospice")
    assert chat.say("what else?", "ask_more") == ["utter_nothing_more"]


def test_more_of_nothing_is_what_the_assistant_can_do(chat: Chat) -> None:
    assert chat.say("tell me more", "ask_more") == ["utter_capabilities"]


def test_more_keeps_what_was_talked_about(chat: Chat) -> None:
    chat.say("where does it go in the bone", "metastasis/site_frequency body_site=bone")
    assert chat.say("what else?", "ask_more") == ["utter_metastasis/symptoms"]
    assert set_slots(chat)[0]["body_site"] == "bone"


def test_what_was_answered_is_repeated_in_the_same_wording(chat: Chat) -> None:
    chat.say("what does a CT show", f"{TESTS} test=ct")
    chat.say("thanks", "thank")
    assert chat.say("say that again", "ask_repeat") == [f"utter_{TESTS}"]
    assert set_slots(chat) == [{"test": "ct"}]


def test_with_nothing_answered_there_is_nothing_to_repeat(chat: Chat) -> None:
    assert chat.say("say that again", "ask_repeat") == ["utter_nothing_to_repeat"]


def test_helplines_wait_for_the_country(chat: Chat) -> None:
    assert chat.say("a number please", "ask_helpline") == ["utter_ask_country"]
    assert chat.say("Ireland", "nothing country=ie") == ["utter_helplines"]
    assert chat.slots["country"] == "ie"


def test_a_country_that_is_known_is_not_asked_for_again(chat: Chat) -> None:
    assert chat.say("I am in the UK", "inform_country country=gb") == ["utter_helplines"]
    assert chat.say("a number please", "ask_helpline") == ["utter_helplines"]
    assert chat.slots["country"] == "gb"


def test_a_country_named_with_the_wish_for_a_line_is_answered_at_once(chat: Chat) -> None:
    assert chat.say("a line in Canada", "ask_helpline country=ca") == ["utter_helplines"]


def test_another_country_gets_the_routes_that_work_anywhere(chat: Chat) -> None:
    assert chat.say("France", "inform_country country=other") == ["utter_helplines_elsewhere"]
    assert chat.slots["country"] == "other"


@pytest.mark.parametrize("label", ["unsure", "skip", "deny", "ask_helpline", "inform_country"])
def test_a_country_that_is_asked_for_and_not_told_gets_the_same(chat: Chat, label: str) -> None:
    chat.say("a number please", "ask_helpline")
    assert chat.say("...", label) == ["utter_helplines_elsewhere"]


def test_something_else_than_the_country_is_answered_as_it_stands(chat: Chat) -> None:
    chat.say("a number please", "ask_helpline")
    assert chat.say("what is hospice", "coping/hospice") == ["utter_coping/hospice"]


def test_small_talk_beside_other_small_talk_gets_the_reply_of_its_rule(chat: Chat) -> None:
    actions = chat.say("...", "ask_identity", "ask_privacy")
    assert actions == ["utter_identity", "utter_privacy"]
