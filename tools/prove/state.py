"""When two conversations are the same to the planner.

A state holds what the planner, and what it calls, can see of the past:

- the symptom check: open or not, the question asked, which answers are there, whether the last
  turn was unclear or already resumed (`check.times_done` asks for no more than one), whether an
  urgent sign was heard in it; the debt, as the planner and as the checker keep it; whether the
  last reply asked for the country; which way to help was shown in an emergency or a crisis, and
  how many turns ago; whether anything was said since the session began;
- beside it the memory: the country, the choices that were offered last, the last answer, which
  answers are read already, the clinical words in mind.

It is finite because these are left out, none of which decides more than a wording:

- *the words* of an answer to the check: the planner keeps them and looks at nothing but whether
  there are any;
- *most topics*: they differ in their record (what their wording depends on, what follows them),
  and the planner branches on no topic's name but for those of `tools.prove.alphabet.TOPICS`,
  which stand for all; a second search asks for every topic in every state of the check;
- *most offers*: which choices are offered with which reply is data; one reply that offers a
  choice of each kind stands for all, and all choices are chosen in a second search;
- *how many turns ago* a clinical word was named: words select the wording of an answer only.

The planner is a function of the events alone, and a conversation longer than any that was
searched is in a state that was searched; so what holds on every edge holds always.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue.alarms import standing
from bot.dialogue.answers import ASK_COUNTRY, recalled
from bot.dialogue.check_plan import RESUME, UNCLEAR, URGENT
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Said
from bot.dialogue.names import CHECK_QUESTIONS, COUNTRY, FOCUS_SLOTS
from tools.prove.simulation import Dialogue

_ASKS_COUNTRY = frozenset({ASK_COUNTRY, "utter_human"})


class Check(NamedTuple):
    """What of a state bears on the promises themselves."""

    open: bool
    requested: str | None
    answered: tuple[bool, ...]
    asked_again: frozenset[str]
    urgent: bool
    owed: bool
    owed_by_checker: bool
    asked_country: bool
    alarm: tuple[str, int] | None
    begun_anew: bool


class State(NamedTuple):
    """All that can be seen of a conversation; see the module."""

    check: Check
    country: object
    choices: tuple[str, ...]
    last_answer: str | None
    read: frozenset[str]
    words: tuple[tuple[str, str], ...]


def state_of(dialogue: Dialogue, owed: bool) -> State:
    """The state of a conversation between two messages; `owed` is the checker's own debt."""
    # What the planner calls looks at the turns before the current one.
    now = Conversation.of([*dialogue.events, Said("", "")])
    topics = dialogue.setting.world.topics
    last = now.before[-1] if now.before else None
    choices = [uttered.choices for uttered in last.uttered if uttered.choices] if last else []
    answers = [topic for turn in now.before for topic in turn.answers]
    followers = {name for topic in topics.values() for name in topic.next}
    words = {kind: word for kind, word in recalled(now).items() if kind in FOCUS_SLOTS}
    return State(
        check=_check(Conversation.of(dialogue.events), dialogue, owed),
        country=dialogue.slots.get(COUNTRY),
        choices=choices[-1] if choices else (),
        last_answer=(answers[-1] if answers[-1] in topics else "another") if answers else None,
        read=frozenset(followers.intersection(answers)),
        words=tuple(sorted(words.items())),
    )


def _check(now: Conversation, dialogue: Dialogue, owed: bool) -> Check:
    last = now.turn
    done = last.done if last else []
    again = now.check_open and last is not None and last.requested_before == now.requested
    return Check(
        open=now.check_open,
        requested=now.requested,
        answered=tuple(dialogue.slots.get(slot) is not None for slot in CHECK_QUESTIONS),
        asked_again=frozenset({RESUME, UNCLEAR}.intersection(done) if again else ()),
        urgent=now.check_open and _heard_urgent(now),
        owed=now.owed,
        owed_by_checker=owed,
        asked_country=not _ASKS_COUNTRY.isdisjoint(done),
        alarm=standing(now.turns),
        begun_anew=not now.turns,
    )


def _heard_urgent(now: Conversation) -> bool:
    for turn in reversed(now.turns):
        if URGENT in turn.done:
            return True
        if not turn.check_open_before:
            return False
    return False
