"""The last word on a message: the safety core reads it on its own, after everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.verdict_intents import INTENTS
from bot.nlu.keys import SAFETY
from bot.nlu.parse_data import write_intent
from bot.safety.assess import SafetyCore


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGuard(GraphComponent):
    """Puts the safety core's assessment into the parse data and overrides the intent.

    It stands last, so that nothing can take its verdict back. The classifier's reading stays
    beside it: a symptom that either of the two sees is a symptom.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings."""
        return {
            # The directory with the safety rules.
            "safety_dir": "data/knowledge/safety",
        }

    def __init__(self, config: dict[str, Any]) -> None:
        """Load the rules; broken rules stop the start, they are never passed over."""
        self._core = SafetyCore.load(Path(config["safety_dir"]))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGuard:
        """Create the component (see the parent class)."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Assess each message; a verdict becomes its intent with full confidence."""
        for message in messages:
            assessment = self._core.assess(message.get(TEXT) or "")
            message.set(SAFETY, assessment.to_dict(), add_to_output=True)
            intent = INTENTS.get(assessment.category)
            if intent is not None:
                write_intent(message, intent, 1.0)
                ranking = message.get(INTENT_RANKING_KEY, [])
                top = {"name": intent, "confidence": 1.0}
                message.set(INTENT_RANKING_KEY, [top, *ranking], add_to_output=True)
        return messages
