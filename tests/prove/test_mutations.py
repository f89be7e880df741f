"""Each guard that is taken away, reordered or moved is missed: the search finds a conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.dialogue import answers, check_plan, planner
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Event, Reset, Said, SlotChanged
from bot.dialogue.names import CHECK_FORM, COUNTRY, LISTEN, RESTART, TELL_PROVIDER
from bot.dialogue.planner import next_step
from bot.dialogue.steps import RULES_DECIDE, Step, steps
from bot.dialogue.world import World
from bot.safety.verdicts import Assessment, Category
from tools.prove import story
from tools.prove.exhaustive import Exhaustive
from tools.prove.simulation import Predict

Mutation = Callable[[Sequence[Event], World], Step]


def broken_promises(exhaustive: Exhaustive, predict: Predict = next_step) -> str:
    """The counterexamples that the search finds; none fails the test."""
    found = exhaustive.core(replace(exhaustive.setting, predict=predict), most=40)
    assert found.counterexamples, "The mutation was not caught."
    return "\n".join(map(story.conversation, found.counterexamples))


def without_verdicts(*categories: Category) -> Mutation:
    def predict(events: Sequence[Event], world: World) -> Step:
        deaf = [
            replace(event, verdict=Assessment())
            if isinstance(event, Said) and event.verdict.category in categories
            else event
            for event in events
        ]
        return next_step(deaf, world)

    return predict


@pytest.mark.parametrize(
    ("categories", "promise"),
    [
        ((Category.CRISIS_EXPLICIT,), "Crisis"),
        ((Category.CRISIS_AMBIGUOUS,), "Crisis"),
        ((Category.EMERGENCY,), "Urgent first"),
        ((Category.URGENT,), "Urgent first"),
        ((Category.SYMPTOM,), "Escalation"),
    ],
)
def test_a_guard_that_is_not_heard_is_missed(
    exhaustive: Exhaustive, categories: tuple[Category, ...], promise: str
) -> None:
    assert promise in broken_promises(exhaustive, without_verdicts(*categories))


def test_a_form_that_outbids_the_policy_is_found(exhaustive: Exhaustive) -> None:
    def form_first(events: Sequence[Event], world: World) -> Step:
        now = Conversation.of(events)
        heard = isinstance(events[-1], Said)
        return Step(CHECK_FORM) if now.check_open and heard else next_step(events, world)

    assert "Crisis" in broken_promises(exhaustive, form_first)


def test_an_open_check_before_the_alarm_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planner.plan

    def check_first(conversation: Conversation, world: World) -> list[Step]:
        if conversation.check_open and conversation.turn:
            return check_plan.open_check_steps(conversation.turn.said, conversation, world)
        return plan(conversation, world)

    monkeypatch.setattr(planner, "plan", check_first)
    assert "the emergency wording first" in broken_promises(exhaustive)


def test_an_emergency_before_a_crisis_that_never_comes_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {category: "utter_emergency" for category in planner.CRISIS_REPLIES}
    monkeypatch.setattr(planner, "CRISIS_REPLIES", wrong)
    assert "Crisis" in broken_promises(exhaustive)


def test_small_talk_before_a_symptom_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "reports_symptom", lambda said: False)
    assert "Urgent first" in broken_promises(exhaustive)


def test_a_debt_that_lies_in_a_slot_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flag slot is emptied by a new session; what happened is not."""

    def owed_by_slot(self: Conversation) -> bool:
        described = self.slots.get("symptom_description") is not None
        return described and TELL_PROVIDER not in (self.turn.done if self.turn else ())

    monkeypatch.setattr(Conversation, "escalation_due", property(owed_by_slot))
    assert "Escalation" in broken_promises(exhaustive)


def test_a_session_that_forgets_the_debt_is_found(exhaustive: Exhaustive) -> None:
    def forgetful(events: Sequence[Event], world: World) -> Step:
        resets = [i for i, event in enumerate(events) if isinstance(event, Reset)]
        return next_step(events[resets[-1] + 1 :] if resets else events, world)

    assert "the session expires" in broken_promises(exhaustive, forgetful)


@pytest.mark.parametrize("label", ["stop", "goodbye", "request_human"])
def test_an_escalation_that_is_dropped_on_one_way_out_is_found(
    exhaustive: Exhaustive, label: str
) -> None:
    def dropping(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        said = [event for event in events if isinstance(event, Said)]
        dropped = step.action == TELL_PROVIDER and said[-1].reading.label == label
        return Step(LISTEN) if dropped else step

    assert f"read as {label}" in broken_promises(exhaustive, dropping)


def test_a_restart_that_forgets_first_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check_plan._LEAVING, "restart", steps("utter_restarted", RESTART))
    assert "read as restart" in broken_promises(exhaustive)


def test_an_escalation_that_is_not_the_last_word_is_found(exhaustive: Exhaustive) -> None:
    def one_more(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        done = Conversation.of(events).turn
        said = done.done if done else []
        last = step.action == LISTEN and TELL_PROVIDER in said and "utter_welcome" not in said
        return Step("utter_welcome") if last else step

    assert "last message is utter_welcome" in broken_promises(exhaustive, one_more)


def test_a_message_that_gets_no_answer_is_found(exhaustive: Exhaustive) -> None:
    def silent(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        return Step(LISTEN) if step is RULES_DECIDE else step

    assert "Never silent" in broken_promises(exhaustive, silent)


def test_a_turn_that_never_ends_is_found(exhaustive: Exhaustive) -> None:
    def endless(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        return Step("utter_welcome") if step.action == LISTEN else step

    assert "Never silent" in broken_promises(exhaustive, endless)


def test_what_is_typed_and_sets_a_slot_is_found(exhaustive: Exhaustive) -> None:
    def believing(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        return Step(step.action, {**step.slots, "role": "doctor"})

    assert "No forged state" in broken_promises(exhaustive, believing)


def test_a_country_that_is_taken_for_granted_is_found(exhaustive: Exhaustive) -> None:
    """Where the message names nothing, whatever is kept is forged."""

    def assuming(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        asks = step.action == answers.ASK_COUNTRY
        return Step("utter_helplines", {COUNTRY: "us"}) if asks else step

    assert "a country is kept that nobody named" in broken_promises(exhaustive, assuming)


def test_a_country_that_takes_the_place_of_another_is_found(exhaustive: Exhaustive) -> None:
    def mistaken(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        replaced = {COUNTRY: "us"} if step.slots.get(COUNTRY) == "ie" else {}
        return Step(step.action, {**step.slots, **replaced})

    assert "a country is kept that nobody named" in broken_promises(exhaustive, mistaken)


def test_a_check_that_cannot_be_left_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check_plan._LEAVING, "stop", steps(CHECK_FORM))
    assert "The check can be left" in broken_promises(exhaustive)


def breaks_no_advice(exhaustive: Exhaustive, predict: Predict = next_step) -> bool:
    """Whether the whole alphabet finds advice: it has every verdict at every confidence."""
    found = exhaustive.check(replace(exhaustive.setting, predict=predict))
    return any("No advice" in fault for one in found.counterexamples for fault in one.faults)


def test_an_answer_in_place_of_a_refusal_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "must_decline", lambda said: False)
    monkeypatch.setattr(check_plan, "must_decline", lambda said: False)
    assert breaks_no_advice(exhaustive)


def test_an_answer_to_what_was_not_understood_in_place_of_a_refusal_is_found(
    exhaustive: Exhaustive,
) -> None:
    def guessing(events: Sequence[Event], world: World) -> Step:
        step = next_step(events, world)
        said = [event for event in events if isinstance(event, Said)]
        declined = step.action.startswith("utter_refuse_") and not said[-1].reading.acts
        return Step("utter_metastasis/overview") if declined else step

    assert breaks_no_advice(exhaustive, guessing)


def test_a_prognosis_given_where_the_answer_is_not_sure_enough_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(answers.SURE, Category.REFUSE_PROGNOSIS, answers.SURE_ENOUGH)
    assert breaks_no_advice(exhaustive)


def test_advice_given_where_the_answer_is_not_sure_enough_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SURE_ENOUGH", answers.SURE[Category.REFUSE_DIAGNOSIS])
    assert breaks_no_advice(exhaustive)


def test_a_diagnosis_given_where_the_answer_is_a_guess_is_found(
    exhaustive: Exhaustive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(answers.SURE, Category.REFUSE_DIAGNOSIS, 0.0)
    assert breaks_no_advice(exhaustive)


def test_a_slot_change_alone_is_no_debt() -> None:
    forged = [SlotChanged("symptom_description", "x")]
    assert not Conversation.of(forged).owed
