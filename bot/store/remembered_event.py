"""The event that stands for the earlier part of a long conversation."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.events import Remembered


class ConversationRemembered(Event):
    """Brings a tracker into the state that the events before it would have brought it into."""

    type_name = "remembered"

    def __init__(
        self,
        memory: Remembered,
        paused: bool = False,
        timestamp: float | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Take what is remembered; `paused` is Rasa's own switch and no matter of the plan."""
        super().__init__(timestamp, metadata)
        self.memory = memory
        self.paused = paused

    def apply_to(self, tracker: DialogueStateTracker) -> None:
        """Set slots, form and pause; a slot that the domain no longer has is left out."""
        tracker._reset()
        for name, value in self.memory.slots.items():
            if name in tracker.slots:
                tracker._set_slot(name, value)
        tracker.change_loop_to(self.memory.open_form)
        tracker._paused = self.paused

    def as_dict(self) -> dict[str, Any]:
        """This event as plain JSON values."""
        own = {"memory": self.memory.to_dict(), "paused": self.paused}
        return {**super().as_dict(), **own}

    @classmethod
    def _from_parameters(cls, parameters: dict[str, Any]) -> ConversationRemembered:
        return cls(
            Remembered.from_dict(parameters["memory"]),
            bool(parameters.get("paused")),
            parameters.get("timestamp"),
            parameters.get("metadata"),
        )

    def as_story_string(self) -> None:
        """Nothing: it has no place in a story."""

    def __eq__(self, other: object) -> bool:
        """Equal if the same is remembered."""
        if not isinstance(other, ConversationRemembered):
            return NotImplemented
        return (self.memory, self.paused) == (other.memory, other.paused)

    def __hash__(self) -> int:
        """By what is remembered, as far as it can be hashed."""
        return hash((self.memory.owed, self.memory.answered, self.paused))
