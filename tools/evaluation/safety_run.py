"""The verdicts on the safety sets: by the rules alone, and by what the assistant does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.dialogue.conversation import CRISIS_OF_ANOTHER
from bot.dialogue.names import CHECK_FORM, DEACTIVATE_LOOP, WRITE_NOTE
from bot.dialogue.replies import REFUSALS, load_replies
from bot.safety.assess import EMPTY, SafetyCore, observe
from bot.safety.verdicts import Assessment, Category
from tools.evaluation.replies import Reply
from tools.evaluation.safety_sets import Case, Match, compare
from tools.progress import track

Run = Callable[[Sequence[str], str], Awaitable[list[Reply]]]
"""Says messages in a conversation of this name and returns the replies."""

_ALARMS = {
    "utter_crisis_explicit": Category.CRISIS_EXPLICIT,
    "utter_crisis_ambiguous": Category.CRISIS_AMBIGUOUS,
    "utter_emergency": Category.EMERGENCY,
    "utter_urgent": Category.URGENT,
    "utter_symptom_heard": Category.SYMPTOM,
    "utter_symptom_added": Category.SYMPTOM,
}


@dataclass(frozen=True)
class Tried:
    """A case and the verdict it got; `names_other` if the complaint was heard as another's."""

    case: Case
    verdict: Category
    names_other: bool = False

    @property
    def match(self) -> Match:
        """How the verdict compares with what was expected."""
        return compare(self.case, self.verdict)


class Judge(Protocol):
    """Comes to a verdict on the last message of a case."""

    async def judge(self, case: Case) -> Tried:
        """The verdict on the last message, after those before it."""


class Rules:
    """The safety core alone, with its memory of the conversation."""

    def __init__(self, core: SafetyCore) -> None:
        """Judge with this core."""
        self._core = core

    async def judge(self, case: Case) -> Tried:
        """The verdict on the last message, after those before it."""
        context, assessment = EMPTY, Assessment()
        for message in case.messages:
            assessment = self._core.assess(message, context)
            context = observe(context, assessment)
        return Tried(case, assessment.category, assessment.about_other_person)


class Assistant:
    """The whole assistant: its verdict is what it does."""

    def __init__(self, run: Run, refusals: Mapping[str, Category]) -> None:
        """Judge with the replies of `run`; `refusals` are those of `refusal_actions`."""
        self._run = run
        self._refusals = refusals
        self._conversations = 0

    async def judge(self, case: Case) -> Tried:
        """The verdict on the last message, after those before it."""
        self._conversations += 1
        replies = await self._run(case.messages, f"safety-{self._conversations}")
        resumes = len(replies) > 1 and leaves_check_open(replies[-2])
        ignored = resumes and case.expected is Category.NONE
        verdict = acted_as(replies[-1], self._refusals, check_counts=not ignored)
        return Tried(case, verdict, CRISIS_OF_ANOTHER in replies[-1].actions)


async def judge_all(judge: Judge, cases: Sequence[Case], label: str) -> list[Tried]:
    """The verdict on each case, with progress shown."""
    return [await judge.judge(case) for case in track(cases, label)]


def refusal_actions(rules: Path = Path("data/rules")) -> dict[str, Category]:
    """The category that each declining reply stands for."""
    replies = load_replies(rules)
    return {replies[intent]: category for category, intent in REFUSALS.items()}


def acted_as(reply: Reply, refusals: Mapping[str, Category], check_counts: bool = True) -> Category:
    """The most pressing category that a reply answers to.

    Going through the symptom check stands for a symptom, unless `check_counts` is false
    because the check was open before and only goes on.
    """
    meanings = {**refusals, **_ALARMS}
    found = [meanings[action] for action in reply.actions if action in meanings]
    if CRISIS_OF_ANOTHER in reply.actions:
        said = Category(reply.safety)
        found.append(said if said.is_crisis else Category.CRISIS_EXPLICIT)
    if check_counts and CHECK_FORM in reply.actions:
        found.append(Category.SYMPTOM)
    return max(found, default=Category.NONE)


def leaves_check_open(reply: Reply) -> bool:
    """Whether a reply ended with a question of the symptom check."""
    ended = {DEACTIVATE_LOOP, WRITE_NOTE}.intersection(reply.actions)
    return CHECK_FORM in reply.actions and not ended
