"""The policy predicts the planner's step, and a calm reply where planning fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from bot.dialogue.names import CHECK_FORM, DEACTIVATE_LOOP, LISTEN, TELL_PROVIDER
from bot.dialogue.reading import Named, Reading
from bot.policies import guarded_policy
from bot.policies.guarded_policy import GuardedRulePolicy
from bot.safety.combine import ConversationContext
from bot.safety.verdicts import Assessment, Category
from tests.components.conftest import CONTEXT, DATA

CONFIG = {**GuardedRulePolicy.get_default_config(), "data_dir": str(DATA)}
START = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted(LISTEN)]
Predict = Callable[..., PolicyPrediction]


def said(label: str, verdict: Category = Category.NONE, named: tuple[Named, ...] = ()) -> Event:
    """A message that was read as `label` and judged as `verdict`."""
    parsed = {
        "intent": {"name": label.split("/")[0], "confidence": 1.0},
        "reading": Reading.of(label, named).to_dict(),
        "safety": Assessment(verdict).to_dict(),
    }
    return UserUttered("...", parsed["intent"], parse_data=parsed)


@pytest.fixture(scope="module")
def policy(domain: Domain, tmp_path_factory: pytest.TempPathFactory) -> GuardedRulePolicy:
    """The policy, trained on the rules of small talk."""
    storage = LocalModelStorage(tmp_path_factory.mktemp("policy"))
    made: GuardedRulePolicy = GuardedRulePolicy.create(CONFIG, storage, Resource("policy"), CONTEXT)
    rules = YAMLStoryReader(domain).read_from_file(str(DATA / "rules" / "small_talk.yml"))
    generator = TrainingDataGenerator(StoryGraph(rules), domain, augmentation_factor=0)
    made.train(generator.generate(), domain)
    return made


@pytest.fixture
def predict(policy: GuardedRulePolicy, domain: Domain) -> Predict:
    """A function that gives the prediction after these events."""

    def make(*events: Event) -> PolicyPrediction:
        tracker = DialogueStateTracker.from_events("someone", [*START, *events], domain.slots)
        return policy.predict_action_probabilities(tracker, domain)

    return make


def action(prediction: PolicyPrediction, domain: Domain) -> str:
    best = prediction.probabilities.index(max(prediction.probabilities))
    return str(domain.action_names_or_texts[best])


@pytest.mark.parametrize(
    ("events", "planned"),
    [
        ([said("metastasis/tests")], "utter_metastasis/tests"),
        ([said("metastasis/tests"), ActionExecuted("utter_metastasis/tests")], LISTEN),
        ([said("nlu_fallback", Category.EMERGENCY)], "utter_emergency"),
        ([said("greet", Category.CRISIS_EXPLICIT)], "utter_crisis_explicit"),
        (
            [said("nlu_fallback", Category.EMERGENCY), ActionExecuted("utter_emergency")],
            TELL_PROVIDER,
        ),
        ([said("report_symptom"), ActionExecuted("utter_symptom_heard")], CHECK_FORM),
        ([ActiveLoop(CHECK_FORM), said("stop")], DEACTIVATE_LOOP),
        ([], LISTEN),
    ],
)
def test_the_planned_step_is_predicted_for_sure(
    predict: Predict, domain: Domain, events: list[Event], planned: str
) -> None:
    prediction = predict(*events)
    assert action(prediction, domain) == planned
    assert sorted(prediction.probabilities)[-2:] == [0.0, 1.0]


def test_a_planned_step_is_marked_so_that_no_form_can_outbid_it(predict: Predict) -> None:
    assert predict(said("metastasis/tests")).is_no_user_prediction
    assert predict(ActiveLoop(CHECK_FORM), said("stop")).is_no_user_prediction


def test_a_planned_step_sets_its_slots(predict: Predict) -> None:
    events = predict(said("metastasis/tests", named=(Named("test", "ct"),))).optional_events
    assert SlotSet("test", "ct") in events
    assert SlotSet("body_site", None) in events


@pytest.mark.parametrize(("label", "reply"), [("greet", "utter_greet"), ("thank", "utter_welcome")])
def test_small_talk_is_left_to_the_rules(
    predict: Predict, domain: Domain, label: str, reply: str
) -> None:
    prediction = predict(said(label))
    assert action(prediction, domain) == reply
    assert not prediction.is_no_user_prediction
    assert action(predict(said(label), ActionExecuted(reply)), domain) == LISTEN


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planner that always raises."""

    def fail(*_: Any) -> None:
        raise ZeroDivisionError("what the person typed")

    monkeypatch.setattr(guarded_policy, "next_step", fail)


@pytest.mark.usefixtures("broken")
def test_when_planning_fails_the_person_gets_the_calm_reply_and_the_escalation(
    predict: Predict, domain: Domain
) -> None:
    events: list[Event] = [said("metastasis/tests")]
    for expected in ("utter_trouble", TELL_PROVIDER, LISTEN):
        prediction = predict(*events)
        assert action(prediction, domain) == expected
        assert prediction.is_no_user_prediction
        events.append(ActionExecuted(expected))


@pytest.mark.usefixtures("broken")
def test_every_message_that_cannot_be_planned_for_is_answered(
    predict: Predict, domain: Domain
) -> None:
    first = [said("greet"), *map(ActionExecuted, ("utter_trouble", TELL_PROVIDER, LISTEN))]
    assert action(predict(*first, said("greet")), domain) == "utter_trouble"


@pytest.mark.usefixtures("broken")
def test_what_the_person_typed_stays_out_of_the_log(
    predict: Predict, caplog: pytest.LogCaptureFixture
) -> None:
    predict(said("metastasis/tests"))
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "Planning a turn failed (ZeroDivisionError)."
    ]


def test_a_record_of_a_message_that_cannot_be_read_gets_the_calm_reply(
    predict: Predict, domain: Domain
) -> None:
    event = UserUttered("...", {"name": "greet"}, parse_data={"safety": {"category": "unheard of"}})
    assert action(predict(event), domain) == "utter_trouble"


def test_a_step_that_the_domain_has_not_got_gets_the_calm_reply(
    predict: Predict, domain: Domain
) -> None:
    assert action(predict(said("myth/that_was_never_written")), domain) == "utter_trouble"


def test_a_message_is_judged_in_the_light_of_those_before_it(
    predict: Predict, domain: Domain, policy: GuardedRulePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def assess(text: str, context: ConversationContext) -> Assessment:
        return Assessment(Category.EMERGENCY if context.findings else Category.NONE)

    monkeypatch.setattr(policy, "_judge", replace(policy._judge, assess=assess))
    fever = said("report_symptom", Category.URGENT)
    fever.parse_data["safety"]["findings"] = ["fever"]
    check = [ActionExecuted("utter_urgent"), ActiveLoop(CHECK_FORM), ActionExecuted(CHECK_FORM)]
    events = [fever, *check, ActionExecuted(LISTEN), said("nlu_fallback")]
    assert action(predict(*events), domain) == "utter_emergency"


def test_rasa_never_falls_back_on_its_own_action() -> None:
    assert GuardedRulePolicy.get_default_config()["core_fallback_action_name"] == "utter_default"
