"""The one policy of the assistant."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.events import Event
from bot.dialogue.memory import Judge, judged_in_context
from bot.dialogue.planner import next_step
from bot.dialogue.steps import RULES_DECIDE, Step
from bot.dialogue.trouble import step_in_trouble
from bot.dialogue.world import World
from bot.nlu.shared import lexicon, safety_core
from bot.store.plain_events import plain_events

logger = logging.getLogger(__name__)

_ASSESSED = 8
"""So many assessments of the latest messages are kept for the next step of a turn."""


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class GuardedRulePolicy(RulePolicy):
    """A RulePolicy whose turns are planned by `bot.dialogue.planner`.

    The planner comes first and keeps the promises; a message for which it has no plan of
    its own (small talk) is left to the rules under `data/rules`, which the parent knows.
    Should planning ever fail, the person gets the calm reply for trouble, which carries the
    emergency route, and the escalation. Predictions are marked as "no user" ones, because
    an active form's prediction is one too and would win over any confidence.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """RulePolicy's settings, and where the assistant's knowledge lies."""
        return {
            **RulePolicy.get_default_config(),
            # The directory that holds knowledge/ and lexicon/.
            "data_dir": "data",
            # What the rules do for an intent that has none; never the stock action, which
            # replays the whole history.
            "core_fallback_action_name": "utter_default",
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> None:
        """Create the policy and load what the planner knows."""
        super().__init__(config, model_storage, resource, execution_context, **kwargs)
        data_dir = Path(config["data_dir"])
        self._world = World.load(data_dir, lexicon(data_dir / "lexicon"))
        # A turn is planned anew for each of its steps, with the same texts to assess.
        assess = lru_cache(_ASSESSED)(safety_core(data_dir / "knowledge" / "safety").assess)
        self._judge = Judge(assess, self._world.cues.treatment_statement, self._world.choices)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The planned step of the turn; what the rules say, where the plan leaves it to them."""
        try:
            step = next_step(self._events(tracker), self._world)
            if step is not RULES_DECIDE:
                return self._prediction_of(step, domain)
        except Exception as error:  # the promise never to fall silent outranks any bug
            logger.error("Planning a turn failed (%s).", type(error).__name__)
            return self._prediction_of(step_in_trouble(_done(tracker)), domain)
        return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)

    def _events(self, tracker: DialogueStateTracker) -> list[Event]:
        return judged_in_context(list(plain_events(tracker.events)), self._judge)

    def _prediction_of(self, step: Step, domain: Domain) -> PolicyPrediction:
        probabilities = [0.0] * domain.num_actions
        probabilities[domain.index_for_action(step.action)] = 1.0
        return PolicyPrediction(
            probabilities,
            self.__class__.__name__,
            policy_priority=self.priority,
            optional_events=[SlotSet(name, value) for name, value in step.slots.items()],
            is_no_user_prediction=True,
        )


def _done(tracker: DialogueStateTracker) -> list[str]:
    """What was done about the latest message, the last first."""
    done: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            done.append(event.action_name)
    return done
