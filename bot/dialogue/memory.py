"""The verdict on the latest message in the light of those before it.

The guard sees one message at a time; "39.4" alone is a number. What earlier messages of the
conversation have left behind (`ConversationContext`) is rebuilt here from the events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.dialogue.events import Event, Remembered, Reset, Said, SlotChanged
from bot.dialogue.names import IN_TREATMENT, REQUESTED_SLOT
from bot.safety.combine import EMPTY, ConversationContext, observe
from bot.safety.verdicts import Assessment

Assess = Callable[[str, ConversationContext], Assessment]


def judged_in_context(
    events: Sequence[Event], assess: Assess, treatment_statement: str
) -> list[Event]:
    """The events, with the latest message judged in the light of the earlier ones.

    A yes to the check's question about treatment says what `treatment_statement` says in full,
    and so does an answer that is not sure: in doubt it counts as yes. The verdict on a message
    is never lowered.
    """
    judged = list(events)
    context: ConversationContext = EMPTY
    requested: object = None
    latest: tuple[int, ConversationContext, bool] | None = None
    for index, event in enumerate(judged):
        if isinstance(event, Reset):
            context, requested, latest = EMPTY, None, None
        elif isinstance(event, Remembered):
            context, requested, latest = ConversationContext(event.findings), event.requested, None
        elif isinstance(event, SlotChanged) and event.name == REQUESTED_SLOT:
            requested = event.value
        elif isinstance(event, Said):
            latest = (index, context, requested == IN_TREATMENT)
            context = observe(context, event.verdict)
    if latest is not None and latest[1] != EMPTY:
        index, before, asked_treatment = latest
        said = judged[index]
        assert isinstance(said, Said)
        judged[index] = _judged(said, before, asked_treatment, assess, treatment_statement)
    return judged


def _judged(
    said: Said,
    before: ConversationContext,
    asked_treatment: bool,
    assess: Assess,
    treatment_statement: str,
) -> Said:
    texts = [said.text]
    if asked_treatment and said.reading.label in {"affirm", "unsure"}:
        texts.append(treatment_statement)
    verdicts = [said.verdict, *(assess(text, before) for text in texts)]
    return replace(said, verdict=max(verdicts, key=lambda verdict: verdict.category))
