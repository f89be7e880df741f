"""What can happen to a conversation: a message, a new session, and what may fail meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bot.dialogue.events import Said
from bot.dialogue.reading import Act, Named, Reading
from bot.dialogue.typed_text import clean
from bot.safety.verdicts import Assessment, Category


class Fault(Enum):
    """What fails while a message is answered."""

    NONE = "nothing"
    NO_NOTE = "the action server is down"
    NO_WORDING = "every wording is missing but the calm one"
    NO_PLAN = "planning raises an error"
    LATE_NO_PLAN = "planning raises an error after the first step"
    CUT = "the turn is cut off after its first step"


@dataclass(frozen=True)
class Stimulus:
    """A message as it was understood, or a new session where there is none.

    raised: the verdict that the messages before it lead to; the stored one stays as it is.
    """

    said: Said | None
    raised: Assessment | None = None
    fault: Fault = Fault.NONE

    @property
    def judged(self) -> Said:
        """The message as it is answered."""
        assert self.said is not None
        if self.raised is None:
            return self.said
        return replace(self.said, verdict=self.raised)

    def __str__(self) -> str:
        """In one line, for people."""
        if self.said is None:
            return "(the session expires, a new one begins)"
        labels = " + ".join(act.label for act in self.said.reading.acts) or "not understood"
        notes = [f"read as {labels}"]
        if self.judged.verdict.category is not Category.NONE:
            other = " of someone else" if self.judged.verdict.about_other_person else ""
            notes.append(f"verdict {self.judged.verdict.category.value}{other}")
        if self.fault is not Fault.NONE:
            notes.append(self.fault.value)
        return f'"{self.said.text}" ({", ".join(notes)})'


NEW_SESSION = Stimulus(None)
UNREAD = "nothing"
"""Stands in an alphabet for words that were not understood."""


def message(
    text: str,
    *labels: str,
    verdict: Category = Category.NONE,
    other: bool = False,
    confidence: float = 0.9,
    named: tuple[Named, ...] = (),
    elliptical: bool = False,
    candidates: tuple[str, ...] = (),
) -> Stimulus:
    """A typed message, cleaned as the channel cleans it, read and judged in this way."""
    acts = tuple(Act(label, confidence, named, elliptical) for label in labels if label != UNREAD)
    whole = acts[0] if acts else Act("", confidence, named, elliptical)
    reading = Reading(acts, candidates, whole)
    judged = Assessment(verdict, about_other_person=other)
    return Stimulus(Said(clean(text, 4000), reading.label.split("/")[0], reading, judged))
