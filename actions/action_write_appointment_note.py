"""Writes the note for the appointment, in the person's own words."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.check import NOT_GIVEN

SLOTS = {
    "symptom": "symptom_description",
    "duration": "symptom_duration",
    "trend": "symptom_trend",
    "treatment": "in_treatment",
}

# Angle brackets could be taken for markup where the note is shown or pasted.
_ESCAPES = str.maketrans({"<": "\u2039", ">": "\u203a"})


class ActionWriteAppointmentNote(Action):
    """Fills the note with the answers of the symptom check."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_write_appointment_note"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the note; an answer that was not given is left to the response to word."""
        answers = {name: escaped(tracker.get_slot(slot)) for name, slot in SLOTS.items()}
        dispatcher.utter_message(
            response="utter_appointment_note", date=date.today().isoformat(), **answers
        )
        return []


def escaped(answer: object) -> str | None:
    """An answer on one line and without markup, or None where none was given."""
    if not isinstance(answer, str) or answer == NOT_GIVEN:
        return None
    return " ".join(answer.split()).translate(_ESCAPES) or None
