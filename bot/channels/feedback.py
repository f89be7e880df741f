"""What a person thought of an answer, kept with the conversation.

It is an event of its own: it changes nothing in the dialogue, and whoever reviews conversations
finds it in the tracker store beside the answer.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import SkipEventInMDStoryMixin


class FeedbackGiven(SkipEventInMDStoryMixin):
    """A person said whether an answer helped, and perhaps why not."""

    type_name = "feedback"

    def __init__(
        self,
        response: str | None,
        helpful: bool,
        reasons: list[str] | None = None,
        timestamp: float | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Name the response that was judged; `reasons` are ids of `data/widget/texts.yml`."""
        self.response = response
        self.helpful = helpful
        self.reasons = list(reasons or ())
        super().__init__(timestamp, metadata)

    def _content(self) -> tuple[str | None, bool, tuple[str, ...]]:
        return self.response, self.helpful, tuple(self.reasons)

    def __hash__(self) -> int:
        """Alike where the content is alike."""
        return hash(self._content())

    def __eq__(self, other: object) -> bool:
        """Compare the content."""
        if not isinstance(other, FeedbackGiven):
            return NotImplemented
        return self._content() == other._content()

    def as_dict(self) -> dict[str, Any]:
        """The event as the tracker store keeps it."""
        content = {"response": self.response, "helpful": self.helpful, "reasons": self.reasons}
        return {**super().as_dict(), **content}

    @classmethod
    def _from_parameters(cls, parameters: dict[str, Any]) -> FeedbackGiven:
        return cls(
            parameters.get("response"),
            bool(parameters.get("helpful")),
            parameters.get("reasons"),
            parameters.get("timestamp"),
            parameters.get("metadata"),
        )
