"""Utters curated responses only: one wording each, with sources and choices."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.channel_replies import Replies
from bot.dialogue.names import COUNTRY, READING, TROUBLE
from bot.dialogue.offers import Offers
from bot.knowledge.citation import Citations
from bot.nlg.closed_texts import closed_texts

logger = logging.getLogger(__name__)

NOTE = "utter_appointment_note"
NOT_GIVEN = "utter_note_not_given"
WHICH_TOPIC = "utter_ask_which_topic"
TERMINAL = "cmdline"
"""Rasa's chat in the terminal. Its menu of buttons shows one line of the message, not more."""
OPTIONAL = frozenset({"utter_restart", "utter_back"})
"""Rasa asks for these with its own actions and expects nothing where there is none."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class CuratedGenerator(TemplatedNaturalLanguageGenerator):
    """Picks the one wording that fits the slots, fills in closed texts, cites and offers.

    Rasa builds it before the model is loaded and hands over the responses later; it does so
    only to a subclass of its own templated generator.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Load the sources and the offered choices.

        `data_dir` in endpoints.yml names the directory of the data (default: data).
        """
        super().__init__(domain.responses)
        data_dir = Path(endpoint_config.kwargs.get("data_dir", "data"))
        self._citations = Citations.load(data_dir)
        self._offers = Offers.load(data_dir)
        self._trouble = Replies.load(data_dir / "responses" / "small_talk.yml").trouble

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The message for a response; what is not curated is replaced by the calm one."""
        if utter_action in OPTIONAL and utter_action not in self.responses:
            return None
        try:
            return self._worded(utter_action, tracker, output_channel, kwargs)
        except Exception as error:  # a wording that cannot be made must not become silence
            logger.error("Wording %r failed (%s).", utter_action, type(error).__name__)
            return {"text": self._trouble}

    def _worded(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        kwargs: dict[str, Any],
    ) -> dict[str, Any]:
        if utter_action not in self.responses:
            logger.error("There is no curated response %r.", utter_action)
            utter_action = TROUBLE
        slots = tracker.current_slot_values()
        values = closed_texts(slots.get(COUNTRY)) | self._note_values(utter_action, kwargs)
        message = self.generate_from_slots(utter_action, slots, output_channel, **values)
        if message is None:
            logger.error("No wording of %r fits.", utter_action)
            return {"text": self._trouble}
        self._cite(message)
        self._offer(message, utter_action, tracker)
        if tracker.get_latest_input_channel() == TERMINAL:
            _write_out_buttons(message)
        return message

    def _random_response_for(
        self, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
    ) -> dict[str, Any] | None:
        """The wording that fits; the parent draws one at random where several do."""
        fitting = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, filled_slots
        )
        return fitting[0] if fitting else None

    def _fill_response(
        self,
        response: dict[str, Any],
        filled_slots: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Put the values in by one plain pass; the parent fails on a value that holds "0["."""
        values = {**(filled_slots or {}), **kwargs}
        response["text"] = _PLACEHOLDER.sub(
            lambda found: str(values.get(found[1], found[0])), response["text"]
        )
        return response

    def _note_values(self, utter_action: str, given: dict[str, Any]) -> dict[str, Any]:
        """The person's own words, which only the note may repeat."""
        if utter_action != NOTE:
            return {}
        nothing = self.responses[NOT_GIVEN][0]["text"]
        return {name: value or nothing for name, value in given.items()}

    def _cite(self, message: dict[str, Any]) -> None:
        metadata = message.get("metadata") or {}
        if metadata.get("sources"):
            line = self._citations.line_for(metadata["sources"], metadata["reviewed_on"])
            # One line break: several channels take an empty line for the end of a message.
            message["text"] = f"{message['text']}\n{line}"

    def _offer(
        self, message: dict[str, Any], utter_action: str, tracker: DialogueStateTracker
    ) -> None:
        if message.get("buttons") or tracker.active_loop_name or _opens_check(tracker):
            return
        if utter_action == WHICH_TOPIC:
            titles = self._offers.titles_of(_candidates(tracker))
        else:
            titles = self._offers.titles_with(utter_action, _given(tracker))
        if titles:
            message["buttons"] = [{"title": title, "payload": title} for title in titles]


def _parse_data(tracker: DialogueStateTracker) -> dict[str, Any]:
    return dict(tracker.latest_message.parse_data or {}) if tracker.latest_message else {}


def _write_out_buttons(message: dict[str, Any]) -> None:
    """Show what can be chosen as words to type, below the text."""
    buttons = message.pop("buttons", None) or ()
    words = " ".join(f"[{button['payload']}]" for button in buttons)
    message["text"] = f"{message['text']}\n{words}".rstrip()


def _candidates(tracker: DialogueStateTracker) -> list[str]:
    return list(_parse_data(tracker).get(READING, {}).get("candidates", ()))


def _opens_check(tracker: DialogueStateTracker) -> bool:
    """Whether the question that follows is the check's: other choices would compete with it."""
    acts = _parse_data(tracker).get(READING, {}).get("acts", ())
    return any(act["label"] == "report_symptom" for act in acts)


def _given(tracker: DialogueStateTracker) -> frozenset[str]:
    """The topics answered in this conversation."""
    return frozenset(
        event.action_name.removeprefix("utter_")
        for event in tracker.events
        if isinstance(event, ActionExecuted) and event.action_name and "/" in event.action_name
    )
