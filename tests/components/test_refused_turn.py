"""Rasa's own processor behind the guard: what is told in a turn that a platform refuses is kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.data import TrainingType
from rasa.utils.endpoints import EndpointConfig

from bot.channels.guard import guarded
from bot.channels.messaging.sending import SendingError, ShapedOutput
from bot.channels.messaging.settings import Limits
from bot.channels.messaging.shaping import Piece, Shaper
from bot.dialogue.channel_replies import Replies
from bot.dialogue.names import READING, SAFETY, SYMPTOM
from bot.dialogue.reading import Reading
from bot.nlg.curated_generator import CuratedGenerator
from bot.policies.guarded_policy import GuardedRulePolicy
from bot.safety.verdicts import Assessment, Category
from bot.store.memory_store import BoundedMemoryTrackerStore
from tests.components.conftest import CONTEXT, DATA

TOLD = "my shoulder has been stiff and sore"
SHAPER = Shaper.load(Limits(text=1000, buttons=3, title=20), DATA)


class Processor(MessageProcessor):  # type: ignore[misc]
    """Rasa's processor with the project's policy; a message is read as what the test says."""

    def __init__(self, policy: GuardedRulePolicy, domain: Domain) -> None:
        self._policy = policy
        self._domain = domain
        self._ensemble = DefaultPolicyPredictionEnsemble()
        generator = CuratedGenerator(EndpointConfig(), domain)
        store = BoundedMemoryTrackerStore(domain)
        super().__init__("", store, None, generator)

    def _load_model(self, model_path: str) -> Any:
        kind = TrainingType.BOTH
        return (
            "",
            SimpleNamespace(
                domain=self._domain, assistant_id="a", model_id="m", training_type=kind
            ),
            None,
        )

    async def parse_message(self, message: UserMessage, *_: Any, **__: Any) -> dict[str, Any]:
        told = message.text == TOLD
        label = "report_symptom" if told else "inform_symptom_detail"
        return {
            "text": message.text,
            "intent": {"name": label, "confidence": 1.0},
            "entities": [],
            READING: Reading.of(label).to_dict(),
            SAFETY: Assessment(Category.SYMPTOM if told else Category.NONE).to_dict(),
        }

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        prediction = self._policy.predict_action_probabilities(tracker, self.domain)
        return self._ensemble.combine_predictions([prediction], tracker, self.domain)


@pytest.fixture
def processor(domain: Domain, storage: LocalModelStorage) -> Processor:
    """A processor that needs no trained model: all that happens here is planned."""
    config = {**GuardedRulePolicy.get_default_config(), "data_dir": str(DATA)}
    policy = GuardedRulePolicy.create(config, storage, Resource("policy"), CONTEXT)
    return Processor(policy, domain)


async def shown(processor: Processor, text: str, *refused: int) -> list[str]:
    """What a person is shown for a message while the platform refuses pieces by their number."""
    tried: list[str] = []
    arrived: list[str] = []

    async def send(piece: Piece) -> None:
        tried.append(piece.text)
        if len(tried) in refused:
            raise SendingError("status 400", again=False)
        arrived.append(piece.text)

    output = ShapedOutput("pigeon", SHAPER, send)
    await guarded(processor.handle_message, Replies.load())(UserMessage(text, output, "Ann"))
    return arrived


async def test_the_next_turn_knows_a_symptom_although_its_second_piece_was_refused(
    processor: Processor,
) -> None:
    first, calm = await shown(processor, TOLD, 2)
    assert "tell your healthcare provider" in first.replace("\n", " ")
    assert calm == Replies.load().trouble
    [question] = await shown(processor, "A few weeks")
    assert question.startswith("Is it getting better, getting worse")
    tracker = await processor.tracker_store.retrieve("Ann")
    assert tracker.get_slot(SYMPTOM) == TOLD
