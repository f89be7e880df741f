"""What the conversation has come to, computed from its events and from nothing else.

Slots are only read where an answer to the symptom check is kept; what is owed never
depends on one, because a slot could be forged and an event that happened could not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.dialogue.events import (
    Did,
    Event,
    LoopChanged,
    Remembered,
    Reset,
    Said,
    SlotChanged,
    Uttered,
)
from bot.dialogue.names import (
    CHECK_FORM,
    CHECK_QUESTIONS,
    EMERGENCY,
    LISTEN,
    REQUESTED_SLOT,
    TELL_PROVIDER,
)
from bot.safety.verdicts import Category

SYMPTOM_INTENTS = frozenset(
    {"report_symptom", "request_symptom_check", "report_emergency", "report_urgent_symptom"}
)
ANSWERS_SYMPTOM = frozenset({EMERGENCY, "utter_urgent", "utter_symptom_heard"})
"""The replies that are given to a symptom and to nothing else."""
CRISIS_REPLIES = {
    Category.CRISIS_EXPLICIT: "utter_crisis_explicit",
    Category.CRISIS_AMBIGUOUS: "utter_crisis_ambiguous",
}
CRISIS_OF_ANOTHER = "utter_crisis_other_person"
ANSWERS_CRISIS = frozenset({*CRISIS_REPLIES.values(), CRISIS_OF_ANOTHER})
"""The replies to a crisis. Nothing is said beside them."""


@dataclass
class Turn:
    """One message of the person and what the assistant has done about it so far."""

    said: Said
    done: list[str] = field(default_factory=list)
    uttered: list[Uttered] = field(default_factory=list)
    slots: dict[str, object] = field(default_factory=dict)
    check_open_before: bool = False
    requested_before: str | None = None
    owed_before: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """The topics answered in this turn, in order."""
        return tuple(name[len("utter_") :] for name in self.done if "/" in name)


@dataclass
class Conversation:
    """The turns since the last reset, the open form, and the question it has asked."""

    turns: list[Turn] = field(default_factory=list)
    check_open: bool = False
    requested: str | None = None
    owed: bool = False
    slots: dict[str, object] = field(default_factory=dict)
    last_action: str | None = None
    earlier: Remembered = field(default_factory=Remembered)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Conversation:
        """The conversation that these events make.

        A restart or a new session forgets everything but a debt: an escalation that was
        owed before it is still owed after it.
        """
        return cls().followed_by(events)

    def followed_by(self, events: Iterable[Event]) -> Conversation:
        """The conversation once these have happened too; this one must not be used after it."""
        conversation = self
        for event in events:
            if isinstance(event, Reset):
                conversation = Conversation(owed=conversation.owed)
            elif isinstance(event, Remembered):
                conversation = Conversation._after(event)
            else:
                conversation._apply(event)
        return conversation

    @classmethod
    def _after(cls, earlier: Remembered) -> Conversation:
        return cls(
            check_open=earlier.check_open,
            requested=earlier.requested,
            owed=earlier.owed,
            slots=dict(earlier.slots),
            last_action=earlier.last_action,
            earlier=earlier,
        )

    @property
    def answered(self) -> list[str]:
        """The topics answered before this turn, each once, the last one last."""
        topics = [topic for turn in self.before for topic in turn.answers]
        # Of a topic that was answered twice, the last time counts.
        once = dict.fromkeys(reversed([*self.earlier.answered, *topics]))
        return list(reversed(once))

    @property
    def turn(self) -> Turn | None:
        """The turn that is being answered, if the person has said anything yet."""
        return self.turns[-1] if self.turns else None

    @property
    def before(self) -> Sequence[Turn]:
        """The turns before the one that is being answered."""
        return self.turns[:-1]

    @property
    def awaits_check_answer(self) -> bool:
        """Whether the last thing done was to ask a question of the symptom check."""
        return self.check_open and self.last_action == CHECK_FORM and self.requested is not None

    @property
    def escalation_due(self) -> bool:
        """Whether the turn may not end before "tell your healthcare provider" was said.

        It is owed from the first sign of a symptom on, and may wait only while the
        check has just asked its next question.
        """
        return self.owed and not self.awaits_check_answer

    def _apply(self, event: Event) -> None:
        match event:  # the most frequent first: all of it is done again for each step
            case SlotChanged():
                self._set(event.name, event.value)
            case Did():
                self._do(event.action)
            case Uttered():
                if self.turns:
                    self.turns[-1].uttered.append(event)
            case Said():
                self._hear(event)
            case LoopChanged():
                self.check_open = event.name == CHECK_FORM
                self.owed = self.owed or self.check_open

    def _hear(self, said: Said) -> None:
        turn = Turn(
            said,
            check_open_before=self.check_open,
            requested_before=self.requested,
            owed_before=self.owed or self.check_open,
        )
        self.turns.append(turn)
        if self.check_open or reports_symptom(said):
            self.owed = True

    def _do(self, action: str) -> None:
        self.last_action = action
        # What was answered as a symptom was one, though only in the light of other messages; and
        # what was answered as a crisis was no symptom, whatever it sounded like by itself.
        if action in ANSWERS_CRISIS and self.turn:
            self.owed = self.turn.owed_before
        self.owed = (self.owed or action in ANSWERS_SYMPTOM) and action != TELL_PROVIDER
        if self.turns and action != LISTEN:
            self.turns[-1].done.append(action)

    def _set(self, name: str, value: object) -> None:
        self.slots[name] = value
        if name == REQUESTED_SLOT:
            self.requested = str(value) if value in CHECK_QUESTIONS else None
        if self.turns:
            self.turns[-1].slots[name] = value


def reports_symptom(said: Said) -> bool:
    """Whether either detector, the rules or the classifier, heard a symptom in a message.

    "And the bones?" names a place and nothing else: there the classifier alone guesses. And
    a crisis is no symptom: it gets its own reply and nothing that distracts from it.
    """
    if said.verdict.category.is_bodily:
        return True
    if said.reading.whole.elliptical or said.verdict.category.is_crisis:
        return False
    labels = {said.intent, *(act.label for act in said.reading.acts)}
    return bool(labels & SYMPTOM_INTENTS)
