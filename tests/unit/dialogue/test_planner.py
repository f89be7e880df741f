"""What comes first in a turn, and that no turn ends while the escalation is due."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import ANSWERS_CRISIS, Conversation
from bot.dialogue.events import Did, Event, Reset, Said
from bot.dialogue.names import CHECK_FORM, DEACTIVATE_LOOP, LISTEN, RESTART, TELL_PROVIDER
from bot.dialogue.planner import next_step, plan
from bot.dialogue.reading import Act, Reading
from bot.dialogue.replies import REFUSALS
from bot.dialogue.steps import RULES_DECIDE, Step
from bot.dialogue.world import World
from bot.safety.verdicts import Assessment, Category
from tests.unit.dialogue.chat import Chat, said

CRISES = [
    ("crisis_explicit", False, "utter_crisis_explicit"),
    ("crisis_explicit", True, "utter_crisis_other_person"),
    ("crisis_ambiguous", False, "utter_crisis_ambiguous"),
    ("crisis_ambiguous", True, "utter_crisis_other_person"),
]
MEANINGS = ["nothing", "greet", "metastasis/tests", "restart", "stop", "deny", "request_human"]


@pytest.mark.parametrize("label", MEANINGS)
@pytest.mark.parametrize(("verdict", "other", "reply"), CRISES)
def test_a_crisis_is_answered_at_once_and_with_nothing_that_distracts(
    chat: Chat, label: str, verdict: str, other: bool, reply: str
) -> None:
    assert chat.say("...", label, verdict=verdict, other=other) == [reply]


def test_every_reply_to_a_crisis_is_known_as_one() -> None:
    assert {reply for _, _, reply in CRISES} == ANSWERS_CRISIS


@pytest.mark.parametrize("label", MEANINGS)
@pytest.mark.parametrize(("verdict", "other", "reply"), CRISES)
def test_a_crisis_closes_an_open_check_and_the_debt_of_the_check_is_paid(
    check: Chat, label: str, verdict: str, other: bool, reply: str
) -> None:
    actions = check.say("...", label, verdict=verdict, other=other)
    assert actions == [reply, DEACTIVATE_LOOP, TELL_PROVIDER]


@pytest.mark.parametrize("label", [*MEANINGS, "report_symptom"])
@pytest.mark.parametrize("other", [False, True])
def test_an_emergency_is_answered_first_and_ends_with_the_escalation(
    chat: Chat, label: str, other: bool
) -> None:
    actions = chat.say("...", label, verdict="emergency", other=other)
    assert actions == ["utter_emergency", TELL_PROVIDER]


@pytest.mark.parametrize("label", [*MEANINGS, "report_symptom", "skip", "goodbye"])
def test_an_emergency_closes_an_open_check(check: Chat, label: str) -> None:
    actions = check.say("...", label, verdict="emergency")
    assert actions == ["utter_emergency", DEACTIVATE_LOOP, TELL_PROVIDER]
    assert check.say("thanks", "thank") == ["utter_welcome"]


def test_a_symptom_is_met_with_the_healthcare_provider_before_the_first_question(
    chat: Chat,
) -> None:
    assert chat.say("my hip aches", "report_symptom") == ["utter_symptom_heard", CHECK_FORM]


@pytest.mark.parametrize("label", ["nothing", "greet", "out_of_scope", "deny", "restart"])
def test_a_symptom_that_only_the_rules_hear_opens_the_check(chat: Chat, label: str) -> None:
    assert chat.say("...", label, verdict="symptom") == ["utter_symptom_heard", CHECK_FORM]


def test_an_urgent_sign_is_answered_with_its_urgency_first(chat: Chat) -> None:
    assert chat.say("...", "metastasis/tests", verdict="urgent") == ["utter_urgent", CHECK_FORM]


def test_a_complaint_in_passing_does_not_stand_in_the_way_of_a_plain_question(chat: Chat) -> None:
    actions = chat.say("...", "metastasis/tests", verdict="symptom")
    assert actions == ["utter_metastasis/tests", TELL_PROVIDER]


@pytest.mark.parametrize(("category", "intent"), REFUSALS.items())
def test_what_must_be_declined_is_declined_with_its_own_words(
    chat: Chat, world: World, category: Category, intent: str
) -> None:
    refusal = intent.replace("request_", "utter_refuse_")
    assert world.replies[intent] == refusal
    for label in ("nothing", "restart", "greet", "goodbye", "stop", intent):
        assert chat.say("...", label, verdict=category.value) == [refusal]


@pytest.mark.parametrize(
    ("confidence", "reply"), [(0.8, "utter_out_of_scope"), (0.7, "utter_refuse_ranking")]
)
def test_what_is_surely_off_the_subject_is_turned_away_and_not_declined(
    chat: Chat, confidence: float, reply: str
) -> None:
    ranking = Assessment(Category.REFUSE_RANKING)
    off = Reading((Act("out_of_scope", confidence),))
    assert chat.hear(Said("which mortgage is best", "request_ranking", off, ranking)) == [reply]


def test_a_question_beside_what_is_declined_is_answered_too(chat: Chat) -> None:
    acts = "request_dose", "metastasis/tests test=ct", "metastasis/treatment"
    assert chat.say("...", *acts, verdict="refuse_dose") == [
        "utter_refuse_dose",
        "utter_metastasis/tests",
        "utter_metastasis/treatment",
    ]


def test_a_symptom_goes_before_what_must_be_declined(chat: Chat) -> None:
    actions = chat.say("...", "report_symptom", verdict="refuse_diagnosis")
    assert actions == ["utter_symptom_heard", CHECK_FORM]


def test_starting_over_is_confirmed_and_forgets_the_conversation(chat: Chat) -> None:
    chat.say("in Ireland", "inform_country country=ie")
    assert chat.say("start over", "restart") == ["utter_restarted", RESTART]
    assert chat.say("a number", "ask_helpline") == ["utter_ask_country"]


def test_small_talk_is_left_to_the_rules(world: World) -> None:
    assert next_step([said("hello", "greet")], world) is RULES_DECIDE


@pytest.mark.parametrize("events", [[], [Did("action_session_start"), Reset(), Did(LISTEN)]])
def test_before_anything_is_said_the_assistant_listens(world: World, events: list[Event]) -> None:
    assert next_step(events, world) == Step(LISTEN)
    assert plan(Conversation.of(events), world) == []


def test_after_a_restart_the_assistant_listens(world: World) -> None:
    events: list[Event] = [
        said("start over", "restart"),
        Did("utter_restarted"),
        Did(RESTART),
        Reset(),
    ]
    assert next_step(events, world) == Step(LISTEN)


def test_a_debt_that_outlived_a_reset_is_paid_in_the_next_turn(chat: Chat) -> None:
    chat.events += [said("my hip aches", "report_symptom", verdict="symptom"), Reset()]
    assert chat.say("hello", "greet") == ["utter_greet", TELL_PROVIDER]
    assert chat.say("hello", "greet") == ["utter_greet"]


def test_a_step_that_rasa_refused_to_run_is_tried_again(world: World) -> None:
    events: list[Event] = [
        said("...", "report_symptom", verdict="symptom"),
        Did("utter_symptom_heard"),
    ]
    assert next_step(events, world).action == CHECK_FORM
    assert next_step(events, world).action == CHECK_FORM


@pytest.mark.parametrize("typed", ["2", "2.", "2)", " 2 ", "٢"])
def test_a_bare_number_chooses_among_what_was_offered(chat: Chat, typed: str) -> None:
    chat.say("hello", "greet")
    assert chat.say(typed, "nothing") == [CHECK_FORM]


def test_a_chosen_topic_goes_on_with_what_was_talked_about(chat: Chat) -> None:
    chat.say("where does lung cancer go in the bone", "metastasis/symptoms body_site=bone")
    assert chat.say("2", "nothing") == ["utter_metastasis/tests"]
    chat.say("treating bone mets", "metastasis/treatment body_site=bone")
    assert chat.say("1", "nothing") == ["utter_metastasis/treatment_goal"]


def test_a_number_chooses_between_two_close_topics(chat: Chat) -> None:
    close = ("metastasis/curable", "metastasis/treatment_goal")
    assert chat.say("...", candidates=close) == ["utter_ask_which_topic"]
    assert chat.say("2", "nothing") == ["utter_metastasis/treatment_goal"]


@pytest.mark.parametrize("typed", ["0", "4", "99", "-1", "²", "1 or 2", "two", "1.5"])
def test_what_is_no_number_of_a_choice_is_read_as_it_stands(chat: Chat, typed: str) -> None:
    chat.say("hello", "greet")
    assert chat.say(typed, "nothing") == ["utter_default"]


def test_a_number_with_nothing_offered_is_read_as_it_stands(chat: Chat) -> None:
    assert chat.say("1", "nothing") == ["utter_default"]
    chat.say("start over", "restart")
    assert chat.say("1", "nothing") == ["utter_default"]


def test_starting_over_after_an_expired_session_pays_its_debt_first(check: Chat) -> None:
    check.events += [Did("action_session_start"), Reset(), Did(LISTEN)]
    check.slots.clear()
    check._check_open = False
    assert check.say("start over", "restart") == ["utter_restarted", TELL_PROVIDER, RESTART]


def test_a_choice_by_its_number_is_never_left_to_the_rules_of_what_it_was_read_as(
    chat: Chat,
) -> None:
    chat.say("what is that", "nothing")
    assert chat.say("1", "inform_symptom_detail") == ["utter_capabilities"]


def test_what_was_answered_as_an_emergency_leaves_its_debt_in_the_events() -> None:
    events: list[Event] = [said("39.4", "nothing"), Did("utter_emergency")]
    assert Conversation.of(events).owed
    assert not Conversation.of([*events, Did(TELL_PROVIDER)]).owed


def test_what_must_be_declined_beside_a_symptom_is_declined_before_anything_is_answered(
    chat: Chat,
) -> None:
    actions = chat.say("...", "report_symptom", "metastasis/tests", verdict="refuse_dose")
    assert actions[:2] == ["utter_symptom_heard", "utter_refuse_dose"]
    assert actions[-1] == CHECK_FORM


@pytest.mark.parametrize("verdict", ["none", "refuse_diagnosis"])
def test_and_mine_after_a_general_outlook_is_a_wish_for_a_prognosis(
    chat: Chat, verdict: str
) -> None:
    chat.say("can it be cured", "metastasis/curable")
    actions = chat.say("so can mine?", "metastasis/curable", verdict=verdict)
    assert actions == ["utter_refuse_prognosis"]


def test_and_mine_is_not_heard_in_a_message_that_surely_asks_for_something_else(
    chat: Chat,
) -> None:
    chat.say("can it be cured", "metastasis/curable")
    actions = chat.say("what is hospice for my dad's", "coping/hospice")
    assert actions == ["utter_coping/hospice"]


def test_every_own_case_of_a_topic_is_a_refusal(chat: Chat) -> None:
    kinds = {topic.own_case for topic in chat.world.topics.values() if topic.own_case}
    assert kinds
    assert all(Category(kind) in REFUSALS for kind in kinds)
