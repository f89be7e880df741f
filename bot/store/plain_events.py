"""Rasa's events, translated into the plain ones that the dialogue rules read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rasa.shared.core import events as rasa_events

from bot.dialogue.events import Did, Event, LoopChanged, Reset, Said, SlotChanged, Uttered
from bot.dialogue.names import READING, SAFETY
from bot.dialogue.reading import Act, Reading
from bot.dialogue.verdict_intents import category_of
from bot.safety.verdicts import Assessment
from bot.store.remembered_event import ConversationRemembered

_PLAIN = "_plain_event"


def plain_events(events: Iterable[rasa_events.Event]) -> Iterator[Event]:
    """The events that the dialogue rules need, in order; all others are left out."""
    for event in events:
        # An event never changes, and a plan is made before each step: once is enough.
        known = vars(event)
        if _PLAIN not in known:
            known[_PLAIN] = _translated(event)
        if known[_PLAIN] is not None:
            yield known[_PLAIN]


def _translated(event: rasa_events.Event) -> Event | None:
    # Rasa's own test runner sends subclasses of these events.
    kinds = (kind for kind in type(event).__mro__ if kind in _TRANSLATIONS)
    translate = next((_TRANSLATIONS[kind] for kind in kinds), None)
    return None if translate is None else translate(event)


def _said(event: rasa_events.UserUttered) -> Said:
    parse_data: dict[str, Any] = dict(event.parse_data or {})
    intent = event.intent_name or ""
    return Said(
        text=event.text or "",
        intent=intent,
        reading=_reading(parse_data, event, intent),
        verdict=_verdict(parse_data, intent),
    )


def _reading(parse_data: dict[str, Any], event: rasa_events.UserUttered, intent: str) -> Reading:
    """The stored reading; a message that has none (a test story) is read by its intent."""
    stored = parse_data.get(READING)
    if stored is not None:
        return Reading.from_dict(stored)
    act = Act(event.full_retrieval_intent_name or intent, 1.0)
    return Reading((act,), whole=act)


def _verdict(parse_data: dict[str, Any], intent: str) -> Assessment:
    """The stored verdict; a message that has none is judged by its intent, never as harmless."""
    stored = parse_data.get(SAFETY)
    if stored is not None:
        return Assessment.from_dict(stored)
    return Assessment(category_of(intent))


def _uttered(event: rasa_events.BotUttered) -> Uttered:
    buttons = (event.data or {}).get("buttons") or []
    choices = tuple(str(button.get("payload", "")) for button in buttons)
    return Uttered((event.metadata or {}).get("utter_action"), choices)


_TRANSLATIONS: dict[type[rasa_events.Event], Callable[[Any], Event]] = {
    rasa_events.UserUttered: _said,
    rasa_events.ActionExecuted: lambda event: Did(event.action_name or ""),
    # The action server refused: the step is over, or the turn would never end.
    rasa_events.ActionExecutionRejected: lambda event: Did(event.action_name or ""),
    rasa_events.BotUttered: _uttered,
    rasa_events.ActiveLoop: lambda event: LoopChanged(event.name),
    rasa_events.SlotSet: lambda event: SlotChanged(event.key, event.value),
    rasa_events.Restarted: lambda _: Reset(),
    rasa_events.SessionStarted: lambda _: Reset(),
    ConversationRemembered: lambda event: event.memory,
}
