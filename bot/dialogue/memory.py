"""The verdict on the latest message in the light of those before it.

The guard sees one message at a time; "39.4" alone is a number. What earlier messages of the
conversation have left behind (`ConversationContext`) is rebuilt here from the events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.choices import as_chosen
from bot.dialogue.events import Event, Remembered, Reset, Said, SlotChanged, Uttered
from bot.dialogue.names import IN_TREATMENT, REQUESTED_SLOT
from bot.safety.combine import EMPTY, ConversationContext, observe
from bot.safety.verdicts import Assessment

Assess = Callable[[str, ConversationContext], Assessment]


@dataclass(frozen=True)
class Judge:
    """What a message is judged with in the light of others.

    Attributes:
        assess: the rules, on a text after what others have left behind.
        treatment_statement: what a yes to the check's question about treatment says in full; an
            answer that is not sure says it too: in doubt it counts as yes.
        choices: the label that each offered choice stands for.
    """

    assess: Assess
    treatment_statement: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class _Before:
    """What had happened when a message came: findings, the open question, what was offered."""

    context: ConversationContext = EMPTY
    requested: object = None
    offered: tuple[str, ...] = ()


def judged_in_context(events: Sequence[Event], judge: Judge) -> list[Event]:
    """The events, with the latest message judged in the light of the earlier ones.

    The verdict on a message is never lowered. After a finding the rules suffice: what they hear is
    not outvoted any more (docs/decisions/0012-outvoted-rules.md).
    """
    judged = list(events)
    before = _Before()
    latest: tuple[int, _Before] | None = None
    for index, event in enumerate(judged):
        if isinstance(event, Reset):
            before, latest = _Before(), None
        elif isinstance(event, Remembered):
            before = _Before(ConversationContext(event.findings), event.requested)
            latest = None
        elif isinstance(event, SlotChanged) and event.name == REQUESTED_SLOT:
            before = replace(before, requested=event.value)
        elif isinstance(event, Uttered):
            before = replace(before, offered=event.choices or before.offered)
        elif isinstance(event, Said):
            latest = (index, before)
            before = replace(before, context=observe(before.context, event.verdict), offered=())
    if latest is not None and latest[1].context != EMPTY:
        index, earlier = latest
        said = judged[index]
        assert isinstance(said, Said)
        judged[index] = _judged(said, earlier, judge)
    return judged


def _judged(said: Said, before: _Before, judge: Judge) -> Said:
    meant = as_chosen(said, before.offered, judge.choices)
    texts = [meant.text]
    if before.requested == IN_TREATMENT and meant.reading.label in {"affirm", "unsure"}:
        texts.append(judge.treatment_statement)
    verdicts = [said.verdict, *(judge.assess(text, before.context) for text in texts)]
    return replace(said, verdict=max(verdicts, key=lambda verdict: verdict.category))
