"""A chat in plain events: what a person says, and what the planner has the assistant do.

What a message means is written down as the classifier would have read it, one text an act:
a label, then the clinical words (`"metastasis/tests test=ct"`). A value that ends in `?` is an
organ named alone; a leading `~` marks an elliptical act and `^` one that points back. The
label `nothing` stands for words that were not understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dialogue.events import Did, Event, LoopChanged, Reset, Said, SlotChanged, Uttered
from bot.dialogue.names import (
    CHECK_FORM,
    CHECK_QUESTIONS,
    DEACTIVATE_LOOP,
    LISTEN,
    REQUESTED_SLOT,
    RESTART,
    WRITE_NOTE,
)
from bot.dialogue.offers import Offers
from bot.dialogue.planner import next_step
from bot.dialogue.reading import Act, Named, Reading
from bot.dialogue.steps import RULES_DECIDE, Step
from bot.dialogue.world import World
from bot.safety.verdicts import Assessment, Category

MOST_STEPS = 9
"""Rasa breaks a turn off after ten predictions, and the last of them is to listen."""


def named(*words: str) -> tuple[Named, ...]:
    """Clinical words from texts like "body_site=bone"; a final "?" marks an organ alone."""
    pairs = [word.partition("=") for word in words]
    return tuple(Named(kind, value.rstrip("?"), value.endswith("?")) for kind, _, value in pairs)


def act(written: str, confidence: float = 0.9) -> Act:
    """One act from its notation (see above)."""
    label, *words = written.lstrip("~^").split()
    return Act(label, confidence, named(*words), written.startswith("~"), written.startswith("^"))


def reading(*written: str, candidates: tuple[str, ...] = ()) -> Reading:
    """A message that does these things; a single act is the whole message."""
    acts = tuple(act(each) for each in written)
    words = tuple(dict.fromkeys(word for each in acts for word in each.named))
    whole = acts[0] if len(acts) == 1 else Act(acts[0].label if acts else "", 0.9, words)
    understood = tuple(each for each in acts if each.label != "nothing")
    return Reading(understood, candidates, whole)


def said(
    text: str,
    *written: str,
    verdict: str = "none",
    other: bool = False,
    candidates: tuple[str, ...] = (),
    aside: str = "",
) -> Said:
    """A message, read as these acts and judged as this category."""
    read = replace(reading(*written, candidates=candidates), aside=aside)
    judged = Assessment(Category(verdict), about_other_person=other)
    return Said(text, read.label.split("/")[0], read, judged)


class Chat:
    """Runs the planner's steps as Rasa would, and keeps the events.

    note_fails: the action server is down, so that its step does nothing.
    """

    def __init__(self, world: World, offers: Offers, buttons: Mapping[str, Sequence[str]]) -> None:
        self.world = world
        self.events: list[Event] = []
        self.slots: dict[str, object] = {}
        self.steps: list[Step] = []
        self.note_fails = False
        self._offers = offers
        self._buttons = buttons
        self._check_open = False

    def say(self, text: str, *written: str, **judged: object) -> list[str]:
        """Send a message and return the actions of the turn; `judged` goes to `said`."""
        return self.hear(said(text, *written, **judged))  # type: ignore[arg-type]

    def hear(self, message: Said) -> list[str]:
        """Take a message in and return the actions of the turn, without the final listening."""
        self.events.append(message)
        self.steps = []
        while (step := next_step(self.events, self.world)).action != LISTEN:
            if step is RULES_DECIDE:
                step = Step(self.world.replies[message.reading.label])
            self.steps.append(step)
            assert len(self.steps) <= MOST_STEPS, self.actions
            self._run(step)
        self.events.append(Did(LISTEN))
        return self.actions

    @property
    def actions(self) -> list[str]:
        """The actions of the last turn."""
        return [step.action for step in self.steps]

    def _run(self, step: Step) -> None:
        for name, value in step.slots.items():
            self._set(name, value)
        self.events.append(Did(step.action))
        if step.action == CHECK_FORM:
            self._run_check()
        elif step.action == DEACTIVATE_LOOP:
            self._set(REQUESTED_SLOT, None)
            self._change_loop(None)
        elif step.action == RESTART:
            self.slots.clear()
            self.events.append(Reset())
        elif step.action == WRITE_NOTE:
            self.events += [] if self.note_fails else [Uttered("utter_appointment_note")]
        else:
            self.events.append(Uttered(step.action, self._choices(step.action)))

    def _run_check(self) -> None:
        if not self._check_open:
            self._change_loop(CHECK_FORM)
        missing = [slot for slot in CHECK_QUESTIONS if self.slots.get(slot) is None]
        self._set(REQUESTED_SLOT, missing[0] if missing else None)
        if missing:
            question = f"utter_ask_{missing[0]}"
            self.events.append(Uttered(question, tuple(self._buttons.get(question, ()))))
        else:
            self._change_loop(None)

    def _change_loop(self, name: str | None) -> None:
        self._check_open = name is not None
        self.events.append(LoopChanged(name))

    def _set(self, name: str, value: object) -> None:
        self.slots[name] = value
        self.events.append(SlotChanged(name, value))

    def _choices(self, response: str) -> tuple[str, ...]:
        if self._check_open:
            return ()
        if response == "utter_ask_which_topic":
            latest = next(event for event in reversed(self.events) if isinstance(event, Said))
            return tuple(self._offers.titles_of(latest.reading.candidates))
        return tuple(self._offers.titles_with(response))
