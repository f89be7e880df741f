"""Runs the planner's steps as Rasa does, on plain events and without Rasa.

What Rasa adds to a step (the form asks its first open question, a restart forgets) is written
down here once; `tools.prove.replay` holds it against Rasa itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from bot.dialogue.events import Did, Event, LoopChanged, Reset, Said, SlotChanged, Uttered
from bot.dialogue.names import (
    CHECK_FORM,
    CHECK_QUESTIONS,
    COUNTRY,
    LISTEN,
    REQUESTED_SLOT,
    TROUBLE,
)
from bot.dialogue.offers import Offers
from bot.dialogue.planner import next_step
from bot.dialogue.steps import RULES_DECIDE, Step
from bot.dialogue.trouble import step_in_trouble
from bot.dialogue.world import World
from tools.prove.stimulus import Fault, Stimulus

NOTE = "utter_appointment_note"
SESSION_START = "action_session_start"
BREAKER = 10
"""Predictions after which Rasa cuts a turn off."""

Predict = Callable[[Sequence[Event], World], Step]


@dataclass(frozen=True)
class Setting:
    """All that conversations are held with: knowledge, choices, and the planner itself."""

    world: World
    offers: Offers
    buttons: Mapping[str, tuple[str, ...]]
    predict: Predict = next_step

    @classmethod
    def load(cls, data_dir: Path) -> Setting:
        """Load the real knowledge."""
        path = data_dir / "responses" / "symptom_check.yml"
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        buttons = {
            name: tuple(button["payload"] for button in variations[0].get("buttons", ()))
            for name, variations in responses.items()
        }
        return cls(World.load(data_dir), Offers.load(data_dir), buttons)


@dataclass
class Turn:
    """What came of one stimulus: the steps, what the person was sent, what was kept."""

    stimulus: Stimulus
    steps: list[Step] = field(default_factory=list)
    uttered: list[str] = field(default_factory=list)
    kept: dict[str, object] = field(default_factory=dict)
    country_before: object = None
    check_was_open: bool = False
    check_is_open: bool = False
    listens: bool = True

    @property
    def actions(self) -> list[str]:
        """The names of the steps."""
        return [step.action for step in self.steps]


@dataclass
class Dialogue:
    """A conversation so far; `after` gives the one that a stimulus leads to."""

    setting: Setting
    events: list[Event] = field(default_factory=list)
    slots: dict[str, object] = field(default_factory=dict)
    check_open: bool = False

    def after(self, stimulus: Stimulus) -> tuple[Dialogue, Turn]:
        """The conversation after a stimulus, and the turn that it made; this one stays."""
        then = replace(self, events=list(self.events), slots=dict(self.slots))
        country = self.slots.get(COUNTRY)
        turn = Turn(stimulus, country_before=country, check_was_open=self.check_open)
        if stimulus.said is None:
            then._begin_anew(SESSION_START)
        else:
            then.events.append(stimulus.said)
            then._answer(turn)
        turn.check_is_open = then.check_open
        return then, turn

    def _answer(self, turn: Turn) -> None:
        while (step := self._next(turn)).action != LISTEN:
            turn.steps.append(step)
            self._run(step, turn)
            cut = turn.stimulus.fault is Fault.CUT or len(turn.steps) >= BREAKER
            if cut:
                turn.listens = False
                return
        self.events.append(Did(LISTEN))

    def _next(self, turn: Turn) -> Step:
        """What the policy predicts: the planned step, the rules' one, or the one in trouble."""
        done = turn.actions
        fails_now = {Fault.NO_PLAN: True, Fault.LATE_NO_PLAN: bool(done)}
        if fails_now.get(turn.stimulus.fault):
            return step_in_trouble(done)
        step = self.setting.predict(self._judged(turn.stimulus), self.setting.world)
        if step is RULES_DECIDE:
            return Step(self.setting.world.replies[turn.stimulus.judged.reading.label])
        return step

    def _judged(self, stimulus: Stimulus) -> Sequence[Event]:
        if stimulus.raised is None:
            return self.events
        said = max(i for i, event in enumerate(self.events) if isinstance(event, Said))
        return [*self.events[:said], stimulus.judged, *self.events[said + 1 :]]

    def _run(self, step: Step, turn: Turn) -> None:
        for name, value in step.slots.items():
            turn.kept[name] = value
            self._set(name, value)
        self.events.append(Did(step.action))
        match step.action:
            case "symptom_check_form":
                self._run_check(turn)
            case "action_deactivate_loop":
                self._set(REQUESTED_SLOT, None)
                self._change_loop(None)
            case "action_restart":
                self._begin_anew(None)
            case "action_write_appointment_note":
                if turn.stimulus.fault is not Fault.NO_NOTE:
                    self._utter(NOTE, turn)
            case _:
                self._utter(step.action, turn)

    def _run_check(self, turn: Turn) -> None:
        if not self.check_open:
            self._change_loop(CHECK_FORM)
        missing = [slot for slot in CHECK_QUESTIONS if self.slots.get(slot) is None]
        self._set(REQUESTED_SLOT, missing[0] if missing else None)
        if missing:
            self._utter(f"utter_ask_{missing[0]}", turn)
        else:
            self._change_loop(None)

    def _utter(self, response: str, turn: Turn) -> None:
        if turn.stimulus.fault is Fault.NO_WORDING:
            response = TROUBLE
        turn.uttered.append(response)
        self.events.append(Uttered(response, self._choices(response)))

    def _choices(self, response: str) -> tuple[str, ...]:
        said = next(event for event in reversed(self.events) if isinstance(event, Said))
        if self.setting.buttons.get(response):
            return self.setting.buttons[response]
        if self.check_open or any(a.label == "report_symptom" for a in said.reading.acts):
            return ()
        if response == "utter_ask_which_topic":
            return tuple(self.setting.offers.titles_of(said.reading.candidates))
        return tuple(self.setting.offers.titles_with(response, self._given()))

    def _given(self) -> frozenset[str]:
        done = (event.action for event in self.events if isinstance(event, Did))
        return frozenset(action.removeprefix("utter_") for action in done if "/" in action)

    def _begin_anew(self, action: str | None) -> None:
        self.events += [Did(action)] if action else []
        self.events.append(Reset())
        self.events += [Did(LISTEN)] if action else []
        self.slots.clear()
        self.check_open = False

    def _change_loop(self, name: str | None) -> None:
        self.check_open = name is not None
        self.events.append(LoopChanged(name))

    def _set(self, name: str, value: object) -> None:
        self.slots[name] = value
        self.events.append(SlotChanged(name, value))
